"""Who waits for a connection: in lines that are served in turn, so that whoever asks for much waits for themselves."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from app.exceptions import Unavailable

T = TypeVar("T")


class Lines(Generic[T]):
    """What comes free goes to the lines in turn, and within a line to whoever came first.

    Where the queue is full, the longest line gives up its last place to a shorter one: however much one caller asks for, the
    few requests of another find room (as McKenney's Stochastic Fairness Queueing has it, 1990).
    """

    def __init__(self, most: int, seconds: float, take_back: Callable[[T], None]) -> None:
        """`most` wait at once, for so many seconds each; `take_back` gets what was given to somebody who had left."""
        self._most = most
        self._seconds = seconds
        self._take_back = take_back
        self._lines: OrderedDict[Hashable, deque[asyncio.Future[T]]] = OrderedDict()
        self._number = 0

    def __len__(self) -> int:
        """How many stand in the lines."""
        return self._number

    @property
    def waiting(self) -> int:
        """How many of them wait still: one that was cancelled stands there until its task has run."""
        return sum(not waiter.done() for line in self._lines.values() for waiter in line)

    async def wait(self, key: Hashable) -> T:
        """What comes free when it is this line's turn.

        Raises:
            Unavailable: the queue is full and no line is longer, or it was too long.
        """
        loop = asyncio.get_running_loop()
        if self._number >= self._most:
            self._make_room(key)
        waiter: asyncio.Future[T] = loop.create_future()
        self._lines.setdefault(key, deque()).append(waiter)
        self._number += 1
        end = loop.call_later(self._seconds, self._give_up, key, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._take_back(waiter.result())  # served in the very moment of being cancelled
            else:
                self._leave(key, waiter)
            raise
        finally:
            end.cancel()

    def give(self, thing: T) -> bool:
        """Give it to whoever's turn it is; False where nobody waits."""
        while self._lines:
            key, line = next(iter(self._lines.items()))
            waiter = line.popleft()
            self._number -= 1
            if line:
                self._lines.move_to_end(key)
            else:
                del self._lines[key]
            if not waiter.done():
                waiter.set_result(thing)
                return True
        return False

    def fail(self, reason: str) -> None:
        """Tell all who wait that it is in vain."""
        waiters = [waiter for line in self._lines.values() for waiter in line]
        self._lines.clear()
        self._number = 0
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(Unavailable(reason, retry_after=2))

    def _make_room(self, key: Hashable) -> None:
        longest = max(self._lines.values(), key=len)
        if len(longest) <= len(self._lines.get(key, ())) + 1:
            raise _full()
        last = longest.pop()  # two at least stand there, so that the line stays
        self._number -= 1
        if not last.done():
            last.set_exception(_full())

    def _give_up(self, key: Hashable, waiter: asyncio.Future[T]) -> None:
        if not waiter.done():
            self._leave(key, waiter)
            waiter.set_exception(Unavailable("The database is too busy."))

    def _leave(self, key: Hashable, waiter: asyncio.Future[T]) -> None:
        line = self._lines.get(key)
        if line is not None and waiter in line:
            line.remove(waiter)
            self._number -= 1
            if not line:
                del self._lines[key]


def _full() -> Unavailable:
    return Unavailable("Too many requests are waiting for the database.")
