"""docs/settings.md: every setting, from the model and from settings.toml."""

import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType
from typing import Any

from pydantic import BaseModel

from app.config.layers import ENVIRONMENTS, ROOT, Place, shipped, variable_of
from app.config.model import Settings
from app.config.secrecy import is_secret, model_in, value_model

INTRODUCTION = Path(__file__).with_name("reference.md")
NAMES = {str: "text", int: "whole number", float: "number", bool: "true or false"}
NOTHING = "required"


def settings_reference(folder: Path = ROOT) -> str:
    """The document. It depends on the code and the folder's settings.toml alone, not on the machine."""
    defaults = {env: shipped(folder, env) for env in ENVIRONMENTS}
    parts = [INTRODUCTION.read_text(encoding="utf-8").rstrip()]
    for name, field in Settings.model_fields.items():
        section = model_in(field.annotation) or value_model(field.annotation)
        if section is not None:
            place = (name,) if model_in(field.annotation) else (name, "<key>")
            parts.append("\n".join(_section(section, place, defaults)))
    return "\n\n".join(parts) + "\n"


def _section(section: type[BaseModel], place: Place, defaults: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {'.'.join(place)}"
    yield ""
    yield (section.__doc__ or "").strip()
    yield ""
    yield "| setting | type | default | variable | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    yield from _rows(section, place, defaults)


def _rows(section: type[BaseModel], place: Place, defaults: Mapping[str, Any]) -> Iterator[str]:
    for name, field in section.model_fields.items():
        here = (*place, name)
        below = model_in(field.annotation)
        if below is not None:
            yield from _rows(below, here, defaults)
            continue
        secret = is_secret(here)
        meaning = (field.description or "") + (" **Secret.**" if secret else "")
        default = _default(
            here, None if field.is_required() else field.get_default(call_default_factory=True), defaults
        )
        variable = variable_of(here)
        cells = (f"`{'.'.join(here)}`", _type(field.annotation), default, f"`{variable}`", meaning)
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _default(place: Place, coded: Any, defaults: Mapping[str, Any]) -> str:
    """The default of all environments, and of those that have another."""
    texts = {env: _text(_found(data, place, coded)) for env, data in defaults.items()}
    first = texts["development"]
    if len(set(texts.values())) == 1:
        return first
    return ", ".join(f"{env}: {text}" for env, text in texts.items())


def _found(data: Any, place: Place, coded: Any) -> Any:
    for part in place:
        if not isinstance(data, Mapping) or part not in data:
            return coded
        data = data[part]
    return data


def _text(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value in ("", (), {}):
        return "empty"
    return f"`{value}`"


def _type(annotation: Any) -> str:
    """The type as an operator would say it."""
    if annotation in NAMES:
        return NAMES[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return " or ".join(f"`{argument}`" for argument in arguments)
    if origin is Mapping:
        return f"table of {_type(arguments[1])}s"
    if origin is tuple:
        return "list of tables" if model_in(arguments[0]) else "words, by comma"
    if NoneType in arguments:
        return _type(next(argument for argument in arguments if argument is not NoneType))
    return "text" if "Secret" in getattr(annotation, "__name__", "") else str(annotation)
