"""A worker's keeper: who is begun again, who is not, and who ends with whom."""

import os
import signal
import struct
import sys
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

import pytest

from app.embedded.processes import alive
from app.extensions.held import RECORD, HeldTickets
from app.extensions.keeper import GIVEN_UP_EXIT, Pace
from tests.extensions.carrier import TENANT, eventually, tickets
from tests.extensions.kept import (
    live,
    live_at_leisure,
    live_busily,
    live_in_hurry,
    live_in_need,
    live_stubbornly,
    live_unattended,
    live_with_orphans,
)
from tests.faults.processes import Child, Children

ENDED, HASTY = "worker was ended", "worker made room at once"
LAST = "worker held something at its end"


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    """Starts keepers."""
    with Children(tmp_path) as made:
        yield made


def lives(child: Child) -> list[int]:
    """The processes that have lived under a keeper, in turn."""
    return [line["pid"] for line in child.lines("lives")]


class TestLives:
    """Which end is followed by another life"""

    def test_ended(self, children: Children) -> None:
        """One that was ended once it worked is begun again, whatever its code says, and each end is told with what it held."""
        keeper = children.start(live, "kill", "exit-9", "exit-0", "over")
        assert keeper.wait() == 0
        told = keeper.lines("lives")
        assert [line["ended"] for line in told] == [0, 1, 2, 3]
        assert len({line["pid"] for line in told}) == 4
        assert {line["keeper"] for line in told} == {keeper.pid}
        assert len({line["name_of_life"] for line in told}) == 1
        ends = [(line.get("signal", line.get("code")), line["held"], line["pause"]) for line in keeper.lines(ENDED)]
        assert ends == [("SIGKILL", 1, 0.0), (9, 2, 0.0), (0, 3, 0.0)]

    @pytest.mark.parametrize("code", [0, 1, 75])
    def test_before_it_works(self, children: Children, code: int) -> None:
        """One that ends before it works ends its keeper, with its code and without a word."""
        keeper = children.start(live, f"early-{code}")
        assert keeper.wait() == code
        assert (len(lives(keeper)), keeper.lines(ENDED)) == (1, [])

    def test_again(self, children: Children) -> None:
        """One that makes room for a fresh one is followed by it; that is no end to be told of."""
        keeper = children.start(live, "again", "again", "over")
        assert keeper.wait() == 0
        assert (len(lives(keeper)), keeper.lines(ENDED)) == (3, [])

    def test_again_and_again(self, children: Children) -> None:
        """Whoever makes room after it has worked costs neither a pause nor patience."""
        keeper = children.start(live_busily, "again", "again", "again", "over")
        assert keeper.wait() == 0
        assert (len(lives(keeper)), keeper.lines(HASTY)) == (4, [])

    def test_again_at_once(self, children: Children) -> None:
        """Who makes room as soon as it works has an end to be told of, and tries the patience as others do."""
        keeper = children.start(live_in_hurry, "again")
        assert keeper.wait() == GIVEN_UP_EXIT
        assert [line["pause"] for line in keeper.lines(HASTY)] == [0.0, 0.01, 0.02, 0.02]

    def test_next_does_not_start(self, children: Children) -> None:
        """Once one has worked, a fault while the next one starts is waited out, with pauses, and what was held stays."""
        keeper = children.start(live, "kill", "early-1", "early-1", "over")
        assert keeper.wait() == 0
        failed = [(line["code"], line["held"], line["pause"]) for line in keeper.lines("worker did not start")]
        assert failed == [(1, 2, 0.1), (1, 3, 0.2)]

    def test_nameless_signal(self, children: Children) -> None:
        """One that a real-time signal ends is begun again as others are."""
        keeper = children.start(live, f"raise-{signal.SIGRTMIN + 6}", "over")
        assert keeper.wait() == 0
        assert [line["signal"] for line in keeper.lines(ENDED)] == [str(signal.SIGRTMIN + 6)]

    def test_no_process(self, children: Children) -> None:
        """Where the system gives no process it is asked again, and each refusal is a line."""
        keeper = children.start(live_in_need, "over")
        assert keeper.wait() == 0
        assert [line["error"] for line in keeper.lines("worker could not be forked")] == ["EAGAIN"] * 2

    async def test_orphans(self, children: Children) -> None:
        """What a life leaves behind is no zombie when it ends: the keeper may be the first process of its container."""
        keeper = children.start(live_with_orphans, "orphan", "wait")
        await keeper.says("waits")
        (left,) = keeper.lines("leaves")
        assert eventually(lambda: not Path(f"/proc/{left['child']}").exists())
        keeper.send(signal.SIGTERM)
        assert keeper.wait() == 0

    def test_given_up(self, children: Children) -> None:
        """Ended again and again it is begun after longer and longer pauses, then not any more, and the code says so."""
        keeper = children.start(live_in_hurry, "kill")
        assert keeper.wait() == GIVEN_UP_EXIT
        assert [line["pause"] for line in keeper.lines(ENDED)] == [0.0, 0.01, 0.02, 0.02]
        assert len(keeper.lines("worker is ended again and again")) == 1

    def test_very_many(self) -> None:
        """However often it was, and a database may be away for days, there is a longest pause."""
        assert Pace().pause(100_000) == Pace().longest

    def test_unattended(self, children: Children) -> None:
        """Whoever starts the keeper may ignore the ends of children: the keeper does not."""
        assert children.start(live_unattended, "kill", "over").wait() == 0


