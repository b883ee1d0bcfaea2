"""What bodies are made of: the base schema, strict field types, pages and plain answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T")
U = TypeVar("U")

SAFE_INTEGER = 2**53 - 1
"""The largest integer that JavaScript keeps exact; no number of ours is larger."""

Integer = Annotated[int, Field(strict=True, ge=-SAFE_INTEGER, le=SAFE_INTEGER)]
"""An integer as JSON writes it: true, 1.0 and "1" are refused."""

Natural = Annotated[int, Field(strict=True, ge=0, le=SAFE_INTEGER)]
"""An integer from 0."""

OpaqueVersion = Annotated[
    int,
    Field(description="another one after every change; also the ETag", json_schema_extra={"format": "int64"}),
]
"""The version, in an answer, of what is no plain count of changes."""

DIGITS = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
RFC_3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}", re.ASCII)


def _digits(value: Any) -> Any:
    if isinstance(value, str) and not DIGITS.fullmatch(value):
        raise ValueError("is not an integer in plain decimal digits")
    return value


def _written(value: Any) -> Any:
    if not isinstance(value, datetime) and not (isinstance(value, str) and RFC_3339.match(value)):
        raise ValueError("is not a time as RFC 3339 writes it")
    return value


Digits = BeforeValidator(_digits)
"""Behind an integer of a query, so that it is as strict as `Integer` is in a body: `1_0`, `+1`, `1.0` and blanks around it are refused."""


def _utc(moment: datetime) -> datetime:
    """The driver converts to UTC, which the calendar's first and last hours do not survive."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is no moment of the calendar in UTC") from error


Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_utc)]
"""A time with its offset, in UTC. A number is none, whatever second it might count to."""


UNCHANGED: Any = None
"""The default of a merge patch's field that cannot be cleared: absent, it stays (`model_fields_set` says what came); null is
refused by its type, and the document says neither null nor a default of it."""


class BaseSchema(BaseModel):
    """A request body: unknown fields are refused, text is trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


@dataclass(slots=True)
class Page(Generic[T]):
    """One page of a list."""

    data: Annotated[list[T], Field(description="the items, in the asked order")]
    has_more: Annotated[bool, Field(description="whether another page follows")]
    next_cursor: Annotated[str | None, Field(description="what to send as `cursor` for the next page")]

    def each(self, make: Callable[[T], U]) -> "Page[U]":
        """The same page with `make` of every item."""
        made: Any = replace(self, data=[])
        made.data = [make(item) for item in self.data]
        page: Page[U] = made
        return page

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """With `include=total` there is more: the document names it, and demands it of no page."""
        found = handler(schema)
        handler.resolve_ref_schema(found)["properties"].update(COUNTED)
        return found


@dataclass(slots=True)
class CountedPage(Page[T]):
    """One page of a list, and how many items there are on all of them."""

    total: int
    total_capped: bool


COUNTED: dict[str, Any] = {
    "total": {"type": "integer", "description": "with `include=total`: how many there are on all pages, up to 10,000"},
    "total_capped": {"type": "boolean", "description": "with `include=total`: whether there are more than `total`"},
}


class DefaultResponse(BaseModel):
    """An answer without a resource, and the envelope of every error."""

    status: bool = Field(description="true for success, false for an error")
    msg: str = Field(description="a sentence for people")
    details: dict[str, Any] = Field(default_factory=dict, description="the problem, where it is an error")
