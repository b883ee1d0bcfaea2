"""Who is an operator, and who acts as somebody: what changes the one and what begins the other wait for each other."""

from uuid import UUID

from app.db.uow import UnitOfWork

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('operator:' || $1::text, 0))"


async def lock_operator(uow: UnitOfWork, user_id: UUID) -> None:
    """Until the commit nobody begins to act as somebody in that person's name, nor takes their rights away; of any role."""
    await uow.connection.execute(LOCK, str(user_id))
