"""The async side of the queues against a real server, and one that is away."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Collection, Iterator
from uuid import UUID

import pytest
import rq
import rq.job
from rq.serializers import JSONSerializer

from app.extensions import queue as queue_module
from app.extensions.intake import Intake
from app.extensions.jobs import ENTRY, RefusedError, packed
from app.extensions.queue import HINT_KEY, DeliveryQueue, Job, JobQueue, QueueAwayError, Ticket
from app.extensions.wakes import WAKE_SECONDS
from tests.extensions.carrier import DEADLINE_SECONDS, QUEUE_KEY, TENANT, Server, fields, plant, push, put, tickets
from tests.faults.processes import until

STOPS = 50


class TestPush:
    def test_rq_reads_it(self, server: Server) -> None:
        """RQ's own classes, with JSON, see the queue, its length and a job with no time limit."""
        push(server.url, *range(1, 4), batch=1, to="mail")
        (queue,) = rq.Queue.all(connection=server.redis, serializer=JSONSerializer)
        job = queue.jobs[0]
        assert (queue.count, job.func_name, job.timeout, job.origin) == (3, ENTRY, -1, "mail")
        assert job.args == [[[str(TENANT), 1, 1]]]
        assert 0 < server.redis.ttl(job.key) <= 3600

    async def test_wrong_kind(self, server: Server, caplog: pytest.LogCaptureFixture) -> None:
        """What is no list at a queue's key keeps neither that queue nor another from being pushed to and looked at."""
        queue = DeliveryQueue(server.url)
        for key in ("rq:queue:bulk", "rq:queue:mail"):
            server.redis.set(key, "x")
        standing = await queue.standing(["default", "bulk"])
        assert [(name, found.jobs) for name, found in standing.items()] == [("default", 0), ("bulk", 0)]
        await queue.push_all({"default": tickets(1), "mail": tickets(2, 3)})
        standing = await queue.standing(["default", "bulk", "mail"])
        assert {name: found.jobs for name, found in standing.items()} == {"default": 1, "bulk": 0, "mail": 1}
        assert caplog.messages == [f"queues {name}: no lists, so they are removed" for name in ("bulk", "mail")]
        await queue.aclose()

    async def test_unconfirmed(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where one queue cannot be pushed to, it is named, and the others are pushed to."""

        async def remove(_: DeliveryQueue, _queues: Collection[str]) -> None:
            """Somebody writes there again at once."""

        monkeypatch.setattr(DeliveryQueue, "_remove", remove)
        queue = DeliveryQueue(server.url)
        server.redis.set("rq:queue:mail", "x")
        with pytest.raises(QueueAwayError, match="queues mail: 2 deliveries not confirmed") as raised:
            await queue.push_all({"default": tickets(1), "mail": tickets(2, 3)})
        assert raised.value.queues == {"mail"}
        assert server.redis.llen(QUEUE_KEY) == 1
        await queue.aclose()

    async def test_slow(self, server: Server) -> None:
        """Of a queue that carries long work each job holds one ticket, however many another's does."""
        queue = DeliveryQueue(server.url, slow=["bulk"])
        await queue.push_all({"default": tickets(1, 2, 3), "bulk": tickets(4, 5, 6)})
        assert [server.redis.llen(key) for key in (QUEUE_KEY, "rq:queue:bulk")] == [1, 3]
        await queue.aclose()

    def test_bad_batch(self) -> None:
        """A batch size that no worker would accept is refused at once."""
        with pytest.raises(ValueError, match="1 to 100"):
            DeliveryQueue("redis://127.0.0.1:1/0", batch=101)


class TestJob:
    @pytest.fixture
    def job(self, server: Server) -> Job:
        server.redis.hset("rq:job:good", mapping=packed("default", tickets(1)))
        job = Job.fetch("good", connection=server.redis, serializer="pickle")
        assert isinstance(job, Job)
        return job

    def test_func(self, job: Job) -> None:
        """The entry point is one constant that does nothing, and RQ's own way of running a job ends there."""
        job._func_name = "os.getcwd"
        with pytest.raises(RefusedError, match="only inside"):
            job.perform()

    def test_callbacks(self, job: Job) -> None:
        """Even names that got past the check are never resolved."""
        job._success_callback_name = job._failure_callback_name = job._stopped_callback_name = "evil.run"
        assert [job.success_callback, job.failure_callback, job.stopped_callback, job.dependency] == [None] * 4

    def test_serializer(self, job: Job, server: Server) -> None:
        """Pickle cannot be asked for."""
        assert job.serializer is JSONSerializer
        assert JobQueue("default", server.redis, serializer="pickle").serializer is JSONSerializer


class TestTake:
    """Taking jobs out of a queue"""

    @pytest.fixture
    async def intake(self, server: Server) -> AsyncIterator[Intake]:
        """One that nobody runs."""

        async def work(_: list[Ticket]) -> None:
            """Nothing is handed on."""

        intake = Intake("default", server.url, work, lambda _: None)
        yield intake
        await intake.end()
        await intake.run()  # which closes its connections

    async def taken(self, intake: Intake) -> list[list[int]]:
        """The deliveries of each job of one taking."""
        return [
            [ticket.delivery_id for ticket in job.tickets] for job in await intake.take(0.01) if isinstance(job, Job)
        ]

    async def test_behind_small_ones(self, server: Server, intake: Intake) -> None:
        """However many small jobs of a loud tenant stand before it, a quiet tenant's is taken with them."""
        await put(server.url, *range(1, 31), batch=1)
        await put(server.url, 99)
        assert await self.taken(intake) == [*([number] for number in range(1, 31)), [99]]
        assert not server.redis.keys("rq:job:*")

    async def test_no_more_than_one_may_hold(self, server: Server, intake: Intake) -> None:
        """Together they hold at most as many tickets as one job may, whatever their sizes; the order stays."""
        await put(server.url, *range(1, 251), batch=100)
        await put(server.url, *range(251, 301), batch=25)
        await put(server.url, *range(301, 401), batch=40)
        sizes = []
        while found := await self.taken(intake):
            sizes.append([len(job) for job in found])
        assert sizes == [[100], [100], [50, 25, 25], [40, 40, 20]]

    async def test_trips(self, server: Server, intake: Intake) -> None:
        """While jobs flow one round trip takes them; only where none was there is one waited for."""

        def trips() -> list[int]:
            told = server.redis.info("commandstats")
            return [told.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in ("blmpop", "evalsha")]

        await put(server.url, 1)
        assert await self.taken(intake) == [[1]]
        found = []
        for number in (2, 3, 0, 0, 4):
            if number:
                await put(server.url, number)
            before = trips()
            taken = await self.taken(intake)
            found.append((taken, [after - told for after, told in zip(trips(), before, strict=True)]))
        assert found == [([[2]], [0, 1]), ([[3]], [0, 1]), ([], [1, 1]), ([], [1, 0]), ([[4]], [1, 1])]

    async def test_nameless(self, server: Server, intake: Intake) -> None:
        """A job whose name does not tell its size goes alone, as one of a release before; what is none is refused apart."""
        for number in range(1, 4):
            plant(server, fields(), f"before{number}")
        server.redis.rpush(QUEUE_KEY, b"\xff")
        await put(server.url, 5)
        assert [await self.taken(intake) for _ in range(4)] == [[[1]], [[1]], [[1]], []]
        assert await self.taken(intake) == [[5]]

    async def test_lying(self, server: Server, intake: Intake) -> None:
        """A name that promises less than its job holds gets no more through than a batch of each."""
        for number in range(40):
            plant(server, dict(packed("default", tickets(*range(1, 101)))), f"{number:032x}-0")
        assert [len(await self.taken(intake)) for _ in range(2)] == [32, 8]


class TestRun:
    """Taking until the end"""

    @pytest.mark.parametrize("fault", [RuntimeError("the handler is closed"), KeyError("something else")])
    async def test_fault(self, server: Server, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
        """Whatever a taking fails with is logged, and the next goes on: a reset of an idle connection is no error of Redis's."""
        found: list[Ticket] = []
        take, faults = Intake.take, [fault]

        async def work(tickets: list[Ticket]) -> None:
            found.extend(tickets)

        async def failing(intake: Intake, seconds: float) -> list[Job | RefusedError]:
            if faults:
                raise faults.pop()
            return await take(intake, seconds)

        monkeypatch.setattr(Intake, "take", failing)
        intake = Intake("default", server.url, work, lambda _: None)
        await put(server.url, 1)
        running = asyncio.create_task(intake.run())
        await until(lambda: found, "the job is handed on")
        await intake.end()
        await running
        assert (faults, found) == ([], tickets(1))

    async def test_end(self, server: Server) -> None:
        """A stop amid pushes loses no job: all that was popped is handed on when it returns, the rest still stands there."""
        found: list[Ticket] = []

        async def work(tickets: list[Ticket]) -> None:
            found.extend(tickets)

        queue, pushed = DeliveryQueue(server.url), 0
        for number in range(STOPS):
            intake = Intake("default", server.url, work, lambda _: None)
            running = asyncio.create_task(intake.run())
            for _ in range(number % 4):
                pushed += 1
                await queue.push("default", tickets(pushed))
            ending = asyncio.create_task(intake.end())
            while not ending.done():
                pushed += 1
                await queue.push("default", tickets(pushed))
            handed_on = len(found)
            assert handed_on + server.redis.llen(QUEUE_KEY) == pushed
            await running
            assert len(found) == handed_on
        await queue.aclose()


class TestWake:
    def test_round_trip(self, server: Server) -> None:
        """A wake-up reaches a waiting relay at once, and the hints name the tenant once, then no more."""

        async def scene() -> None:
            relay, api = DeliveryQueue(server.url), DeliveryQueue(server.url)
            assert await relay.wait_for_wake(5)  # it only begins to listen
            waiting = asyncio.create_task(relay.wait_for_wake(DEADLINE_SECONDS))
            await api.wake(TENANT)
            await api.wake(TENANT)
            assert await waiting
            assert await relay.hints() == {TENANT}
            assert await relay.hints() == set()
            await relay.aclose()
            await api.aclose()

        asyncio.run(scene())

    def test_soon(self, server: Server) -> None:
        """The first wake-up leaves at once, those of the next moments as one; every tenant is hinted, and none lost at the end."""
        tenants = {UUID(int=number) for number in range(500)}

        async def scene() -> None:
            relay, api = DeliveryQueue(server.url), DeliveryQueue(server.url)
            assert await relay.wait_for_wake(5)  # it only begins to listen
            server.redis.config_resetstat()
            api.wake_soon(TENANT)
            assert await relay.wait_for_wake(DEADLINE_SECONDS)
            for tenant in tenants:
                api.wake_soon(tenant)
            await api.aclose()  # sends what is still wanted
            assert server.redis.info("commandstats")["cmdstat_publish"]["calls"] == 2
            assert await relay.hints() == {TENANT, *tenants}
            await relay.aclose()

        asyncio.run(scene())

    def test_nobody_wakes(self, server: Server) -> None:
        """Without a wake-up the wait takes its time and says so."""

        async def scene() -> None:
            queue = DeliveryQueue(server.url)
            await queue.wait_for_wake(1)
            began = time.monotonic()
            assert not await queue.wait_for_wake(0.2)
            assert 0.15 < time.monotonic() - began < 2
            await queue.aclose()

        asyncio.run(scene())

    def test_hostile_hints(self, server: Server) -> None:
        """Hints that are no ids are dropped; a hint key of the wrong kind is as good as none."""

        async def scene() -> None:
            queue = DeliveryQueue(server.url)
            server.redis.sadd(HINT_KEY, b"\xff" * 36, b"x", str(TENANT), "{" + str(TENANT)[:34] + "}")
            assert await queue.hints() == {TENANT}
            server.redis.set(HINT_KEY, "x")
            assert await queue.hints() == set()
            await queue.wake(TENANT)
            await queue.aclose()

        asyncio.run(scene())


class TestRedisAway:
    @pytest.fixture(params=["refuses", "is silent"])
    def nowhere(self, request: pytest.FixtureRequest) -> Iterator[str]:
        """An address where nothing listens, and one that accepts and never answers."""
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            if request.param == "is silent":
                listener.listen(64)
            yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"

    def test_documented(self, nowhere: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
        """Waking is quick and silent, hints are none, waiting becomes sleeping, pushing fails: one log line for all."""
        monkeypatch.setattr(queue_module, "REPLY_SECONDS", 0.2)
        monkeypatch.setattr(queue_module, "PUSH_SECONDS", 0.3)

        async def scene() -> None:
            queue = DeliveryQueue(nowhere)
            began = time.monotonic()
            await asyncio.gather(*(queue.wake(TENANT) for _ in range(20)))
            await queue.wake(TENANT)
            assert time.monotonic() - began < 2 * WAKE_SECONDS  # the second rests
            assert await queue.hints() == set()
            assert not await queue.wait_for_wake(0.1)
            with pytest.raises(QueueAwayError, match="1 deliveries not confirmed"):
                await queue.push("default", tickets(1))
            await queue.aclose()

        asyncio.run(scene())
        assert [record.getMessage().partition(" (")[0] for record in caplog.records] == ["queue: redis is away"]
