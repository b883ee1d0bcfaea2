"""Bodies of /audit-log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.extensions.pages import PageQuery
from app.utils.schemas import BaseSchema, Moment

ACTION = r"^[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?$"


class AuditFilters(BaseSchema):
    """Which entries of the audit log."""

    action: str | None = Field(
        None,
        min_length=1,
        max_length=120,
        pattern=ACTION,
        description="this action; `auth.*`: all that begin with `auth.`",
    )
    actor: str | None = Field(
        None, min_length=1, max_length=120, description="as entries name it: `user:<id>`, `api_key:<id>`"
    )
    target: str | None = Field(None, min_length=1, max_length=200, description="`<noun>:<id>`")
    request_id: UUID | None = Field(None, description="what one request did")
    at_gte: Moment | None = Field(None, alias="at[gte]", description="not earlier than")
    at_lt: Moment | None = Field(None, alias="at[lt]", description="earlier than")

    def filters(self) -> dict[str, Any]:
        """Those that are given, by name."""
        names = ("action", "actor", "target", "request_id", "at_gte", "at_lt")
        given = {name: getattr(self, name) for name in names}
        return {name: value for name, value in given.items() if value is not None}


class AuditQuery(AuditFilters, PageQuery):
    """Which entries, and which page of them."""


class AuditExportQuery(AuditFilters):
    """Which entries, and how they are written."""

    format: Literal["csv", "jsonl"] = Field(
        "jsonl", description="csv: formulas are neutralised; jsonl: an object a line"
    )


@dataclass(slots=True)
class AuditEntryOut:
    """Who did what to what."""

    id: Annotated[str, Field(description="time-ordered")]
    at: Annotated[datetime, Field(description="when")]
    actor: Annotated[
        str, Field(description="`user:<id>`, `api_key:<id>`, `operator:<id> as user:<id>`, system or anonymous")
    ]
    action: Annotated[str, Field(description="`<module>.<noun>.<verb>`")]
    target: Annotated[str | None, Field(description="`<noun>:<id>`")]
    before: Annotated[dict[str, Any] | None, Field(description="values before; secret and personal ones are `***`")]
    after: Annotated[dict[str, Any] | None, Field(description="values after; secret and personal ones are `***`")]
    address: Annotated[str | None, Field(description="the client's address")]
    user_agent: Annotated[str | None, Field(description="the client's software, as it says")]
    request_id: Annotated[UUID, Field(description="the request that caused it")]
