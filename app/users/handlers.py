"""What tenants see of a person follows the person: tenant by tenant, each in a transaction of its own."""

from uuid import UUID

from app.auth.errand import Errand
from app.auth.events import EmailChanged
from app.users.events import ProfileChanged
from app.users.repository import UserRepository


async def mirror_profile(event: ProfileChanged, errand: Errand) -> None:
    """Another name or picture."""
    await _mirror(event.user_id, errand)


async def mirror_email(event: EmailChanged, errand: Errand) -> None:
    """Another address."""
    await _mirror(event.user_id, errand)


async def _mirror(user_id: UUID, errand: Errand) -> None:
    """Write what the person's row says now, not what an event said: twice, late or in another order ends the same."""
    async with errand.unit(user_id=user_id) as uow:
        memberships = await UserRepository(uow).memberships(user_id)
    for membership in memberships:
        async with errand.unit(tenant_id=membership.id, user_id=user_id) as uow:
            await UserRepository(uow).mirror(user_id)
