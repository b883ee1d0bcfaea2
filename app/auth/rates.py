"""Who counts as what: the windows of a request, which are its principal's and its tenant's, by what the route weighs."""

import asyncio
import logging
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextvars import Context
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from app.auth.commons import Principal, TenantContext
from app.auth.interfaces import Entitlements
from app.config import Rates
from app.db.errors import DATABASE_FAULTS
from app.exceptions import AppError, RateLimited
from app.extensions.access import RouteClass
from app.extensions.rate_leases import Leases
from app.extensions.rates import Bucket, Buckets, Rate, key_of
from app.utils.quotas import Quota

OWNER_SECONDS: Final = 300.0
"""How long it is remembered who owns a tenant: a new owner's cap holds after this."""
MAX_OWNERS: Final = 20_000
AGAIN_SECONDS: Final = 1.0
"""How long a refusal holds for the same credentials, tenant and route without asking the database once more."""
MAX_REFUSED: Final = 2_000
NO_PLAN: Final = ""

logger = logging.getLogger(__name__)
FindOwner = Callable[[UUID], Awaitable[UUID | None]]


@dataclass(slots=True)
class _Lately:
    """A refusal that is remembered for a moment: what is alike is refused from memory until the window may have room again."""

    until: float
    bucket: Bucket
    weight: RouteClass
    next_at: float = 0.0
    """When the next one is let through to be judged."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """The rates of one plan for one class of routes."""

    tenant: Rate
    person: Rate
    api_key: Rate

    policies: Mapping[str, str]
    """By the name of the principal's window: both windows, as RateLimit-Policy says them."""


