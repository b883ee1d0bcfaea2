"""On what terms a pool holds connections, whichever kind it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import asyncpg

CONNECT_SECONDS = 5.0
STATEMENTS = 256


@dataclass(frozen=True, slots=True)
class Terms:
    """How many connections, to what, and how long one waits for them."""

    url: str
    """A plain postgresql:// address."""
    size: int
    queue: int
    """How many may wait."""
    wait_seconds: float
    answer_seconds: float
    """How long the server may take to answer a statement: longer than it lets one run, so that it is gone by then."""
    statement_cache: bool = True
    on_query: Callable[[Any], None] | None = None
    """Told of every statement (tests)."""
    at_start: int = 0
    """How many connections are made when the pool opens; 0: all. Slots look at it; the other kind makes all."""

    @property
    def ready(self) -> int:
        """How many connections stand once the pool is open."""
        return min(self.at_start or self.size, self.size)

    @property
    def statements(self) -> int:
        """How many statements a connection keeps prepared."""
        return STATEMENTS if self.statement_cache else 0

    async def connect(self, kind: type["asyncpg.Connection"]) -> "asyncpg.Connection":
        """A new connection of that class.

        Raises:
            OSError, asyncpg.PostgresError: where the server cannot be reached or refuses, or takes no writes.
        """
        connection = await asyncpg.connect(
            self.url,
            connection_class=kind,
            timeout=CONNECT_SECONDS,
            command_timeout=self.answer_seconds,
            statement_cache_size=self.statements,
        )
        if not takes_writes(connection):
            connection.terminate()
            raise asyncpg.CannotConnectNowError(
                "the server takes no writes: it is a standby, or was told to be read-only"
            )
        if self.on_query is not None:
            connection.add_query_logger(self.on_query)
        return connection


def takes_writes(connection: "asyncpg.Connection") -> bool:
    """Whether the server takes writes, by what it has told last, unasked; one that tells nothing is taken for one that does."""
    told = connection.get_settings()
    return {getattr(told, name, "off") for name in ("in_hot_standby", "default_transaction_read_only")} == {"off"}
