"""The house's rules, machine-checked; each is also shown to go red."""

import ast
import configparser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import code_rules, house_rules

ROOT = Path(__file__).resolve().parent.parent
APP = sorted((ROOT / "app").rglob("*.py"))
EVERY_TEXT = [
    path for folder in ("app", "tests", "tools", "bench", "alembic") for path in sorted((ROOT / folder).rglob("*.py"))
]
HASH = "#"
"""Kept apart, so that the examples below are none themselves."""
Rule = Callable[[str, ast.Module], Iterator[str]]
KEPT: dict[str, tuple[Rule, ...]] = {
    "app": (
        house_rules.function_imports,
        house_rules.broad_excepts,
        house_rules.set_config,
        house_rules.sessions,
        house_rules.public_docstrings,
        code_rules.web_imports,
        code_rules.service_queries,
        code_rules.commits,
        code_rules.environment,
        code_rules.import_effects,
        code_rules.global_state,
        code_rules.passed_through,
    ),
    "tests": (code_rules.sleeps, code_rules.skips, code_rules.assertions),
}
"""What the files of a folder keep, beside their size."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _faults(path: Path) -> Iterator[str]:
    """What breaks a rule in a file, which is parsed once for all of them: its size, and what its folder keeps."""
    name, text = _name(path), path.read_text()
    tree = ast.parse(text)
    yield from house_rules.sizes(name, tree, len(text.splitlines()))
    for rule in KEPT.get(name.partition("/")[0], ()):
        yield from rule(name, tree)


@pytest.mark.parametrize("folder", ["app", "tests", "tools"])
def test_kept(folder: str) -> None:
    """No file breaks a rule of its folder, and no file, function or class outgrows the house."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    assert [fault for path in files for fault in _faults(path)] == []


def test_reasons_are_given() -> None:
    """Every rule that is switched off has its reason on the line, and nothing is left for later."""
    assert [fault for path in EVERY_TEXT for fault in code_rules.reasons(_name(path), path.read_text())] == []


def test_inheritance_is_flat() -> None:
    """No class of the app has more than two of ours above it."""
    assert list(code_rules.inheritance({_name(path): ast.parse(path.read_text()) for path in APP})) == []


