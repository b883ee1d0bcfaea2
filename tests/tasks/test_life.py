"""The life of a task: steps happen once, failures resume at the checkpoint, and its end is one transaction."""

import asyncio
import logging
from typing import Any

import pytest

from app.db import commits, uow
from app.db.deliveries import lost
from app.exceptions import OutcomeUnknown
from app.extensions.tasks import TaskFailedError
from app.extensions.tickets import Ticket
from tests.faults.processes import until
from tests.tasks.workshop import MAX_ATTEMPTS, Bench, Counting, Fanning, before_step, in_step, running

pytestmark = pytest.mark.anyio


class Trouble:
    """A hook that raises at one step, so many times."""

    def __init__(self, at: int, times: int = 1) -> None:
        """`at` is the step's number."""
        self._at = at
        self._left = times

    async def __call__(self, number: int) -> None:
        """Raise, if it is time."""
        if number == self._at and self._left:
            self._left -= 1
            raise RuntimeError("asked to raise")


class TestSteps:
    """Requirement: the effects of a step happen exactly once"""

    async def test_succeeds(self, bench: Bench) -> None:
        """Every step once; state, progress, result and times are those of the end, and the delivery is done."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a")
        assert await bench.states(key) == ["queued"]
        assert await bench.carry(tenant) == 1
        row = await bench.row(key)
        assert (row["state"], row["done"], row["total"], row["unit"]) == ("succeeded", 3, 3, "steps")
        assert row["result"] == '{"counted": 3}'
        assert row["started_at"] < row["finished_at"]
        assert (row["expires_at"] - row["finished_at"]).days == 7
        assert (row["error"], row["attempt"]) == (None, 1)
        assert await bench.effects(tenant) == {"a-0": 1, "a-1": 1, "a-2": 1}
        assert await bench.deliveries(tenant) == ["done"]

    async def test_resumes(self, bench: Bench) -> None:
        """A step that raises is undone; the next attempt begins with it and repeats none before it."""
        tenant = await bench.tenant()
        in_step["a"] = Trouble(1)
        key = await bench.start(tenant, "a")
        [ticket] = await bench.claim(tenant)
        await bench.runtime.runner.run(ticket)
        row = await bench.row(key)
        assert (row["state"], row["done"], row["error"]) == ("queued", 1, "RuntimeError: asked to raise")
        assert await bench.effects(tenant) == {"a-0": 1}
        await bench.carry(tenant)
        row = await bench.row(key)
        assert (row["state"], row["attempt"], row["error"]) == ("succeeded", 2, None)
        assert await bench.effects(tenant) == {"a-0": 1, "a-1": 1, "a-2": 1}

    async def test_fails(self, bench: Bench) -> None:
        """Given up, it has failed with its reason in the transaction that makes the delivery dead."""
        tenant = await bench.tenant()
        in_step["a"] = Trouble(0, times=MAX_ATTEMPTS)
        key = await bench.start(tenant, "a")
        assert await bench.carry(tenant) == MAX_ATTEMPTS
        row = await bench.row(key)
        assert (row["state"], row["error"]) == ("failed", "RuntimeError: asked to raise")
        assert row["finished_at"] is not None
        assert await bench.deliveries(tenant) == ["dead"]
        assert not await bench.effects(tenant)

    async def test_fails_at_once(self, bench: Bench) -> None:
        """What says that it cannot succeed is not tried again: it has failed in its own words, what waited is cancelled, no letter is dead."""
        tenant = await bench.tenant()

        async def refuse(number: int) -> None:
            if number == 1:
                raise TaskFailedError("the file is no table")

        in_step["a"] = refuse
        key = await bench.start(tenant, "a")
        waiting = await bench.start(tenant, "b", after=(key,))
        assert await bench.carry(tenant) == 1
        row = await bench.row(key)
        assert (row["state"], row["error"], row["done"]) == ("failed", "the file is no table", 1)
        assert (row["expires_at"] - row["finished_at"]).days == 7
        assert await bench.states(waiting) == ["cancelled"]
        assert await bench.deliveries(tenant) == ["done"]
        assert await bench.effects(tenant) == {"a-0": 1}

    async def test_progress_is_no_poison(self, bench: Bench) -> None:
        """Attempts are counted from the last checkpoint on: one that is stopped at each of many steps is not given up."""
        tenant = await bench.tenant()
        steps = MAX_ATTEMPTS * 3
        troubles = [Trouble(number) for number in range(1, steps)]

        async def trouble(number: int) -> None:
            for each in troubles:
                await each(number)

        in_step["a"] = trouble
        key = await bench.start(tenant, "a", steps=steps)
        await bench.carry(tenant)
        assert await bench.states(key) == ["succeeded"]
        assert set((await bench.effects(tenant)).values()) == {1}

    async def test_replayed(self, bench: Bench) -> None:
        """Whoever replays the dead delivery of a failed task resumes it at its checkpoint."""
        tenant = await bench.tenant()
        in_step["a"] = Trouble(2, times=MAX_ATTEMPTS)
        key = await bench.start(tenant, "a")
        await bench.carry(tenant)
        assert await bench.states(key) == ["failed"]
        await bench.owner.execute("UPDATE deliveries SET state = 'pending', tries = 0 WHERE tenant_id = $1", tenant)
        await bench.carry(tenant)
        row = await bench.row(key)
        assert (row["state"], row["error"]) == ("succeeded", None)
        assert await bench.effects(tenant) == {"a-0": 1, "a-1": 1, "a-2": 1}

    async def test_out_of_time(self, bench: Bench) -> None:
        """An attempt that takes longer than it may ends with a reason that says so."""
        tenant = await bench.tenant()

        before_step["a"] = _endless
        key = await bench.start(tenant, "a", kind="tests.brief")
        [ticket] = await bench.claim(tenant)
        await bench.runtime.runner.run(ticket)
        assert "longer than 0.05 s" in (await bench.row(key))["error"]
        assert not await bench.effects(tenant)

    @pytest.mark.parametrize("dead", [False, True])
    async def test_any_reason(self, bench: Bench, monkeypatch: pytest.MonkeyPatch, *, dead: bool) -> None:
        """A reason that no text of PostgreSQL can hold is noted as far as it can be, whether it is tried again or not."""
        tenant = await bench.tenant()
        logger = logging.getLogger("app.deliveries.runner")
        monkeypatch.setattr(logger, "handlers", [logging.NullHandler()])
        monkeypatch.setattr(logger, "propagate", False)  # the suite cannot report what is no UTF-8

        async def shout(_number: int) -> None:
            raise ValueError("zero \x00 and half \ud800")

        before_step["a"] = shout
        key = await bench.start(tenant, "a")
        for _ in range(MAX_ATTEMPTS if dead else 1):
            [ticket] = await bench.claim(tenant)
            await bench.runtime.runner.run(ticket)
        row = await bench.row(key)
        assert (row["state"], row["error"]) == ("failed" if dead else "queued", "ValueError: zero  and half ?")
        assert await bench.deliveries(tenant) == ["dead" if dead else "pending"]


class TestSuspects:
    """Tasks whose workers were lost"""

    async def test_beside_one_another(self, bench: Bench) -> None:
        """None waits for another's hour of work: each begins soon after the one before it, on one worker."""
        tenant, gate = await bench.tenant(), asyncio.Event()

        async def wait(_number: int) -> None:
            await gate.wait()

        labels = ["suspect one", "suspect two"]
        for label in labels:
            running.pop(label, None)
            before_step[label] = wait
        keys = [await bench.start(tenant, label) for label in labels]
        tickets = await bench.claim(tenant)
        await bench.owner.execute("UPDATE deliveries SET error = $2 WHERE tenant_id = $1", tenant, lost(1))
        runs = [asyncio.create_task(bench.runtime.runner.run(await bench.steal(ticket))) for ticket in tickets]
        await until(lambda: set(labels) <= running.keys(), "both have begun")
        gate.set()
        await asyncio.gather(*runs)
        assert await bench.states(*keys) == ["succeeded"] * 2


