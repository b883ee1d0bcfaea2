"""The capture of kills: its judgement sees what is lost, there in vain or twice, and the picture says that nothing was."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.config import ROOT
from tools.kills import PICTURE, VICTIMS, Notes, compare
from tools.picture import TEXT, draw

SOUND: dict[str, Any] = {"kill-1": (1, 1, 1), "kill-2": (1, 1, 1)}
SVG = "{http://www.w3.org/2000/svg}"


def notes(**told: str) -> Notes:
    """What writers were told of kill-1, kill-2 and so on."""
    return Notes({name.replace("_", "-"): said for name, said in told.items()})


class TestCompare:
    """What was told beside what is there"""

    def test_sound(self) -> None:
        """All acknowledged are there once; what was refused is not; of the unknown either may be."""
        counts = compare(notes(kill_1="ok", kill_2="unknown", kill_3="refused", kill_4="unknown"), SOUND, 2, 0)
        assert counts.holds
        assert (counts.acknowledged, counts.refused, counts.unknown, counts.effects) == (1, 1, 2, 2)

    @pytest.mark.parametrize(
        ("traces", "effects", "dead", "expected"),
        [
            ({"kill-1": (1, 1, 1)}, 1, 0, (1, 0, 0)),
            ({**SOUND, "kill-2": (1, 0, 1)}, 2, 0, (1, 0, 0)),
            (SOUND, 1, 0, (1, 0, 0)),
            (SOUND, 2, 1, (1, 0, 0)),
            ({**SOUND, "kill-3": (1, 1, 1)}, 3, 0, (0, 1, 0)),
            ({**SOUND, "kill-2": (1, 2, 1)}, 2, 0, (0, 0, 1)),
            (SOUND, 3, 0, (0, 0, 1)),
        ],
        ids=["absent", "no event", "no effect", "dead", "refused and there", "two events", "two effects"],
    )
    def test_broken(self, traces: dict[str, Any], effects: int, dead: int, expected: tuple[int, int, int]) -> None:
        """Lost, phantom and duplicate are each told as such."""
        counts = compare(notes(kill_1="ok", kill_2="ok", kill_3="refused"), traces, effects, dead)
        assert not counts.holds
        assert (counts.lost, counts.phantom, counts.duplicate) == expected


class TestPicture:
    """docs/pictures/kills.svg"""

    def test_says_that_nothing_was_lost(self) -> None:
        """Each was killed, and the counts stand at the end; else: make kills."""
        lines = ["".join(item.itertext()) for item in ET.fromstring(PICTURE.read_text()).iter(f"{SVG}text")]  # noqa: S314 - our own file
        killed = [line.split()[3] for line in lines if line.startswith("kill -9")]
        assert set(killed) == set(VICTIMS)
        assert "lost 0, phantom 0, duplicate 0" in lines[-1]
        assert "acknowledged" in lines[-1]

    def test_says_nothing_of_the_machine(self) -> None:
        """No path of the checkout stands in it, and it is small."""
        assert str(ROOT) not in PICTURE.read_text()
        assert PICTURE.stat().st_size < 20_000

    def test_form(self) -> None:
        """It is drawn as the README's other picture is."""
        assert (
            PICTURE.read_text().splitlines()[0].split(" viewBox")[0]
            == draw([("t", [("x", TEXT)])]).split(" viewBox")[0]
        )
