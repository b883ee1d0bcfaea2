"""The relay: moves due deliveries from Postgres to the queues, tenant by tenant. Any number may run at once."""

import asyncio
import contextlib
import logging
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

import uvloop

from app.config import Events, Settings
from app.db import claims
from app.db.base import Role
from app.db.claims import Caps, Claimed, Due
from app.db.errors import DATABASE_FAULTS
from app.db.leases import by_tenant
from app.db.owners import Owners
from app.db.pool import Pool
from app.db.sealer import Sealer
from app.deliveries.agenda import SHARE, Agenda, Round, Visit
from app.exceptions import Unavailable
from app.extensions.health_files import HealthFile
from app.extensions.metrics import Metrics
from app.extensions.queue import DeliveryQueue, QueueAwayError
from app.extensions.tickets import Ticket
from app.manifests import task_queues
from app.operators.retention import Retention
from app.operators.sweeper import Sweeper
from app.runtime import Runtime
from app.scheduler import Scheduler
from app.startup import check_database, reaching
from app.tenants.entitlements import PlanEntitlements
from app.utils.endings import is_cancelled

logger = logging.getLogger(__name__)

AT_ONCE = 64
"""Tenants of one round, with those that are hinted meanwhile; who is one too many is drawn from in the next."""
CLAIMERS = 3
"""Visits at once: two claim, on the two connections of the system role, while what a third claimed goes to Redis."""
QUANTUM = 100
"""Deliveries of one visit."""
GATHER_SECONDS = 0.005
"""For how long tickets wait for those of other tenants, where a round has more of them."""
LOOKS = 8
"""How often in a lease a queue is asked how long its jobs have waited."""
CAP_LIMIT = "deliveries_in_flight"
"""The limit of a plan that stands for `events.max_in_flight`."""


def _nothing() -> None:
    """Nobody wants to know."""


