"""What became of events: read, and tried again where it was given up."""

from app.auth.commons import Service
from app.core import views
from app.core.exceptions import DeliveryNotDead
from app.core.schemas import DeliveryDetail, DeliveryOut, DeliveryQuery, Replayed, ReplayWish
from app.db import replays
from app.exceptions import NotFound
from app.utils.schemas import Page


class DeliveryService(Service):
    """The deliveries of the chosen tenant."""

    async def page(self, query: DeliveryQuery) -> Page[DeliveryOut]:
        """Newest first."""
        return await views.delivery_page(self.uow, self.commons.cursors, query)

    async def get(self, key: str) -> DeliveryDetail:
        """One delivery.

        Raises:
            NotFound.
        """
        found = await views.delivery(self.uow, int(key)) if int(key) <= views.NEWEST else None
        if found is None:
            raise NotFound("There is no such delivery.")
        return found

    async def replay(self, key: str) -> None:
        """Let a dead delivery be tried again, from its first try; of two who ask at once one is refused.

        Raises:
            NotFound, DeliveryNotDead.
        """
        found = await self.get(key)
        if found.state != "dead" or not await replays.replay_one(self.uow, int(key)):
            raise DeliveryNotDead("Only a delivery that was given up can be replayed.")
        before = {"state": "dead", "tries": found.tries, "error": found.error}
        after = {"state": "pending", "replays": found.replays + 1, "handler": found.handler, "event": found.event}
        self.track("core.delivery.replayed", f"delivery:{key}", before=before, after=after)

    async def replay_all(self, wish: ReplayWish) -> Replayed:
        """Let the oldest dead deliveries that pass the filters be tried again; one entry of the log says how many."""
        filters = wish.filters()
        count = await replays.replay_many(self.uow, filters, limit=wish.limit)
        if count:
            told = {name: str(value) for name, value in filters.items()}
            self.track(
                "core.deliveries.replayed", f"tenant:{self.commons.tenant_id}", after={**told, "replayed": count}
            )
        return Replayed(count, await views.any_dead(self.uow, filters))
