"""/audit-log."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query
from starlette.responses import StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps, reader_deps
from app.auth.permissions import access_control
from app.auth.streaming import JudgedStream, Reader
from app.core.audit_export import AuditExport
from app.core.permissions import CorePermission
from app.core.schemas import (
    AuditEntryOut,
    AuditExportQuery,
    AuditQuery,
)
from app.core.services import AuditService
from app.extensions.access import RouteClass
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl"}
EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The entries, as an attachment.",
        "content": {
            "text/csv": {"schema": {"type": "string"}, "example": "id,at,actor,action\r\n"},
            "application/jsonl": {"schema": {"$ref": "#/components/schemas/AuditEntryOut"}},
        },
    }
}
EntryId = Annotated[str, Path(pattern=r"^[0-9]{1,19}$", description="the entry's id")]
audit_router = ModuleRouter(prefix="/audit-log", tag="audit")


@cbv(audit_router)
class AuditExportViews:
    """The whole of it. Before the single entries: the first route that fits a path answers."""

    reader: Reader = Depends(reader_deps)
    commons: Commons = Depends(commons_deps)

    @audit_router.get("/export", summary="Download the audit log", response_class=StreamingResponse, responses=EXPORTED)
    @access_control(permission=CorePermission.AUDIT_EXPORT, stream=True, rate=RouteClass.HEAVY)
    @declares(headers=("Content-Disposition",))
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
        return await AuditService(self.commons).page(query)

    @audit_router.get("/{key}", summary="Get an entry of the audit log")
    @access_control(permission=CorePermission.AUDIT_READ)
    async def get_entry(self, key: EntryId) -> AuditEntryOut:
        """As it was written."""
        return await AuditService(self.commons).get(key)
