"""What the client remembers of each host it calls: breaker, budget of retries, calls that run and wait."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from app.services.http.breaker import Breaker
from app.services.http.budget import RetryBudget
from app.services.http.errors import HostBusyError
from app.services.http.targets import Origin

MAX_HOSTS: Final = 1024


@dataclass(frozen=True, slots=True)
class HostLimits:
    """How much one host may take of us."""

    running: int
    waiting: int


class Host:
    """One origin in one lane."""

    def __init__(self, name: str, breaker: Breaker, budget: RetryBudget, limits: HostLimits) -> None:
        """`name` is for messages."""
        self.name = name
        self.breaker = breaker
        self.budget = budget
        self._limits = limits
        self._places = asyncio.Semaphore(limits.running)
        self._waiting = 0
        self._running = 0

    @property
    def is_idle(self) -> bool:
        """Whether no call runs or waits."""
        return not self._running and not self._waiting

    @asynccontextmanager
    async def place(self, until: float) -> AsyncIterator[None]:
        """One of the places for calls that run; waits for it until that time of the loop.

        Raises:
            HostBusyError: too many wait already, or none became free.
        """
        if self._places.locked() and self._waiting >= self._limits.waiting:
            raise HostBusyError(self.name, "too many calls are waiting")
        self._waiting += 1
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
        except TimeoutError:
            raise HostBusyError(self.name, "no call could be made in time") from None
        finally:
            self._waiting -= 1
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._places.release()


class Hosts:
    """The hosts that were called last; of long unused ones nothing is remembered."""

    def __init__(self, make: Callable[[Origin], Host]) -> None:
        """`make` makes what is known of a host that is new."""
        self._make = make
        self._known: OrderedDict[tuple[str, Origin], Host] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, lane: str, origin: Origin) -> Host:
        """The host, known or new."""
        key = (lane, origin)
        host = self._known.get(key)
        if host is None:
            host = self._known[key] = self._make(origin)
            self._forget()
        self._known.move_to_end(key)
        return host

    def _forget(self) -> None:
        """The longest unused one that is idle goes."""
        if len(self._known) <= MAX_HOSTS:
            return
        for key, host in self._known.items():
            if host.is_idle:
                del self._known[key]
                return
