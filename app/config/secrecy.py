"""Which values may be shown. What is not known to be harmless is masked, misspelt names and broken values included."""

import re
import types
import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, SecretStr

from app.config.layers import Place
from app.config.model import Settings

MASK = "********"
SECRET_PLACES: tuple[Place, ...] = (("secrets",), ("embedded",), ("auth", "keys"))
USER_PART = re.compile(r"(?<=://).*@|^[^/@:]*:(?!//).*@", re.DOTALL)
"""Everything up to the last @, for a password may hold any character."""
QUERY_SECRET = re.compile(r"([?&;][^=&;]*(?:pass|secret|token|key|pwd|auth)[^=&;]*=)[^&;]*", re.IGNORECASE)


def is_secret(place: Place) -> bool:
    """Whether the value at a place must be masked: declared secret, or at no place that the model knows a plain value of."""
    if any(place[: len(secret)] == secret for secret in SECRET_PLACES):
        return True
    annotation = annotation_of(place)
    return annotation is None or _holds(annotation, SecretStr)


def shown(place: Place, value: Any) -> Any:
    """The value as it may be shown: masked, without the passwords of URLs, or as it is."""
    if value is None or value in ("", {}):
        return value
    annotation = annotation_of(place)
    if is_secret(place) or _holds(annotation, BaseModel):
        return MASK
    if isinstance(value, Mapping) or (not isinstance(value, str) and _is_text(annotation)):
        return MASK  # something else stands where a text belongs: what it holds is anybody's guess
    return _without_password(value) if isinstance(value, str) else value


def annotation_of(place: Place) -> Any:
    """The type that the model gives to a place; None where it knows no such place."""
    found: Any = Settings
    for part in place:
        found = _below(found, part)
        if found is None:
            return None
    return found


def _below(annotation: Any, part: str) -> Any:
    model = model_in(annotation)
    if model is not None and not _is_mapping(annotation):
        field = model.model_fields.get(part)
        return None if field is None else field.annotation
    if _is_mapping(annotation):
        return typing.get_args(annotation)[1]
    if part.isdigit() and typing.get_origin(annotation) is tuple:
        return typing.get_args(annotation)[0]
    return None


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The section that an annotation is, also where it may be None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return next((found for found in map(model_in, typing.get_args(annotation)) if found), None)
    return None


def value_model(annotation: Any) -> type[BaseModel] | None:
    """The section that every value of a mapping is; None for anything else."""
    return model_in(typing.get_args(annotation)[1]) if _is_mapping(annotation) else None


def _is_mapping(annotation: Any) -> bool:
    return typing.get_origin(annotation) is Mapping


def _holds(annotation: Any, kind: type) -> bool:
    """Whether a type is, or has anywhere in it, one of that kind."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return issubclass(annotation, kind)
    return any(_holds(argument, kind) for argument in typing.get_args(annotation))


def _is_text(annotation: Any) -> bool:
    return annotation is str


def _without_password(text: str) -> str:
    found = USER_PART.search(text)
    if found:
        user = found.group().split(":", 1)[0].split("@", 1)[0]
        text = f"{text[: found.start()]}{user}:{MASK}@{text[found.end() :]}"
    return QUERY_SECRET.sub(rf"\g<1>{MASK}", text)
