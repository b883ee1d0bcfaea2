"""Records: plain dataclasses that leave as JSON."""

from dataclasses import fields
from typing import Any, TypeVar

R = TypeVar("R")


def record_from(record: type[R], source: Any) -> R:
    """A record of a dataclass, filled from the attributes of the same names."""
    return record(**{field.name: getattr(source, field.name) for field in fields(record)})  # type: ignore[arg-type]  # the callers' dataclasses
