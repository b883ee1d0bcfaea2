"""Lists of what is numbered in time, newest first."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from app.auth.commons import Service
from app.core import views
from app.exceptions import InvalidCursor
from app.extensions.pages import PageQuery
from app.utils.schemas import Page


class Numbered(Protocol):
    """Something whose id is a time-ordered number, as text."""

    id: str


N = TypeVar("N", bound=Numbered)


class NewestFirst(Service):
    """The base of services that read such lists."""

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
