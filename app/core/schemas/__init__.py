"""Bodies of core."""

from app.core.schemas.activity import Activity, ActivityDelivery, ActivityEvent, ActivityTask
from app.core.schemas.audit import AuditEntryOut, AuditExportQuery, AuditFilters, AuditQuery
from app.core.schemas.deliveries import (
    MOST_AT_ONCE,
    DeliveryDetail,
    DeliveryOut,
    DeliveryQuery,
    FailureOut,
    LetterFilters,
    Replayed,
    ReplayWish,
)
from app.core.schemas.health import Health, ReadinessOut
from app.core.schemas.tasks import TaskOut, TaskProgress, TaskQuery

__all__ = [
    "MOST_AT_ONCE",
    "Activity",
    "ActivityDelivery",
    "ActivityEvent",
    "ActivityTask",
    "AuditEntryOut",
    "AuditExportQuery",
    "AuditFilters",
    "AuditQuery",
    "DeliveryDetail",
    "DeliveryOut",
    "DeliveryQuery",
    "FailureOut",
    "Health",
    "LetterFilters",
    "ReadinessOut",
    "ReplayWish",
    "Replayed",
    "TaskOut",
    "TaskProgress",
    "TaskQuery",
]
