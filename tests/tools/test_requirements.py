"""docs/requirements.md lists the requirements with the tests that name them."""

import re
from pathlib import Path

import pytest

from tools import requirements
from tools.requirements import DOCUMENT, Listed, docstrings, parts, told
from tools.written import rewritten

SOURCE = '''"""Requirement 2 stands for the file."""

class TestThing:
    """Requirements 1 and 3: all of it."""

    async def test_inside(self):
        """Requirements 1, 2 and 3: three numbers."""

    def helper(self):
        """Requirement 9: no test."""

def test_alone():
    """See 4 things; (requirement 3)."""
'''
HELD = {"a": "Requirement 1: x", "b": "Requirements 1 and 2: y"}


def test_current() -> None:
    """The committed document is what list and tests make now; else: make docs."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert rewritten(text, parts()) == text


def test_read_from_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, classes and tests name requirements; helpers do not."""
    monkeypatch.setattr(requirements, "ROOT", tmp_path)
    (tmp_path / "test_x.py").write_text(SOURCE, encoding="utf-8")
    held = docstrings([tmp_path / "test_x.py"])
    made = told(Listed({1: "One.", 2: "Two.", 3: "Three."}, {}, {"a thing": ["test_x.py::test_alone"]}), held)
    both = "- `test_x.py::TestThing`\n- `test_x.py::TestThing::test_inside`\n"
    assert made["requirements"] == (
        f"\n**1. One.**\n{both}"
        "\n**2. Two.**\n- `test_x.py`\n- `test_x.py::TestThing::test_inside`\n"
        f"\n**3. Three.**\n{both}- `test_x.py::test_alone`\n"
    )
    assert made["cases"] == "\n**A thing.**\n- `test_x.py::test_alone`\n"


def test_unclaimed() -> None:
    """What is not claimed says so, and needs no test."""
    made = told(Listed({1: "One."}, {2: "Two.", 3: "Three."}, {}), HELD)["requirements"]
    assert "**2. (not claimed yet) Two.**\n- `b`\n" in made
    assert made.endswith("**3. (not claimed yet) Three.**\n")


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        (Listed({1: "One.", 2: "Two.", 3: "Three."}, {}, {}), "requirement 3 has no test"),
        (Listed({1: "One."}, {}, {}), "b names 2"),
        (Listed({1: "One.", 2: "Two."}, {}, {"a case": ["c"]}), "a case: there is no c"),
        (Listed({1: "One.", 2: "Two."}, {}, {"a case": []}), "a case has no test"),
    ],
)
def test_refused(listed: Listed, fault: str) -> None:
    """A claim without a test, and a number or a test that there is not, are named."""
    with pytest.raises(ValueError, match=f"^{re.escape(fault)}$"):
        told(listed, HELD)
