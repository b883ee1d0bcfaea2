"""The window of running deliveries: who is next, what waits, what is given back."""

import asyncio
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

from app.extensions.held import HeldTickets
from app.extensions.loops import Window
from app.extensions.tickets import Ticket
from tests.extensions.carrier import DEADLINE_SECONDS, tickets


class TestWindow:
    """The window of running deliveries"""

    def test_slides(self) -> None:
        """A slow delivery takes one place only: the others pass it, and never more than the width run at once."""

        async def scene() -> None:
            slow, running, most, done = asyncio.Event(), 0, 0, []

            async def run(ticket: Ticket) -> None:
                nonlocal running, most
                running += 1
                most = max(most, running)
                await (slow.wait() if ticket.delivery_id == 1 else asyncio.sleep(0))
                running -= 1
                done.append(ticket.delivery_id)

            window = Window(3, run, backlog=1)
            await asyncio.wait_for(window.admit(tickets(*range(1, 21))), DEADLINE_SECONDS)
            assert window.waiting == 0
            assert 1 not in done
            slow.set()
            assert await window.drain(DEADLINE_SECONDS) == []
            assert (most, sorted(done), window.ended) == (3, list(range(1, 21)), 20)

        asyncio.run(scene())

    def test_in_turn(self) -> None:
        """However many a loud tenant has waiting, a quiet one's starts at the next free place; each in its own order."""
        loud, quiet, other = (uuid4() for _ in range(3))

        async def scene() -> None:
            began: list[Ticket] = []
            gate = asyncio.Semaphore(0)

            async def run(ticket: Ticket) -> None:
                began.append(ticket)
                await gate.acquire()

            window = Window(1, run)
            await window.admit([Ticket(loud, number, 1) for number in range(1, 101)])
            await window.admit([Ticket(quiet, 1, 1), Ticket(other, 1, 1), Ticket(quiet, 2, 1)])
            for _ in range(7):
                gate.release()
            await _turns(lambda: len(began) == 8)
            assert [ticket.tenant_id for ticket in began] == [loud, loud, quiet, other, loud, quiet, loud, loud]
            assert [ticket.delivery_id for ticket in began if ticket.tenant_id == loud] == [1, 2, 3, 4, 5]
            window.close()
            await window.drain(0)

        asyncio.run(scene())

    def test_share(self) -> None:
        """One tenant has seven eighths of the places, so that another's starts at once; all, where nothing may wait here."""
        loud, quiet = uuid4(), uuid4()

        async def scene() -> None:
            running, most = Counter[UUID](), Counter[UUID]()
            gate = asyncio.Semaphore(0)

            async def run(ticket: Ticket) -> None:
                running[ticket.tenant_id] += 1
                most[ticket.tenant_id] = max(most[ticket.tenant_id], running[ticket.tenant_id])
                await gate.acquire()
                running[ticket.tenant_id] -= 1

            window = Window(8, run)
            await window.admit([Ticket(loud, number, 1) for number in range(20)])
            assert (window.running, window.waiting) == (7, 13)
            await window.admit([Ticket(quiet, number, 1) for number in range(3)])
            await _turns(lambda: running == {loud: 7, quiet: 1})
            for _ in range(23):
                gate.release()
            await _turns(lambda: window.ended == 23)
            assert (most[loud], window.waiting) == (7, 0)
            slow = Window(8, run, backlog=0)
            full = asyncio.create_task(slow.admit([Ticket(loud, number, 1) for number in range(8)]))
            await _turns(lambda: slow.running == 8)
            full.cancel()
            slow.close()
            await slow.drain(0)

        asyncio.run(scene())

    def test_bounded(self) -> None:
        """The next job is taken only while fewer wait than the bound, and at once when it is so again."""

        async def scene() -> None:
            gate = asyncio.Semaphore(0)

            async def run(_: Ticket) -> None:
                await gate.acquire()

            window = Window(2, run, backlog=5)
            await asyncio.wait_for(window.admit(tickets(1, 2, 3, 4, 5, 6)), DEADLINE_SECONDS)
            assert window.waiting == 4
            full = asyncio.create_task(window.admit(tickets(7, 8)))
            await _turns(lambda: window.waiting == 6)
            assert not full.done()
            for _ in range(2):
                gate.release()
            await asyncio.wait_for(full, DEADLINE_SECONDS)
            assert (window.waiting, window.running, len(window.held)) == (4, 2, 6)
            window.close()
            await window.drain(0)

        asyncio.run(scene())

    def test_no_backlog(self) -> None:
        """Where nothing shall wait the next job is taken only while a place is free."""

        async def scene() -> None:
            gate = asyncio.Semaphore(0)

            async def run(_: Ticket) -> None:
                await gate.acquire()

            window = Window(2, run, backlog=0)
            await asyncio.wait_for(window.admit(tickets(1)), DEADLINE_SECONDS)
            full = asyncio.create_task(window.admit(tickets(2)))
            await _turns(lambda: window.running == 2)
            assert not full.done()
            gate.release()
            await asyncio.wait_for(full, DEADLINE_SECONDS)
            assert (window.waiting, window.running) == (0, 1)
            window.close()
            await window.drain(0)

        asyncio.run(scene())

    def test_dropped(self) -> None:
        """A waiting ticket that is another's by now never starts; what runs goes on, the rest keeps its order."""

        async def scene() -> None:
            began: list[int] = []
            gate = asyncio.Event()

            async def run(ticket: Ticket) -> None:
                began.append(ticket.delivery_id)
                await gate.wait()

            window = Window(1, run)
            await window.admit(tickets(1, 2, 3, 4))
            await _turns(lambda: began == [1])
            assert window.drop(tickets(1, 3)) == 1
            assert window.drop(tickets(2, 4)) == 2
            assert window.waiting == 0
            await window.admit(tickets(5))
            gate.set()
            await _turns(lambda: window.ended == 2)
            assert began == [1, 5]

        asyncio.run(scene())

    def test_closed(self) -> None:
        """Closed, it gives back all that waits and starts none of it, and a job that waits for room is let in no more."""

        async def scene() -> None:
            gate = asyncio.Event()

            async def run(_: Ticket) -> None:
                await gate.wait()

            window = Window(1, run, backlog=2)
            waits = asyncio.create_task(window.admit(tickets(1, 2, 3, 4)))
            await _turns(lambda: window.waiting == 3)
            assert [ticket.delivery_id for ticket in window.close()] == [2, 3, 4]
            await asyncio.wait_for(waits, DEADLINE_SECONDS)
            gate.set()
            assert await window.drain(DEADLINE_SECONDS) == []
            assert window.ended == 1

        asyncio.run(scene())

    def test_stopped(self) -> None:
        """Stopped, it starts nothing, not even in the place of what ends; what is still let in is given back with the rest."""

        async def scene() -> None:
            gate = asyncio.Event()

            async def run(_: Ticket) -> None:
                await gate.wait()

            window = Window(1, run, backlog=2)
            waits = asyncio.create_task(window.admit(tickets(1, 2, 3)))
            await _turns(lambda: window.waiting == 2)
            window.stop()
            await asyncio.wait_for(waits, DEADLINE_SECONDS)
            gate.set()
            assert await window.drain(DEADLINE_SECONDS) == []
            await asyncio.wait_for(window.admit(tickets(4, 5)), DEADLINE_SECONDS)
            assert [ticket.delivery_id for ticket in window.close()] == [2, 3, 4, 5]
            assert (window.ended, window.running) == (1, 0)

        asyncio.run(scene())

    def test_late(self) -> None:
        """What outlasts the grace period is cancelled and told."""

        async def scene() -> None:
            async def run(_: Ticket) -> None:
                await asyncio.Event().wait()

            window = Window(2, run)
            await window.admit(tickets(1, 2))
            assert sorted(ticket.delivery_id for ticket in await window.drain(0.01)) == [1, 2]

        asyncio.run(scene())

    def test_noted(self) -> None:
        """What runs and what waits stands in the notes; not what has ended or is another's. What is to be handed back does."""

        async def scene() -> None:
            gate, notes = asyncio.Semaphore(0), HeldTickets(bytearray(HeldTickets.size_for(8)))

            async def run(_: Ticket) -> None:
                await gate.acquire()

            def noted() -> list[int]:
                return sorted(ticket.delivery_id for ticket in notes.left())

            window = Window(2, run, notes=notes)
            await window.admit(tickets(1, 2, 3, 4, 5))
            assert noted() == [1, 2, 3, 4, 5]
            gate.release()
            await _turns(lambda: window.ended == 1)
            window.drop(tickets(4))
            assert noted() == [2, 3, 5]
            assert [ticket.delivery_id for ticket in window.close()] == [5]
            assert noted() == [2, 3, 5]
            gate.release()
            await _turns(lambda: window.running == 1)
            (cancelled,) = await window.drain(0)
            assert noted() == [cancelled.delivery_id, 5], "what was cancelled is still to be handed back"

        asyncio.run(scene())


async def _turns(check: Callable[[], bool]) -> None:
    """Let the loop turn until the condition holds."""
    for _ in range(1000):
        if check():
            return
        await asyncio.sleep(0)
    raise AssertionError("the condition never held")
