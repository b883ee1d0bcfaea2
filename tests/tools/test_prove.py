"""`make prove`: every guard is where its entry says, and a removal that nobody notices is told."""

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

from app.config import ROOT
from tools import prove
from tools.prove.__main__ import DOCUMENT, told
from tools.prove.guards import Edit, Guard, StaleError, guard
from tools.prove.outcomes import is_asserted
from tools.prove.report import merged, table
from tools.prove.runner import Ends, Result, judged, proving
from tools.prove.table import GUARDS
from tools.written import part

PLUGIN = Path(prove.__file__).with_name("outcomes.py")
CODE = "def admit(role):\n    if role != 'owner':\n        return False\n    return True\n"
TEST = """
from code_of_ours import admit

def test_stranger():
    assert not admit("stranger")

def test_owner():
    assert admit("owner")
"""
FILES = {
    "code_of_ours.py": CODE,
    "test_it.py": TEST,
    "tools/prove/outcomes.py": PLUGIN.read_text(encoding="utf-8"),
    "pytest.ini": "[pytest]\naddopts = -p no:schemathesis -p no:hypothesispytest -p no:anyio\n",
}
"""Plugins that the tests of this tree have no use for take seconds to import."""
OPEN = Edit("code_of_ours.py", "return False", "return True")
EDITS = {
    "noticed": (OPEN, "test_it.py", "red"),
    "no change": (Edit("code_of_ours.py", "role != 'owner'", "role not in ('owner',)"), "test_it.py", "SURVIVES"),
    "wrong test": (OPEN, "test_it.py::test_owner", "SURVIVES"),
    "import error": (Edit("code_of_ours.py", "def admit", "def admitted"), "test_it.py", "BROKEN"),
    "other error": (Edit("code_of_ours.py", "return False", "raise ValueError"), "test_it.py", "BROKEN"),
    "moved on": (Edit("code_of_ours.py", "return Falsehood", ""), "test_it.py", "STALE"),
    "no file": (Edit("gone.py", "x", ""), "test_it.py", "STALE"),
}
"""Each with the test that is to go red, and what becomes of it."""


@cache
def names_of(file: Path) -> set[str]:
    """The ids of the tests and classes of tests in a file, without the file's own name."""
    found: set[str] = {""}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
            found.update(f"{node.name}::{method.name}" for method in methods)
    return found


class TestTable:
    """What is declared"""

    @pytest.mark.parametrize("declared", GUARDS, ids=lambda declared: declared.name)
    def test_still_there(self, declared: Guard, tmp_path: Path) -> None:
        """The text that an entry takes out stands in its file, once, and something else is there afterwards."""
        for edit in declared.edits:
            target = tmp_path / edit.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / edit.file).read_bytes())
        declared.remove(tmp_path)
        for edit in declared.edits:
            text = (tmp_path / edit.file).read_text(encoding="utf-8")
            assert text != (ROOT / edit.file).read_text(encoding="utf-8")
            if edit.file.endswith(".py"):
                ast.parse(text)

    @pytest.mark.parametrize("declared", GUARDS, ids=lambda declared: declared.name)
    def test_tests_exist(self, declared: Guard) -> None:
        """Each test that is to go red is there by that name."""
        assert declared.tests
        for test in declared.tests:
            file, _, name = test.partition("::")
            assert name in names_of(ROOT / file), test

    def test_names(self) -> None:
        """No name twice."""
        assert len({each.name for each in GUARDS}) == len(GUARDS)

    def test_documented(self) -> None:
        """docs/security.md shows every guard of this table, in its order, each with what went red; else: make prove."""
        text = DOCUMENT.read_text(encoding="utf-8")
        rows = [line.strip("| ").split(" | ") for line in part(text, "guards", by="make prove").splitlines()][2:]
        shown = [row[0] for row in rows]
        assert shown == [each.name for each in GUARDS]
        assert {row[4] for row in rows} == {"red"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small tree under git, with the code and the test of above."""
    folder = tmp_path_factory.mktemp("tree")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


class TestRun:
    """What is done with it, on a small tree"""

    def test_edits(self, tree: Path) -> None:
        """A removal that turns an assertion red holds, and the test is named; the tree itself is as it was. What survives, breaks
        otherwise or is stale is a failure, with a word of why.
        """
        guards = [Guard(name, "anybody is let in", (edit,), (test,)) for name, (edit, test, _) in EDITS.items()]
        results = {result.guard.name: result for result in proving(guards, at_once=2, root=tree)}
        assert {name: result.verdict for name, result in results.items()} == {
            name: verdict for name, (_, _, verdict) in EDITS.items()
        }
        noticed = results.pop("noticed")
        assert noticed.red == ("test_it.py::test_stranger",)
        assert noticed.holds
        assert (tree / "code_of_ours.py").read_text() == CODE
        for name, result in results.items():
            self.assert_told(result, EDITS[name][2])

    def test_not_green_before(self, tree: Path) -> None:
        """What was not green before proves nothing of a guard."""
        (result,) = proving(
            [Guard("no test", "anybody is let in", (OPEN,), ("test_it.py::test_gone",))], at_once=1, root=tree
        )
        self.assert_told(result, "UNPROVED")

    def assert_told(self, result: Result, verdict: str) -> None:
        """It is told, and stands in the table."""
        assert (result.verdict, result.holds) == (verdict, False)
        assert result.why
        assert verdict in told([result])
        assert f"| {verdict} |" in table([result])


class TestParts:
    """Rows, edits and what counts as an assertion"""

    @pytest.mark.parametrize(("by", "verdict"), [("ValueError", "red"), ("KeyError", "BROKEN"), ("", "BROKEN")])
    def test_next_lock(self, by: str, verdict: str) -> None:
        """Where an entry says so, the refusal of the next lock counts; no other error does."""
        declared = guard("n", "p", "f", "a", "b", "t", by=by)
        assert judged(declared, Ends({"t": "ValueError"}, ""), 1.0).verdict == verdict

    def test_merged(self) -> None:
        """A row that was tried again is new, others stay, those of guards that are no more go; in the order of guards."""
        first, second, gone = (guard(name, "p", "f", "a", "b", "t") for name in ("first", "second", "gone"))
        before = table([Result(gone, "red"), Result(second, "red", seconds=1), Result(first, "red", seconds=1)])
        after = merged(before, [Result(second, "red", seconds=9)], [first, second])
        assert after == table([Result(first, "red", seconds=1), Result(second, "red", seconds=9)])

    def test_twice(self) -> None:
        """A text that stands there twice is not taken out: which was meant is not known."""
        with pytest.raises(StaleError, match="holds 2 times"):
            Edit("file", "x", "").applied("x x")

    def test_one_place(self) -> None:
        """The usual entry has one edit."""
        assert guard("n", "p", "f", "a", "b", "t") == Guard("n", "p", (Edit("f", "a", "b"),), ("t",))

    def test_asserted(self) -> None:
        """Assertions and what pytest demands count, in groups too; what a broken tree raises does not."""
        assert is_asserted(AssertionError())
        assert is_asserted(ExceptionGroup("several", [ValueError(), ExceptionGroup("inner", [AssertionError()])]))
        with pytest.raises(pytest.fail.Exception) as demand, pytest.raises(ValueError):
            pass
        assert is_asserted(demand.value)
        assert not is_asserted(ImportError())
