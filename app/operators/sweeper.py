"""The sweeper: a step of the relay that removes what is over, also of people who never come again."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from app.auth.system import SystemUnits
from app.config import Auth
from app.db.rounds import repeat
from app.utils.ids import uuid7

logger = logging.getLogger(__name__)

BATCH = 100
"""Rows of one transaction. With a session go its refresh tokens, of which there may be thousands."""


def _some(table: str, key: str, over: str) -> str:
    """What is over is asked twice: a row that was waited for may have come to life meanwhile."""
    return f"""
DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {over} LIMIT {BATCH}) AND ({over}) RETURNING 1
"""


REGISTRATIONS = _some("registrations", "id", "expires_at < $1")
TOKENS = _some("one_time_tokens", "token_hash", "expires_at < $1")
# A confirmed one waits until the old address was told.
CHANGES = _some("email_changes", "id", "expires_at < $1 AND confirmed_at IS NULL")
SESSIONS = _some("sessions", "id", "ended_at < $1 OR ends_at < $1 OR refreshed_at < $2 OR created_at < $3")
INVITED = """
SELECT tenant_id FROM invitations WHERE ended_at < $1 OR state = 'pending' AND expires_at < $1 GROUP BY tenant_id
"""
INVITATIONS = _some("invitations", "id", "tenant_id = $1 AND (ended_at < $2 OR state = 'pending' AND expires_at < $2)")


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
            "invitations": sum([await self._remove(INVITATIONS, key, kept) for key in await self._invited(kept)]),
            "sessions": await self._remove(SESSIONS, kept, idle, absolute),
        }
        if any(removed.values()):
            logger.info("swept", extra={"removed": removed})
        return removed

    async def _invited(self, kept: datetime) -> list[UUID]:
        """The tenants with invitations that are over."""
        async with self._units.unit(uuid7(), read_only=True) as uow:
            return [row[0] for row in await uow.connection.fetch(INVITED, kept)]

    async def _remove(self, statement: str, *arguments: object) -> int:
        """A batch a transaction, until there is no more."""
        removed = 0
        while True:
            async with self._units.unit(uuid7()) as uow:
                count = len(await uow.connection.fetch(statement, *arguments))
            removed += count
            if count < BATCH:
                return removed
