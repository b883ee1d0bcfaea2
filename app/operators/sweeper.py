"""The sweeper: a step of the relay that removes what is over, also of people who never come again."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.auth.system import SystemUnits
from app.config import Auth
from app.db.rounds import repeat
from app.utils.ids import uuid7

logger = logging.getLogger(__name__)

BATCH = 20
"""Rows of one transaction. With a session go its refresh tokens: thousands each, and the statement's time is limited."""
SEARCH = 10_000
"""Keys of one search, which may read a whole table."""


@dataclass(frozen=True, slots=True)
class Over:
    """The rows of a table whose time is over, by a condition on arguments from $2 on."""

    table: str
    key: str
    condition: str

    @property
    def search(self) -> str:
        """The keys of at most $1 of them."""
        return f"SELECT {self.key} FROM {self.table} WHERE {self.condition} LIMIT $1"

    @property
    def removal(self) -> str:
        """Of the keys $1. The condition is asked again: a row may have come to life meanwhile."""
        return f"DELETE FROM {self.table} WHERE {self.key} = ANY($1) AND ({self.condition}) RETURNING 1"


REGISTRATIONS = Over("registrations", "id", "expires_at < $2")
TOKENS = Over("one_time_tokens", "token_hash", "expires_at < $2")
# A confirmed one waits until the old address was told.
CHANGES = Over("email_changes", "id", "expires_at < $2 AND confirmed_at IS NULL")
SESSIONS = Over("sessions", "id", "ended_at < $2 OR ends_at < $2 OR refreshed_at < $3 OR created_at < $4")
INVITED = """
SELECT tenant_id FROM invitations WHERE ended_at < $1 OR state = 'pending' AND expires_at < $1 GROUP BY tenant_id
"""
INVITATIONS = Over("invitations", "id", "tenant_id = $2 AND (ended_at < $3 OR state = 'pending' AND expires_at < $3)")
USED_KEYS = "SELECT tenant_id FROM idempotency_keys WHERE expires_at < $1 GROUP BY tenant_id"
KEYS = Over("idempotency_keys", "scope", "tenant_id = $2 AND expires_at < $3")
# Kept for as long as its kind says, counted from its end.
EXPIRED_TASKS = "SELECT tenant_id FROM tasks WHERE expires_at < $1 GROUP BY tenant_id"
TASKS = Over("tasks", "id", "tenant_id = $2 AND expires_at < $3")


class Sweeper:
    """Any number may run at once. Small transactions: nobody waits long for a row, and what is cut off is taken up again."""

    def __init__(self, units: SystemUnits, settings: Auth) -> None:
        """`settings` say how long sessions live, and how long what has ended is kept."""
        self._units = units
        self._settings = settings

    async def run(self) -> None:
        """Rounds until cancelled."""
        await repeat(self.round, self._settings.sweep_seconds, "the sweeper")

    async def round(self) -> dict[str, int]:
        """Remove everything whose time is over; returns the number of rows by table.

        A session keeps all its refresh tokens, used ones too, for as long as it is kept: by them reuse is noticed.
        """
        settings, now = self._settings, self._units.clock.now()
        kept = now - timedelta(days=settings.keep_ended_days)
        idle = kept - timedelta(seconds=settings.session_idle_seconds)
        absolute = kept - timedelta(seconds=settings.session_absolute_seconds)
        removed = {
            "registrations": await self._remove(REGISTRATIONS, now),
            "one_time_tokens": await self._remove(TOKENS, now),
            "email_changes": await self._remove(CHANGES, now),
            "invitations": sum([await self._remove(INVITATIONS, key, kept) for key in await self._of(INVITED, kept)]),
            "idempotency_keys": sum([await self._remove(KEYS, key, now) for key in await self._of(USED_KEYS, now)]),
            "tasks": sum([await self._remove(TASKS, key, now) for key in await self._of(EXPIRED_TASKS, now)]),
            "sessions": await self._remove(SESSIONS, kept, idle, absolute),
        }
        if any(removed.values()):
            logger.info("swept", extra={"removed": removed})
        return removed

    async def _of(self, statement: str, moment: datetime) -> list[UUID]:
        """The tenants with rows that are over."""
        async with self._units.unit(uuid7(), read_only=True) as uow:
            return [row[0] for row in await uow.connection.fetch(statement, moment)]

    async def _remove(self, over: Over, *arguments: object) -> int:
        """A search, then a batch a transaction, until there is no more."""
        removed = 0
        while True:
            async with self._units.unit(uuid7(), read_only=True) as uow:
                keys = [row[0] for row in await uow.connection.fetch(over.search, SEARCH, *arguments)]
            for start in range(0, len(keys), BATCH):
                async with self._units.unit(uuid7()) as uow:
                    batch = keys[start : start + BATCH]
                    removed += len(await uow.connection.fetch(over.removal, batch, *arguments))
            if len(keys) < SEARCH:
                return removed