class TestGivenBack:
    """What is held when the keeper ends"""

    async def test_at_the_end(self, children: Children) -> None:
        """It is given back, once, by a process more, whatever the keeper ends for."""
        given_up = children.start(live_in_hurry, "kill")
        asked = children.start(live_at_leisure, "kill")
        await asked.says(ENDED)
        asked.send(signal.SIGTERM)
        assert (given_up.wait(), asked.wait()) == (GIVEN_UP_EXIT, 0)
        for keeper in (given_up, asked):
            assert len(keeper.lines("gives back")) == 1
            assert [line["left"] for line in keeper.lines(LAST)] == [0]

    def test_never(self, children: Children) -> None:
        """Who does not come to an end with it is not waited for, and it is told what is left."""
        keeper = children.start(live_stubbornly, "early-3")
        assert keeper.wait() == 3
        assert [line["left"] for line in keeper.lines(LAST)] == [1]


class TestWishes:
    """SIGTERM and SIGINT"""

    @pytest.mark.parametrize("code", [0, 143])
    async def test_passed_on(self, children: Children, code: int) -> None:
        """A wish reaches the process that works; however that ends, its keeper ends with the same code."""
        keeper = children.start(live, f"wait-{code}")
        await keeper.says("waits")
        keeper.send(signal.SIGTERM)
        assert keeper.wait() == code
        assert (len(lives(keeper)), keeper.lines(ENDED)) == (1, [])

    async def test_killed_at_it(self, children: Children) -> None:
        """One that is killed while it stops is not begun again, and the code is a shell's for that signal."""
        keeper = children.start(live, "wait")
        await keeper.says("waits")
        (pid,) = lives(keeper)
        os.kill(pid, signal.SIGSTOP)
        eventually(lambda: _status(pid)["State"].split()[0] == "T")
        keeper.send(signal.SIGTERM)
        eventually(lambda: _is_asked(pid))
        os.kill(pid, signal.SIGKILL)
        assert keeper.wait() == 128 + signal.SIGKILL
        assert len(lives(keeper)) == 1

    @pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
    async def test_in_the_start(self, children: Children, wish: signal.Signals) -> None:
        """A wish that comes before a life hears it waits for that, and what follows is an end in order."""
        keeper = children.start(live, "wished")
        await keeper.says("lives")
        keeper.send(wish)
        assert keeper.wait() == 0
        assert "Traceback" not in keeper.output

    async def test_in_a_pause(self, children: Children) -> None:
        """A wish ends a pause, and the keeper with it, in order."""
        keeper = children.start(live_at_leisure, "kill")
        await keeper.says(ENDED)
        keeper.send(signal.SIGTERM)
        assert keeper.wait() == 0

    async def test_dies_with_its_keeper(self, children: Children) -> None:
        """kill -9 of the keeper leaves nothing that works behind."""
        keeper = children.start(live, "wait")
        await keeper.says("waits")
        (pid,) = lives(keeper)
        keeper.kill()
        assert eventually(lambda: not alive(pid))


