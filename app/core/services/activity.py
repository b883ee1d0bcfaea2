"""What one request caused, as a tree: its events, their deliveries, what those recorded in turn, tasks and audit entries."""

from collections import deque
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from app.auth.commons import Commons, Service
from app.core import views
from app.core.permissions import CorePermission
from app.core.schemas import Activity, ActivityDelivery, ActivityEvent, ActivityTask, AuditEntryOut
from app.core.views.activity import DeliveryRow, EventRow
from app.exceptions import NotFound

T = TypeVar("T")

MOST_NODES = 1000
GENERATIONS = 12
"""How deep events beget events in an answer: deeper JSON than 64 levels is refused by careful readers, ours among them."""


class ActivityService(Service):
    """Reads at most four statements and 1,000 nodes, whatever a request has caused."""

    def __init__(self, commons: Commons) -> None:
        """Of the chosen tenant; what other tenants have of the same request is theirs."""
        super().__init__(commons)
        self._left = MOST_NODES
        self._truncated = False

    async def of_request(self, request_id: UUID) -> Activity:
        """The tree of one request.

        Raises:
            NotFound: it left nothing in this tenant.
        """
        events = self._kept(await views.events_of(self.uow, request_id, self._left + 1))
        deliveries: list[DeliveryRow] = []
        if events:
            ids = [event.id for event in events]
            deliveries = self._kept(await views.deliveries_of(self.uow, ids, self._left + 1))
        queued = [UUID(event.task_id) for event in events if event.task_id]
        tasks = self._kept(await views.tasks_of(self.uow, request_id, queued, self._left + 1))
        audit = await self._audit(request_id)
        if not events and not tasks and not audit:
            raise NotFound("This request left nothing here.")
        roots, waiting = self._grown(events, deliveries, tasks)
        return Activity(request_id, roots, waiting, audit, self._truncated)

    async def _audit(self, request_id: UUID) -> list[AuditEntryOut] | None:
        """Its entries, oldest first, for those who may read the audit log."""
        if CorePermission.AUDIT_READ not in self.commons.permissions:
            return None
        filters = {"request_id": request_id}
        entries = await views.audit_entries(self.uow, filters, before=views.NEWEST, limit=self._left + 1)
        return self._kept(entries)[::-1]

    def _kept(self, rows: Sequence[T]) -> list[T]:
        """As many as the bound leaves."""
        kept = list(rows[: self._left])
        self._left -= len(kept)
        self._truncated |= len(kept) < len(rows)
        return kept

    def _grown(
        self, events: Sequence[EventRow], deliveries: Sequence[DeliveryRow], tasks: Sequence[ActivityTask]
    ) -> tuple[list[ActivityEvent], list[ActivityTask]]:
        """The events without a known cause, with all that hangs under them, and the tasks that hang under nothing."""
        known = {row.number for row in deliveries}
        children: dict[int | None, list[EventRow]] = {}
        for row in events:
            children.setdefault(row.cause if row.cause in known else None, []).append(row)
        by_event: dict[UUID, list[DeliveryRow]] = {}
        for item in deliveries:
            by_event.setdefault(item.event_id, []).append(item)
        unclaimed = {str(task.id): task for task in tasks}
        roots: list[ActivityEvent] = []
        # Level by level with a queue, not by recursion: what a request caused may be as deep as it likes.
        waiting = deque((row, roots, 1) for row in children.get(None, ()))
        while waiting:
            row, place, generation = waiting.popleft()
            event = ActivityEvent(row.id, row.name, row.event_version, row.actor, row.at)
            place.append(event)
            task = unclaimed.pop(row.task_id, None) if row.task_id else None
            for item in by_event.get(row.id, ()):
                delivery = _delivery(item)
                delivery.task, task = task, None
                event.deliveries.append(delivery)
                following = children.get(item.number, ())
                if generation < GENERATIONS:
                    waiting.extend((child, delivery.events, generation + 1) for child in following)
                else:
                    self._truncated |= bool(following)
        return roots, list(unclaimed.values())


def _delivery(row: DeliveryRow) -> ActivityDelivery:
    return ActivityDelivery(
        row.id,
        row.handler,
        row.queue,
        row.state,
        row.attempt,
        row.replays,
        row.error,
        row.created_at,
        row.due_at,
        row.started_at,
        row.finished_at,
    )
