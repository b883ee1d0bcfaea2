"""Bodies of operators' routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.auth.schemas.registration import Address
from app.core.schemas import MOST_AT_ONCE, LetterFilters
from app.extensions.pages import PageQuery, SearchText, several, sorted_by
from app.tenants.schemas import Slug
from app.utils.schemas import BaseSchema

PlanKey = Annotated[str, Field(min_length=1, max_length=40, description="a key of `plans` in the settings")]
Reason = Annotated[str, Field(min_length=3, max_length=500, description="why; stands in the tenant's audit log")]


class TenantQuery(PageQuery):
    """Filters of the list of all tenants."""

    state: Annotated[str | None, several("active", "suspended")] = None
    plan: Annotated[str | None, Field(min_length=1, max_length=40, description="only tenants of this plan")] = None
    q: Annotated[SearchText | None, Field(description="text in slug or name")] = None
    sort: Annotated[str | None, sorted_by("name", "slug", "created_at", "deletion_due_at")] = None


class TenantMake(BaseSchema):
    """A new tenant, made for somebody."""

    name: str = Field(min_length=1, max_length=120, description="what people call it")
    slug: Slug = Field(description="its name in X-Tenant-ID and addresses")
    owner: Address = Field(description="the address of a person, who becomes its owner")
    plan: PlanKey = "standard"


class SuspendTenant(BaseSchema):
    """Why a tenant is suspended."""

    reason: Reason


class PlanChange(BaseSchema):
    """Another plan."""

    plan: PlanKey


class OperatedDeliveryQuery(LetterFilters, PageQuery):
    """Filters of the deliveries of all tenants."""

    tenant_id: UUID | None = Field(None, description="only this tenant's")
    state: Annotated[str | None, several("pending", "leased", "done", "dead", "parked")] = None


class OperatedReplay(LetterFilters):
    """Which dead deliveries are to be tried again: of each tenant the oldest that pass all filters."""

    tenant_id: UUID | None = Field(None, description="only this tenant's; null: one tenant after another")
    limit: Annotated[int, Field(strict=True, ge=1, le=MOST_AT_ONCE, description="at most so many")] = MOST_AT_ONCE


class BacklogQuery(PageQuery):
    """Whose backlog."""

    tenant_id: UUID | None = Field(None, description="only this tenant's")


@dataclass(slots=True)
class OperatedDelivery:
    """A delivery as operators see it: of its event the name, nothing of what it says."""

    tenant_id: Annotated[UUID, Field(description="whose")]
    tenant: Annotated[str, Field(description="the tenant's slug")]
    id: Annotated[str, Field(description="time-ordered")]
    event: Annotated[str, Field(description="the event's name")]
    request_id: Annotated[UUID, Field(description="the request that caused it")]
    handler: Annotated[str, Field(description="who reacts")]
    queue: Annotated[str, Field(description="the queue that carries it")]
    state: Annotated[str, Field(description="pending, leased, done, dead or parked")]
    attempt: Annotated[int, Field(description="how often it was leased, over all replays")]
    tries: Annotated[int, Field(description="how many starts are known of, since it was last replayed")]
    replays: Annotated[int, Field(description="how often somebody replayed it")]
    error: Annotated[str | None, Field(description="why the last attempt failed")]
    created_at: Annotated[datetime, Field(description="when the event was committed")]
    due_at: Annotated[datetime, Field(description="not to be started before")]
    started_at: Annotated[datetime | None, Field(description="when the last attempt began")]
    finished_at: Annotated[datetime | None, Field(description="when it was done, or given up")]


@dataclass(slots=True)
class Backlog:
    """What a tenant has in a queue."""

    tenant_id: Annotated[UUID, Field(description="whose")]
    tenant: Annotated[str, Field(description="the tenant's slug")]
    queue: Annotated[str, Field(description="the queue that carries it")]
    waiting: Annotated[int, Field(description="not begun, or to be tried again")]
    leased: Annotated[int, Field(description="with a worker, or on the way to one")]
    parked: Annotated[int, Field(description="set aside: no installed code knows them")]
    dead: Annotated[int, Field(description="given up, and to be replayed by hand")]
    oldest_due_seconds: Annotated[float, Field(description="for how long the oldest of the waiting has been due")]


class Impersonate(BaseSchema):
    """Act as somebody in one tenant, for a while."""

    tenant_id: UUID = Field(description="the only tenant in which it counts")
    user_id: UUID = Field(description="an active member of it")
    reason: Reason
    minutes: Annotated[int, Field(strict=True, ge=1, le=60, description="how long")] = 30


@dataclass(slots=True)
class Impersonation:
    """A session of an operator as somebody."""

    id: Annotated[UUID, Field(description="ends it: DELETE /operator/impersonations/{id}")]
    operator_id: Annotated[UUID, Field(description="who acts")]
    user_id: Annotated[UUID, Field(description="as whom")]
    tenant_id: Annotated[UUID, Field(description="where")]
    reason: Annotated[str, Field(description="why")]
    ends_at: Annotated[datetime, Field(description="when it is over")]


@dataclass(slots=True)
class StartedImpersonation(Impersonation):
    """The impersonation, and what to act with."""

    access_token: Annotated[str, Field(description="for Authorization: Bearer; there is no refresh token")]


class ScheduleQuery(PageQuery):
    """Whose last runs are shown."""

    tenant_id: Annotated[UUID | None, Field(description="shows the last runs of what each tenant has, in this one")] = (
        None
    )


class ScheduleStart(BaseSchema):
    """One run now."""

    tenant_id: Annotated[UUID | None, Field(description="in which tenant; only of a schedule that each tenant has")] = (
        None
    )


@dataclass(slots=True)
class ScheduleRunOut:
    """A time of a schedule, and what became of it."""

    due_at: Annotated[datetime, Field(description="when it was due")]
    actor: Annotated[str, Field(description="`system`, or who ran it by hand")]
    outcome: Annotated[
        Literal["skipped", "pending", "leased", "done", "dead", "parked", "unknown"],
        Field(
            description="skipped: its time had passed; else the state of its delivery, unknown where that is no longer kept"
        ),
    ]
    event_id: Annotated[UUID | None, Field(description="the event that it became")]


@dataclass(slots=True)
class ScheduleOut:
    """A schedule of an installed module."""

    name: Annotated[str, Field(description="`<module>.<what_it_does>`")]
    cron: Annotated[str, Field(description="minute, hour, day of the month, month, day of the week")]
    time_zone: Annotated[str, Field(description="whose clock it goes by")]
    per_tenant: Annotated[bool, Field(description="whether each tenant has its own")]
    missed: Annotated[Literal["skip", "once", "all"], Field(description="what becomes of times that nobody fired")]
    next_at: Annotated[datetime | None, Field(description="when it comes next")]
    last_run: Annotated[ScheduleRunOut | None, Field(description="its latest time, also by hand")]


@dataclass(slots=True)
class StartedRun:
    """A run that was asked for."""

    name: Annotated[str, Field(description="the schedule")]
    tenant_id: Annotated[UUID | None, Field(description="in which tenant; null: the installation's")]
    due_at: Annotated[datetime, Field(description="the moment that it goes by")]
    event_id: Annotated[UUID, Field(description="the event that it became")]
