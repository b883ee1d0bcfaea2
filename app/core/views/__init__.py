"""Query objects of core."""

from app.core.views.audit import audit_entries, audit_entry
from app.core.views.base import NEWEST
from app.core.views.deliveries import deliveries
from app.core.views.tasks import new_task, task, tasks

__all__ = ["NEWEST", "audit_entries", "audit_entry", "deliveries", "new_task", "task", "tasks"]
