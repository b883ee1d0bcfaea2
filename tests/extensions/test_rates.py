"""The windows that one process counts: GCRA, credit, leases and the share of a process, by a clock that is told."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.extensions.rates import Bucket, Buckets, Rate

MINUTE = 60
START = 1000.0


def rate(requests: int, processes: int = 1) -> Rate:
    return Rate.of("tenant-read", requests, MINUTE, processes)


def bucket(requests: int, processes: int = 1) -> Bucket:
    return Bucket(rate(requests, processes), (uuid4(),))


def passed(of: Bucket, tries: int, now: float, *, away: bool) -> int:
    return sum(of.take(now, away=away) for _ in range(tries))


class TestShare:
    """Nobody answers for the shared window"""

    def test_a_window_at_once(self) -> None:
        """A process lets its share of a window pass at once, and nothing more at that moment."""
        for requests, processes, share in ((60, 1, 60), (60, 4, 15), (3, 4, 1), (7, 2, 3), (1, 1, 1), (6000, 7, 857)):
            assert passed(bucket(requests, processes), 2 * requests + 2, START, away=True) == share

    def test_flows_back(self) -> None:
        """Afterwards as much as flows back: of sixty a minute one each second."""
        of = bucket(60)
        passed(of, 100, START, away=True)
        assert [passed(of, 100, START + second, away=True) for second in (0.5, 1.01, 2.02, 12.1)] == [0, 1, 1, 10]

    def test_tells_when(self) -> None:
        """Whoever comes again when they are told gets in."""
        of = bucket(6)
        passed(of, 10, START, away=True)
        assert of.wait(START) == 10
        assert passed(of, 1, START + 9.9, away=True) == 0
        assert passed(of, 1, START + of.wait(START), away=True) == 1

    @given(
        requests=st.integers(1, 200),
        processes=st.integers(1, 8),
        pauses=st.lists(st.floats(0.0, 20.0), min_size=1, max_size=200),
    )
    def test_never_more(self, requests: int, processes: int, pauses: list[float]) -> None:
        """However requests come, never more than a window and what flowed back pass."""
        of, now, count = bucket(requests, processes), START, 0
        share = max(1, requests // processes)
        for pause in pauses:
            now += pause
            count += passed(of, 3, now, away=True)
            assert count <= share + (now - START) * share / MINUTE + 1


class TestLeases:
    """Counting what was leased"""

    def test_credit(self) -> None:
        """Before the first lease the process's share passes, all of which is charged with it, and no more."""
        of = bucket(400, 4)
        assert passed(of, 400, START, away=False) == of.debt == 100
        of.leased(5, 100, 105 * of.rate.interval, START)
        assert of.debt == 0
        assert passed(of, 5, START, away=False) == 5
        assert of.debt == 0

    def test_credit_follows_what_is_left(self) -> None:
        """While an answer is under way a share of what was left passes; of a window that is all but full, the least credit."""
        for left, most in ((400, 100), (200, 50), (40, 10), (20, 8), (0, 8)):
            of = bucket(400, 4)
            of.leased(0, 0, (400 - left) * of.rate.interval, START)
            assert passed(of, 400, START, away=False) == most

    def test_asks_in_blocks(self) -> None:
        """A lease is asked for when half a block is owed or left, once at a time."""
        of = bucket(6000, 4)
        assert of.rate.block == 75
        assert sum(of.take(START, away=False) and of.wants(START) for _ in range(36)) == 0
        assert of.take(START, away=False)
        assert of.wants(START)
        of.asked = True
        assert not of.wants(START)
        of.asked = False
        of.leased(75, 37, 0.0, START)
        assert sum(of.take(START, away=False) and of.wants(START) for _ in range(38)) == 0
        assert of.take(START, away=False)
        assert of.wants(START)

    def test_lapses(self) -> None:
        """What was leased and not used is not there a window later."""
        of = bucket(6000, 4)
        of.leased(75, 0, 1.0, START)
        of.take(START + 59, away=False)
        assert of.tokens == 74
        of.take(START + 61, away=False)
        assert of.tokens == 0

    def test_closed(self) -> None:
        """A window that Redis called full is full until then, on credit too."""
        of = bucket(400, 4)
        of.close(of.rate.quota, START + 2.5)
        assert passed(of, 5, START + 2.4, away=False) == 0
        assert of.wait(START) == 3
        assert of.take(START + 2.6, away=False)

    def test_closed_gives_little_credit(self) -> None:
        """Of a window that was closed no more pass on credit than have flowed back, however late the next answer is."""
        of = bucket(600)
        of.leased(0, 0, 60.0, START)
        of.close(of.rate.quota, START + 0.1)
        assert [passed(of, 50, START + later, away=False) for later in (0.05, 0.15, 0.16, 0.36)] == [0, 1, 0, 2]
        of.leased(10, 3, 10.0, START + 0.4)
        assert passed(of, 50, START + 0.4, away=False) > of.rate.credit

    def test_given_back(self) -> None:
        """A request that was refused elsewhere costs nothing here, whether it was on credit or leased."""
        of = bucket(400, 4)
        of.take(START, away=False)
        of.give_back(START)
        assert (of.debt, of.left(START)) == (0, 400)
        of.leased(5, 0, 5 * of.rate.interval, START)
        of.take(START, away=False)
        of.give_back(START)
        assert (of.tokens, of.left(START)) == (5, 400)

    def test_left(self) -> None:
        """What is left is told as far as this process knows: leased, shared, and flowed back since."""
        of = bucket(60)
        assert of.left(START) == 60
        of.take(START, away=False)
        assert of.left(START) == 59
        of.leased(3, 1, 34.0, START)
        assert of.left(START) == 29
        assert of.left(START + 10) == 39
        assert of.left(START + 1000) == 60


