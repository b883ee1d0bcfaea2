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
    statement_cache: bool = True
    on_query: Callable[[Any], None] | None = None
    """Told of every statement (tests)."""

    @property
    def statements(self) -> int:
        """How many statements a connection keeps prepared."""
        return STATEMENTS if self.statement_cache else 0

    async def connect(self, kind: type["asyncpg.Connection"]) -> "asyncpg.Connection":
        """A new connection of that class.

        Raises:
            OSError, asyncpg.PostgresError: where the server cannot be reached or refuses.
        """
        connection = await asyncpg.connect(
            self.url, connection_class=kind, timeout=CONNECT_SECONDS, statement_cache_size=self.statements
        )
        if self.on_query is not None:
            connection.add_query_logger(self.on_query)
        return connection
