"""Reading what became of events."""

from app.core import views
from app.core.schemas import DeliveryOut, DeliveryQuery
from app.core.services.base import NewestFirst
from app.utils.schemas import Page


class DeliveryService(NewestFirst):
    """The deliveries of the chosen tenant."""

    async def page(self, query: DeliveryQuery) -> Page[DeliveryOut]:
        """Newest first."""
        state = query.state or ""

        async def fetch(before: int, limit: int) -> list[DeliveryOut]:
            return await views.deliveries(self.uow, before=before, state=state, limit=limit)

        return await self._page(query, ("deliveries", str(self.commons.tenant_id), state), fetch)
