"""Old code on a newer schema: a part of this very suite, run as the previous release's will be (`make test-previous`)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.db.migrate import ROOT
from tests.migrations.test_lint import added
from tests.support.newer import CHECKOUT

ADDITIVE = (
    "ALTER TABLE events ADD COLUMN source TEXT",
    "ALTER TABLE deliveries ADD COLUMN weight INTEGER DEFAULT 1 NOT NULL",
    "CREATE TABLE additions (id UUID NOT NULL)",
)
BREAKING = ("CREATE VIEW everybodys AS SELECT * FROM products",)
BROKEN = "everybodys"
ASKED = "tests/isolation/test_catalogue.py"


@pytest.mark.parametrize(("statements", "runs"), [(ADDITIVE, True), (BREAKING, False)], ids=["additive", "breaking"])
def test_suite_on_newer_schema(tmp_path: Path, statements: tuple[str, ...], runs: bool) -> None:
    """What only adds to the schema leaves the older suite green; what opens a hole turns it red."""
    for name in ("app", "alembic", "alembic.ini"):
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    added(tmp_path / "alembic" / "versions", *statements)
    inner = {name: text for name, text in os.environ.items() if not name.startswith(("PYTEST_", "ATRIUM_TEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-m", "not own_schema", ASKED],
        cwd=ROOT,
        env={**inner, CHECKOUT: str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout[-3000:] + done.stderr[-3000:]
    assert (done.returncode == 0) is runs, told
    assert (BROKEN in done.stdout) is not runs, told
    assert " passed" in done.stdout, told
