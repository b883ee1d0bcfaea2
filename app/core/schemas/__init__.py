"""Bodies of core."""

from app.core.schemas.audit import AuditEntryOut, AuditExportQuery, AuditFilters, AuditQuery
from app.core.schemas.deliveries import DeliveryOut, DeliveryQuery
from app.core.schemas.health import Health, ReadinessOut
from app.core.schemas.tasks import TaskOut, TaskProgress, TaskQuery

__all__ = [
    "AuditEntryOut",
    "AuditExportQuery",
    "AuditFilters",
    "AuditQuery",
    "DeliveryOut",
    "DeliveryQuery",
    "Health",
    "ReadinessOut",
    "TaskOut",
    "TaskProgress",
    "TaskQuery",
]
