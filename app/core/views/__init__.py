"""Query objects of core."""

from app.core.views.activity import deliveries_of, events_of, tasks_of
from app.core.views.audit import audit_entries, audit_entry, audit_page
from app.core.views.base import NEWEST
from app.core.views.deliveries import any_dead, delivery, delivery_page
from app.core.views.tasks import new_task, task, task_page

__all__ = [
    "NEWEST",
    "any_dead",
    "audit_entries",
    "audit_entry",
    "audit_page",
    "deliveries_of",
    "delivery",
    "delivery_page",
    "events_of",
    "new_task",
    "task",
    "task_page",
    "tasks_of",
]
