"""Query objects of core."""

from app.core.views.activity import deliveries_of, events_of, tasks_of
from app.core.views.audit import audit_entries, audit_entry
from app.core.views.base import NEWEST
from app.core.views.deliveries import deliveries, delivery
from app.core.views.tasks import new_task, task, tasks

__all__ = [
    "NEWEST",
    "audit_entries",
    "audit_entry",
    "deliveries",
    "deliveries_of",
    "delivery",
    "events_of",
    "new_task",
    "task",
    "tasks",
    "tasks_of",
]
