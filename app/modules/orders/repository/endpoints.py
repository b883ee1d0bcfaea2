"""Where the gateway sends the tenant its messages."""

from sqlalchemy import select

from app.db.repository import Repository
from app.db.turns import hold_turn
from app.modules.orders.orm import PaymentEndpoint

# Of two who give the first secret at once, the second finds the first one's.


class EndpointRepository(Repository[PaymentEndpoint]):
    """Reads and writes the bound tenant's endpoint."""

    model = PaymentEndpoint

    async def lock(self) -> None:
        """Nobody else changes it until the commit."""
        await hold_turn(self.uow.connection, f"payments:{self.uow.tenant_id}")

    async def own(self) -> PaymentEndpoint | None:
        """The endpoint, if the tenant has one."""
        found: PaymentEndpoint | None = await self.uow.session.scalar(select(PaymentEndpoint))
        return found
