"""Scripts drafted from what the models declare and the database lacks."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, MetaData

from app.db import migrate
from app.migrations.changes import Change, Distribute, Stage, Step, in_order
from app.migrations.rights import rights_changes
from app.migrations.tables import table_changes

SLUG = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
BIND = re.compile(r"(?<![:\w\\]):(?=\w)")
"""What SQLAlchemy's text() would take for a parameter."""
DRAFT = '"<why the previous release no longer needs it>"'
AGAIN = '{"ban-drop-constraint": "dropped only where a broken run has left it, and added again"}'
STEPS = "from app.db.steps import distribute"


def draft(connection: Connection, metadata: MetaData) -> list[Change]:
    """Everything that separates the database from the models, in the order of a migration."""
    return in_order([*table_changes(connection, metadata), *rights_changes(connection, metadata)])


def write_scripts(slug: str, changes: list[Change], versions: Path) -> list[Path]:
    """Write the changes as one script, or two: what must not lock a table for long stands in one of its own.

    Raises:
        MigrationError: the slug is not plain, or the developers' tools are not installed.
    """
    if not SLUG.match(slug):
        raise migrate.MigrationError(f"{slug!r} is no name for a migration: use words_like_these.")
    ruff = Path(sys.executable).parent / "ruff"
    if not ruff.exists():
        raise migrate.MigrationError("ruff is not installed: run `make setup`, which installs the developers' tools.")
    parts = (
        (slug, [change for change in changes if change.stage is not Stage.ONLINE]),
        (f"{slug}_online", [change for change in changes if change.stage is Stage.ONLINE]),
    )
    written = [_write(name, part, versions) for name, part in parts if part]
    subprocess.run([ruff, "format", "--quiet", *written], check=True)  # noqa: S603 - our own tool on our own files
    return written


def _write(slug: str, changes: list[Change], versions: Path) -> Path:
    history = migrate.scripts(versions)
    history.messaging_opts = {"quiet": True}
    head = str(history.get_current_head())
    online = changes[0].stage is Stage.ONLINE
    loses = any(change.stage is Stage.LOSS and change.up for change in changes)
    compatible = getattr(history.get_revision(head).module, "compatible_with", None) or head
    script = history.generate_revision(
        f"{int(head) + 1:04}",
        slug.replace("_", " ").capitalize(),
        version_path=str(versions),
        file_template=f"%(year)d%(month).2d%(day).2d_{slug}",
        imports=STEPS if any(isinstance(step, Distribute) for change in changes for step in change.up) else "",
        compatible_with=None if loses else compatible,
        contracts=DRAFT if loses else "",
        exceptions=AGAIN if any(_drops_to_add(change) for change in changes) else "",
        upgrades=_body([step for change in changes for step in change.up], online=online),
        downgrades=_body([step for change in reversed(changes) for step in change.down], online=online),
    )
    if script is None:
        raise migrate.MigrationError(f"Alembic cannot read the script {slug} that was written.")
    return Path(script.path)


def _drops_to_add(change: Change) -> bool:
    return change.stage is Stage.ONLINE and any("DROP CONSTRAINT" in str(step) for step in change.up)


def _body(steps: Iterable[Step], *, online: bool) -> str:
    lines = [_line(step) for step in steps]
    if not online or not lines:
        return "\n    ".join(lines)
    return "with op.get_context().autocommit_block():\n        " + "\n        ".join(lines)


def _line(step: Step) -> str:
    if isinstance(step, Distribute):
        return f"distribute({step.table!r}, {step.kind!r})"
    escaped = BIND.sub(r"\\:", step)
    prefix = "r" if "\\" in escaped else ""
    if "\n" in escaped or '"' in escaped:
        indented = escaped.replace("\n", "\n        ")
        return f'op.execute(\n        {prefix}"""\n        {indented}\n        """\n    )'
    return f'op.execute({prefix}"{escaped}")'
