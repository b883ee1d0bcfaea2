"""Tasks that wait for others, and how many there may be."""

import asyncio
from uuid import UUID

import pytest

from app.db import task_runs
from app.exceptions import TaskUnknown, TooManyTasks
from app.extensions.context import current_context
from app.extensions.events import MAX_GENERATION
from tests.tasks.test_life import Trouble
from tests.tasks.workshop import MAX_ATTEMPTS, Bench, Counting, Fanning, before_step, in_step, running

pytestmark = pytest.mark.anyio


class TestAfter:
    """`after`"""

    async def test_waits(self, bench: Bench) -> None:
        """It is queued when the last of its predecessors has succeeded, and not before."""
        tenant = await bench.tenant()
        first, second = await bench.start(tenant, "a"), await bench.start(tenant, "b")
        third = await bench.start(tenant, "c", after=[first, second])
        tickets = await bench.claim(tenant)
        assert len(tickets) == 2
        await bench.runtime.runner.run(tickets[0])
        assert await bench.claim(tenant) == []
        await bench.runtime.runner.run(tickets[1])
        assert await bench.carry(tenant) == 1
        assert await bench.states(first, second, third) == ["succeeded"] * 3

    async def test_already_succeeded(self, bench: Bench) -> None:
        """What waits for what is over is queued at once; one started in the same transaction counts too."""
        tenant = await bench.tenant()
        first = await bench.start(tenant, "a")
        await bench.carry(tenant)
        async with bench.unit(tenant) as uow:
            second = uow.start("tests.count", Counting(label="b"), after=[first])
            third = uow.start("tests.count", Counting(label="c"), after=[first, second])
        assert await bench.carry(tenant) == 2
        assert await bench.states(second, third) == ["succeeded"] * 2

    @pytest.mark.parametrize("times", range(5))
    async def test_two_end_at_once(self, bench: Bench, times: int) -> None:
        """Of two predecessors that end at the same moment exactly one queues it."""
        tenant = await bench.tenant()
        first, second = await bench.start(tenant, f"a{times}", steps=1), await bench.start(tenant, "b", steps=1)
        third = await bench.start(tenant, "c", after=[first, second])
        await asyncio.gather(*(bench.runtime.runner.run(ticket) for ticket in await bench.claim(tenant)))
        assert len(await bench.deliveries(tenant)) == 3
        assert await bench.carry(tenant) == 1
        assert await bench.states(third) == ["succeeded"]

    @pytest.mark.parametrize("times", range(5))
    async def test_started_as_it_ends(self, bench: Bench, times: int) -> None:
        """One that is started at the moment when its predecessor ends is queued exactly once, whoever comes first."""
        tenant = await bench.tenant()
        first = await bench.start(tenant, f"a{times}", steps=1)
        [ticket] = await bench.claim(tenant)
        _, second = await asyncio.gather(bench.runtime.runner.run(ticket), bench.start(tenant, "b", after=[first]))
        assert len(await bench.deliveries(tenant)) == 2
        await bench.carry(tenant)
        assert await bench.states(first, second) == ["succeeded"] * 2

    async def test_fails(self, bench: Bench) -> None:
        """What waits for a task that fails is cancelled with it, however far behind, and says why; later ones are, too."""
        tenant = await bench.tenant()
        in_step["a"] = Trouble(0, times=MAX_ATTEMPTS)
        first = await bench.start(tenant, "a")
        second = await bench.start(tenant, "b", after=[first])
        third = await bench.start(tenant, "c", after=[second])
        await bench.carry(tenant)
        assert await bench.states(first, second, third) == ["failed", "cancelled", "cancelled"]
        fourth = await bench.start(tenant, "d", after=[first])
        for key in (second, third, fourth):
            row = await bench.row(key)
            assert (row["state"], row["error"]) == ("cancelled", "a task that it waited for has not succeeded")
            assert None not in {row["finished_at"], row["expires_at"]}
        assert await bench.carry(tenant) == 0

    async def test_unknown(self, bench: Bench) -> None:
        """Nothing can wait for a task that is not there, nor for another tenant's; nothing is started then."""
        tenant, other = await bench.tenant(), await bench.tenant()
        theirs = await bench.start(other, "x")
        for key in (theirs, UUID(int=7 << 76)):
            with pytest.raises(TaskUnknown, match=str(key)):
                await bench.start(tenant, "a", after=[key])
        assert await bench.owner.fetchval("SELECT count(*) FROM tasks WHERE tenant_id = $1", tenant) == 0

    async def test_whose(self, bench: Bench) -> None:
        """What waited goes on as the act of whoever started it, in the request in which they did; its log lines say so."""
        tenant = await bench.tenant()
        first = await bench.start(tenant, "a")
        seen: list[tuple[UUID, str | None]] = []

        async def look(_number: int) -> None:
            context = current_context.get()
            assert context is not None
            seen.append((context.request_id, context.actor))

        before_step["b"] = look
        async with bench.unit(tenant) as uow:
            uow.actor, request_id = "user:another", uow.request_id
            second = uow.start("tests.count", Counting(label="b", steps=1), after=[first])
        await bench.carry(tenant)
        assert seen == [(request_id, "user:another")]
        event = await bench.owner.fetchrow(
            "SELECT actor, request_id, generation FROM events WHERE tenant_id = $1 AND payload->>'task_id' = $2",
            tenant,
            str(second),
        )
        assert event is not None
        assert tuple(event) == ("user:another", request_id, 0)

    async def test_endless(self, bench: Bench) -> None:
        """A task that starts one of its kind each time is refused in the end; a long line that waits in turn is not."""
        tenant = await bench.tenant()

        async def start_another(_number: int) -> None:
            async with running["again"].step() as commons:
                commons.uow.start("tests.count", Counting(label="again", steps=1))

        before_step["again"] = start_another
        await bench.start(tenant, "again", steps=1)
        last = await bench.start(tenant, "line")
        for _ in range(MAX_GENERATION + 5):
            last = await bench.start(tenant, "line", steps=1, after=[last])
        await bench.carry(tenant)
        assert await bench.states(last) == ["succeeded"]
        rows = await bench.owner.fetch(
            "SELECT state, error FROM tasks WHERE tenant_id = $1 AND payload->>'label' = 'again' ORDER BY created_at",
            tenant,
        )
        assert [row["state"] for row in rows] == ["succeeded"] * MAX_GENERATION + ["failed"]
        assert rows[-1]["error"].startswith(f"EndlessChainError: tests.count comes after {MAX_GENERATION} handlers")

    async def test_fan_out(self, bench: Bench) -> None:
        """A task starts five others and one that waits for all five; each runs once, the last one last."""
        tenant = await bench.tenant()
        async with bench.unit(tenant) as uow:
            uow.start("tests.fan", Fanning(children=5))
        await bench.carry(tenant)
        assert await bench.effects(tenant) == {**{f"child{n}-0": 1 for n in range(5)}, "join-0": 1}
        rows = await bench.owner.fetch(
            "SELECT payload->>'label' AS label, started_at, finished_at FROM tasks WHERE tenant_id = $1 AND state = 'succeeded'"
            " AND kind = 'tests.count' ORDER BY started_at",
            tenant,
        )
        assert len(rows) == 6
        assert rows[-1]["label"] == "join"
        assert rows[-1]["started_at"] > max(row["finished_at"] for row in rows[:-1])


