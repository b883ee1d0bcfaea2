"""No transaction is open while anything outside PostgreSQL is awaited: adapters ask here before they call.

A connection that waits for somebody else's server is taken from everybody. So a use case reads, commits, calls, and writes
in a second unit of work; a call that belongs to a request is a delivery.
"""

from contextvars import ContextVar
from typing import Protocol


class InsideTransactionError(RuntimeError):
    """An outside system was called while a unit of work of the same task was open: a fault of the caller's code."""


class Transaction(Protocol):
    """What is known of a unit of work here."""

    @property
    def is_open(self) -> bool:
        """Whether its transaction is running."""


_begun: ContextVar[tuple[Transaction, ...]] = ContextVar("units_of_work", default=())


def note_transaction(transaction: Transaction) -> None:
    """Called by a unit of work that begins.

    Kept is the unit itself, not a flag: a task that was started inside it sees when it ends, and nothing needs undoing.
    """
    _begun.set((*(other for other in _begun.get() if other.is_open), transaction))


def refuse_inside_transaction(what: str) -> None:
    """Called by every adapter of an outside system, first thing.

    Raises:
        InsideTransactionError: this task, or the one that started it, has a unit of work open.
    """
    if any(transaction.is_open for transaction in _begun.get()):
        raise InsideTransactionError(f"{what} must not be called while a unit of work is open: commit first")
