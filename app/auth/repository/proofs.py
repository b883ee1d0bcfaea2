"""What a session has proved, and when: on the identity role's connection."""

from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork

PROVE = "UPDATE sessions SET authenticated_at = $2, mfa_at = coalesce($3, mfa_at) WHERE id = $1"
PROVE_FACTOR = "UPDATE sessions SET mfa_at = $2 WHERE id = $1"
FORGET_FACTOR = "UPDATE sessions SET mfa_at = NULL WHERE user_id = $1 AND mfa_at IS NOT NULL"


class ProofRepository:
    """Step-up and second factors, as sessions remember them."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the identity role."""
        self.uow = uow

    async def prove(self, session_id: UUID, now: datetime, *, factor: bool = False) -> None:
        """Note that the password, and with `factor` the second factor too, was proved in the session just now."""
        await self.uow.connection.execute(PROVE, session_id, now, now if factor else None)

    async def prove_factor(self, session_id: UUID, now: datetime) -> None:
        """Note that the second factor was proved in the session just now."""
        await self.uow.connection.execute(PROVE_FACTOR, session_id, now)

    async def forget_factor(self, user_id: UUID) -> None:
        """No session of the person counts as proved by a second factor any more."""
        await self.uow.connection.execute(FORGET_FACTOR, user_id)
