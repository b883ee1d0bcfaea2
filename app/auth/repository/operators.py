"""Who is an operator, and who acts as somebody: what changes the one and what begins the other wait for each other."""

from uuid import UUID

from app.db.turns import hold_turn
from app.db.uow import UnitOfWork


async def lock_operator(uow: UnitOfWork, user_id: UUID) -> None:
    """Until the commit nobody begins to act as somebody in that person's name, nor takes their rights away; of any role."""
    await hold_turn(uow.connection, f"operator:{user_id}")
