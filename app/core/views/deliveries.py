"""What is read of deliveries, newest first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.core.schemas import DeliveryDetail, DeliveryOut, FailureOut
from app.db.outbox import Delivery, StoredEvent
from app.db.query import Query, QueryShapes
from app.db.uow import UnitOfWork
from app.extensions.masking import masked

_tenant = bindparam("tenant_id", type_=Uuid)
_before = bindparam("before_id", type_=BigInteger)
_limit = bindparam("limit", type_=Integer)

_D, _E = Delivery, StoredEvent
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "state": _D.state == bindparam("state", type_=String),
    "handler": _D.handler == bindparam("handler", type_=String),
    "event": _E.name == bindparam("event", type_=String),
    "request_id": _E.request_id == bindparam("request_id", type_=Uuid),
    "created_at_gte": _D.created_at >= bindparam("created_at_gte", type_=DateTime(timezone=True)),
    "created_at_lt": _D.created_at < bindparam("created_at_lt", type_=DateTime(timezone=True)),
}
_COLUMNS = (
    cast(_D.id, String).label("id"), _D.event_id, _E.name.label("event"), _E.request_id, _D.handler, _D.queue, _D.state,
    _D.attempt, _D.tries, _D.replays, _D.error, _D.created_at, _D.due_at, _D.started_at, _D.finished_at,
)  # fmt: skip
_DETAILS = (
    _D.lease_until,
    _D.ordering_key,
    _E.version.label("event_version"),
    _E.payload,
    _E.actor,
    _E.at,
    cast(_E.cause, String).label("cause"),
    type_coerce(_D.failures, ARRAY(JSONB)).label("failures"),
)
_JOINED = and_(_E.tenant_id == _tenant, _E.id == _D.event_id)

DELIVERIES: QueryShapes[DeliveryOut] = QueryShapes(DeliveryOut)
DETAIL: Query[DeliveryDetail] = Query(
    select(*_COLUMNS, *_DETAILS)
    .join(_E, _JOINED)
    .where(_D.tenant_id == _tenant, _D.id == bindparam("id", type_=BigInteger)),
    DeliveryDetail,
)


def _deliveries(conditions: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Newest first, by the primary key, or of the dead by their index."""
    bound = (_D.tenant_id == _tenant, _D.id < _before, *(_CONDITIONS[name] for name in sorted(conditions)))
    return select(*_COLUMNS).join(_E, _JOINED).where(*bound).order_by(_D.id.desc()).limit(_limit)


async def deliveries(uow: UnitOfWork, filters: Mapping[str, Any], *, before: int, limit: int) -> list[DeliveryOut]:
    """Deliveries older than `before` that pass the filters of `DeliveryQuery`."""
    shape = frozenset(filters)
    return await DELIVERIES.get(shape, lambda: _deliveries(shape)).all(uow, before_id=before, limit=limit, **filters)


async def delivery(uow: UnitOfWork, key: int) -> DeliveryDetail | None:
    """One delivery; of its event secret and personal fields are masked."""
    found = await DETAIL.first(uow, id=key)
    if found is not None:
        found.payload = masked(found.payload, None) or {}
        stored: list[Any] = found.failures  # as JSON keeps them
        found.failures = [FailureOut(item.get("attempt"), item.get("at"), item.get("error")) for item in stored]
    return found