class TestLimits:
    """How many unfinished tasks a tenant may have"""

    async def test_of_a_kind(self, bench: Bench) -> None:
        """`at_once` counts what is queued or running in the one tenant; what has ended makes room."""
        tenant, other = await bench.tenant(), await bench.tenant()
        await bench.start(tenant, "a", kind="tests.single")
        await bench.start(other, "a", kind="tests.single")
        await bench.start(tenant, "a")
        with pytest.raises(TooManyTasks):
            await bench.start(tenant, "b", kind="tests.single")
        await bench.carry(tenant)
        await bench.start(tenant, "b", kind="tests.single")

    async def test_at_once(self, bench: Bench) -> None:
        """Of ten who start one at the same moment one succeeds, and the others are told."""
        tenant = await bench.tenant()
        ends = await asyncio.gather(
            *(bench.start(tenant, f"a{number}", kind="tests.single") for number in range(10)), return_exceptions=True
        )
        assert sum(isinstance(end, UUID) for end in ends) == 1
        assert sum(isinstance(end, TooManyTasks) for end in ends) == 9

    async def test_of_the_plan(self, bench: Bench) -> None:
        """The plan's limit counts all kinds; what a running task starts is not held to it."""
        tenant = await bench.tenant()
        await bench.start(tenant, "a", most=2)
        await bench.start(tenant, "b", kind="tests.single", most=2)
        with pytest.raises(TooManyTasks, match="plan allows 2"):
            await bench.start(tenant, "c", most=2)
        await bench.start(tenant, "c")


