"""What is read of deliveries, newest first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, String, Uuid, and_, bindparam, cast, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.core.schemas import DeliveryDetail, DeliveryOut, DeliveryQuery, FailureOut
from app.db.listing import Listing, among, at_least, below, equals
from app.db.outbox import Delivery, StoredEvent
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.masking import masked
from app.extensions.pagination import CursorCodec
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)

_D, _E = Delivery, StoredEvent
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

# By the primary key, or of the dead by their index.
DELIVERIES: Listing[DeliveryOut] = Listing(
    "deliveries",
    DeliveryOut,
    select(*_COLUMNS).join(_E, _JOINED).where(_D.tenant_id == _tenant),
    DeliveryQuery,
    key={"id": _D.id},
    order="-id",
    filters={
        "state": among(_D.state),
        "handler": equals(_D.handler),
        "event": equals(_E.name),
        "request_id": equals(_E.request_id),
        "created_at_gte": at_least(_D.created_at),
        "created_at_lt": below(_D.created_at),
    },
)
DETAIL: Query[DeliveryDetail] = Query(
    select(*_COLUMNS, *_DETAILS)
    .join(_E, _JOINED)
    .where(_D.tenant_id == _tenant, _D.id == bindparam("id", type_=BigInteger)),
    DeliveryDetail,
)


async def delivery_page(uow: UnitOfWork, cursors: CursorCodec, query: DeliveryQuery) -> Page[DeliveryOut]:
    """One page, newest first."""
    return await DELIVERIES.page(uow, cursors, query)


async def any_dead(uow: UnitOfWork, filters: Mapping[str, Any]) -> bool:
    """Whether there are dead ones that pass the filters of `LetterFilters`."""
    return bool(await DELIVERIES.rows(uow, DELIVERIES.values({**filters, "state": "dead"}), limit=1))


async def delivery(uow: UnitOfWork, key: int) -> DeliveryDetail | None:
    """One delivery; of its event secret and personal fields are masked."""
    found = await DETAIL.first(uow, id=key)
    if found is not None:
        found.payload = masked(found.payload, None) or {}
        stored: list[Any] = found.failures  # as JSON keeps them
        found.failures = [FailureOut(item.get("attempt"), item.get("at"), item.get("error")) for item in stored]
    return found
