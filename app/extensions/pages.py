"""Lists in the order of their ids: the plainest kind of page. Richer lists are query objects of their module."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import Field

from app.exceptions import InvalidCursor
from app.extensions.pagination import CursorCodec
from app.utils.schemas import BaseSchema, Digits, Page

T = TypeVar("T")

FIRST = UUID(int=0)
MAX_LIMIT = 100

Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT, description="items a page, 1-100"), Digits]
CursorText = Annotated[str, Field(min_length=1, max_length=2000, description="`next_cursor` of the page before")]


class PageQuery(BaseSchema):
    """The parameters that every list has."""

    limit: Limit = 25
    cursor: CursorText | None = None


async def page_by_id(
    query: PageQuery,
    cursors: CursorCodec,
    bound_to: Sequence[Any],
    fetch: Callable[[UUID, int], Awaitable[list[T]]],
    key: Callable[[T], UUID],
) -> Page[T]:
    """One page; `fetch(after, limit)` answers rows with larger ids, in order.

    Raises:
        InvalidCursor: the cursor is of another list.
    """
    after = FIRST
    if query.cursor is not None:
        try:
            (text,) = cursors.decode(query.cursor, bound_to=bound_to)
            after = UUID(text)
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidCursor from error
    rows = await fetch(after, query.limit + 1)
    has_more = len(rows) > query.limit
    rows = rows[: query.limit]
    following = cursors.encode([str(key(rows[-1]))], bound_to=bound_to) if has_more else None
    return Page(data=rows, has_more=has_more, next_cursor=following)
