"""One connection beside the pool, for the question whether the database answers: a full pool is not a database away."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg

from app.db.revision import schema_fault

PROBE_FAULTS = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a database that is away, hangs or refuses makes of a question."""


Question = Callable[["asyncpg.Connection"], Awaitable[Any]]


class Probe:
    """Connects when it is first asked, and anew when its connection was cut. One question at a time."""

    def __init__(self, url: str) -> None:
        """`url` names the role that asks."""
        self._url = url
        self._connection: asyncpg.Connection | None = None

    async def answers(self) -> None:
        """Ask for nothing in particular.

        Raises:
            PROBE_FAULTS: there is no answer. Who asks sets the time.
        """
        await self._ask(lambda connection: connection.fetchval("SELECT 1"))

    async def schema_fits(self) -> bool:
        """Whether the code can work on the schema that is there: its own, or a newer one that is marked as compatible.

        Raises:
            PROBE_FAULTS: there is no answer.
        """
        return not await self._ask(schema_fault)

    async def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def _ask(self, question: Question) -> Any:
        if self._connection is not None:
            with suppress(*PROBE_FAULTS):  # an idle connection may have been cut by anybody: a new one decides
                return await self._ask_once(question)
        return await self._ask_once(question)

    async def _ask_once(self, question: Question) -> Any:
        answered = False
        try:
            if self._connection is None:
                self._connection = await asyncpg.connect(
                    self._url, statement_cache_size=0, server_settings={"application_name": "atrium readiness"}
                )
            # In a transaction: one server connection behind a pooler too. By hand: asyncpg's own would wait for a ROLLBACK.
            await self._connection.execute("BEGIN READ ONLY")
            value = await question(self._connection)
            await self._connection.execute("COMMIT")
            answered = True
        finally:
            if not answered:  # whatever was raised, cancellation included: nobody knows what is still under way
                await self.close()
        return value
