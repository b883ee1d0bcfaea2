"""Commons: everything that a use case knows of who asks, where and in which transaction. Services are built from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from app.auth.interfaces import Entitlements
from app.config import Settings
from app.db.uow import UnitOfWork
from app.exceptions import TenantRequired, Unauthenticated
from app.extensions.access import AccessRule, RouteClass
from app.extensions.bells import bell_of
from app.extensions.cache import Cache, TenantCache
from app.extensions.clock import Clock
from app.extensions.conditional import IfMatch
from app.extensions.events import Event
from app.extensions.interfaces import AuditEntry
from app.extensions.module import AccessBook
from app.extensions.pagination import CursorCodec
from app.services.filesystem import FileSystem
from app.services.http import HttpClients
from app.utils.schemas import BaseSchema


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a request acts as."""

    kind: Literal["user", "api_key", "anonymous", "system"]
    user_id: UUID | None = None
    session_id: UUID | None = None
    email: str | None = None
    key_id: UUID | None = None
    """Of an API key; it is no person, so that `user_id` is None then."""
    creator_id: UUID | None = None
    """Who made the API key."""
    operator_id: UUID | None = None
    """The operator who acts as the person."""
    bound_tenant_id: UUID | None = None
    """The one tenant in which they do."""
    ends_at: datetime | None = None
    """When that is over."""
    authenticated_at: datetime | None = None
    mfa_at: datetime | None = None

    @property
    def person_id(self) -> UUID | None:
        """The person who answers for what is done: who is signed in, or who made the key."""
        return self.user_id or self.creator_id

    @property
    def actor(self) -> str:
        """How logs, audit entries and events name the principal."""
        if self.key_id is not None:
            return f"api_key:{self.key_id}"
        if self.operator_id is not None:
            return f"operator:{self.operator_id} as user:{self.user_id}"
        return self.kind if self.user_id is None else f"{self.kind}:{self.user_id}"


@dataclass(frozen=True, slots=True)
class TenantContext:
    """The chosen tenant; membership in it is proved."""

    id: UUID
    slug: str
    name: str
    plan: str


@dataclass(frozen=True, slots=True)
class Commons:
    """Made once per request or delivery; holds no state of its own."""

    principal: Principal
    tenant: TenantContext | None
    roles: tuple[str, ...]
    permissions: frozenset[str]
    uow: UnitOfWork
    clock: Clock
    request_id: UUID
    cursors: CursorCodec
    caches: Cache
    files: FileSystem
    settings: Settings
    book: AccessBook
    arrived_at: datetime
    """When the request came in, before it waited for anything."""
    rule: AccessRule | None = None
    if_match: IfMatch = field(default_factory=IfMatch)
    address: str | None = None
    user_agent: str | None = None
    entitlements: Entitlements | None = None
    """What plans allow; None for the system, which no plan limits."""
    outgoing: list[tuple[str, str]] = field(default_factory=list)
    """Headers that go out with the answer, should it be a success."""
    told: dict[str, str] = field(default_factory=dict)
    """Headers that go out with any answer: what limits leave."""
    http: HttpClients | None = None
    """What calls outside systems, for handlers and tasks; None for requests, which never wait for any."""
    counter: Callable[[Principal, TenantContext | None, RouteClass, int], Mapping[str, str]] | None = None
    """Counts requests beyond the first; None for the system, which no rate limits."""

    @property
    def tenant_id(self) -> UUID:
        """The tenant that the transaction is bound to.

        Raises:
            TenantRequired: it is bound to none.
        """
        if self.uow.tenant_id is None:
            raise TenantRequired
        return self.uow.tenant_id

    @property
    def features(self) -> frozenset[str]:
        """The modules that the chosen tenant's plan includes and this installation has; none without a tenant."""
        if self.tenant is None or self.entitlements is None:
            return frozenset()
        return self.entitlements.features(self.tenant.plan)

    @property
    def limits(self) -> Mapping[str, int]:
        """What the chosen tenant's plan limits; nothing without a tenant."""
        if self.tenant is None or self.entitlements is None:
            return {}
        return self.entitlements.limits(self.tenant.plan)

    @property
    def cache(self) -> TenantCache:
        """The cache of the tenant that the transaction is bound to: for what may be old, never for what may be done.

        Raises:
            TenantRequired: it is bound to none.
        """
        return self.caches.of(self.uow)

    def count_more(self, more: int) -> None:
        """Let the request count for so many more writes than the one that it is: a batch is as many as it has items.

        Raises:
            RateLimited: a window has no room for all of them; none is counted then.
        """
        if self.counter is not None and self.rule is not None and more > 0:
            weight = self.rule.weighs("POST")
            self.told.update(self.counter(self.principal, self.tenant, weight, more))

    @property
    def user_id(self) -> UUID:
        """The signed-in person's id.

        Raises:
            Unauthenticated: nobody is signed in.
        """
        if self.principal.user_id is None:
            raise Unauthenticated
        return self.principal.user_id


class Service:
    """The base of use cases: built per request from Commons, records facts and activity, never commits."""

    def __init__(self, commons: Commons) -> None:
        """`commons.uow` is the transaction of everything the service does."""
        self.commons = commons
        self.uow = commons.uow

    def record(self, event: Event) -> None:
        """An event for the commit; its handlers run in it or after it."""
        self.uow.record(event)

    def start(self, kind: str, payload: BaseSchema, *, after: Sequence[UUID] = ()) -> UUID:
        """A task for the commit, by its kind; returns its id. The plan's limit `tasks` holds for whoever has a plan."""
        return self.uow.start(kind, payload, after=after, most=self.commons.limits.get("tasks"))

    def ring(self, what: str) -> None:
        """Whoever watches this of the tenant, "<module>.<what>", looks again after the commit."""
        self.uow.bells.add(bell_of(self.commons.tenant_id, what))

    def track(
        self,
        action: str,
        target: str | None = None,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        uow: UnitOfWork | None = None,
        actor: str | None = None,
    ) -> None:
        """An audit entry for the commit. `action` is `<module>.<noun>.<verb>`, `target` `<noun>:<id>`."""
        entry = AuditEntry(
            at=self.commons.clock.now(),
            actor=actor or self.commons.principal.actor,
            action=action,
            request_id=self.commons.request_id,
            target=target,
            before=before,
            after=after,
            address=self.commons.address,
            user_agent=self.commons.user_agent,
        )
        (uow or self.uow).track(entry)


def system_commons(
    uow: UnitOfWork,
    *,
    clock: Clock,
    request_id: UUID,
    cursors: CursorCodec,
    caches: Cache,
    files: FileSystem,
    settings: Settings,
    book: AccessBook,
    http: HttpClients | None = None,
) -> Commons:
    """Commons of a handler: the system acts, in the tenant that the unit of work is bound to."""
    return Commons(
        principal=Principal("system"),
        tenant=None,
        roles=(),
        permissions=frozenset(),
        uow=uow,
        clock=clock,
        request_id=request_id,
        cursors=cursors,
        caches=caches,
        files=files,
        settings=settings,
        book=book,
        http=http,
        arrived_at=clock.now(),
    )
