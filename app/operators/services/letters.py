"""The deliveries of all tenants as operators keep them: seen, counted, and tried again where they were given up."""

from collections.abc import Sequence
from uuid import UUID

from app.auth.identity import IdentityUnits
from app.auth.system import SystemUnits
from app.config import Settings
from app.core.exceptions import DeliveryNotDead
from app.core.schemas import Replayed
from app.core.views import NEWEST, delivery
from app.db import replays
from app.exceptions import NotFound
from app.extensions.pagination import CursorCodec
from app.operators import views
from app.operators.schemas import Backlog, BacklogQuery, OperatedDelivery, OperatedDeliveryQuery, OperatedReplay
from app.operators.services.desk import Acting, Desk
from app.utils.schemas import Page


class LetterDesk(Desk):
    """Reads as the system role; replays as the app role, bound to the tenant, and in that tenant's log."""

    def __init__(self, units: SystemUnits, identity: IdentityUnits, acting: Acting, settings: Settings) -> None:
        """`identity` makes units of the app role, bound to a tenant."""
        super().__init__(units, acting, settings)
        self.identity = identity

    async def page(self, query: OperatedDeliveryQuery, cursors: CursorCodec) -> Page[OperatedDelivery]:
        """Newest first."""
        async with self.unit(read_only=True) as uow:
            return await views.DELIVERIES.page(uow, cursors, query)

    async def backlog(self, query: BacklogQuery, cursors: CursorCodec) -> Page[Backlog]:
        """By tenant and queue; what has nothing open and nothing dead is not in it."""
        async with self.unit(read_only=True) as uow:
            return await views.BACKLOG.page(uow, cursors, query)

    async def replay(self, tenant_id: UUID, key: str) -> None:
        """Let one tenant's dead delivery be tried again.

        Raises:
            NotFound, DeliveryNotDead.
        """
        async with self.identity.tenant_unit(self.acting.request_id, tenant_id) as uow:
            found = await delivery(uow, int(key)) if int(key) <= NEWEST else None
            if found is None:
                raise NotFound("There is no such delivery.")
            if found.state != "dead" or not await replays.replay_one(uow, int(key)):
                raise DeliveryNotDead("Only a delivery that was given up can be replayed.")
            before = {"state": "dead", "tries": found.tries, "error": found.error}
            after = {"state": "pending", "replays": found.replays + 1, "handler": found.handler, "event": found.event}
            self.note(uow, "operators.delivery.replayed", f"delivery:{key}", before=before, after=after)

    async def replay_all(self, wish: OperatedReplay) -> Replayed:
        """Let dead deliveries that pass the filters be tried again, tenant by tenant, each in a transaction of its own."""
        filters, count = wish.filters(), 0
        told = {name: str(value) for name, value in filters.items()}
        for tenant_id in await self._concerned(wish):
            if count >= wish.limit:
                break
            async with self.identity.tenant_unit(self.acting.request_id, tenant_id) as uow:
                done = await replays.replay_many(uow, filters, limit=wish.limit - count)
                if done:
                    after = {**told, "replayed": done}
                    self.note(uow, "operators.deliveries.replayed", f"tenant:{tenant_id}", after=after)
            count += done
        async with self.unit(read_only=True) as uow:
            return Replayed(count, await views.any_dead(uow, filters, wish.tenant_id))

    async def _concerned(self, wish: OperatedReplay) -> Sequence[UUID]:
        if wish.tenant_id is not None:
            return (wish.tenant_id,)
        async with self.unit(read_only=True) as uow:
            return await views.tenants_with_dead(uow, wish.filters())