def _is_asked(pid: int) -> bool:
    """Whether SIGTERM waits for a process that stands still."""
    return bool(int(_status(pid)["ShdPnd"], 16) >> (signal.SIGTERM - 1) & 1)


def _status(pid: int) -> dict[str, str]:
    """What the system says of a process."""
    return dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())


class TestHeld:
    """What a worker leaves"""

    def test_left(self) -> None:
        """What is in hand stands there, and nothing else: neither what has ended nor what found no place."""
        memory = mmap(-1, HeldTickets.size_for(3))
        notes = HeldTickets(memory)
        one, two, three, four, five = tickets(1, 2, 3, 4, 2**63 - 1)
        for ticket in (one, two, three, four):
            notes.note(ticket)
        notes.forget(two)
        notes.forget(four)
        notes.note(five)
        assert set(HeldTickets(memory).left()) == {one, three, five}
        next_life = HeldTickets(memory)
        assert set(next_life.adopt()[0]) == {one, three, five}
        next_life.note(two)
        assert set(next_life.left()) == {one, three, five}, "what was left has its place until it is forgotten"
        for ticket in (one, three, five):
            next_life.forget(ticket)
        assert next_life.left() == []

    @pytest.mark.parametrize("begun", [(), (2,)])
    def test_excused(self, begun: tuple[int, ...]) -> None:
        """Those that had proven themselves are excused, where one ran that had not; what waited is no such one."""
        memory = mmap(-1, HeldTickets.size_for(4))
        notes = HeldTickets(memory)
        proven, other, waiting, forgotten = tickets(1, 2, 3, 4)
        for ticket in (proven, other, waiting, forgotten):
            notes.note(ticket)
            if ticket in {proven, forgotten} or ticket.delivery_id in begun:
                notes.begin(ticket)
        notes.prove(proven)
        notes.forget(forgotten)
        assert HeldTickets(memory).adopt()[1] == ({proven} if begun else set())
        notes.note(forgotten)
        assert HeldTickets(memory).adopt()[1] == ({proven} if begun else set()), "a place begins anew"

    def test_twice(self) -> None:
        """A ticket that came twice has one place."""
        memory = mmap(-1, HeldTickets.size_for(2))
        notes = HeldTickets(memory)
        (one,) = tickets(1)
        notes.note(one)
        notes.note(one)
        assert HeldTickets(memory).left() == [one]
        notes.forget(one)
        notes.forget(one)
        assert HeldTickets(memory).left() == []

    @pytest.mark.parametrize("written", range(RECORD.size - 8))
    def test_torn(self, written: int) -> None:
        """A record that was cut short, after however many bytes, is none."""
        memory = mmap(-1, RECORD.size)
        whole = RECORD.pack(TENANT.bytes, 2**62, 7, 0)
        memory[:written] = whole[:written]
        assert HeldTickets(memory).left() == []

    def test_any_bytes(self) -> None:
        """Whatever stands there is read without an error: it names deliveries that are not there."""
        memory = mmap(-1, RECORD.size)
        memory[:] = struct.pack("32B", *range(1, 33))
        (found,) = HeldTickets(memory).left()
        assert (found.tenant_id.bytes, found.attempt) == (
            bytes(range(1, 17)),
            int.from_bytes(bytes(range(25, 29)), sys.byteorder),
        )
