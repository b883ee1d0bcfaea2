"""What orders make of others' facts."""

from app.auth.commons import Commons
from app.modules.orders.repository import SqlOrders
from app.tenants.events import MemberRemoved


async def drop_carts(event: MemberRemoved, commons: Commons) -> None:
    """Nobody sees the carts of who has left, or was erased: they are deleted. Their orders are the tenant's, and stay."""
    await SqlOrders(commons.uow).remove_carts(event.user_id)
