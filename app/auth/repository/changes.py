"""Wishes for another address, until they are proved and the old address was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork
from app.utils.ids import uuid7

ADD_CHANGE = """
INSERT INTO email_changes (id, user_id, email, old_email, created_at, expires_at)
SELECT $1, id, $3, email, $4, $5 FROM users WHERE id = $2
"""
CHANGE = """
SELECT id, user_id, email, old_email FROM email_changes WHERE id = $1 AND expires_at > $2 AND confirmed_at IS NULL
"""
CONFIRM_CHANGE = """
UPDATE email_changes SET confirmed_at = $2 WHERE id = $1 AND expires_at > $2 AND confirmed_at IS NULL
RETURNING id, user_id, email, old_email
"""
CONFIRMED_CHANGE = "SELECT id, user_id, email, old_email FROM email_changes WHERE id = $1 AND confirmed_at IS NOT NULL"
DROP_CHANGES = """
DELETE FROM email_changes WHERE user_id = $1 AND id IS DISTINCT FROM $2 AND confirmed_at IS NULL
"""
DROP_CHANGE = "DELETE FROM email_changes WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Change:
    """A person's wish for another address."""

    id: UUID
    user_id: UUID
    email: str
    old_email: str


class ChangeRepository:
    """Wishes for another address."""

    def __init__(self, uow: UnitOfWork) -> None:
        """Works within this unit of work."""
        self.uow = uow

    async def add_change(self, user_id: UUID, email: str, now: datetime, until: datetime) -> UUID:
        """Keep a wish for another address until then; returns its id."""
        key = uuid7()
        await self.uow.connection.execute(ADD_CHANGE, key, user_id, email, now, until)
        return key

    async def change(self, key: UUID, now: datetime) -> Change | None:
        """A wish that is neither confirmed nor too old."""
        row = await self.uow.connection.fetchrow(CHANGE, key, now)
        return None if row is None else Change(*row)

    async def confirm_change(self, key: UUID, now: datetime) -> Change | None:
        """Mark such a wish confirmed; it is kept until the old address was told."""
        row = await self.uow.connection.fetchrow(CONFIRM_CHANGE, key, now)
        return None if row is None else Change(*row)

    async def confirmed_change(self, key: UUID) -> Change | None:
        """A confirmed wish whose old address was not told yet, however long ago."""
        row = await self.uow.connection.fetchrow(CONFIRMED_CHANGE, key)
        return None if row is None else Change(*row)

    async def drop_changes(self, user_id: UUID, *, but: UUID | None = None) -> None:
        """Remove the person's unconfirmed wishes, or all but one."""
        await self.uow.connection.execute(DROP_CHANGES, user_id, but)

    async def drop_change(self, key: UUID) -> None:
        """Remove one wish."""
        await self.uow.connection.execute(DROP_CHANGE, key)
