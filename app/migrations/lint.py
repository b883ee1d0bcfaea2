"""The check of every script for locks, loss and the house's order: our own rules, and squawk's on the SQL it would send."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alembic.script import Script

from app.db import migrate
from app.migrations.render import Rendered, rendered
from app.migrations.rules import RULES, Before, losses, new_tables, plain

CONFIG = migrate.ROOT / ".squawk.toml"
SHORTEST_REASON = 10
LOCKING = "ALTER TABLE "


@dataclass(frozen=True, slots=True)
class Fault:
    """What a script breaks."""

    script: str
    rule: str
    text: str

    def __str__(self) -> str:
        """One line, as a linter prints it."""
        return f"{self.script}: {self.rule}: {self.text}"


def faults(versions: Path = migrate.VERSIONS) -> list[Fault]:
    """Everything that the scripts of a folder break, the oldest script first.

    Raises:
        MigrationError: squawk is not installed, or a script cannot be read.
    """
    found: list[Fault] = []
    before = Before()
    for script in history(versions):
        found += _faults_of(script, before)
        before.take_in(script)
    return found


def history(versions: Path = migrate.VERSIONS) -> list[Rendered]:
    """The scripts of a folder with their SQL, the oldest first.

    Raises:
        MigrationError: a script asks the database something, so that its SQL cannot be printed.
    """
    scripts: list[Script] = list(migrate.scripts(versions).walk_revisions())
    return [_printed(script) for script in reversed(scripts)]


def _printed(script: Script) -> Rendered:
    try:
        return rendered(script)
    except (AttributeError, TypeError) as error:  # there is no connection, and None has no rows
        raise migrate.MigrationError(
            f"{Path(script.path).name} asks the database something ({error}): say it in SQL, or use backfill()."
        ) from error


def notes(script: Rendered) -> list[str]:
    """What an operator should know before the script runs: which tables it holds up, and what is lost."""
    made = new_tables(script)
    altered = {plain(item).split()[2] for item in script.up if plain(item).startswith(LOCKING)} - set(made)
    held = [f"locks {name} for a moment" for name in sorted(altered)]
    return held + [f"loses data: {statement}" for statement in losses(script.up)]


def _faults_of(script: Rendered, before: Before) -> Iterator[Fault]:
    name = Path(script.script.path).name
    exceptions: dict[str, str] = getattr(script.module, "exceptions", {})
    found = [Fault(name, rule, text) for rule, check in RULES.items() for text in check(script, before)]
    found += _squawk(name, script.up)
    broken = {fault.rule for fault in found}
    yield from (fault for fault in found if fault.rule not in exceptions)
    for rule, reason in exceptions.items():
        if rule not in broken:
            yield Fault(name, "exceptions", f"{rule} is set aside, but nothing breaks it")
        elif len(reason) < SHORTEST_REASON:
            yield Fault(name, "exceptions", f"{rule} is set aside without a reason")


def _squawk(name: str, statements: tuple[str, ...]) -> Iterator[Fault]:
    """What squawk says of the statements, as the runner sends them."""
    program = Path(sys.executable).parent / "squawk"
    if not program.exists():
        raise migrate.MigrationError("squawk is not installed: run `make setup`, which installs the developers' tools.")
    # What the runner wraps around: the limit, and for a script that steps outside, no transaction.
    outside = "COMMIT" in statements
    sent = [statement for statement in statements if statement not in {"COMMIT", "BEGIN"}]
    sql = "".join(f"{statement};\n" for statement in (migrate.SESSION[0], *sent))
    mode = "--no-assume-in-transaction" if outside else "--assume-in-transaction"
    command = [str(program), "--config", str(CONFIG), mode, "--reporter", "json", "--stdin-filepath", name]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool
    try:
        findings = json.loads(done.stdout or "[]")
    except json.JSONDecodeError as error:
        raise migrate.MigrationError(f"squawk cannot read {name}: {done.stdout}{done.stderr}") from error
    lines = sql.splitlines()
    for finding in findings:
        told = lines[finding["line"]].strip() if finding["line"] < len(lines) else ""
        yield Fault(name, finding["rule_name"], f"{finding['message']} {finding.get('help') or ''} [{told[:120]}]")
