"""The README's picture: made from what the README says, and drawn so that nothing of a terminal's text can break it."""

import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.config import ROOT
from app.embedded.up import WELCOME, programs
from app.installed import INSTALLED
from app.manifests import known_queues
from tools import picture
from tools.picture import COLUMNS, DATA, PICTURE, README, draw, readme_calls, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def shown(svg: str) -> str:
    """The picture's text, with the lines joined that a terminal had broken."""
    return "".join("".join(item.itertext()) for item in ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314 - our own file


class TestPicture:
    """docs/pictures/first-run.svg"""

    def test_shows_the_readme(self) -> None:
        """It shows every call that the README shows; else: make picture."""
        calls = readme_calls(README.read_text())
        assert len(calls) >= 5
        text = shown(PICTURE.read_text())
        assert [call for call in calls if call.replace("\n", "") not in text] == []

    def test_shows_the_start(self) -> None:
        """It shows every process that `make run` starts, and the welcome as it is now; else: make picture."""
        text, started = shown(PICTURE.read_text()), programs(known_queues(INSTALLED))
        assert [name for name in started if not re.search(rf"(?<![a-z]){name} +\| runs as process", text)] == []
        filled = WELCOME.format_map(defaultdict(str, url="http://127.0.0.1:8000", data=DATA))
        assert [line for line in filled.splitlines() if line not in text] == []
        assert text.count("/metrics ") == len(started)

    def test_says_nothing_of_the_machine(self) -> None:
        """No path of the checkout stands in it, and it is small."""
        assert str(ROOT) not in PICTURE.read_text()
        assert PICTURE.stat().st_size < 200_000


def test_no_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where `make run` ends at once, what it said is told, and nothing is left behind."""
    make, data = tmp_path / "make", tmp_path / "data"
    make.write_text(f"#!/bin/sh\nmkdir {data}\necho the port is taken\nexit 1\n")
    make.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(picture, "ROOT", tmp_path)
    monkeypatch.setattr(picture, "DATA", data)
    monkeypatch.setattr(sys, "argv", ["picture"])
    assert picture.main() == 1
    assert "the port is taken" in capsys.readouterr().err
    assert not data.exists()


def test_calls() -> None:
    """Commands come one by one, continued lines together, comments left out."""
    text = "## Five calls\n```sh\na \\\n  b\nc\n# said\n```\n## Next\n```sh\nd\n```\n"
    assert readme_calls(text) == ["a \\\n  b", "c"]


def test_wrapped() -> None:
    """A long line breaks where a terminal breaks it, and loses nothing."""
    parts = wrapped("x" * (COLUMNS + 1))
    assert [len(part) for part in parts] == [COLUMNS, 1]
    assert wrapped("") == [""]


def test_markup_is_text() -> None:
    """What looks like markup is shown, not obeyed."""
    line = '<script>&"]]>'
    assert line in shown(draw([("a title", [(line, "#fff")])]))
