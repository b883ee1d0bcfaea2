"""The committed client was made of the committed document; where Node or its packages are missing, one line says so."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools import clients


def answering(stderr: str, code: int, stdout: str = "") -> Any:
    """A tool that answers so."""

    def call(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, code, stdout, stderr)

    return call


def test_current() -> None:
    """The hash in the client is that of the snapshot; else: make clients."""
    assert clients.check() == 0


def test_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another document, or no client at all, is refused and the way out is named."""
    other = tmp_path / "openapi.json"
    other.write_text("{}", encoding="utf-8")
    assert clients.check(snapshot=other) == 1
    assert clients.check(schema=tmp_path / "nothing.ts") == 1
    assert "run make clients" in capsys.readouterr().err


def test_lock_is_of_no_place() -> None:
    """The lock pins every package by its hash and names no host that it comes from."""
    lock = (clients.CLIENT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 20


@pytest.mark.parametrize(
    ("version", "told"), [("v20.1.0", None), ("v18.20.0", "it takes Node 20, and here is v18.20.0")]
)
def test_node(monkeypatch: pytest.MonkeyPatch, version: str, told: str | None) -> None:
    """An older Node is told, not tried."""
    monkeypatch.setattr("tools.clients.shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(clients, "_called", answering("", 0, f"{version}\n"))
    assert clients.missing() == told


def test_no_node(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without Node one line says that nothing was run, and nothing fails."""
    monkeypatch.setattr("tools.clients.shutil.which", lambda _name: None)
    monkeypatch.setattr("tools.clients.sys.argv", ["clients"])
    assert clients.main() == 0
    assert capsys.readouterr().out == "The TypeScript client was not run: there is no Node here.\n"


def test_no_index(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An index that cannot be reached is one line; what npm refuses for another reason is a failure."""
    monkeypatch.setattr(clients, "_called", answering("npm error code EAI_AGAIN", 1))
    assert clients.installed() is False
    assert capsys.readouterr().out.count("\n") == 1
    monkeypatch.setattr(clients, "_called", answering("npm error code EUSAGE: lock and package.json differ", 1))
    with pytest.raises(clients.ClientError, match="EUSAGE"):
        clients.installed()
