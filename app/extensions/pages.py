"""Lists as the client asks for them: the parameters that every list has, and pages of what is in memory.

What a list of rows means in SQL stands in `app/db/listing.py`, which compares itself with the parameters declared here.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import Field, field_validator

from app.exceptions import InvalidCursor
from app.extensions.pagination import CursorCodec
from app.utils.schemas import SAFE_INTEGER, BaseSchema, CountedPage, Page

T = TypeVar("T")

FIRST = UUID(int=0)
MAX_LIMIT = 100
MAX_SORTS = 3
MAX_TOTAL = 10_000
"""`include=total` counts no further: what is more costs the database more than it tells anybody."""

Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT, description="items a page, 1-100")]
CursorText = Annotated[str, Field(min_length=1, max_length=2000, description="`next_cursor` of the page before")]
Include = Annotated[
    Literal["total"],
    Field(description=f"`total`: count what the filters let through, up to {MAX_TOTAL:,}"),
]
Amount = Annotated[int, Field(ge=0, le=SAFE_INTEGER)]
SearchText = Annotated[str, Field(min_length=1, max_length=100)]


class PageQuery(BaseSchema):
    """The parameters that every list has."""

    limit: Limit = 25
    cursor: CursorText | None = None
    include: Include | None = None

    @field_validator("sort", "expand", check_fields=False)
    @classmethod
    def _each_once(cls, text: str | None) -> str | None:
        names = [name.removeprefix("-") for name in (text or "").split(",")]
        if len(set(names)) < len(names):
            raise ValueError("names something twice")
        return text


def sorted_by(*names: str) -> Any:
    """The field `sort` of a list's parameters: these names, up to three of them, a minus before what is to fall."""
    told = f"{', '.join(names)}; a leading minus reverses; up to {MAX_SORTS} by comma, the id decides last"
    return Field(pattern=sort_pattern(*names), max_length=200, description=told)


def sort_pattern(*names: str) -> str:
    """What `sort` may say where it may name these."""
    one = f"-?({'|'.join(names)})"
    return rf"^{one}(,{one}){{0,{MAX_SORTS - 1}}}$"


def several(*values: str) -> Any:
    """The field of a filter that takes one or more of these values, by comma."""
    one = f"({'|'.join(values)})"
    told = f"one or more of {', '.join(values)}, by comma"
    return Field(pattern=rf"^{one}(,{one}){{0,{len(values)}}}$", max_length=200, description=told)


def expandable(*names: str) -> Any:
    """The field `expand` of a list's parameters."""
    one = f"({'|'.join(names)})"
    told = f"also fetch {', '.join(names)}, which are null otherwise; by comma"
    return Field(pattern=rf"^{one}(,{one}){{0,{len(names) - 1}}}$", max_length=200, description=told)


Loader = Callable[[Sequence[Any]], Awaitable[None]]
"""Fills a field of all items of a page at once."""


async def expand(asked: str | None, items: Sequence[Any], loaders: Mapping[str, Loader]) -> None:
    """Let each loader that is asked for fill its field, one call for the whole page."""
    for name in () if asked is None or not items else asked.split(","):
        await loaders[name](items)


async def page_in_memory(
    query: PageQuery, cursors: CursorCodec, bound_to: Sequence[Any], items: Iterable[T], key: Callable[[T], str]
) -> Page[T]:
    """One page of what is no table, in the order of `key`, which no two share.

    Raises:
        InvalidCursor: the cursor is of another list.
    """
    found = sorted(items, key=key)
    after = ""
    if query.cursor is not None:
        try:
            (after,) = cursors.decode(query.cursor, bound_to=bound_to)
        except (ValueError, TypeError) as error:
            raise InvalidCursor from error
    rest = [item for item in found if key(item) > after]
    has_more = len(rest) > query.limit
    rows = rest[: query.limit]
    following = cursors.encode([key(rows[-1])], bound_to=bound_to) if has_more else None
    if query.include is None:
        return Page(data=rows, has_more=has_more, next_cursor=following)
    return CountedPage(rows, has_more, following, min(len(found), MAX_TOTAL), len(found) > MAX_TOTAL)
