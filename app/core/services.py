"""Reading what happened."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field

from app.auth.commons import Service
from app.core import views
from app.core.schemas import AuditEntryOut, DeliveryOut
from app.exceptions import InvalidCursor
from app.extensions.pages import PageQuery
from app.utils.schemas import Page


class Numbered(Protocol):
    """Something whose id is a time-ordered number, as text."""

    id: str


N = TypeVar("N", bound=Numbered)


class AuditQuery(PageQuery):
    """Filters of the audit log."""

    action: Annotated[str | None, Field(min_length=1, max_length=120, description="only this action")] = None


class DeliveryQuery(PageQuery):
    """Filters of deliveries."""

    state: Annotated[
        Literal["pending", "leased", "done", "dead", "parked"] | None,
        Field(description="only deliveries in this state"),
    ] = None


class ActivityService(Service):
    """The audit log and the deliveries of the chosen tenant."""

    async def audit_log(self, query: AuditQuery) -> Page[AuditEntryOut]:
        """Newest first."""
        action = query.action or ""

        async def fetch(before: int, limit: int) -> list[AuditEntryOut]:
            return await views.audit_entries(self.uow, before=before, action=action, limit=limit)

        return await self._page(query, ("audit-log", str(self.commons.tenant_id), action), fetch)

    async def deliveries(self, query: DeliveryQuery) -> Page[DeliveryOut]:
        """Newest first."""
        state = query.state or ""

        async def fetch(before: int, limit: int) -> list[DeliveryOut]:
            return await views.deliveries(self.uow, before=before, state=state, limit=limit)

        return await self._page(query, ("deliveries", str(self.commons.tenant_id), state), fetch)

    async def _page(
        self, query: PageQuery, bound: tuple[str, ...], fetch: Callable[[int, int], Awaitable[list[N]]]
    ) -> Page[N]:
        before = views.NEWEST
        if query.cursor is not None:
            try:
                (text,) = self.commons.cursors.decode(query.cursor, bound_to=bound)
                before = int(text)
            except (ValueError, TypeError) as error:
                raise InvalidCursor from error
        rows = await fetch(before, query.limit + 1)
        has_more = len(rows) > query.limit
        rows = rows[: query.limit]
        following = self.commons.cursors.encode([rows[-1].id], bound_to=bound) if has_more else None
        return Page(data=rows, has_more=has_more, next_cursor=following)
