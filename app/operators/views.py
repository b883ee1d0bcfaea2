"""What operators read of all tenants, by the system role: tenants, who acts as whom, and deliveries without their payload."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import DateTime, Float, String, Uuid, bindparam, cast, extract, func, select, text

from app.auth.models import SignInSession
from app.db.listing import Filter, Listing, among, at_least, below, contains, equals
from app.db.outbox import Delivery, StoredEvent
from app.db.uow import UnitOfWork
from app.extensions.pages import PageQuery
from app.operators.schemas import (
    Backlog,
    BacklogQuery,
    Impersonation,
    OperatedDelivery,
    OperatedDeliveryQuery,
    TenantQuery,
)
from app.tenants.models import Tenant
from app.tenants.schemas import TenantOut
from app.utils.ids import PLATFORM_TENANT

_D, _E, _T, _S = Delivery, StoredEvent, Tenant, SignInSession

TENANTS: Listing[TenantOut] = Listing(
    "operator-tenants",
    TenantOut,
    select(
        _T.id, _T.slug, _T.name, _T.state, _T.plan, _T.mfa_required, _T.deletion_due_at, _T.created_at, _T.version
    ).where(_T.id != PLATFORM_TENANT),
    TenantQuery,
    key={"id": _T.id},
    sorts={"name": _T.name, "slug": _T.slug, "created_at": _T.created_at, "deletion_due_at": _T.deletion_due_at},
    order="id",
    filters={"state": among(_T.state), "plan": equals(_T.plan), "q": contains(_T.slug, _T.name)},
)
IMPERSONATIONS: Listing[Impersonation] = Listing(
    "impersonations",
    Impersonation,
    select(
        _S.id,
        _S.operator_id.label("operator_id"),
        _S.user_id,
        _S.bound_tenant_id.label("tenant_id"),
        _S.reason.label("reason"),
        _S.ends_at.label("ends_at"),
    ).where(
        _S.operator_id.is_not(None), _S.ended_at.is_(None), _S.ends_at > bindparam("now", type_=DateTime(timezone=True))
    ),
    PageQuery,
    key={"id": _S.id},
    order="id",
)
# Over all tenants the dead and the open ones are found by their indexes; what is done is read through where nothing narrows it.
DELIVERIES: Listing[OperatedDelivery] = Listing(
    "operator-deliveries",
    OperatedDelivery,
    select(
        _D.tenant_id, _T.slug.label("tenant"), cast(_D.id, String).label("id"), _E.name.label("event"), _E.request_id,
        _D.handler, _D.queue, _D.state, _D.attempt, _D.tries, _D.replays, _D.error, _D.created_at, _D.due_at,
        _D.started_at, _D.finished_at,
    )
    .join(_E, (_E.tenant_id == _D.tenant_id) & (_E.id == _D.event_id))
    .join(_T, _T.id == _D.tenant_id),
    OperatedDeliveryQuery,
    key={"id": _D.id, "tenant_id": _D.tenant_id},
    order="-id",
    filters={
        "tenant_id": Filter(lambda value: (_D.tenant_id == value) & (_E.tenant_id == value), Uuid()),
        "state": among(_D.state),
        "handler": equals(_D.handler),
        "event": equals(_E.name),
        "request_id": equals(_E.request_id),
        "created_at_gte": at_least(_D.created_at),
        "created_at_lt": below(_D.created_at),
    },
    across_tenants="operators' list of deliveries, by the system role",
)  # fmt: skip
# The states are spelled out, so that the partial indexes answer: whether a parameter fits them the planner cannot know.
_OPEN = "deliveries.state IN ('pending', 'leased', 'parked') OR deliveries.state = 'dead'"
_since = func.min(_D.due_at).filter(text("deliveries.state IN ('pending', 'parked')"))
BACKLOG: Listing[Backlog] = Listing(
    "operator-backlog",
    Backlog,
    select(
        _D.tenant_id,
        _T.slug.label("tenant"),
        _D.queue,
        *(
            func.count().filter(_D.state == state).label(name)
            for state, name in (("pending", "waiting"), ("leased", "leased"), ("parked", "parked"), ("dead", "dead"))
        ),
        cast(func.greatest(0, func.coalesce(extract("epoch", func.now() - _since), 0)), Float).label(
            "oldest_due_seconds"
        ),
    )
    .join(_T, _T.id == _D.tenant_id)
    .where(text(f"({_OPEN})"))
    .group_by(_D.tenant_id, _T.slug, _D.queue),
    BacklogQuery,
    key={"tenant_id": _D.tenant_id, "queue": _D.queue},
    order="tenant_id",
    filters={"tenant_id": equals(_D.tenant_id)},
    across_tenants="what waits in all tenants, by the system role",
)
WITH_DEAD: Final = """
SELECT DISTINCT d.tenant_id
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.state = 'dead' AND ($1::text IS NULL OR d.handler = $1) AND ($2::text IS NULL OR e.name = $2)
  AND ($3::uuid IS NULL OR e.request_id = $3)
  AND ($4::timestamptz IS NULL OR d.created_at >= $4) AND ($5::timestamptz IS NULL OR d.created_at < $5)
ORDER BY d.tenant_id
"""
NAMES: Final = ("handler", "event", "request_id", "created_at_gte", "created_at_lt")
"""The filters, in the order of the statements' parameters."""


async def any_dead(uow: UnitOfWork, filters: Mapping[str, Any], tenant_id: UUID | None) -> bool:
    """Whether there are dead deliveries that pass the filters of `LetterFilters`."""
    values = DELIVERIES.values({**filters, "tenant_id": tenant_id, "state": "dead"})
    return bool(await DELIVERIES.rows(uow, values, limit=1))


async def tenants_with_dead(uow: UnitOfWork, filters: Mapping[str, Any]) -> list[UUID]:
    """Whose dead deliveries pass the filters."""
    rows = await uow.connection.fetch(WITH_DEAD, *(filters.get(name) for name in NAMES))
    return [row[0] for row in rows]
