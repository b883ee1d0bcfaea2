"""Scripts are printed and judged once, however many histories they are copied into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import Script

from app.migrations import lint
from app.migrations.render import Rendered
from app.migrations.rules import Before


@pytest.fixture(autouse=True, scope="session")
def _judged_once() -> Iterator[None]:
    """What is printed of a script depends on its name and text alone, what is said of it on what was made before it, too.

    So the whole history, which stands before each script that a test adds, is not printed and judged for each anew.
    """
    patch, printed, judged = pytest.MonkeyPatch(), lint._printed, lint._faults_of
    scripts: dict[tuple[str, str], Rendered] = {}
    faults: dict[tuple[Rendered, str], tuple[lint.Fault, ...]] = {}

    def print_once(script: Script) -> Rendered:
        path = Path(script.path)
        key = path.name, path.read_text(encoding="utf-8")
        if key not in scripts:
            scripts[key] = printed(script)
        return scripts[key]

    def judge_once(script: Rendered, before: Before) -> Iterator[lint.Fault]:
        key = script, repr(before)
        if key not in faults:
            faults[key] = tuple(judged(script, before))
        yield from faults[key]

    patch.setattr(lint, "_printed", print_once)
    patch.setattr(lint, "_faults_of", judge_once)
    yield
    patch.undo()
