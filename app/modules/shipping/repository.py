"""Statements of shipping."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.db.repository import Repository
from app.db.turns import hold_turn
from app.modules.shipping.models import CarrierAccount, Shipment

# Whether another account is chosen depends on more rows than the one that is changed.
SILENT = """
SELECT id, reference IS NOT NULL FROM shipments WHERE tenant_id = $1 AND status IN ('pending', 'inProgress')
  AND heard_at < $2 ORDER BY heard_at LIMIT $3
"""


class ShipmentRepository(Repository[Shipment]):
    """Reads and writes shipments of the bound tenant."""

    model = Shipment

    async def hold(self, shipment_id: UUID) -> Shipment | None:
        """That shipment, its row locked until the commit."""
        return await self._held(Shipment.id == shipment_id)

    async def of_order(self, order_id: UUID) -> Shipment | None:
        """The shipment of that order, its row locked until the commit."""
        return await self._held(Shipment.order_id == order_id)

    async def called(self, carrier: str, reference: str) -> Shipment | None:
        """What the carrier calls so, its row locked until the commit."""
        return await self._held(Shipment.carrier == carrier, Shipment.reference == reference)

    async def silent(self, before: datetime, limit: int) -> Sequence[tuple[UUID, bool]]:
        """So many shipments of which nothing was heard since then, the most silent first, and whether each is booked."""
        rows = await self.uow.connection.fetch(SILENT, self.uow.tenant_id, before, limit)
        return [(row[0], row[1]) for row in rows]

    async def _held(self, *conditions: ColumnElement[bool]) -> Shipment | None:
        found: Shipment | None = await self.uow.session.scalar(select(Shipment).where(*conditions).with_for_update())
        return found


class CarrierRepository(Repository[CarrierAccount]):
    """Reads and writes the bound tenant's accounts with carriers."""

    model = CarrierAccount

    async def lock(self) -> None:
        """Nobody else changes the tenant's accounts until the commit."""
        await hold_turn(self.uow.connection, f"carriers:{self.uow.tenant_id}")

    async def named(self, carrier: str) -> CarrierAccount | None:
        """The account with that carrier."""
        return await self._find(CarrierAccount.carrier == carrier)

    async def chosen(self) -> CarrierAccount | None:
        """The account to which new shipments go."""
        return await self._find(CarrierAccount.is_chosen.is_(True))

    async def behind(self, endpoint_id: UUID) -> CarrierAccount | None:
        """The account whose carrier sends to that endpoint."""
        return await self._find(CarrierAccount.endpoint_id == endpoint_id)

    async def choose_none(self, now: datetime) -> None:
        """New shipments go nowhere, until another account is chosen."""
        account = await self.chosen()
        if account is not None:
            account.is_chosen, account.updated_at = False, now
            await self.add(account)

    async def _find(self, *conditions: ColumnElement[bool]) -> CarrierAccount | None:
        found: CarrierAccount | None = await self.uow.session.scalar(select(CarrierAccount).where(*conditions))
        return found
