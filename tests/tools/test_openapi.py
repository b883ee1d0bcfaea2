"""The snapshot is current, and is compared with an earlier one where git has it."""

import json
import subprocess
from pathlib import Path

import pytest

from tools import openapi
from tools.breaking import Break

IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@example.com")


def git(folder: Path, *arguments: str) -> str:
    """Run git in the folder."""
    return subprocess.run(
        ["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path, number: int) -> str:
    """A commit with a document; its id."""
    snapshot = folder / "docs" / "openapi.json"
    snapshot.parent.mkdir(exist_ok=True)
    snapshot.write_text(json.dumps({"number": number}), encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", str(number))
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty one, on main."""
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def test_current() -> None:
    """The committed document is what the code makes now, to the byte; else: make docs."""
    assert openapi.SNAPSHOT.read_text(encoding="utf-8") == openapi.text()


def test_nothing_earlier(tmp_path: Path, repository: Path) -> None:
    """Where git knows of none there is nothing to compare with."""
    assert openapi.earlier(repository) is None
    assert openapi.base(tmp_path / "..") is None or openapi.earlier(tmp_path) is None


def test_branch(repository: Path) -> None:
    """A branch is compared with where it left main, whatever main has done since."""
    left = commit(repository, 1)
    git(repository, "checkout", "-qb", "more")
    commit(repository, 2)
    git(repository, "checkout", "-q", "main")
    commit(repository, 3)
    git(repository, "checkout", "-q", "more")
    assert openapi.earlier(repository) == (left, {"number": 1})


def test_release(repository: Path) -> None:
    """Once there is a release, it is what clients were written against."""
    commit(repository, 1)
    git(repository, "tag", "v1.0.0")
    commit(repository, 2)
    assert openapi.earlier(repository) == ("v1.0.0", {"number": 1})


def test_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A break fails the check, and the line that would announce it is printed."""
    assert openapi._told("docs/openapi.json", "abc", [Break("orders_get_order", "the answer 200.id is gone")]) == 1
    told = capsys.readouterr().err
    assert "orders_get_order: the answer 200.id is gone" in told
    assert "- **Breaking**: `orders_get_order`: why." in told
    assert openapi._told("docs/openapi.json", "abc", []) == 0
