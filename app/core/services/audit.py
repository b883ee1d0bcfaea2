"""Reading what was done."""

from app.auth.commons import Service
from app.core import views
from app.core.schemas import AuditEntryOut, AuditQuery
from app.exceptions import NotFound
from app.utils.schemas import Page


class AuditService(Service):
    """The audit log of the chosen tenant."""

    async def page(self, query: AuditQuery) -> Page[AuditEntryOut]:
        """Newest first."""
        return await views.audit_page(self.uow, self.commons.cursors, query)

    async def get(self, key: str) -> AuditEntryOut:
        """One entry.

        Raises:
            NotFound.
        """
        found = await views.audit_entry(self.uow, int(key)) if int(key) <= views.NEWEST else None
        if found is None:
            raise NotFound("There is no such entry.")
        return found
