"""Bodies of core."""

from app.core.schemas.activity import Activity, ActivityDelivery, ActivityEvent, ActivityTask
from app.core.schemas.audit import AuditEntryOut, AuditExportQuery, AuditFilters, AuditQuery
from app.core.schemas.deliveries import (
    DeliveryDetail,
    DeliveryOut,
    DeliveryQuery,
    FailureOut,
    LetterFilters,
    Replayed,
    ReplayWish,
)
from app.core.schemas.health import Health, ReadinessOut

__all__ = [
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
]
