"""The house's rules, machine-checked; each is also shown to go red."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import house_rules

ROOT = Path(__file__).resolve().parent.parent
APP = sorted((ROOT / "app").rglob("*.py"))
EVERYTHING = [*APP, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "tools").rglob("*.py"))]
Rule = Callable[[str, ast.Module], Iterator[str]]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _faults(rule: Rule, paths: list[Path]) -> list[str]:
    return [fault for path in paths for fault in rule(_name(path), ast.parse(path.read_text()))]


@pytest.mark.parametrize(
    "rule",
    [
        house_rules.function_imports,
        house_rules.broad_excepts,
        house_rules.set_config,
        house_rules.sessions,
        house_rules.public_docstrings,
    ],
)
def test_app_keeps(rule: Rule) -> None:
    """No file of the app breaks the rule."""
    assert _faults(rule, APP) == []


def test_sizes_are_kept() -> None:
    """No file, function or class outgrows the house."""
    found = []
    for path in EVERYTHING:
        text = path.read_text()
        found += list(house_rules.sizes(_name(path), ast.parse(text), len(text.splitlines())))
    assert found == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (house_rules.function_imports, "def f():\n    import os\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept Exception:\n    pass\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept:\n    pass\n"),
        (house_rules.set_config, "SQL = \"SELECT set_config('app.tenant_id', $1, true)\"\n"),
        (house_rules.sessions, "engine = create_async_engine(url)\n"),
        (house_rules.public_docstrings, "class Thing:\n    '''A thing.'''\n    def act(self): ...\n"),
    ],
)
def test_rule_goes_red(rule: Rule, source: str) -> None:
    """A file that breaks the rule is named."""
    assert list(rule("app/example.py", ast.parse(source)))


def test_sizes_go_red() -> None:
    """A long file and a long function are named."""
    long_function = "def f():\n" + "    x = 1\n" * 60
    assert len(list(house_rules.sizes("app/example.py", ast.parse(long_function), 401))) == 2


def test_listed_boundaries_are_used() -> None:
    """A boundary that catches nothing any more leaves the list."""
    rows = {name: (ROOT / name).read_text() for name in house_rules.BOUNDARIES}
    assert [
        name for name, text in rows.items() if "except Exception" not in text and "except BaseException" not in text
    ] == []
