"""What is read of the audit log, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, Integer, Select, String, Uuid, bindparam, func, select

from app.core.schemas import AuditEntryOut
from app.core.views.base import NEWEST
from app.db.outbox import StoredAuditEntry
from app.db.query import QueryShapes
from app.db.uow import UnitOfWork

ANY = ".*"
"""The end of an action that stands for all that begin so."""

_tenant = bindparam("tenant_id", type_=Uuid)
_before = bindparam("before_id", type_=BigInteger)
_limit = bindparam("limit", type_=Integer)


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
ENTRIES: QueryShapes[AuditRow] = QueryShapes(AuditRow)
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "action": _E.action == bindparam("action", type_=String),
    "prefix": func.starts_with(_E.action, bindparam("prefix", type_=String)),
    "actor": _E.actor == bindparam("actor", type_=String),
    "target": _E.target == bindparam("target", type_=String),
    "request_id": _E.request_id == bindparam("request_id", type_=Uuid),
    "at_gte": _E.at >= bindparam("at_gte", type_=DateTime(timezone=True)),
    "at_lt": _E.at < bindparam("at_lt", type_=DateTime(timezone=True)),
    "id": _E.id == bindparam("id", type_=BigInteger),
}


def _entries(conditions: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Newest first, by the primary key; what the conditions leave out is read and passed over."""
    columns = (
        _E.id, _E.at, _E.actor, _E.action, _E.target, _E.before, _E.after, _E.address, _E.user_agent, _E.request_id,
    )  # fmt: skip
    bound = (_E.tenant_id == _tenant, _E.id < _before, *(_CONDITIONS[name] for name in sorted(conditions)))
    return select(*columns).where(*bound).order_by(_E.id.desc()).limit(_limit)


async def audit_entries(uow: UnitOfWork, filters: Mapping[str, Any], *, before: int, limit: int) -> list[AuditEntryOut]:
    """Entries older than `before` that pass the filters of `AuditFilters`."""
    values = dict(filters)
    if str(values.get("action", "")).endswith(ANY):
        values["prefix"] = values.pop("action").removesuffix("*")
    shape = frozenset(values)
    rows = await ENTRIES.get(shape, lambda: _entries(shape)).all(uow, before_id=before, limit=limit, **values)
    return [_entry(row) for row in rows]


async def audit_entry(uow: UnitOfWork, key: int) -> AuditEntryOut | None:
    """One entry."""
    found = await audit_entries(uow, {"id": key}, before=NEWEST, limit=1)
    return found[0] if found else None


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
