"""/audit-log, /deliveries and /health."""

from typing import Annotated

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.deps import readiness_deps
from app.core.permissions import CorePermission
from app.core.readiness import OK, Readiness
from app.core.schemas import AuditEntryOut, DeliveryOut, Health, ReadinessOut
from app.core.services import ActivityService, AuditQuery, DeliveryQuery
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

audit_router = ModuleRouter(prefix="/audit-log", tag="audit")
deliveries_router = ModuleRouter(prefix="/deliveries", tag="deliveries")
health_router = ModuleRouter(prefix="/health", tag="health")


@cbv(audit_router)
class AuditViews:
    """Who did what."""

    commons: Commons = Depends(commons_deps)

    @audit_router.get("", summary="Read the audit log")
    @access_control(permission=CorePermission.AUDIT_READ)
    async def list_entries(self, query: Annotated[AuditQuery, Query()]) -> Page[AuditEntryOut]:
        """Newest first; append-only."""
        return await ActivityService(self.commons).audit_log(query)


@cbv(deliveries_router)
class DeliveryViews:
    """What became of events."""

    commons: Commons = Depends(commons_deps)

    @deliveries_router.get("", summary="List event deliveries")
    @access_control(permission=CorePermission.DELIVERIES_READ)
    async def list_deliveries(self, query: Annotated[DeliveryQuery, Query()]) -> Page[DeliveryOut]:
        """Newest first, with their states and errors."""
        return await ActivityService(self.commons).deliveries(query)


@cbv(health_router)
class HealthViews:
    """For the orchestrator."""

    commons: Commons = Depends(commons_deps)
    readiness: Readiness = Depends(readiness_deps)

    @health_router.head("/live", include_in_schema=False)
    @health_router.get("/live", summary="Is the process alive")
    @access_control(open=True)
    async def get_liveness(self) -> Health:
        """Touches nothing."""
        return Health("ok")

    @health_router.head("/ready", include_in_schema=False)
    @health_router.get("/ready", summary="Can the process serve")
    @access_control(open=True)
    async def get_readiness(self) -> ReadinessOut:
        """Asks database, schema and Redis, once a second at most; 503 with `checks` where requests cannot be served."""
        checks = dict(await self.readiness.check())
        return ReadinessOut("ok" if set(checks.values()) == {OK} else "degraded", checks)
