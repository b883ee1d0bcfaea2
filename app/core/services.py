"""Reading what happened."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field

from app.auth.commons import Service
from app.core import views
from app.core.schemas import AuditEntryOut, AuditQuery, DeliveryOut
from app.exceptions import InvalidCursor, NotFound
from app.extensions.pages import PageQuery
from app.utils.schemas import Page


class Numbered(Protocol):
    """Something whose id is a time-ordered number, as text."""

    id: str


N = TypeVar("N", bound=Numbered)


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
        filters = query.filters()

        async def fetch(before: int, limit: int) -> list[AuditEntryOut]:
            return await views.audit_entries(self.uow, filters, before=before, limit=limit)

        bound = ("audit-log", str(self.commons.tenant_id), *(f"{name}={value}" for name, value in filters.items()))
        return await self._page(query, bound, fetch)

    async def audit_entry(self, key: str) -> AuditEntryOut:
        """One entry.

        Raises:
            NotFound.
        """
        found = await views.audit_entry(self.uow, int(key)) if int(key) <= views.NEWEST else None
        if found is None:
            raise NotFound("There is no such entry.")
        return found

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
