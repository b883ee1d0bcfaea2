"""Old code on a newer schema: a part of this very suite, run as the previous release's will be (`make test-previous`)."""

import os
import re
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
BREAKING = "CREATE VIEW everybodys AS SELECT * FROM products"
TOLD = "TestObjects::test_no_views"
ASKED = "tests/isolation/test_catalogue.py"


def test_suite_on_newer_schema(tmp_path: Path) -> None:
    """What only adds to the schema leaves the older suite green; what opens a hole turns red the test that names it."""
    for name in ("app", "alembic"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "alembic.ini", tmp_path)
    added(tmp_path / "alembic" / "versions", *ADDITIVE, BREAKING)
    inner = {name: text for name, text in os.environ.items() if not name.startswith(("PYTEST_", "ATRIUM_TEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-m", "not own_schema", "--tb=line", "-rfE", ASKED],
        cwd=ROOT,
        env={**inner, CHECKOUT: str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout[-3000:] + done.stderr[-3000:]
    failed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, told
    assert failed == [f"{ASKED}::{TOLD}"], told
    assert "everybodys" in done.stdout, told
    assert re.match(r"\.*F\.+", done.stdout), told
