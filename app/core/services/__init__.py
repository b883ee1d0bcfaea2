"""Use cases of core."""

from app.core.services.activity import ActivityService
from app.core.services.audit import AuditService
from app.core.services.deliveries import DeliveryService
from app.core.services.incoming import IncomingService
from app.core.services.tasks import TaskService, accepted

__all__ = ["ActivityService", "AuditService", "DeliveryService", "IncomingService", "TaskService", "accepted"]