class Relay:
    """Finds tenants by hint and by sweep, leases their due deliveries and enqueues them together.

    Fairness is the order of tenants: it is drawn afresh, a visit takes a quantum and no more, and a cap bounds what is in
    flight, of a tenant and of all that one person owns. A relay that dies between lease and queue loses nothing: the lease expires and another sends it again.
    """

    def __init__(self, pool: Pool, queue: DeliveryQueue, settings: Events, caps: Caps | None = None) -> None:
        """`pool` is the system role's; without `caps` every tenant has that of the settings."""
        self._pool = pool
        self._queue = queue
        self._settings = settings
        self._caps = caps or Caps(settings.max_in_flight)
        self._owners = Owners(pool)
        self._agenda = Agenda(settings.poll_seconds)
        self._parcel = Parcel()
        self._pushing = asyncio.Lock()
        self._watched = set(
            queue.slow
        )  # from the start: what waits there has no lease any more, and is not to be sent again
        self._held: set[str] = set()
        self._next_look = self._swept_at = self._next_sweep = float("-inf")
        self._waits = False
        self.faults = 0
        self.moved = 0
        self.dead = 0
        self.backlog: dict[str, Due] = {}

    @property
    def held(self) -> frozenset[str]:
        """The queues for which nothing is claimed: more waits there than workers take within a lease."""
        return frozenset(self._held)

    def measure(self, metrics: Metrics) -> None:
        """What is scraped of a relay."""
        gauge, counter, queue = metrics.gauge, metrics.counter, ("queue",)
        counter("atrium_relay_moved", "deliveries that were put into a queue", lambda: {(): self.moved})
        counter("atrium_relay_faults", "rounds that Redis or PostgreSQL broke off", lambda: {(): self.faults})
        gauge(
            "atrium_relay_backlog",
            "due deliveries that no worker has, at the last sweep",
            lambda: {(name,): due.count for name, due in self.backlog.items()},
            labels=queue,
        )
        gauge(
            "atrium_relay_backlog_seconds",
            "for how long the oldest due delivery waited, at the last sweep",
            lambda: {(): max((due.seconds for due in self.backlog.values()), default=0.0)},
        )
        gauge("atrium_relay_dead", "deliveries that are dead, at the last sweep", lambda: {(): self.dead})
        gauge(
            "atrium_relay_held",
            "queues that are too long to be added to",
            lambda: {(name,): 1 for name in self.held},
            labels=queue,
        )
        gauge(
            "atrium_relay_sweep_age_seconds",
            "how long ago the last sweep began: the backlog is as old as this",
            lambda: {(): time.monotonic() - self._swept_at},
        )

    async def run(self, alive: Callable[[], None] = _nothing) -> None:
        """Rounds until cancelled; Redis or Postgres away is waited out, and so is a Redis that is full.

        `alive` is called between rounds: one that does not end is no life.
        """
        while not is_cancelled():
            alive()
            try:
                await self.round()
            except (Unavailable, QueueAwayError, *DATABASE_FAULTS) as error:
                self.faults += 1
                if not self._waits:
                    self._waits = True
                    logger.warning("relay waits", extra={"error": repr(error)})
                await asyncio.sleep(self._settings.poll_seconds)
                continue
            if self._waits:
                self._waits = False
                logger.warning("relay goes on")
            pause = min(self._agenda.pause(), max(0.0, self._next_sweep - time.monotonic()))
            if pause > 0:
                await self._queue.wait_for_wake(pause)

    async def round(self) -> int:
        """Visit those that are hinted or due, or as many of them as a round takes; returns how many deliveries were moved."""
        self._agenda.add(await self._queue.hints())
        if self._watched and time.monotonic() >= self._next_look:
            await self._look_at_queues()
        if time.monotonic() >= self._next_sweep:
            await self._sweep()
        visits, before = Round(self._agenda.draw(AT_ONCE), AT_ONCE), self.moved
        claimers = CLAIMERS if visits.tenants else 0
        ends = await asyncio.gather(*(self._claim_of(visits) for _ in range(claimers)), return_exceptions=True)
        for fault in ends:
            if fault is not None:
                self._agenda.add(visits.tenants)
                raise fault
        return self.moved - before

    async def _sweep(self) -> None:
        began = self._swept_at = time.monotonic()
        await self._owners.look()
        waiting = await claims.due_tenants(self._pool)
        self._agenda.add(tenant for tenant, queues in waiting.items() if not queues.keys() <= self._held)
        backlog = dict.fromkeys(self.backlog, Due(0, 0.0))
        for queues in waiting.values():
            for name, due in queues.items():
                so_far = backlog.get(name, due)
                backlog[name] = Due(backlog.get(name, Due(0, 0.0)).count + due.count, max(so_far.seconds, due.seconds))
        self.backlog = backlog
        self.dead = await claims.count_dead(self._pool)
        now = time.monotonic()
        self._next_sweep = now + max(self._settings.poll_seconds, SHARE * (now - began))

    async def _claim_of(self, visits: Round) -> None:
        """Visit one after another. What fails leaves none for the other claimers, which take from the same round."""
        well = False
        try:
            while (tenant_id := await self._next(visits)) is not None:
                with visits.visiting():
                    await self._visit(tenant_id)
            well = True
        finally:
            if not well:
                visits.end()
            await self._send()

    async def _next(self, visits: Round) -> UUID | None:
        """Who is visited next. One idle claimer looks who is hinted while others are visited: the visit of a loud tenant takes
        its time, and no quiet one shall wait for the next round.
        """
        tenant_id = visits.take()
        if tenant_id is not None or visits.is_watched:
            return tenant_id
        visits.is_watched = True
        try:
            await self._send()  # what was claimed waits for nobody
            while tenant_id is None and visits.is_busy:
                self._agenda.add(visits.join(await self._queue.hints()))
                tenant_id = visits.take()
                if tenant_id is None:
                    await visits.wait(GATHER_SECONDS)
        finally:
            visits.is_watched = False
        return tenant_id

    async def _visit(self, tenant_id: UUID) -> None:
        began = time.monotonic()
        claimed = await claims.claim(
            self._pool,
            tenant_id,
            cap=self._caps,
            lease_seconds=self._settings.lease_seconds,
            quantum=QUANTUM,
            held=self.held,
            owners=self._owners.of(tenant_id),
        )
        counts = Counter(item.queue for item in claimed)
        more = any(item.followed or counts[item.queue] >= item.places for item in claimed)
        self._agenda.note(tenant_id, Visit(len(claimed), more, time.monotonic() - began))
        if len(claimed) >= QUANTUM:
            self._agenda.add((tenant_id,))
        if claimed:
            self._parcel.add(tenant_id, claimed)
            if self._parcel.size >= QUANTUM or time.monotonic() - self._parcel.began > GATHER_SECONDS:
                await self._send()

    async def _send(self) -> None:
        """What was claimed meanwhile goes together, of however many tenants it is: few jobs cost a worker less than many."""
        async with self._pushing:
            parcel, self._parcel = self._parcel, Parcel()
            if not parcel.size:
                return
            try:
                await self._queue.push_all(parcel.by_queue)
            except QueueAwayError as fault:
                back = [ticket for queue in fault.queues for ticket in parcel.by_queue.pop(queue)]
                self._note_sent(parcel)
                for tenant_id, tickets in by_tenant(back).items():
                    await claims.give_back(self._pool, tenant_id, tickets)
                raise
            self._note_sent(parcel)

    def _note_sent(self, parcel: "Parcel") -> None:
        self.moved += sum(map(len, parcel.by_queue.values()))
        self._watched.update(parcel.by_queue)

    async def _look_at_queues(self) -> None:
        """Hold what workers do not keep up with: there leases would end unused, and what they hold be sent again and again.

        What waits there is started all the same, for a lease that nobody has taken since ends at no time of its own.
        """
        lease = self._settings.lease_seconds
        self._next_look = time.monotonic() + lease / LOOKS  # also where this look fails: the rounds go on
        for name, standing in (await self._queue.standing(self._watched)).items():
            late = standing.seconds > lease / 2 or standing.jobs >= self._settings.max_queued_jobs
            if late != (name in self._held):
                (self._held.add if late else self._held.discard)(name)
                logger.warning("queue held" if late else "queue goes on", extra={"queue": name, "jobs": standing.jobs})
            if not standing.jobs and name not in self._queue.slow:
                self._watched.discard(name)


