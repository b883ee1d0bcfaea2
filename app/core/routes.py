"""/audit-log, /deliveries and /health."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query
from starlette.responses import StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps, reader_deps
from app.auth.permissions import access_control
from app.auth.streaming import JudgedStream, Reader
from app.core.audit_export import AuditExport
from app.core.deps import readiness_deps
from app.core.permissions import CorePermission
from app.core.readiness import OK, Readiness
from app.core.schemas import AuditEntryOut, AuditExportQuery, AuditQuery, DeliveryOut, Health, ReadinessOut
from app.core.services import ActivityService, DeliveryQuery
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl"}
EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The entries, as an attachment.",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/jsonl": {"schema": {"$ref": "#/components/schemas/AuditEntryOut"}},
        },
    }
}
EntryId = Annotated[str, Path(pattern=r"^[0-9]{1,19}$", description="the entry's id")]
audit_router = ModuleRouter(prefix="/audit-log", tag="audit")
deliveries_router = ModuleRouter(prefix="/deliveries", tag="deliveries")
health_router = ModuleRouter(prefix="/health", tag="health")


@cbv(audit_router)
class AuditExportViews:
    """The whole of it. Before the single entries: the first route that fits a path answers."""

    reader: Reader = Depends(reader_deps)
    commons: Commons = Depends(commons_deps)

    @audit_router.get("/export", summary="Download the audit log", response_class=StreamingResponse, responses=EXPORTED)
    @access_control(permission=CorePermission.AUDIT_EXPORT, stream=True)
    async def export_entries(self, query: Annotated[AuditExportQuery, Query()]) -> StreamingResponse:
        """Newest first, whatever the length. A download that ends before its time has no end marker: it is not whole."""
        parts = AuditExport(self.reader, query).parts()
        name = f"audit-log.{query.format}"
        return JudgedStream(self.reader, parts, media_type=MEDIA_TYPES[query.format], filename=name)


@cbv(audit_router)
class AuditViews:
    """Who did what."""

    commons: Commons = Depends(commons_deps)

    @audit_router.get("", summary="Read the audit log")
    @access_control(permission=CorePermission.AUDIT_READ)
    async def list_entries(self, query: Annotated[AuditQuery, Query()]) -> Page[AuditEntryOut]:
        """Newest first; append-only, and sealed within a minute. Refusals are `action=auth.access.refused`."""
        return await ActivityService(self.commons).audit_log(query)

    @audit_router.get("/{key}", summary="Get an entry of the audit log")
    @access_control(permission=CorePermission.AUDIT_READ)
    async def get_entry(self, key: EntryId) -> AuditEntryOut:
        """As it was written."""
        return await ActivityService(self.commons).audit_entry(key)


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
