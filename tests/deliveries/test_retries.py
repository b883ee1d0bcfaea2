"""Failures: tried again as the handler says, remembered, and given up."""

import asyncio
import json
import logging
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.auth.commons import Commons
from app.config import Settings
from app.db.deliveries import GIVEN_UP, MAX_FAILURES, lost
from app.db.leases import HANDED_BACK
from app.deliveries import suspects
from app.deliveries.leases import LeaseKeeper
from app.extensions.logs import JsonFormatter
from app.extensions.loops import Window
from app.extensions.module import Handler
from app.extensions.priorities import Retries
from tests.deliveries.life import Followed, Happened, living
from tests.faults.processes import until
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection


async def fail(_event: Happened, _commons: Any) -> None:
    """Never does it."""
    raise ValueError("it cannot be done")


def first(*, retries: Retries, react: Any = fail, outside: bool = False) -> Handler:
    """A handler that is tried as often as the test says."""
    return Handler(Happened, react, alias="lives.first", retries=retries, outside=outside)


class TestPolicy:
    """How often, and after which pauses, is the handler's to say"""

    async def test_attempts(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """Of two handlers of one event each is tried as often as it says; the settings speak for the one that says nothing."""
        second = Handler(Happened, fail, alias="lives.second")
        async with living(settings, owner, (await shops.shop()).id, first(retries=Retries(1)), second) as life:
            await life.record(Happened())
            states = []
            for _ in range(3):
                await life.turn()
                states.append([(row["state"], row["tries"]) for row in await life.rows()])
        assert [state for state, _ in states] == [("dead", 1)] * 3
        assert [state for _, state in states] == [("pending", 1), ("pending", 2), ("dead", 3)]

    async def test_pauses(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """The first pause is the handler's, each is twice the one before, none is longer than its longest; all are spread."""
        retries = Retries(max_attempts=5000, backoff_seconds=100, longest_seconds=350)
        async with living(settings, owner, (await shops.shop()).id, first(retries=retries)) as life:
            await life.record(Happened())
            for expected in (100, 200, 350, 350):
                await life.turn()
                pause = await owner.fetchval(
                    "SELECT due_at - now() FROM deliveries WHERE tenant_id = $1", life.tenant_id
                )
                assert timedelta(seconds=expected * 0.5 - 10) < pause < timedelta(seconds=expected * 1.5)
            await owner.execute("UPDATE deliveries SET tries = 4000 WHERE tenant_id = $1", life.tenant_id)
            await life.turn()
            row = await life.row()
        assert (row["state"], row["tries"]) == ("pending", 4001)


class TestMemory:
    """What failed is remembered"""

    async def test_failures(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """Each failed attempt stands in the list with its number, its time and its reason; the first of many fall out."""
        async with living(settings, owner, (await shops.shop()).id, first(retries=Retries(MAX_FAILURES + 3))) as life:
            await life.record(Happened())
            for _ in range(MAX_FAILURES + 3):
                await life.turn()
            row = await life.row()
        failed = json.loads(row["failed"])
        assert [item["attempt"] for item in failed] == list(range(4, MAX_FAILURES + 4))
        assert {item["error"] for item in failed} == {"ValueError: it cannot be done"} == {row["error"]}
        assert sorted(item["at"] for item in failed) == [item["at"] for item in failed]
        assert row["state"] == "dead"

    @pytest.mark.parametrize("outside", [False, True])
    async def test_done(self, settings: Settings, shops: Shops, owner: Owner, *, outside: bool) -> None:
        """What succeeds in the end keeps the failures before it, has no error any more, and says when it began."""
        tries: list[int] = []

        async def second_time(_event: Happened, _given: Any) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise ConnectionError("away")

        handler = first(react=second_time, retries=Retries(), outside=outside)
        async with living(settings, owner, (await shops.shop()).id, handler) as life:
            await life.record(Happened())
            await life.turn()
            await life.turn()
            row = await life.row()
        assert (row["state"], row["error"], row["tries"]) == ("done", None, 2)
        assert [item["error"] for item in json.loads(row["failed"])] == ["ConnectionError: away"]
        assert row["created_at"] <= row["started_at"] <= row["finished_at"]


class TestLost:
    """Workers that are lost with what they run"""

    async def test_given_up(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """Started as often as it may be, it is dead and not started again; the starts that were noted are in the list."""
        began, starts = asyncio.Event(), []

        async def hang(_event: Happened, _commons: Any) -> None:
            starts.append(1)
            began.set()
            await asyncio.Event().wait()

        async with living(settings, owner, (await shops.shop()).id, first(react=hang, retries=Retries(2))) as life:
            await life.record(Happened())
            for _ in range(4):
                await life.lose(began)
            assert (await life.row())["state"] == "leased"
            await life.turn()
            row = await life.row()
            assert life.runtime.runner.outcomes["dead"] == 1
        # The first start is not noted beforehand, and the second not counted: until then nothing was known of it.
        assert (row["state"], row["error"], len(starts)) == ("dead", GIVEN_UP, 4)
        failed = json.loads(row["failed"])
        assert [(item["attempt"], item["error"]) for item in failed] == [(number, lost(number)) for number in (2, 3, 4)]

    async def test_neighbour(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """What ran beside it when a worker was lost, twice, has not used up its one try."""
        began, starts = asyncio.Event(), []

        async def hang(_event: Happened, _commons: Any) -> None:
            starts.append(1)
            began.set()
            if len(starts) <= 2:
                await asyncio.Event().wait()

        async with living(settings, owner, (await shops.shop()).id, first(react=hang, retries=Retries(1))) as life:
            await life.record(Happened())
            await life.lose(began)
            await life.lose(began)
            await life.turn()
            row = await life.row()
        assert (row["state"], row["tries"], len(starts)) == ("done", 1, 3)

    async def test_failure_counts(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """A start of which nothing was known before is counted by its failure: with one attempt it is the last."""
        async with living(settings, owner, (await shops.shop()).id, first(retries=Retries(1))) as life:
            await life.record(Happened())
            await life.lease()
            await life.lapse()
            await life.turn()
            row = await life.row()
        assert (row["state"], row["attempt"], row["tries"]) == ("dead", 2, 1)

    async def test_unused_run_together(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """Those whose leases ended before anybody had begun them are no suspects: they run at once, as they would have."""
        together = asyncio.Barrier(2)

        async def meet(_event: Happened, _commons: Any) -> None:
            async with asyncio.timeout(10):
                await together.wait()

        async with living(settings, owner, (await shops.shop()).id, first(react=meet, retries=Retries())) as life:
            await life.record(Happened(), Happened())
            await life.lease()
            await life.lapse()
            await asyncio.gather(*(life.runtime.runner.run(ticket) for ticket in await life.lease()))
            assert [row["state"] for row in await life.rows()] == ["done", "done"]

    async def test_suspects_one_at_a_time(
        self, settings: Settings, shops: Shops, owner: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those that were begun before begin one after another; one cancelled before its turn comes back as it was."""
        monkeypatch.setattr(suspects, "PROBATION_SECONDS", 60.0)
        began: list[int] = []

        async def hang(_event: Happened, _commons: Any) -> None:
            began.append(1)
            await asyncio.Event().wait()

        async with living(settings, owner, (await shops.shop()).id, first(react=hang, retries=Retries(9))) as life:
            await life.record(Happened(), Happened())
            tickets = await life.lease()
            await owner.execute(
                "UPDATE deliveries SET tries = 1, error = $2 WHERE tenant_id = $1", life.tenant_id, lost(1)
            )
            await life.lapse()
            tickets = await life.lease()
            runner = life.runtime.runner
            window = Window(2, runner.run)
            keeper = LeaseKeeper(window, life.unit, life.woken.append, 30.0, unbegun=runner.unbegun)
            await window.admit(tickets)
            await until(lambda: began, "the first has begun")
            waiting = [ticket for ticket in tickets if ticket in runner.unbegun]
            cancelled = await window.drain(0)
            assert sorted(ticket.delivery_id for ticket in cancelled) == [ticket.delivery_id for ticket in tickets]
            assert (len(began), len(waiting)) == (1, 1)
            await life.settled()
            assert await keeper.hand_back(cancelled, begun=True) == 2
            rows = {row["id"]: (row["state"], row["tries"], row["error"]) for row in await life.rows()}
        assert rows.pop(waiting[0].delivery_id) == ("pending", 1, lost(1))
        assert [*rows.values()] == [("pending", 1, HANDED_BACK)]

    async def test_unused_leases(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """A lease that ends before anybody has begun is no start: the list names the attempt that was lost, and it goes on."""
        began, hangs = asyncio.Event(), [True, True, False]

        async def hang(_event: Happened, _commons: Any) -> None:
            began.set()
            if hangs.pop(0):
                await asyncio.Event().wait()

        async with living(settings, owner, (await shops.shop()).id, first(react=hang, retries=Retries(3))) as life:
            await life.record(Happened())
            for _ in range(4):
                await life.lease()
                await life.lapse()
            await life.lose(began)
            await life.lose(began)
            await life.lease()
            await life.lapse()
            await life.turn()
            row = await life.row()
        assert (row["state"], row["attempt"]) == ("done", 8)
        assert [item["attempt"] for item in json.loads(row["failed"])] == [5, 6]

    async def test_outside_once(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """What goes outside is counted before its first start too: with one attempt it is never begun twice."""
        began, starts = asyncio.Event(), []

        async def hang(_event: Happened, _errand: Any) -> None:
            starts.append(1)
            began.set()
            await asyncio.Event().wait()

        handler = first(react=hang, retries=Retries(1), outside=True)
        async with living(settings, owner, (await shops.shop()).id, handler) as life:
            await life.record(Happened())
            await life.lose(began)
            await life.turn()
            row = await life.row()
        assert (row["state"], row["error"], len(starts)) == ("dead", GIVEN_UP, 1)
        assert [item["attempt"] for item in json.loads(row["failed"])] == [1]

    async def test_fewer_attempts(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """A release that allows fewer tries than were made ends it with what it failed with, not as one whose worker was lost."""
        tenant_id = (await shops.shop()).id
        async with living(settings, owner, tenant_id, first(retries=Retries(9))) as life:
            await life.record(Happened())
            await life.turn()
            await life.turn()
        async with living(settings, owner, tenant_id, first(retries=Retries(2))) as life:
            await life.turn()
            row = await life.row()
        assert (row["state"], row["error"]) == ("dead", "given up after 2 starts: ValueError: it cannot be done")


class Kept(logging.Handler):
    """Keeps the lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(self.format(record))


class TestOddEnds:
    """Handlers that end in ways of their own"""

    @pytest.mark.parametrize(
        ("error", "reason"),
        [
            (SystemExit(3), "RuntimeError: the handler raised SystemExit"),
            (KeyboardInterrupt(), "RuntimeError: the handler raised KeyboardInterrupt"),
            (asyncio.CancelledError(), "RuntimeError: the handler was cancelled from within"),
            (ValueError("zero \x00 and half \ud800"), "ValueError: zero  and half ?"),
            (ValueError("x" * 5000), "ValueError: " + "x" * 1988),
        ],
    )
    @pytest.mark.parametrize("outside", [False, True])
    async def test_is_a_failure(
        self,
        settings: Settings,
        shops: Shops,
        owner: Owner,
        monkeypatch: pytest.MonkeyPatch,
        error: BaseException,
        reason: str,
        *,
        outside: bool,
    ) -> None:
        """Whatever it raises, its process goes on, and the delivery has failed with a reason that can be stored and logged."""

        async def end(_event: Happened, _given: Any) -> None:
            raise error

        kept = Kept()
        logger = logging.getLogger("app.deliveries.runner")
        monkeypatch.setattr(logger, "handlers", [kept])
        monkeypatch.setattr(logger, "propagate", False)  # the suite cannot report what is no UTF-8
        handler = first(react=end, retries=Retries(2), outside=outside)
        async with living(settings, owner, (await shops.shop()).id, handler) as life:
            await life.record(Happened())
            await life.turn()
            row = await life.row()
        assert (row["state"], row["error"], row["tries"]) == ("pending", reason, 1)
        (line,) = [json.loads(line) for line in kept.lines]
        assert (line["message"], "raise error" in line["exception"]) == ("delivery failed", True)


class TestGone:
    """A tenant that is deleted while its deliveries are under way"""

    @pytest.mark.parametrize("attempt", [1, 2])
    async def test_ticket(
        self, settings: Settings, shops: Shops, owner: Owner, caplog: pytest.LogCaptureFixture, attempt: int
    ) -> None:
        """A ticket that is still carried finds nothing, runs nothing, and nobody is alarmed."""
        async with living(settings, owner, (await shops.shop()).id, first(retries=Retries())) as life:
            await life.record(Happened())
            for _ in range(attempt):
                (ticket,) = await life.lease(0.0)
            await owner.execute("DELETE FROM events WHERE tenant_id = $1", life.tenant_id)
            with caplog.at_level(logging.WARNING):
                await life.runtime.runner.run(ticket)
            assert life.runtime.runner.outcomes == {"fenced": 1}
        assert ticket.attempt == attempt
        assert not caplog.records

    @pytest.mark.parametrize("fails", [False, True])
    async def test_under_way(
        self, settings: Settings, shops: Shops, owner: Owner, caplog: pytest.LogCaptureFixture, *, fails: bool
    ) -> None:
        """One that goes outside meanwhile ends as fenced off, whether it succeeds or fails, and nobody is alarmed."""

        async def outlive(_event: Happened, errand: Any) -> None:
            await owner.execute("DELETE FROM events WHERE tenant_id = $1", errand.tenant_id)
            if fails:
                raise LookupError("it is gone")

        handler = first(react=outlive, retries=Retries(), outside=True)
        async with living(settings, owner, (await shops.shop()).id, handler) as life:
            await life.record(Happened())
            with caplog.at_level(logging.WARNING):
                await life.turn()
            assert life.runtime.runner.outcomes == {"fenced": 1}
        assert not caplog.records


class TestSuspended:
    """A tenant that is suspended while its deliveries are under way"""

    async def test_ends_and_waits(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """What is leased already is run to its end, once; what comes of it, and what else is due, waits for the resumption."""
        follows = Handler(Followed, end, retries=Retries())
        async with living(
            settings, owner, (await shops.shop()).id, first(react=go_on, retries=Retries()), follows
        ) as life:
            await life.record(Happened())
            (ticket,) = await life.lease()
            await life.record(Happened())
            await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", life.tenant_id)
            await life.runtime.runner.run(ticket)
            assert life.runtime.runner.outcomes == {"done": 1}
            assert await life.lease() == []
            await owner.execute("UPDATE tenants SET state = 'active' WHERE id = $1", life.tenant_id)
            assert len(await life.lease()) == 2


async def go_on(_: Happened, commons: Commons) -> None:
    """Something comes of it."""
    commons.uow.record(Followed())


async def end(_: Followed, commons: Commons) -> None:
    """Nothing more does."""
