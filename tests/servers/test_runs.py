"""python -m tests.servers: what it runs is there, and where the servers are not it says so."""

import shutil

import pytest

from app.config import ROOT
from tests.servers.__main__ import APART, FACING, main


@pytest.mark.parametrize("path", [*FACING, *APART])
def test_named(path: str) -> None:
    """What it runs and what it leaves out goes by a name that exists: pytest would ignore nothing in silence."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--if-there"], 0), (["direct", "--if-there"], 0)])
def test_not_there(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the programs nothing is run, the missing ones are named, and only --if-there calls that well."""
    monkeypatch.setattr(shutil, "which", lambda _name, path: None)
    assert main(arguments) == code
    said = capsys.readouterr().err
    assert said.startswith("Not run on real servers, for there is no ")
    assert "no redis-server and no PgBouncer here: apt-get install " in said
