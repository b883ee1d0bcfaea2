"""A strike counts when it is proved: the victim was seen to end by it, another runs, and the API serves."""

import asyncio
import itertools
import sys
from pathlib import Path

import pytest

from app.embedded.places import Places
from app.embedded.supervisor import Pace, Program, Supervisor
from app.simulation import strikes
from app.simulation.plan import Strike
from app.simulation.strikes import Log, Striker

WAITS = [sys.executable, "-c", "import time; time.sleep(600)"]


async def test_struck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what a supervisor keeps running; what nobody runs, or nobody serves after, is not passed as struck."""
    places, log = Places.prepare(tmp_path / "data"), Log(tmp_path / "log")
    program = Program("relay", WAITS, places.pid_file("relay"), log=log.write)
    supervisor = Supervisor([[program]], pace=Pace(first=0.01), log=log.write)
    running = asyncio.create_task(supervisor.run())
    while not places.pid_file("relay").exists():
        await asyncio.wait((running,), timeout=0.02)
    answers = itertools.count()
    striker = Striker(places, log, lambda: 1.5, lambda: next(answers))
    monkeypatch.setattr(strikes, "REST_SECONDS", 0.0)
    struck = await striker.strike(Strike(0.0, "relay"))
    assert struck.is_proved, log.path.read_text()
    assert (struck.victim, struck.at, striker.struck) == ("relay", 1.5, [struck])
    assert str(struck).startswith(f"kill -9 {struck.pid}")
    monkeypatch.setattr(strikes, "BACK_SECONDS", 0.1)
    unheard = await striker.strike(Strike(0.0, "worker"))
    assert not unheard.is_proved
    assert str(unheard) == "kill -9 worker: it was not seen to end by it"
    assert not (await Striker(places, log, lambda: 1.5, lambda: 0).strike(Strike(0.0, "relay"))).is_proved
    supervisor.end()
    assert await running == 0
