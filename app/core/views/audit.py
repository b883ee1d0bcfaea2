"""What is read of the audit log, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, bindparam, select

from app.core.schemas import AuditEntryOut, AuditQuery
from app.db.listing import Listing, at_least, begins, below, equals
from app.db.outbox import StoredAuditEntry
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.pagination import CursorCodec
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)


@dataclass(slots=True)
class AuditRow:
    """An entry as it is stored."""

    id: int
    at: datetime
    actor: str
    action: str
    target: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    address: str | None
    user_agent: str | None
    request_id: UUID


_E = StoredAuditEntry
_rows = select(
    _E.id, _E.at, _E.actor, _E.action, _E.target, _E.before, _E.after, _E.address, _E.user_agent, _E.request_id,
).where(_E.tenant_id == _tenant)  # fmt: skip
# By the primary key: what the filters leave out is read and passed over.
ENTRIES: Listing[AuditRow] = Listing(
    "audit-log",
    AuditRow,
    _rows,
    AuditQuery,
    key={"id": _E.id},
    order="-id",
    filters={
        "action": begins(_E.action),
        "actor": equals(_E.actor),
        "target": equals(_E.target),
        "request_id": equals(_E.request_id),
        "at_gte": at_least(_E.at),
        "at_lt": below(_E.at),
    },
)
ENTRY: Query[AuditRow] = Query(_rows.where(_E.id == bindparam("id", type_=BigInteger)), AuditRow)


async def audit_page(uow: UnitOfWork, cursors: CursorCodec, query: AuditQuery) -> Page[AuditEntryOut]:
    """One page, newest first."""
    return (await ENTRIES.page(uow, cursors, query)).each(_entry)


async def audit_entries(uow: UnitOfWork, filters: Mapping[str, Any], *, before: int, limit: int) -> list[AuditEntryOut]:
    """Entries older than `before` that pass the filters of `AuditFilters`, newest first."""
    rows = await ENTRIES.rows(uow, ENTRIES.values(filters), limit=limit, after=[before])
    return [_entry(row) for row in rows]


async def audit_entry(uow: UnitOfWork, key: int) -> AuditEntryOut | None:
    """One entry."""
    row = await ENTRY.first(uow, id=key)
    return None if row is None else _entry(row)


def _entry(row: AuditRow) -> AuditEntryOut:
    return AuditEntryOut(
        str(row.id),
        row.at,
        row.actor,
        row.action,
        row.target,
        row.before,
        row.after,
        row.address,
        row.user_agent,
        row.request_id,
    )
