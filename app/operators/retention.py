"""Retention: a step of the relay that removes events whose time is over, with the deliveries that are done with them."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app.auth.system import SystemUnits
from app.db.rounds import repeat
from app.utils.ids import first_uuid7, uuid7

logger = logging.getLogger(__name__)

PAGE = 5_000
"""Events that one statement looks at."""
BATCH = 200
"""Events of one transaction; with each go its deliveries."""

START = UUID(int=0)
TENANTS = "SELECT id FROM tenants ORDER BY id"
# Ids are ordered by time, so that a page is a stretch of the primary key. What is kept for ever, what no installed module
# declares, and what still waits or is dead is read and stays.
CONDITION = """
  e.tenant_id = $1 AND EXISTS (SELECT FROM unnest($2::text[], $3::uuid[]) AS r (name, before) WHERE r.name = e.name AND e.id < r.before)
  AND NOT EXISTS (SELECT FROM deliveries AS d WHERE d.tenant_id = $1 AND d.event_id = e.id AND d.state <> 'done')
"""
SEARCH = f"""
SELECT e.id, {CONDITION} AS over FROM events AS e
WHERE e.tenant_id = $1 AND e.id > $4 AND e.id < $5 ORDER BY e.id LIMIT {PAGE}
"""
# The condition is asked again: an operator may have sent a delivery anew meanwhile.
REMOVAL = f"DELETE FROM events AS e WHERE {CONDITION} AND e.id = ANY($4::uuid[]) RETURNING 1"


class Retention:
    """Any number may run at once. Small transactions, tenant by tenant; what is cut off is taken up again."""

    def __init__(self, units: SystemUnits, days: Mapping[str, int], *, seconds: float) -> None:
        """`days` are how long events are kept, by name; one that is not named stays. A round every so many `seconds`."""
        self._units = units
        self._days = days
        self._seconds = seconds

    async def run(self) -> None:
        """Rounds until cancelled."""
        await repeat(self.round, self._seconds, "retention")

    async def round(self) -> int:
        """Remove every event whose time is over now; returns how many."""
        if not self._days:
            return 0
        now = self._units.clock.now()
        before = {name: first_uuid7(now - timedelta(days=days)) for name, days in self._days.items()}
        async with self._units.unit(uuid7(), read_only=True) as uow:
            tenants = [row[0] for row in await uow.connection.fetch(TENANTS)]
        removed = sum([await self._tenant(tenant_id, before) for tenant_id in tenants])
        if removed:
            logger.info("events removed", extra={"events": removed})
        return removed

    async def _tenant(self, tenant_id: UUID, before: Mapping[str, UUID]) -> int:
        """A page, then a batch a transaction, until the newest that may be over."""
        removed, after, newest = 0, START, max(before.values())
        rules = list(before), list(before.values())
        while True:
            async with self._units.unit(uuid7(), tenant_id, read_only=True) as uow:
                page = await uow.connection.fetch(SEARCH, tenant_id, *rules, after, newest)
            over = [row[0] for row in page if row[1]]
            for start in range(0, len(over), BATCH):
                async with self._units.unit(uuid7(), tenant_id) as uow:
                    batch = over[start : start + BATCH]
                    removed += len(await uow.connection.fetch(REMOVAL, tenant_id, *rules, batch))
            if len(page) < PAGE:
                return removed
            after = page[-1][0]