def test_anatomy_holds_for_all() -> None:
    """A module that is added falls under the import contract without anybody thinking of it."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    containers = contracts["importlinter:contract:anatomy"]["containers"]
    assert list(code_rules.outside_the_anatomy(ROOT / "app", containers)) == []
    assert list(code_rules.outside_the_anatomy(ROOT / "app", containers.replace("app.modules.catalog", ""))) == [
        "app.modules.catalog is not among the containers of the anatomy contract in .importlinter"
    ]


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (house_rules.function_imports, "def f():\n    import os\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept Exception:\n    pass\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept:\n    pass\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept (ValueError, Exception):\n    pass\n"),
        (house_rules.broad_excepts, "try:\n    pass\nexcept builtins.BaseException:\n    pass\n"),
        (house_rules.broad_excepts, "with contextlib.suppress(KeyError, Exception):\n    pass\n"),
        (house_rules.set_config, "SQL = \"SELECT set_config('app.tenant_id', $1, true)\"\n"),
        (house_rules.set_config, "SQL = f\"SELECT pg_catalog.SET_CONFIG ('app.tenant_id', {x}, true)\"\n"),
        (house_rules.sessions, "engine = create_async_engine(url)\n"),
        (house_rules.sessions, "async with orm.AsyncSession(engine) as session:\n    pass\n"),
        (code_rules.commits, "await session.commit()\n"),
        (code_rules.environment, "import os\nHOME = os.environ['HOME']\n"),
        (code_rules.environment, "import os\nHOME = os.getenv('HOME')\n"),
        (code_rules.environment, "from os import environ\n"),
        (code_rules.sleeps, "async def test_x():\n    await asyncio.sleep(1)\n    assert True\n"),
        (code_rules.sleeps, "import time\ntime.sleep(0.1)\n"),
        (code_rules.skips, "@pytest.mark.skip\ndef test_x():\n    assert True\n"),
        (code_rules.skips, "@pytest.mark.xfail(reason='some day')\ndef test_x():\n    assert True\n"),
        (code_rules.skips, "def test_x():\n    pytest.importorskip('x')\n"),
        (code_rules.assertions, "async def test_x():\n    await something()\n"),
        (code_rules.assertions, "class TestX:\n    def test_x(self):\n        print('well')\n"),
        (code_rules.import_effects, "connect()\n"),
        (code_rules.import_effects, "with open('x') as file:\n    pass\n"),
        (code_rules.global_state, "def f():\n    global x\n    x = 1\n"),
        (code_rules.passed_through, "def f(**kwargs: object) -> None:\n    g(**kwargs)\n"),
        (house_rules.public_docstrings, "class Thing:\n    '''A thing.'''\n    def act(self): ...\n"),
    ],
)
def test_rule_goes_red(rule: Rule, source: str) -> None:
    """A file that breaks the rule is named."""
    assert list(rule("app/example.py", ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (code_rules.web_imports, "app/modules/invoices/services.py", "from fastapi import Request\n"),
        (code_rules.web_imports, "app/modules/invoices/services/totals.py", "import starlette\n"),
        (code_rules.web_imports, "app/modules/invoices/repository.py", "from starlette.requests import Request\n"),
        (code_rules.web_imports, "app/billing/models.py", "import fastapi.params\n"),
        (code_rules.service_queries, "app/modules/invoices/services.py", "from sqlalchemy import select\n"),
        (code_rules.service_queries, "app/modules/invoices/services/totals.py", "from sqlalchemy.sql import text\n"),
    ],
)
def test_room_goes_red(rule: Rule, path: str, source: str) -> None:
    """A module that nobody has written yet falls under the rule; what may do it does not."""
    assert list(rule(path, ast.parse(source)))
    assert list(rule("app/modules/invoices/routes.py", ast.parse(source))) == []


@pytest.mark.parametrize(
    "line",
    [
        f"x = 1  {HASH} noqa",
        f"x = 1  {HASH} noqa: E501",
        f"x = 1  {HASH} type: ignore[misc]",
        f"x = 1  {HASH} type: ignore  {HASH} ",
        f"x = 1  {HASH} TODO: finish",
    ],
)
def test_reasons_go_red(line: str) -> None:
    """A bare ignore and work left behind are named; a reason on the line is enough."""
    assert list(code_rules.reasons("app/example.py", line))
    assert list(code_rules.reasons("app/example.py", f"x = 1  {HASH} noqa: E501 - the table reads better")) == []


def test_inheritance_goes_red() -> None:
    """A class with three above it is named."""
    source = "class A: ...\nclass B(A): ...\nclass C(B): ...\n"
    assert list(code_rules.inheritance({"x": ast.parse(source)})) == []
    assert list(code_rules.inheritance({"x": ast.parse(source + "class D(C): ...\n")})) == ["D < C < B < A"]


def test_sizes_go_red() -> None:
    """A long file, a long function, a long class and one of many methods are named; what is just short enough is not."""
    functions = "def f():\n" + "    x = 1\n" * 49 + "def g():\n" + "    x = 1\n" * 50
    classes = "class A:\n" + "    x = 1\n" * 249 + "class B:\n" + "    x = 1\n" * 250
    methods = "".join(f"    def f{number}(self): ...\n" for number in range(12))
    crowds = f"class C:\n{methods}    def _g(self): ...\nclass D:\n{methods}    def g(self): ...\n"
    for source, name in ((functions, "g"), (classes, "B"), (crowds, "D")):
        (fault,) = house_rules.sizes("app/example.py", ast.parse(source), 400)
        assert f": {name} has " in fault
    assert list(house_rules.sizes("app/example.py", ast.parse(""), 401)) == ["app/example.py: 401 lines"]


def test_listed_boundaries_are_used() -> None:
    """A boundary that catches nothing any more leaves the list."""
    rows = {name: (ROOT / name).read_text() for name in house_rules.BOUNDARIES}
    assert [
        name for name, text in rows.items() if "except Exception" not in text and "except BaseException" not in text
    ] == []


@pytest.mark.parametrize(
    ("listed", "rule"),
    [
        (code_rules.COMMITTERS, code_rules.commits),
        (code_rules.READERS_OF_THE_ENVIRONMENT, code_rules.environment),
        (code_rules.SLEEPERS, code_rules.sleeps),
        (code_rules.SKIPPERS, code_rules.skips),
        (code_rules.NAMED_AT_WILL, code_rules.passed_through),
    ],
)
def test_lists_are_used(listed: dict[str, str], rule: Rule) -> None:
    """A file that does not need its exception any more leaves the list."""
    paths = {name: ast.parse((ROOT / name).read_text()) for name in listed}
    assert [name for name, tree in paths.items() if not list(rule(f"elsewhere/{name}", tree))] == []
