"""`make docs`: writes docs/requirements.md, the requirements and the cases of tools/requirements.toml with the tests that hold them.

A test names a requirement in its docstring: "Requirement 4: ...", "Requirements 7 and 35: ...". A class or a file may, for all in it.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT
from tools import written

DOCUMENT = ROOT / "docs" / "requirements.md"
LIST = Path(__file__).with_suffix(".toml")
NUMBERS = re.compile(r"\brequirements? (\d+(?:(?:, | and )\d+)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """What must hold: sentences by number, and the tests of every case by its name."""

    claimed: Mapping[int, str]
    unclaimed: Mapping[int, str]
    cases: Mapping[str, Sequence[str]]


def parts() -> dict[str, str]:
    """What is written, by its name.

    Raises:
        ValueError: a claim without a test, a number or a test that there is not.
    """
    held = docstrings(sorted((ROOT / "tests").rglob("test_*.py")))
    return told(listed(LIST.read_text(encoding="utf-8")), held)


def listed(text: str) -> Listed:
    """The list as its file has it."""
    read = tomllib.loads(text)
    claimed, unclaimed = (
        {int(number): line for number, line in read[name].items()} for name in ("claimed", "unclaimed")
    )
    return Listed(claimed, unclaimed, read["cases"])


def docstrings(paths: Iterable[Path]) -> dict[str, str]:
    """What every file, class and test says of itself, by pytest's names for them; nothing is imported."""
    found: dict[str, str] = {}
    for path in paths:
        found.update(_docstrings(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(ROOT).as_posix()))
    return found


def told(wanted: Listed, held: Mapping[str, str]) -> dict[str, str]:
    """Both lists, each with its tests.

    Raises:
        ValueError: a claim without a test, a number or a test that there is not; all are named.
    """
    named = {name: _numbers(text) for name, text in held.items()}
    tests = {number: [name for name, numbers in named.items() if number in numbers] for number in _all(wanted)}
    faults = [f"requirement {number} has no test" for number in wanted.claimed if not tests[number]]
    faults += [f"{name} names {number}" for name, numbers in named.items() for number in numbers if number not in tests]
    faults += [
        f"{case}: there is no {test}" for case, known in wanted.cases.items() for test in known if test not in held
    ]
    faults += [f"{case} has no test" for case, known in wanted.cases.items() if not known]
    if faults:
        raise ValueError("; ".join(faults))
    sentences = {**wanted.claimed, **{number: f"(not claimed yet) {line}" for number, line in wanted.unclaimed.items()}}
    return {
        "requirements": "".join(
            _entry(f"{number}. {sentences[number]}", tests[number]) for number in sorted(sentences)
        ),
        "cases": "".join(_entry(f"{case[0].upper()}{case[1:]}.", known) for case, known in wanted.cases.items()),
    }


def _all(wanted: Listed) -> list[int]:
    return sorted([*wanted.claimed, *wanted.unclaimed])


def _numbers(text: str) -> set[int]:
    return {int(number) for found in NUMBERS.findall(text) for number in re.findall(r"\d+", found)}


def _docstrings(node: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, str]]:
    yield name, ast.get_docstring(node) or ""
    for child in node.body:
        if isinstance(child, ast.ClassDef) and child.name.startswith("Test"):
            yield from _docstrings(child, f"{name}::{child.name}")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and child.name.startswith("test_"):
            yield f"{name}::{child.name}", ast.get_docstring(child) or ""


def _entry(heading: str, tests: Sequence[str]) -> str:
    return f"\n**{heading}**\n" + "".join(f"- `{test}`\n" for test in tests)


if __name__ == "__main__":
    sys.exit(written.main(DOCUMENT, parts))