class Parcel:
    """Tickets on their way to Redis, of many tenants."""

    def __init__(self) -> None:
        self.by_queue: dict[str, list[Ticket]] = defaultdict(list)
        self.size = 0
        self.began = 0.0

    def add(self, tenant_id: UUID, claimed: Sequence[Claimed]) -> None:
        """What was claimed of one tenant, in its order."""
        self.began = self.began or time.monotonic()
        for item in claimed:
            self.by_queue[item.queue].append(Ticket(tenant_id, item.id, item.attempt))
        self.size += len(claimed)


def caps_of(settings: Settings) -> Caps:
    """How many deliveries of a tenant may be in flight, by the settings of events and of plans."""
    plans = PlanEntitlements(settings.plans, ())
    limits = {plan: plans.limits(plan) for plan in settings.plans}
    return Caps(
        settings.events.max_in_flight, {plan: said[CAP_LIMIT] for plan, said in limits.items() if CAP_LIMIT in said}
    )


def relay_until_stopped(settings: Settings) -> None:
    """Run a relay until SIGTERM or SIGINT."""
    uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    runtime = Runtime(settings)
    queue = DeliveryQueue(settings.redis.url, batch=settings.events.batch, slow=task_queues(runtime.modules))
    pool = runtime.system.pool
    healthy = HealthFile(settings.events.health_file)
    try:
        with reaching(Role.SYSTEM):
            await pool.open()
        await check_database({Role.SYSTEM: pool})
        relay = Relay(pool, queue, settings.events, caps_of(settings))
        relay.measure(runtime.metrics)
        runtime.start_metrics()
        sealer = Sealer(pool, settings.secrets.audit_key.get_secret_value().encode(), settings.audit)
        sweeper = Sweeper(runtime.system, settings.auth)
        scheduler = Scheduler(pool, runtime.hub, runtime.wakes.wake_soon)
        scheduler.measure(runtime.metrics)
        retention = Retention(runtime.system, runtime.hub.retentions(), seconds=settings.auth.sweep_seconds)
        healthy.begin()
        # Together: a relay of which a part has died is no relay, whoever watches the process shall know.
        running = asyncio.gather(
            relay.run(healthy.touch), sealer.run(), sweeper.run(), scheduler.run(), retention.run()
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running
    finally:
        healthy.end()
        await pool.close()
        await queue.aclose()
        await runtime.wakes.aclose()
        await runtime.metrics.stop()
