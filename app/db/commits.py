"""COMMIT, and what its failure means."""

from typing import Any, Final

import asyncpg

from app.db.errors import DATABASE_FAULTS
from app.exceptions import OutcomeLost

UNSENT: Final = "cannot switch to state"
"""How asyncpg's words begin where it sent nothing: the server's farewell was there before."""
LOST: Final = "The database went away while this was being saved. Look whether it was done before you do it again."


async def commit(connection: Any, *, writes: bool = True) -> None:
    """End the transaction of the driver's connection for good.

    Raises:
        OutcomeLost: the connection broke before the server's word on what was written. It may have happened.
        asyncpg.PostgresError, asyncpg.InterfaceError: the server refused, or was not asked. Nothing has happened.
        OSError: the connection broke, and nothing was written.
    """
    try:
        answer = await connection.execute("COMMIT")
    except DATABASE_FAULTS as error:
        if not writes or _is_certain(error):
            raise
        raise OutcomeLost(LOST) from error
    if answer != "COMMIT":  # PostgreSQL answers ROLLBACK where the transaction had failed before
        raise asyncpg.InFailedSQLTransactionError("the transaction had failed before its commit")


def _is_certain(error: BaseException) -> bool:
    """Whether it was not done: the server said no, or the driver did not ask, because the connection had been lost before.

    FATAL is no no: a server that stops says so after a COMMIT too.
    """
    cause = error.__cause__ or error
    if isinstance(cause, asyncpg.InternalClientError):
        return str(cause).startswith(UNSENT)
    if isinstance(error, asyncpg.PostgresError):
        return getattr(error, "severity_en", None) == "ERROR"
    return isinstance(error, asyncpg.InterfaceError)
