"""`manage`: its commands, each imported when it is called, and what a fault of the installation looks like."""

import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from app.utils.collector import uncollected
from app.utils.faults import InstallationFault

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "up": ("up", "Start everything on this machine: servers, migrations, demo, API, worker, relay."),
    "simulate": (
        "simulate",
        "Live a shop day on servers and processes of its own, kill them in turn, and audit the books; not in production.",
    ),
    "api": ("processes", "Serve the API."),
    "worker": ("processes", "Run deliveries of one queue."),
    "relay": ("processes", "Move due deliveries from Postgres to the queues; any number may run at once."),
    "probe": (
        "probe",
        "Whether a worker or relay works, by its health file: code 0, or 1 and a sentence. For probes of Kubernetes.",
    ),
    "migrate": (
        "schema",
        "Bring the database to the newest schema, or to REVISION; waits while another runner is at it.",
    ),
    "undo": ("schema", "Take the newest migration back."),
    "status": (
        "schema",
        "Show the database's revision, the code's, and what is pending. Exit code 0: current, 3: pending, 4: unknown to this code.",
    ),
    "reset": ("schema", "Drop everything that the database holds and migrate it afresh; not in production."),
    "makemigration": (
        "scripts",
        "Write the migration that the models ask for, and prove it on a throw-away database: there and back.",
    ),
    "migrations-current": (
        "scripts",
        "Check on a fresh database that the migrations make exactly what the models declare.",
    ),
    "migrations-lint": ("scripts", "Check every migration for locks, loss and the house's order."),
    "seed": ("installation", "Write the demo tenants, people and products; refuses in production."),
    "doctor": (
        "installation",
        "Look at secrets, logins, roles, schema, policies, grants, binding, pooler, clock and Redis; ends with 1 on a fault.",
    ),
    "config": ("config", "Settings: what they come to, and their document."),
    "keys": ("keys", "Signing keys of access tokens."),
    "mail": (
        "mail",
        "List what the local mailer wrote, newest first, or show one mail: development has no other mailbox.",
    ),
    "user": ("people", "People: make, disable and enable them, reset their second factor."),
    "operator": ("people", "Operators: the platform's own staff."),
    "tenant": ("tenants", "Tenants: make, list, suspend, resume, delete them."),
    "task": ("tasks", "Tasks: watch them."),
    "catalog": ("catalog", "The catalog: products from a file."),
    "schedule": ("schedules", "Schedules: list them, run one now."),
    "audit": ("audit", "The audit log: its chain of seals."),
    "hub": ("hub", "The message hub: events, handlers, tasks, schedules."),
    "db": ("database", "The database server: made ready before the first migration."),
}
"""Each command with its file beside this one, and what it does: so that neither `manage --help` nor `manage mail` waits for
the import of the whole platform."""


class Group(TyperGroup):
    """The root: it knows of each command what the table says, and imports a command's file when it is called."""

    def __init__(self, **attrs: Any) -> None:
        known = {name: TyperCommand(name=name, help=text) for name, (_, text) in COMMANDS.items()}
        super().__init__(**{**attrs, "commands": known})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is called, from its file; what is none ends here, with those that it is like."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, None if name is None else commands_of(COMMANDS[name][0])[name], rest


@cache
def commands_of(file: str) -> Mapping[str, Any]:
    """What the `cli` of a file beside this one holds, by name."""
    with uncollected():
        module = import_module(f"app.manage.{file}")
    return get_group(module.cli).commands


cli = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def _root() -> None:
    """Atrium: processes and chores."""


def main() -> None:
    """The entry point: faults of the installation are one clear sentence, not a stack."""
    try:
        cli()
    except InstallationFault as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
