"""Reading what was done."""

from app.core import views
from app.core.schemas import AuditEntryOut, AuditQuery
from app.core.services.base import NewestFirst
from app.exceptions import NotFound
from app.utils.schemas import Page


class AuditService(NewestFirst):
    """The audit log of the chosen tenant."""

    async def page(self, query: AuditQuery) -> Page[AuditEntryOut]:
        """Newest first."""
        filters = query.filters()

        async def fetch(before: int, limit: int) -> list[AuditEntryOut]:
            return await views.audit_entries(self.uow, filters, before=before, limit=limit)

        bound = ("audit-log", str(self.commons.tenant_id), *(f"{name}={value}" for name, value in filters.items()))
        return await self._page(query, bound, fetch)

    async def get(self, key: str) -> AuditEntryOut:
        """One entry.

        Raises:
            NotFound.
        """
        found = await views.audit_entry(self.uow, int(key)) if int(key) <= views.NEWEST else None
        if found is None:
            raise NotFound("There is no such entry.")
        return found