class TestMore:
    """Requests that count for many"""

    def test_counted(self) -> None:
        """Leased ones first, the rest is owed: Redis is told of all of them."""
        of = bucket(400, 4)
        of.leased(6, 0, 6 * of.rate.interval, START)
        of.take(START, away=False)
        assert of.wait_for(99, START, away=False) == 0
        of.charge(99, START, away=False)
        assert (of.tokens, of.debt, of.left(START)) == (0, 94, 300)

    def test_no_room(self) -> None:
        """Where fewer are left it tells when there are enough, and that is true."""
        of = bucket(60)
        of.leased(60, 0, 60.0, START)
        of.take(START, away=False)
        of.charge(49, START, away=False)
        of.take(START, away=False)
        assert of.wait_for(19, START, away=False) == 10
        of.give_back(START)
        assert of.left(START) == 10
        of.take(START + 10, away=False)
        assert of.wait_for(19, START + 10, away=False) == 0

    def test_at_most_a_window(self) -> None:
        """More than a window is a window: it passes, and leaves nothing."""
        for away in (False, True):
            of = bucket(12, 4)
            of.take(START, away=away)
            assert of.wait_for(99, START, away=away) == 0
            of.charge(99, START, away=away)
            assert passed(of, 20, START, away=away) == 0

    def test_closed(self) -> None:
        """A window that is closed has what was leased from it before, and no more."""
        of = bucket(400, 4)
        of.leased(6, 0, 6 * of.rate.interval, START)
        of.close(of.rate.quota, START + 2)
        assert of.wait_for(6, START, away=False) == 0
        assert of.wait_for(7, START, away=False) == 2

    @given(requests=st.integers(1, 200), processes=st.integers(1, 8), sizes=st.lists(st.integers(1, 100), max_size=50))
    def test_never_more(self, requests: int, processes: int, sizes: list[int]) -> None:
        """Whatever comes as one and as many, at one moment no more than a window passes, without Redis a share."""
        for away in (False, True):
            of, count = bucket(requests, processes), 0
            most = of.rate.share if away else requests
            for size in sizes:
                if not of.take(START, away=away):
                    break
                if of.wait_for(size - 1, START, away=away):
                    of.give_back(START)
                    break
                of.charge(size - 1, START, away=away)
                count += min(size, most)
            assert count <= most


class TestBuckets:
    """Many callers"""

    def test_bounded(self) -> None:
        """However many there are, a fixed number is remembered: those that came last."""
        buckets, of = Buckets(most=100), rate(60)
        loud = uuid4()
        first = buckets.of(of, loud)
        for number in range(10_000):
            buckets.of(of, UUID(int=number))
            assert buckets.of(of, loud) is first
        assert len(buckets) == 100

    def test_apart(self) -> None:
        """A window is one caller's in one kind of window."""
        buckets, reads = Buckets(), rate(60)
        writes = Rate.of("tenant-write", 60, MINUTE, 1)
        one, other = uuid4(), uuid4()
        found = {
            buckets.of(reads, one), buckets.of(reads, other), buckets.of(writes, one), buckets.of(reads, one, other),
        }  # fmt: skip
        assert len({item.key for item in found}) == len(found) == 4

    def test_another_rate(self) -> None:
        """Another rate of the same name holds at once, and Redis goes on with the same number."""
        buckets, one = Buckets(), uuid4()
        before = buckets.of(rate(60), one)
        before.close(before.rate.quota, START + 100)
        after = buckets.of(rate(600), one)
        assert after.key == before.key
        assert after.take(START, away=False)
