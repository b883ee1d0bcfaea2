"""What an error of the database means to the caller."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from app.exceptions import AppError, Conflict, PreconditionFailed, Unavailable, ValidationFailed

BUSY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,  # the server is a standby by now; the pool replaces the connection
    asyncpg.InvalidCachedStatementError,  # prepared before a migration; the driver has forgotten it by now
    asyncpg.OutdatedSchemaCacheError,
    OSError,
)
CONNECT_ERRORS = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    SQLAlchemyError,
)
"""What connecting raises: a server that is away, refuses the login, or answers something else."""
QUOTED_CONSTRAINT = re.compile(r'constraint "([^"]+)"')
SHARD_SUFFIX = re.compile(r"_\d{5,}$")

DATABASE_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a database that is away, or a connection that broke, may raise."""


def driver_error(error: BaseException) -> BaseException:
    """The asyncpg error inside what SQLAlchemy raised, or the error itself."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def constraint_of(error: BaseException) -> str | None:
    """The name of the violated constraint; Citus sends it only in the message, with the shard's number behind it."""
    inner = driver_error(error)
    name = getattr(inner, "constraint_name", None)
    if not name:
        found = QUOTED_CONSTRAINT.search(str(inner))
        name = SHARD_SUFFIX.sub("", found.group(1)) if found else None
    return name


def reason_of(error: BaseException) -> str:
    """The error in words that may be shown to a tenant: of the database's own no statement and no value."""
    inner = driver_error(error)
    if isinstance(error, DBAPIError) or isinstance(inner, asyncpg.PostgresError):
        detail = constraint_of(error) or getattr(inner, "sqlstate", None) or ""
        return f"{type(inner).__name__} {detail}".strip()
    return f"{type(error).__name__}: {error}".removesuffix(": ")  # a MemoryError says nothing more


def storable(reason: str, most: int) -> str:
    """The reason without what no text of PostgreSQL can hold, cut to so many characters."""
    return reason.replace("\x00", "").encode(errors="replace").decode()[:most]


def explain(error: BaseException) -> AppError | None:
    """The error that the caller is told, or None for a fault of ours."""
    if isinstance(error, StaleDataError):
        return PreconditionFailed("Somebody changed it at the same moment; read it again.")
    inner = driver_error(error)
    if isinstance(inner, asyncpg.IntegrityConstraintViolationError):
        return Conflict("The change contradicts what is stored.")
    if isinstance(inner, asyncpg.DataError) or (
        isinstance(inner, asyncpg.InterfaceError) and isinstance(inner, ValueError)
    ):
        return ValidationFailed("A value is out of the range that can be stored.")
    if isinstance(inner, BUSY):
        return Unavailable("The database cannot do it right now; try again.")
    return None


@contextmanager
def mapped(constraints: Mapping[str, Callable[[], AppError]]) -> Iterator[None]:
    """Turn the violation of a named constraint into the module's own error."""
    try:
        yield
    except (IntegrityError, asyncpg.IntegrityConstraintViolationError) as error:
        make = constraints.get(constraint_of(error) or "")
        if make is None:
            raise
        raise make() from error
