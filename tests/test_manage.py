"""`manage`: the table of its commands is true, and a command waits for no import but its own."""

import inspect
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from typer.testing import CliRunner

from app import manage
from app.config import ROOT
from app.manage.cli import COMMANDS, cli, commands_of

LIGHT = ("probe", "config", "keys", "mail")
"""Files of commands that need neither the modules nor the database's schema."""
HEAVY = {"app.installed", "fastapi", "sqlalchemy", "alembic", "rq", "uvicorn", "boto3"}
IMPORTED = """
import json, sys
from typer.testing import CliRunner
from app.manage.cli import cli, commands_of
assert CliRunner().invoke(cli, ["--help"]).exit_code == 0
listed = list(sys.modules)
for file in sys.argv[1:]:
    commands_of(file)
print(json.dumps([listed, list(sys.modules)]))
"""


def test_table() -> None:
    """Every command of every file stands in the table, with its file and the first words of its help; nothing else does."""
    found = {}
    for path in sorted(Path(manage.__file__).parent.glob("*.py")):
        if path.stem != "cli" and hasattr(import_module(f"app.manage.{path.stem}"), "cli"):
            for name, command in commands_of(path.stem).items():
                found[name] = (path.stem, inspect.cleandoc(command.help).split("\n\n")[0].replace("\n", " "))
    assert dict(COMMANDS) == found


def test_imports() -> None:
    """--help imports the file of no command, and the light ones import nothing of the heavy things."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *LIGHT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed, light = map(set, json.loads(done.stdout))
    assert not {
        name
        for name in listed
        if name.startswith("app.")
        and name not in {"app.manage", "app.manage.cli", "app.utils", "app.utils.collector", "app.utils.faults"}
    }
    assert {f"app.manage.{file}" for file in LIGHT} <= light
    assert not HEAVY & light


def test_mistyped() -> None:
    """A command that there is not is refused with what was perhaps meant, though no file of a command was imported."""
    answer = CliRunner().invoke(cli, ["mial"])
    assert answer.exit_code == 2
    assert "Did you mean 'mail'?" in " ".join(answer.output.replace("│", " ").split())
