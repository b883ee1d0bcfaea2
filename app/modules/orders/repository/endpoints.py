"""Where the gateway sends the tenant its messages."""

from sqlalchemy import select

from app.db.repository import Repository
from app.modules.orders.orm import PaymentEndpoint

# Of two who give the first secret at once, the second finds the first one's.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('payments:' || $1::text, 0))"


class EndpointRepository(Repository[PaymentEndpoint]):
    """Reads and writes the bound tenant's endpoint."""

    model = PaymentEndpoint

    async def lock(self) -> None:
        """Nobody else changes it until the commit."""
        await self.uow.connection.execute(LOCK, str(self.uow.tenant_id))

    async def own(self) -> PaymentEndpoint | None:
        """The endpoint, if the tenant has one."""
        found: PaymentEndpoint | None = await self.uow.session.scalar(select(PaymentEndpoint))
        return found