async def _endless(_number: int) -> None:
    await asyncio.Event().wait()


class TestFence:
    """Two attempts at once"""

    async def test_stolen(self, bench: Bench) -> None:
        """An attempt whose lease went to another does no further step, and writes no end."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a")
        [ticket] = await bench.claim(tenant)
        taken: list[Ticket] = []

        async def steal(number: int) -> None:
            if number == 1 and not taken:
                taken.append(await bench.steal(ticket))

        before_step["a"] = steal
        await bench.runtime.runner.run(ticket)
        assert await bench.effects(tenant) == {"a-0": 1}
        assert await bench.states(key) == ["running"]
        assert bench.runtime.runner.outcomes["fenced"] == 1
        await bench.runtime.runner.run(taken[0])
        assert await bench.states(key) == ["succeeded"]
        assert await bench.effects(tenant) == {"a-0": 1, "a-1": 1, "a-2": 1}

    async def test_stolen_at_the_end(self, bench: Bench) -> None:
        """Neither does one that lost it after its last step: the other finds nothing left to do, and ends it."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a", steps=1)
        [ticket] = await bench.claim(tenant)
        [taken] = [await bench.steal(ticket)]
        await bench.runtime.runner.run(ticket)
        assert await bench.states(key) == ["queued"]
        await bench.runtime.runner.run(taken)
        assert await bench.states(key) == ["succeeded"]

    async def test_no_claim_in_a_step(self, bench: Bench) -> None:
        """While a step is open no claim takes the delivery, though its lease be over; renewals go on."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a", steps=1)
        [ticket] = await bench.claim(tenant)
        seen = []

        async def look(_number: int) -> None:
            await bench.owner.execute("SET lock_timeout = '2s'")
            renewed = await bench.owner.execute(
                "UPDATE deliveries SET lease_until = now() - interval '1 s' WHERE tenant_id = $1", tenant
            )
            claimed = await bench.owner.fetch(
                "SELECT id FROM deliveries WHERE tenant_id = $1 FOR UPDATE SKIP LOCKED", tenant
            )
            seen.append((renewed, claimed))

        in_step["a"] = look
        await bench.runtime.runner.run(ticket)
        await bench.owner.execute("RESET lock_timeout")
        assert seen == [("UPDATE 1", [])]
        assert await bench.states(key) == ["succeeded"]

    async def test_one_step_at_a_time(self, bench: Bench) -> None:
        """A step within a step, and a note outside of one, are faults of the code, and said."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a", steps=1)
        faults: list[str] = []

        async def outside(_number: int) -> None:
            with pytest.raises(RuntimeError) as fault:
                running[label].save(done=1)
            faults.append(str(fault.value))

        async def inside(_number: int) -> None:
            with pytest.raises(RuntimeError) as fault:
                async with running[label].step():
                    pass
            faults.append(str(fault.value))

        label = "a"
        before_step[label], in_step[label] = outside, inside
        await bench.carry(tenant)
        assert [fault.split(":")[0] for fault in faults] == [
            "where a task stands is saved inside a step, to be committed with it",
            "a step is open already",
        ]
        assert await bench.states(key) == ["succeeded"]

    async def test_unknown(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        """After a step whose commit was not answered none follows, though the function would go on: the next attempt sees."""
        tenant = await bench.tenant()
        key = await bench.start(tenant, "a", steps=1)

        async def unheard(connection: Any, *, writes: bool = True) -> None:
            await commits.commit(connection, writes=writes)
            raise OutcomeUnknown

        async def stubborn(_number: int) -> None:
            del before_step["a"]
            with monkeypatch.context() as patched:
                patched.setattr(uow, "commit", unheard)
                with pytest.raises(OutcomeUnknown):
                    async with running["a"].step():
                        running["a"].save(done=1)

        before_step["a"] = stubborn
        [ticket] = await bench.claim(tenant)
        await bench.runtime.runner.run(ticket)
        assert bench.runtime.runner.outcomes["fenced"] == 1
        assert await bench.effects(tenant) == {}
        assert (await bench.row(key))["done"] == 1
        await bench.runtime.runner.run(await bench.steal(ticket))
        assert await bench.states(key) == ["succeeded"]


async def test_wrong_payload(bench: Bench) -> None:
    """What a kind does not take is refused when it is started, and so is a kind that nobody declares."""
    tenant = await bench.tenant()
    async with bench.unit(tenant) as unit:
        with pytest.raises(TypeError, match="takes Counting"):
            unit.start("tests.count", Fanning(children=1))
        with pytest.raises(LookupError, match="no manifest declares"):
            unit.start("tests.nothing", Counting(label="a"))
    assert await bench.carry(tenant) == 0
