"""Kinds of tasks that do what a test says, and what carries them, step by step in the test's own process."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.config import Settings
from app.db import claims
from app.db.uow import UnitOfWork
from app.extensions.module import Module
from app.extensions.priorities import Retries
from app.extensions.tasks import Task, TaskRun
from app.extensions.tickets import Ticket
from app.installed import INSTALLED
from app.runtime import Runtime
from app.utils.ids import uuid7
from app.utils.schemas import BaseSchema
from tests.support.recording import unit
from tests.support.statements import look_at

Hook = Callable[[int], Awaitable[None]]
MAX_ATTEMPTS = 3
LEASE_SECONDS = 30.0
EFFECT = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, request_id)
VALUES ($1, now(), 'system', 'tests.effect', $2, $3)
"""


class Counting(BaseSchema):
    """Count to `steps`, an effect each."""

    label: str
    steps: int = 3


class Fanning(BaseSchema):
    """Start so many others, and one that waits for all of them."""

    children: int


before_step: dict[str, Hook] = {}
"""By label: awaited before each step, with its number."""
in_step: dict[str, Hook] = {}
"""Awaited inside it, after its effect."""
running: dict[str, TaskRun[Counting]] = {}
"""What the last attempt of a label was given."""


async def count(run: TaskRun[Counting]) -> Mapping[str, Any]:
    """One effect a step, from the checkpoint on."""
    label = run.payload.label
    running[label] = run
    for number in range(run.checkpoint.get("next", 0), run.payload.steps):
        if label in before_step:
            await before_step[label](number)
        async with run.step() as commons:
            await commons.uow.connection.execute(EFFECT, commons.tenant_id, f"{label}-{number}", commons.request_id)
            run.save(checkpoint={"next": number + 1}, done=number + 1, total=run.payload.steps, unit="steps")
            if label in in_step:
                await in_step[label](number)
    return {"counted": run.payload.steps}


async def fan(run: TaskRun[Fanning]) -> None:
    """All in one step: none of them is started twice."""
    async with run.step() as commons:
        numbers = range(run.payload.children)
        keys = [commons.uow.start("tests.count", Counting(label=f"child{number}", steps=1)) for number in numbers]
        commons.uow.start("tests.count", Counting(label="join", steps=1), after=keys)
        run.save(checkpoint={"started": len(keys)})


TESTS = Module(
    name="tests",
    tasks=(
        Task("tests.count", count, Counting, retries=Retries(max_attempts=MAX_ATTEMPTS, backoff_seconds=0.0)),
        Task("tests.single", count, Counting, at_once=1),
        Task("tests.brief", count, Counting, timeout_seconds=0.05),
        Task("tests.fan", fan, Fanning),
    ),
)


class Bench:
    """An installation of a test's own: what is queued is carried when the test says so."""

    def __init__(self, settings: Settings, owner: asyncpg.Connection) -> None:
        """Carried by nobody: the queue mode is `rq`, and no relay runs."""
        quick = {"queue_mode": "rq", "max_attempts": MAX_ATTEMPTS, "backoff_seconds": 0.0}
        events = settings.events.model_copy(update=quick)
        settings = settings.model_copy(update={"events": events})
        self.runtime = Runtime(settings, modules=(*INSTALLED, TESTS), on_query=look_at)
        self.owner = owner

    async def tenant(self) -> UUID:
        """A new one."""
        key, slug = uuid7(), f"t{uuid4().hex[:16]}"
        await self.owner.execute("INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, 'Tasks', 1)", key, slug)
        return key

    @asynccontextmanager
    async def unit(self, tenant_id: UUID) -> AsyncIterator[UnitOfWork]:
        """A transaction of the tenant, committed."""
        async with unit(self.runtime, tenant_id) as uow:
            yield uow

    async def start(self, tenant_id: UUID, label: str, *, kind: str = "tests.count", **options: Any) -> UUID:
        """Start a task that counts."""
        after, most = options.pop("after", ()), options.pop("most", None)
        async with self.unit(tenant_id) as uow:
            return uow.start(kind, Counting(label=label, **options), after=after, most=most)

    async def claim(self, tenant_id: UUID) -> list[Ticket]:
        """Lease what is due, as the relay does."""
        pending = await self.owner.fetch(
            "SELECT id FROM deliveries WHERE tenant_id = $1 AND state = 'pending' AND due_at <= now()", tenant_id
        )
        async with self.unit(tenant_id) as uow:
            found = await claims.claim_these(uow, [row[0] for row in pending], lease_seconds=LEASE_SECONDS)
        return [Ticket(tenant_id, item.id, item.attempt) for item in found]

    async def steal(self, ticket: Ticket) -> Ticket:
        """Lease what is leased, as after a lease that ended."""
        await self.owner.execute(
            "UPDATE deliveries SET attempt = attempt + 1 WHERE tenant_id = $1 AND id = $2",
            ticket.tenant_id,
            ticket.delivery_id,
        )
        return Ticket(ticket.tenant_id, ticket.delivery_id, ticket.attempt + 1)

    async def carry(self, tenant_id: UUID) -> int:
        """Run all that is due until nothing is; returns how many attempts that were."""
        attempts = 0
        while tickets := await self.claim(tenant_id):
            for ticket in tickets:
                await self.runtime.runner.run(ticket)
            attempts += len(tickets)
        return attempts

    async def row(self, key: UUID) -> Any:
        """A task as it is stored."""
        return await self.owner.fetchrow("SELECT * FROM tasks WHERE id = $1", key)

    async def states(self, *keys: UUID) -> list[str]:
        """Their states, in this order."""
        return [(await self.row(key))["state"] for key in keys]

    async def deliveries(self, tenant_id: UUID) -> list[str]:
        """The states of the tenant's deliveries, oldest first."""
        rows = await self.owner.fetch("SELECT state FROM deliveries WHERE tenant_id = $1 ORDER BY id", tenant_id)
        return [row[0] for row in rows]

    async def effects(self, tenant_id: UUID) -> Counter[str]:
        """How often each effect is in the database."""
        rows = await self.owner.fetch(
            "SELECT target FROM audit_entries WHERE tenant_id = $1 AND action = 'tests.effect'", tenant_id
        )
        return Counter(row[0] for row in rows)
