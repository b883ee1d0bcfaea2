"""docs/adr: whoever looks for a decision finds it in the list."""

import re

from app.config import ROOT

FOLDER = ROOT / "docs" / "adr"
LISTED = re.compile(r"^\| \[(\d{4})\]\((\d{4}-[a-z0-9-]+\.md)\) \| (.+) \|$", re.MULTILINE)
MAX_LINES = 60


def test_listed() -> None:
    """Every decision is listed once, in the order of the numbers, and nothing else is."""
    listed = LISTED.findall((FOLDER / "README.md").read_text())
    assert [name for _, name, _ in listed] == sorted(path.name for path in FOLDER.glob("[0-9]*.md"))
    assert all(name.startswith(f"{number}-") for number, name, _ in listed)


def test_form() -> None:
    """Each begins with its number and says its state; none is longer than it may be."""
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        lines = path.read_text().splitlines()
        assert lines[0].startswith(f"# {path.name[:4]}"), path.name
        assert any(line.startswith("Status: ") for line in lines[:4]), path.name
        assert len(lines) <= MAX_LINES, path.name


def test_links() -> None:
    """What the decisions name exists: files of the application, its tests, its tools and its documents."""
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        for name in re.findall(r"`((?:app|tests|tools|docs|deploy)/[\w/.-]+\.\w+)`", path.read_text()):
            assert (ROOT / name).exists(), f"{path.name} names {name}"
