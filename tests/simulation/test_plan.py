"""What a day brings is drawn from its seed; what comes of it is told in figures and drawn."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from app.config import ROOT, ConfigError
from app.embedded.places import EmbeddedError
from app.manage.cli import cli
from app.simulation.day import Day, faults_beside
from app.simulation.journal import NOT_REACHED, Journal
from app.simulation.picture import picture
from app.simulation.plan import BUSY, CLOSING, HOURS, MOST_AT_ONCE, RATE, VICTIMS, Plan
from app.simulation.run import settings_of_day
from app.simulation.strikes import Struck
from app.simulation.table import HEADS, rows_of, summary, table, verdict
from tests.simulation.test_audit import balanced

PLAN = Plan(20, 2.0, 7)


def test_drawn() -> None:
    """The same seed is the same day, another another; the number of visits is the rate's, and busy hours have more of them."""
    arrivals, strikes = PLAN.arrivals(), PLAN.strikes()
    assert (arrivals, strikes) == (Plan(20, 2.0, 7).arrivals(), Plan(20, 2.0, 7).strikes())
    assert Plan(20, 2.0, 8).arrivals() != arrivals
    assert Plan(20, 2.0, 8).strikes() != strikes
    assert len(arrivals) == PLAN.visits == 240 == RATE * 20 * 2
    assert [each.at for each in arrivals] == sorted(each.at for each in arrivals)
    assert all(0 <= each.at <= PLAN.seconds and 0 <= each.shop < 20 for each in arrivals)
    assert len({each.seed for each in arrivals}) == 240
    visits = Counter(PLAN.hour(each.at) for each in Plan(100, 2.0, 7).arrivals())
    assert sum(visits[hour] for hour in range(17, 20)) > 5 * sum(visits[hour] for hour in range(5))
    assert len(BUSY) == HOURS
    assert str(PLAN) == (
        f"20 shops, 2 minutes, seed 7: 240 visits (6 a minute and shop, {MOST_AT_ONCE} at once at most), 10 kills"
    )


def test_struck_alike() -> None:
    """Each of the processes is killed as often as the others, in the course of the day, and none without faults."""
    for plan in (Plan(1, 0.1, 1), Plan(1, 2.0, 1), Plan(1, 60.0, 1)):
        times = Counter(strike.victim for strike in plan.strikes())
        assert set(times) == set(VICTIMS)
        assert len(set(times.values())) == 1
        assert all(0 < strike.at < 0.9 * plan.seconds for strike in plan.strikes())
    assert Plan(1, 2.0, 1, faults=False).strikes() == []


def test_hours() -> None:
    """A moment is in its hour, and behind the last it is closing time."""
    assert [PLAN.hour(at) for at in (-1, 0, 4.9, 5, 119.9, 120, 999)] == [0, 0, 0, 1, 23, CLOSING, CLOSING]


def test_told() -> None:
    """A row for each hour and their sums, what the books come to, and a picture that is one."""
    day = Day(PLAN, Journal(PLAN), books=[balanced()])
    opened = day.journal.opened_at
    day.books[0].moments = [
        (opened + timedelta(seconds=at), step, 900) for at, step in ((6, "placed"), (7, "paid"), (130, "refunded"))
    ]
    day.journal.answered("GET /x", 200, 0.012)
    day.journal.answered("GET /x", 503, 0.012)
    day.journal.unanswered(NOT_REACHED)
    day.journal.note("place", "acme", "paid", "ok")
    day.struck = [Struck("relay", 11.0, 4711, is_proved=True, back=0.3, served=1.0)]
    rows = rows_of(day)
    lines = table(rows)
    assert re.split(r" {2,}", lines[1].strip()) == ["00:00", *"0000000", "0.00", "3", "2", "12"]
    assert re.split(r" {2,}", lines[2].strip()) == ["01:00", "0", "1", "0", "1", "0", "0", "0", "9.00", "0", "0", "0"]
    assert lines[3].endswith("relay")
    assert lines[-2].split()[:8] == ["closing", *"000000", "1"]
    assert lines[-1].split() == ["day", "0", "1", "0", "1", "0", "0", "1", "0.00", "3", "2", "1"]
    told = "\n".join(summary(day))
    assert "place    acknowledged 1, refused 0, unknown 0" in told
    assert "stock    9 at the opening + 20 bought in - 6 sold = 23 at hand" in told
    assert "money    gateway 27.00, payments 27.00, orders 27.00, analytics 27.00, GET /analytics/sales 27.00" in told
    assert verdict(day) == ["The books balance: lost 0, phantom 0, duplicate 0, and each of 1 kills is proved."]
    day.faults = ["acme: stock: of tea there are 22, and 23 should be there"]
    assert verdict(day) == ["The books do not balance, 1 faults:", f"  {day.faults[0]}"]
    drawn = ET.fromstring(picture(day, rows))  # noqa: S314 - our own
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"relay", "closing", "placed", str(PLAN)} <= set(texts)


def test_beside() -> None:
    """A 503 is right while something is away, and any other 5xx is not; a kill without proof counts as none; nobody pays."""
    day = Day(PLAN, Journal(PLAN), books=[balanced()])
    day.journal.answered("GET /x", 503, 0.1)
    day.struck = [Struck("relay", 11.0, 4711, is_proved=True, back=0.3, served=1.0)]
    assert faults_beside(day) == []
    day.journal.answered("GET /x", 500, 0.1)
    day.struck.append(replace(day.struck[0], is_proved=False))
    day.books = []
    assert faults_beside(day) == [
        "the API has answered GET /x: 500 (1 times)",
        "no proof of a fault: kill -9 relay: it was not seen to end by it",
        "nobody has paid for anything: such a day proves nothing",
    ]


def test_page() -> None:
    """docs/simulation.md shows a day as it is printed: every hour of it, and that its books balance; its picture is there."""
    text = (ROOT / "docs" / "simulation.md").read_text()
    shown = text.partition("```text\n")[2].partition("```")[0].splitlines()
    heads = next(place for place, line in enumerate(shown) if line.split() == " ".join(HEADS).split())
    hours = [line.split()[0] for line in shown[heads + 1 : heads + HOURS + 3]]
    assert hours == [*(f"{hour:02}:00" for hour in range(HOURS)), "closing", "day"]
    assert any(line.startswith("The books balance: lost 0, phantom 0, duplicate 0") for line in shown)
    picture_of = re.search(r"\]\((pictures/[\w-]+\.svg)\)", text)
    assert picture_of is not None
    assert "kill -9" in (ROOT / "docs" / picture_of[1]).read_text()
    assert set(re.findall(r"`--([a-z]+)", text)) == {"tenants", "minutes", "seed", "rate", "no", "out"}


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that are none or too large, and production: before anything is started or written."""
    file = tmp_path / "file"
    file.touch()
    for wrong in ("--minutes=nan", "--minutes=0", "--tenants=0", "--tenants=101", "--rate=inf", f"--out={file}"):
        assert CliRunner().invoke(cli, ["simulate", wrong]).exit_code == 2, wrong
    monkeypatch.setenv("ATRIUM_ENV", "production")
    with pytest.raises(EmbeddedError, match="not for production"):
        settings_of_day()
    monkeypatch.setenv("ATRIUM_ENV", "nowhere")
    with pytest.raises(ConfigError):
        settings_of_day()
