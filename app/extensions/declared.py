"""What a view says of itself beside its access rule: the errors of its own, the events it may let happen, further headers.

The document shows it and the tests prove it: an answer or an event that is not declared fails the test that saw it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from app.exceptions import AppError
from app.extensions.events import Event

DECLARED_ATTRIBUTE = "__declared__"
V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Declared:
    """Frozen and shared by all requests: it holds nothing of any of them."""

    raises: tuple[type[AppError], ...] = ()
    """Beyond what rule and parameters bring, which nobody has to repeat."""
    emits: tuple[type[Event], ...] = ()
    """In the request's own transaction; what handlers record later is theirs."""
    headers: tuple[str, ...] = ()
    """Of a success, beyond those that every answer of the kind has."""


NOTHING = Declared()


def declares(
    *, raises: Sequence[type[AppError]] = (), emits: Sequence[type[Event]] = (), headers: Sequence[str] = ()
) -> Callable[[V], V]:
    """Say it of a view, below its access rule.

    Raises:
        TypeError: at import, for what is no error of ours or no event, or is named twice.
    """
    named: tuple[tuple[type, Sequence[Any]], ...] = ((AppError, raises), (Event, emits))
    for kind, given in named:
        if wrong := [item for item in given if not (isinstance(item, type) and issubclass(item, kind))]:
            raise TypeError(f"{wrong}: no class below {kind.__name__}")
        if len(set(given)) < len(given):
            raise TypeError(f"{[item.__name__ for item in given]}: one of them is named twice")
    declared = Declared(tuple(raises), tuple(emits), tuple(headers))

    def mark(view: V) -> V:
        setattr(view, DECLARED_ATTRIBUTE, declared)
        return view

    return mark


def declared_of(endpoint: Callable[..., Any]) -> Declared:
    """What a view declares; nothing where it says nothing."""
    declared = getattr(endpoint, DECLARED_ATTRIBUTE, NOTHING)
    return declared if isinstance(declared, Declared) else NOTHING
