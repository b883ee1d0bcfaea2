"""`manage config`: what the settings come to and where each comes from; the document of all settings."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.config import ROOT, Inspection, Value, inspect_settings, settings_reference

DOCUMENT = ROOT / "docs" / "settings.md"

cli = typer.Typer()
config = typer.Typer(no_args_is_help=True, help="Settings: what they come to, and their document.")
cli.add_typer(config, name="config")


@config.command()
def show(
    prefix: Annotated[str, typer.Argument(help="only what begins with it: database, auth.argon2")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
) -> None:
    """Every setting with its value and its source; secrets are masked. Leaves with 1 where a process would not start."""
    found = inspect_settings()
    values = [value for value in found.values if _begins(value.name, prefix)]
    if prefix and not values:
        raise typer.BadParameter(f"no setting begins with {prefix}", param_hint="PREFIX")
    typer.echo(_as_json(found, values) if as_json else _as_table(found, values))
    if not found.usable:
        raise typer.Exit(1)


@config.command()
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="change nothing; leave with 1 where it is not current")
    ] = False,
    path: Annotated[Path, typer.Option(help="where it is written")] = DOCUMENT,
) -> None:
    """Write docs/settings.md from the model and settings.toml."""
    text = settings_reference()
    current = path.exists() and path.read_text(encoding="utf-8") == text
    if check and not current:
        typer.echo(f"{path.name} is not current: run `manage config docs`.", err=True)
        raise typer.Exit(1)
    if not current:
        path.write_text(text, encoding="utf-8")
    typer.echo(f"{path.name} is current." if current else f"{path.name} was written.")


def _begins(name: str, prefix: str) -> bool:
    """By whole words: `database` is not the beginning of `databases`."""
    return not prefix or name == prefix or name.startswith(f"{prefix.rstrip('.')}.")


def _as_json(found: Inspection, values: list[Value]) -> str:
    body: dict[str, Any] = {
        "env": found.env,
        "usable": found.usable,
        "faults": list(found.faults),
        "values": [asdict(value) for value in values],
    }
    return json.dumps(body, indent=2, ensure_ascii=False, default=str)


def _as_table(found: Inspection, values: list[Value]) -> str:
    names = max(len(value.name) for value in values)
    shown = {value.name: _text(value.value) for value in values}
    width = min(60, max(map(len, shown.values())))
    lines = []
    for value in values:
        lines.append(f"{value.name:<{names}}  {shown[value.name]:<{width}}  {value.source}")
        lines += [f"{'':<{names}}  FAULT: {value.fault}"] if value.fault else []
    return "\n".join([*lines, *(f"FAULT: {fault}" for fault in found.faults)])


def _text(value: Any) -> str:
    """On one line, whatever it is: JSON escapes what would break it."""
    return json.dumps(value, ensure_ascii=False, default=str)
