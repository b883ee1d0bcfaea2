"""What is read of the outbox: the audit log and deliveries. Newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, Integer, Select, String, Uuid, and_, bindparam, func, select

from app.core.schemas import AuditEntryOut, DeliveryOut
from app.db.outbox import Delivery, StoredAuditEntry, StoredEvent
from app.db.query import Query, QueryShapes
from app.db.uow import UnitOfWork

NEWEST = 2**63 - 1
ANY = ".*"
"""The end of an action that stands for all that begin so."""

_tenant = bindparam("tenant_id", type_=Uuid)
_before = bindparam("before_id", type_=BigInteger)
_limit = bindparam("limit", type_=Integer)
_any = bindparam("any", type_=String)


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


@dataclass(slots=True)
class DeliveryRow:
    """A delivery as it is stored."""

    id: int
    event_id: UUID
    event: str
    handler: str
    queue: str
    state: str
    attempt: int
    error: str | None
    created_at: datetime
    finished_at: datetime | None


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


_D = Delivery
DELIVERIES: Query[DeliveryRow] = Query(
    select(
        _D.id,
        _D.event_id,
        StoredEvent.name.label("event"),
        _D.handler,
        _D.queue,
        _D.state,
        _D.attempt,
        _D.error,
        _D.created_at,
        _D.finished_at,
    )
    .join(StoredEvent, and_(StoredEvent.tenant_id == _tenant, StoredEvent.id == _D.event_id))
    .where(_D.tenant_id == _tenant, _D.id < _before, (_any == "") | (_D.state == _any))
    .order_by(_D.id.desc())
    .limit(_limit),
    DeliveryRow,
)


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


async def deliveries(uow: UnitOfWork, *, before: int, state: str, limit: int) -> list[DeliveryOut]:
    """Deliveries older than `before`; an empty state means all."""
    rows = await DELIVERIES.all(uow, before_id=before, any=state, limit=limit)
    return [
        DeliveryOut(
            str(row.id),
            row.event_id,
            row.event,
            row.handler,
            row.queue,
            row.state,
            row.attempt,
            row.error,
            row.created_at,
            row.finished_at,
        )
        for row in rows
    ]
