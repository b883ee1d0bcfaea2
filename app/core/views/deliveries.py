"""What is read of deliveries, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Integer, String, Uuid, and_, bindparam, select

from app.core.schemas import DeliveryOut
from app.db.outbox import Delivery, StoredEvent
from app.db.query import Query
from app.db.uow import UnitOfWork

_tenant = bindparam("tenant_id", type_=Uuid)
_before = bindparam("before_id", type_=BigInteger)
_limit = bindparam("limit", type_=Integer)
_any = bindparam("any", type_=String)


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