class RateLimiter:
    """One per process. A request adds to two numbers here and waits for nobody.

    `refused` counts refusals by the kind of window and the class of route; metrics read it.
    """

    def __init__(
        self,
        settings: Rates,
        entitlements: Entitlements,
        redis_url: str,
        find_owner: FindOwner,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Connects to nothing yet. `find_owner` names the owner of a tenant; it is asked in the background."""
        self.refused: Counter[tuple[str, str]] = Counter()
        self.buckets = Buckets()
        self.leases = Leases(redis_url, self._above, monotonic=monotonic)
        self._settings = settings
        self._entitlements = entitlements
        self._owners = OwnerBook(find_owner, monotonic)
        self._monotonic = monotonic
        self._scales: dict[tuple[str, RouteClass], _Scale] = {}
        self._strangers: dict[RouteClass, Rate] = {}
        self._lately: dict[Hashable, _Lately] = {}

    @property
    def refusing(self) -> bool:
        """Whether anybody was refused lately."""
        return bool(self._lately)

    def refuse_again(self, mark: Hashable) -> None:
        """Refuse at once who was refused within the last second, and is sure to be again: a flood costs no connection.

        Where the window may have room again, one at a time is let through to be judged, as often as a request flows back:
        all that come while the first is judged would find it full again, and each would have cost a transaction.

        Raises:
            RateLimited: as before, with what is left of the wait.
        """
        lately = self._lately.get(mark)
        if lately is None:
            return
        now, bucket = self._monotonic(), lately.bucket
        if now >= lately.until:
            del self._lately[mark]
            return
        if now < max(bucket.closed_until, lately.next_at):
            raise self._refusal(bucket, lately.weight, now)
        lately.next_at = now + bucket.rate.interval

    def take(
        self, principal: Principal, tenant: TenantContext | None, weight: RouteClass, mark: Callable[[], Hashable]
    ) -> dict[str, str]:
        """Count one request; returns the headers that tell what is left of the window that is fullest.

        An operator who acts as somebody has a window of their own, and takes nothing of the tenant's: whoever looks into a
        tenant that is full must get in, and nobody shall be full for it.

        `mark` tells, should it be refused, what the same request would have in common with it (`refuse_again`).

        Raises:
            RateLimited: a window is full; the problem and the headers name it.
        """
        now = self._monotonic()
        scale, own, whole = self._windows(principal, tenant, weight)
        if not self._pass(own, now):
            self._remember(mark, own, weight, now)
            raise self._refusal(own, weight, now)
        if whole is not None and not self._pass(whole, now):
            own.give_back(now)
            self._remember(mark, whole, weight, now)
            raise self._refusal(whole, weight, now)
        return _told(scale, own, whole, now)

    def take_more(
        self, principal: Principal, tenant: TenantContext | None, weight: RouteClass, more: int
    ) -> dict[str, str]:
        """Let a request that has passed count for so many more, all or none; returns the headers as they stand then.

        What is more than a whole window takes a whole window, so that it passes at all. A request that is refused here has
        taken nothing: what may still be asked is told, and `Retry-After` says when all of it would pass.

        Raises:
            RateLimited: a window has no room for all of them.
        """
        now, away = self._monotonic(), self.leases.away
        scale, own, whole = self._windows(principal, tenant, weight)
        windows = (own,) if whole is None else (own, whole)
        for bucket in windows:
            wait = bucket.wait_for(more, now, away=away)
            if wait > 0:
                for passed in windows:
                    passed.give_back(now)
                raise self._too_many(more + 1, bucket, weight, now, wait)
        for bucket in windows:
            bucket.charge(more, now, away=away)
            self._lease(bucket, now)
        return _told(scale, own, whole, now)

    def take_refused(
        self, principal: Principal, tenant: TenantContext | None, weight: RouteClass, mark: Hashable
    ) -> None:
        """Count a request that is refused for another reason, in the principal's own window alone.

        The refusal stands. When the window is full, `mark` is remembered: what comes again is refused before it costs anything.
        """
        _, own, _ = self._windows(principal, tenant, weight)
        self._count_anyway(own, weight, mark)

    def take_of_stranger(self, address: str, weight: RouteClass, mark: Hashable) -> None:
        """The same for credentials behind which nobody stands (any more), in a window of the network address.

        Its size is a person's. Whoever is somebody is never refused for it, wherever they come from.
        """
        rate = self._strangers.get(weight)
        if rate is None:
            settings, requests = self._settings, getattr(self._settings.person, weight.value)
            rate = Rate.of(f"address-{weight}", requests, settings.window_seconds, settings.processes)
            self._strangers[weight] = rate
        self._count_anyway(self.buckets.of(rate, uuid5(NAMESPACE_URL, address)), weight, mark)

    async def aclose(self) -> None:
        """End what runs in the background and close the connections."""
        await self._owners.aclose()
        await self.leases.aclose()

    def _windows(
        self, principal: Principal, tenant: TenantContext | None, weight: RouteClass
    ) -> tuple[_Scale, Bucket, Bucket | None]:
        """The principal's window and the tenant's, where it counts there."""
        if tenant is None or principal.operator_id is not None:
            scale = self._scale(NO_PLAN, weight)
            return scale, self._own(principal, None, scale), None
        scale = self._scale(tenant.plan, weight)
        return scale, self._own(principal, tenant, scale), self.buckets.of(scale.tenant, tenant.id)

    def _own(self, principal: Principal, tenant: TenantContext | None, scale: _Scale) -> Bucket:
        """The principal's window; a person has one in each tenant, for what is done in one is no affair of another's."""
        if principal.key_id is not None:
            return self.buckets.of(scale.api_key, principal.key_id)
        person = principal.operator_id or principal.user_id
        if person is None:
            raise TypeError("nobody is signed in: open routes are not counted here")
        return (
            self.buckets.of(scale.person, person)
            if tenant is None
            else self.buckets.of(scale.person, tenant.id, person)
        )

    def _pass(self, bucket: Bucket, now: float) -> bool:
        passes = bucket.take(now, away=self.leases.away)
        self._lease(bucket, now)
        return passes

    def _lease(self, bucket: Bucket, now: float) -> None:
        if bucket.wants(now) or (self.leases.away and not bucket.tokens and not bucket.asked):
            self.leases.ask(bucket, now)

    def _count_anyway(self, bucket: Bucket, weight: RouteClass, mark: Hashable) -> None:
        now = self._monotonic()
        if not self._pass(bucket, now):
            self._remember(lambda: mark, bucket, weight, now)

    def _remember(self, mark: Callable[[], Hashable], bucket: Bucket, weight: RouteClass, now: float) -> None:
        if len(self._lately) >= MAX_REFUSED:
            self._lately.clear()  # who comes again is judged in full once more
        self._lately[mark()] = _Lately(now + AGAIN_SECONDS, bucket, weight)

    def _refusal(self, bucket: Bucket, weight: RouteClass, now: float) -> RateLimited:
        quota, wait = bucket.closed_by, bucket.wait(now)
        kind = self._count_refused(quota, weight)
        return RateLimited(f"The {weight} requests of this {kind} are used up for now.", retry_after=wait, quota=quota)

    def _too_many(self, number: int, bucket: Bucket, weight: RouteClass, now: float, wait: float) -> RateLimited:
        quota = bucket.closed_by if now < bucket.closed_until else bucket.rate.quota
        kind = self._count_refused(quota, weight)
        return RateLimited(
            f"These are {number} {weight} requests, and fewer are left of this {kind}'s for now.",
            retry_after=max(1, math.ceil(wait)),
            quota=quota,
            left=bucket.left(now),
        )

    def _count_refused(self, quota: Quota, weight: RouteClass) -> str:
        """Returns whose window it is, in words."""
        kind = quota.name.removesuffix(f"-{weight}")
        self.refused[kind, weight.value] += 1
        return kind.replace("-", " ")

    def _above(self, bucket: Bucket) -> str | None:
        """The window of the tenant's owner, as soon as it is known who that is."""
        if bucket.rate.above is None:
            return None
        owner = self._owners.of(bucket.of[0])
        return None if owner is None else key_of(bucket.rate.above, owner)

    def _scale(self, plan: str, weight: RouteClass) -> _Scale:
        scale = self._scales.get((plan, weight))
        if scale is None:
            scale = self._scales[plan, weight] = self._made(plan, weight)
        return scale

    def _made(self, plan: str, weight: RouteClass) -> _Scale:
        settings, plans = self._settings, self._entitlements.rates(plan)

        def rate(kind: str, above: Rate | None = None) -> Rate:
            requests = getattr(plans, kind).get(weight.value) or getattr(getattr(settings, kind), weight.value)
            name = f"{kind.replace('_', '-')}-{weight}"
            return Rate.of(name, requests, settings.window_seconds, settings.processes, above=above)

        tenant, person, api_key = rate("tenant", rate("owner")), rate("person"), rate("api_key")
        policies = {own.quota.name: f"{own.quota.policy}, {tenant.quota.policy}" for own in (person, api_key)}
        return _Scale(tenant, person, api_key, policies)


def _told(scale: _Scale, own: Bucket, whole: Bucket | None, now: float) -> dict[str, str]:
    """The headers of the draft (draft-ietf-httpapi-ratelimit-headers): all policies, and how the fullest window stands."""
    if whole is None:
        return _headers(own, own.rate.quota.policy, now)
    fuller = own if own.left(now) <= whole.left(now) else whole
    return _headers(fuller, scale.policies[own.rate.quota.name], now)


def _headers(bucket: Bucket, policies: str, now: float) -> dict[str, str]:
    quota, left = bucket.rate.quota, bucket.left(now)
    seconds = -(-(quota.requests - left) * quota.seconds // quota.requests)  # until all is there again, rounded up
    return {"RateLimit-Policy": policies, "RateLimit": f'"{quota.name}";r={left};t={seconds}'}


class OwnerBook:
    """Who owns which tenant, found out in the background, one after the other, and remembered for a while."""

    def __init__(self, find: FindOwner, monotonic: Callable[[], float]) -> None:
        """`find` asks the database."""
        self._find = find
        self._monotonic = monotonic
        self._known: OrderedDict[UUID, tuple[UUID | None, float]] = OrderedDict()
        self._wanted: dict[UUID, None] = {}
        self._finding: asyncio.Task[None] | None = None

    def of(self, tenant_id: UUID) -> UUID | None:
        """The owner as far as is known; what is not known, or long ago, is found out for the next time."""
        owner, until = self._known.get(tenant_id, (None, 0.0))
        if until <= self._monotonic() and len(self._wanted) < MAX_OWNERS:
            self._wanted[tenant_id] = None
            if self._finding is None or self._finding.done():
                self._finding = asyncio.get_running_loop().create_task(self._find_wanted(), context=Context())
        return owner

    async def aclose(self) -> None:
        """Find out nothing more."""
        if self._finding is not None:
            self._finding.cancel()
            await asyncio.gather(self._finding, return_exceptions=True)

    async def _find_wanted(self) -> None:
        while self._wanted:
            tenant_id = next(iter(self._wanted))
            try:
                owner = await self._find(tenant_id)
            except (AppError, *DATABASE_FAULTS) as error:
                logger.warning("the owner of a tenant was not found out", extra={"error": type(error).__name__})
                owner, _ = self._known.get(tenant_id, (None, 0.0))
            del self._wanted[tenant_id]
            self._known[tenant_id] = (owner, self._monotonic() + OWNER_SECONDS)
            self._known.move_to_end(tenant_id)
            if len(self._known) > MAX_OWNERS:
                self._known.popitem(last=False)
