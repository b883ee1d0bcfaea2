"""What every process of Atrium is made of: pools, hub, wake-ups, clock. The composition roots build on it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.auth.errand import Errand
from app.auth.factor_seal import FactorSeal
from app.auth.identity import IdentityUnits
from app.auth.key_uses import KeyUses
from app.auth.limits import LoginLimiter, MailLimiter, RefreshLimiter, Windows
from app.auth.passwords import PasswordVault
from app.auth.rates import RateLimiter
from app.auth.refusals import Refusals
from app.auth.system import SystemUnits
from app.auth.tokens import TokenMaker
from app.config import VERSION, Database, Settings
from app.db.pool import Pool, SlotPool
from app.db.pool_stats import PoolStats
from app.db.pool_stock import StockPool
from app.db.pool_terms import Terms
from app.deliveries import DeliveryRunner
from app.extensions.bells import Bells
from app.extensions.cache import Cache
from app.extensions.clock import Clock, SystemClock
from app.extensions.metrics import Metrics, Values
from app.extensions.module import Module
from app.extensions.pagination import CursorCodec
from app.extensions.wakes import Wakes
from app.hub import MessageHub
from app.installed import INSTALLED
from app.manifests import enabled_modules
from app.services.filesystem import make_filesystem
from app.services.http import HttpClients
from app.services.mailer import make_mailer
from app.tenants.entitlements import PlanEntitlements
from app.users.directory import UserDirectory
from app.utils.ids import uuid7

IDENTITY_CONNECTIONS = 4
SYSTEM_CONNECTIONS = 2
ANSWER_SECONDS = 5.0
"""What a server has, beyond what it lets a statement run, to say that it has ended it."""

POOLS: Mapping[str, type[SlotPool | StockPool]] = {"slots": SlotPool, "stock": StockPool}


class Runtime:
    """One per process. Making it connects to nothing; `open` does."""

    def __init__(
        self,
        settings: Settings,
        *,
        modules: Sequence[Module] = INSTALLED,
        clock: Clock | None = None,
        on_query: Callable[[Any], None] | None = None,
        connections: int | None = None,
    ) -> None:
        """`connections` is the size of the pool where it is not `database.pool_size`; `clock` and `on_query` are for tests.

        Raises:
            ManifestError: the manifests do not fit together, or the settings name modules wrongly.
        """
        self.settings = settings
        self.modules = enabled_modules(modules, settings, installed=INSTALLED)
        self.clock = clock or SystemClock()
        self.cursors = CursorCodec(settings.secrets.cursor_key.get_secret_value())
        self.caches = Cache(settings.redis.url, settings.secrets.cursor_key.get_secret_value(), clock=self.clock)
        self.files = make_filesystem(settings, self.clock)
        self.hub = MessageHub(self.modules, settings, self.clock, self.cursors, self.caches, self.files)
        self.on_query = on_query
        self.metrics = Metrics(VERSION)
        self._pools: dict[str, Pool] = {}
        self._measure_pools()
        self.app_pool = self.pool(settings.database.url, connections or settings.database.pool_size, role="app")
        self.wakes = Wakes(settings.redis.url)
        self.runner = DeliveryRunner(self.app_pool, self.hub, self.clock, settings.events)
        self.runner.after_commit = self.after_commit
        self.runner.wake = self.wake
        self.runner.errands = self.errand
        self.bells = Bells(settings.redis.url)
        self.runner.tasks.rang = self.hub.rang = self.bells.ring
        self.mailer = make_mailer(settings.mail)
        self.http = self.hub.http = HttpClients()
        self.identity = self._identity()
        self.system = SystemUnits(
            self.pool(settings.database.system_url, SYSTEM_CONNECTIONS, role="system"),
            self.clock,
            self.hub,
            self.after_commit,
        )
        self.key_uses = KeyUses(
            lambda tenant: self.identity.tenant_unit(uuid7(), tenant), settings.auth.key_use_seconds
        )
        self.entitlements = PlanEntitlements(settings.plans, [module.name for module in self.modules])
        self.rates = RateLimiter(settings.rates, self.entitlements, settings.redis.url, self._owner_of)
        self._measure_rates()
        self.refusals = Refusals(lambda tenant: self.identity.tenant_unit(uuid7(), tenant), self.clock)

    def pool(self, url: str, size: int, *, role: str) -> Pool:
        """A pool of one of the database's roles, of the kind that `database.pool` names, measured under the role's name."""
        database: Database = self.settings.database
        terms = Terms(
            url,
            size=size,
            queue=database.pool_queue,
            wait_seconds=database.pool_wait_seconds,
            answer_seconds=database.statement_timeout_ms / 1000 + ANSWER_SECONDS,
            statement_cache=database.statement_cache,
            on_query=self.on_query,
            at_start=database.pool_at_start,
        )
        pool = self._pools[role] = POOLS[database.pool](terms)
        return pool

    async def after_commit(self, tenant_id: UUID, deliveries: Sequence[int]) -> None:
        """Deliveries were committed: wake the relay, or run them here and now in the inline queue mode."""
        if self.settings.events.queue_mode == "inline":
            await self.runner.run_these(tenant_id, deliveries)
        else:
            # Not awaited: the answer does not wait for Redis, and a wake-up that is lost costs one polling interval.
            self.wakes.wake_soon(tenant_id)

    def wake(self, tenant_id: UUID) -> None:
        """Something of the tenant may be claimed by now: wake the relay. The inline queue mode has none."""
        if self.settings.events.queue_mode == "rq":
            self.wakes.wake_soon(tenant_id)

    def errand(self, tenant_id: UUID, delivery_id: int, request_id: UUID) -> Errand:
        """What the handler of a delivery is given that goes outside."""
        return Errand(
            tenant_id=tenant_id,
            delivery_id=delivery_id,
            request_id=request_id,
            clock=self.clock,
            settings=self.settings,
            identity=self.identity,
            mailer=self.mailer,
            files=self.files,
        )

    async def _owner_of(self, tenant_id: UUID) -> UUID | None:
        async with self.identity.tenant_unit(uuid7(), tenant_id, read_only=True) as uow:
            return await self.identity.directory.owner_of(uow)

    def _identity(self) -> IdentityUnits:
        settings = self.settings
        windows = Windows(settings.redis.url)
        return IdentityUnits(
            pool=self.pool(settings.database.identity_url, IDENTITY_CONNECTIONS, role="identity"),
            app_pool=self.app_pool,
            directory=UserDirectory(),
            vault=PasswordVault(settings.auth.argon2),
            tokens=TokenMaker(settings.auth, self.clock),
            windows=windows,
            limiter=LoginLimiter(settings.auth.login_limit, windows),
            mail_limiter=MailLimiter(settings.auth.mail_limit, windows),
            refresh_limiter=RefreshLimiter(settings.auth.refresh_limit, windows),
            settings=settings.auth,
            clock=self.clock,
            hub=self.hub,
            after_commit=self.after_commit,
            cookie_secure=settings.web.cookie_secure,
            origins=frozenset(settings.web.origins),
            factor_seal=FactorSeal.of(settings.secrets),
        )

    async def open(self) -> None:
        """Connect to the database, as the app and as the identity role, and serve metrics.

        Raises:
            OSError, asyncpg.PostgresError: it cannot be reached.
        """
        await self.app_pool.open()
        await self.identity.pool.open()
        self.start_metrics()

    def start_metrics(self) -> None:
        """Watch the running loop and serve metrics where the settings say; for a process that does not `open`."""
        self.metrics.start(self.settings.metrics.host, self.settings.metrics.port)

    async def close(self) -> None:
        """Close everything."""
        await self.key_uses.aclose()
        await self.refusals.aclose()
        await self.rates.aclose()
        await self.identity.aclose()
        await self.system.pool.close()
        await self.app_pool.close()
        await self.wakes.aclose()
        await self.bells.aclose()
        await self.caches.aclose()
        await self.http.aclose()
        await self.metrics.stop()

    def _measure_pools(self) -> None:
        def read(of: Callable[[PoolStats], float]) -> Callable[[], Values]:
            return lambda: {(role,): of(pool.stats()) for role, pool in self._pools.items()}

        role = ("role",)
        gauge, counter = self.metrics.gauge, self.metrics.counter
        gauge("atrium_pool_connections", "connections that stand", read(lambda now: now.size), labels=role)
        gauge("atrium_pool_idle", "connections that nobody holds", read(lambda now: now.idle), labels=role)
        gauge("atrium_pool_waiting", "who waits for a connection", read(lambda now: now.waiting), labels=role)
        counter("atrium_pool_asked", "leases that were asked for", read(lambda now: now.asked), labels=role)
        counter("atrium_pool_refused", "leases that were not had", read(lambda now: now.refused), labels=role)

    def _measure_rates(self) -> None:
        """By kind of window and class of route: no series is a tenant's."""
        rates, counter = self.rates, self.metrics.counter

        def refused() -> Values:
            return {pair: float(count) for pair, count in rates.refused.copy().items()}

        def trips() -> Values:
            return {(outcome,): float(rates.leases.counts[outcome]) for outcome in ("leased", "away")}

        counter("atrium_rate_refused", "requests beyond a rate", refused, labels=("window", "weight"))
        counter("atrium_rate_trips", "trips to Redis for leases of requests", trips, labels=("outcome",))
        self.metrics.gauge("atrium_rate_windows", "windows that are counted", lambda: {(): float(len(rates.buckets))})