class TestCancel:
    """A cancellation"""

    async def cancel(self, bench: Bench, tenant: UUID, key: UUID) -> str | None:
        """Cancel it; returns the state that was found."""
        async with bench.unit(tenant) as uow:
            return await task_runs.cancel(uow, key)

    async def test_queued(self, bench: Bench) -> None:
        """What waits is cancelled at once, with all behind it; its delivery runs nothing."""
        tenant = await bench.tenant()
        first = await bench.start(tenant, "a")
        second = await bench.start(tenant, "b", after=[first])
        third = await bench.start(tenant, "c", after=[second])
        assert await self.cancel(bench, tenant, first) == "queued"
        assert await bench.states(first, second, third) == ["cancelled"] * 3
        assert await bench.carry(tenant) == 1
        assert await bench.deliveries(tenant) == ["done"]
        assert not await bench.effects(tenant)

    async def test_running(self, bench: Bench) -> None:
        """What runs ends before its next step; what its steps did stays, and what waits for it is cancelled too."""
        tenant = await bench.tenant()
        first = await bench.start(tenant, "a")
        second = await bench.start(tenant, "b", after=[first])
        found = []

        async def cancel(number: int) -> None:
            if number == 1:
                found.append(await self.cancel(bench, tenant, first))

        before_step["a"] = cancel
        await bench.carry(tenant)
        assert found == ["running"]
        assert await bench.states(first, second) == ["cancelled"] * 2
        assert await bench.effects(tenant) == {"a-0": 1}
        assert await bench.deliveries(tenant) == ["done"]

    async def test_last_step_wins(self, bench: Bench) -> None:
        """A cancellation that comes while the last step commits comes too late: it has succeeded."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a", steps=1)

        async def cancel(_number: int) -> None:
            cancelling.append(asyncio.create_task(self.cancel(bench, tenant, key)))

        cancelling: list[asyncio.Task[str | None]] = []
        in_step["a"] = cancel
        await bench.carry(tenant)
        assert await cancelling[0] in {"running", "succeeded"}
        assert await bench.states(key) == ["succeeded"]
        assert await self.cancel(bench, tenant, key) == "succeeded"

    async def test_two_at_once(self, bench: Bench) -> None:
        """Both leave the same; the second finds it cancelled."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a")
        found = await asyncio.gather(self.cancel(bench, tenant, key), self.cancel(bench, tenant, key))
        assert sorted(map(str, found)) == ["cancelled", "queued"]
        assert await bench.states(key) == ["cancelled"]

    async def test_between_attempts(self, bench: Bench) -> None:
        """One whose attempt failed waits for the next, and is cancelled at once; also if it was asked for as it failed."""
        tenant = await bench.tenant()
        first, second = await bench.start(tenant, "a"), await bench.start(tenant, "b")
        in_step.update(a=Trouble(1), b=CancelledTrouble(bench, second))
        for ticket in await bench.claim(tenant):
            await bench.runtime.runner.run(ticket)
        assert await bench.states(first, second) == ["queued", "cancelled"]
        assert await self.cancel(bench, tenant, first) == "queued"
        await bench.carry(tenant)
        assert await bench.states(first, second) == ["cancelled"] * 2
        assert await bench.effects(tenant) == {"a-0": 1, "b-0": 1}

    async def test_nobodys(self, bench: Bench) -> None:
        """Another tenant's is not there."""
        tenant, other = await bench.tenant(), await bench.tenant()
        key = await bench.start(other, "a")
        assert await self.cancel(bench, tenant, key) is None
        assert await bench.states(key) == ["queued"]


class CancelledTrouble(Trouble):
    """Raises at the second step, after somebody has cancelled the task."""

    def __init__(self, bench: Bench, key: UUID) -> None:
        """`key` is the task."""
        super().__init__(1)
        self._bench = bench
        self._key = key

    async def __call__(self, number: int) -> None:
        """Cancel, then raise."""
        if number == 1:
            await self._bench.owner.execute("UPDATE tasks SET cancel_requested_at = now() WHERE id = $1", self._key)
        await super().__call__(number)
