"""Which tenant the relay visits next: the order is the fairness, and what a tenant costs is bounded by how often it is visited."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

FIRST_SECONDS = 0.02
"""How soon a tenant is visited again that has more than may be in flight, or that waits for a key."""
SHARE = 1.0
"""For so many times as long as a visit took its tenant is left alone: none takes more than half of a claimer's time."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How a visit went: how many deliveries were claimed, whether there may be more, and how long it took."""

    claimed: int
    more: bool
    seconds: float


class Round:
    """Who is visited in one round, by several claimers at once: those that were drawn, and those that are hinted meanwhile."""

    def __init__(self, drawn: Iterable[UUID], most: int) -> None:
        """`most` tenants at most, so that a round has an end; each once."""
        self._left = deque(drawn)
        self._seen = set(self._left)
        self._most = most
        self._visiting = 0
        self._rest = asyncio.Event()
        self.is_watched = False
        """Whether somebody looks who is hinted meanwhile."""

    @property
    def tenants(self) -> frozenset[UUID]:
        """All of them, those visited too."""
        return frozenset(self._seen)

    @property
    def is_busy(self) -> bool:
        """Whether anybody is being visited."""
        return self._visiting > 0

    def take(self) -> UUID | None:
        """Who is next; None where nobody is left."""
        return self._left.popleft() if self._left else None

    @contextmanager
    def visiting(self) -> Iterator[None]:
        """While somebody is."""
        self._visiting += 1
        self._rest.clear()
        try:
            yield
        finally:
            self._visiting -= 1
            if not self._visiting:
                self._rest.set()

    def join(self, tenants: Iterable[UUID]) -> set[UUID]:
        """Visit those too; returns who must wait for the next round, since their visit has begun or there are too many."""
        late = set()
        for tenant in tenants:
            if tenant in self._left:
                continue
            if tenant in self._seen or len(self._seen) >= self._most:
                late.add(tenant)
            else:
                self._seen.add(tenant)
                self._left.append(tenant)
        return late

    async def wait(self, seconds: float) -> None:
        """Until nobody is being visited, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rest.wait()

    def end(self) -> None:
        """Visit nobody more."""
        self._left.clear()
        self._most = 0


class Agenda:
    """Who is due now, in no order, and who is to be looked at again, and when. For one task."""

    def __init__(self, longest: float) -> None:
        """`longest` is the pause after which a tenant is left to the sweep."""
        self._longest = longest
        self._due: set[UUID] = set()
        self._again: dict[UUID, tuple[float, float]] = {}

    def add(self, tenants: Iterable[UUID]) -> None:
        """They are due, by a hint or by the sweep."""
        self._due.update(tenants)

    def draw(self, most: int) -> list[UUID]:
        """So many of those that are due, at random; the others stay due."""
        now = time.monotonic()
        self._due.update(tenant for tenant, (at, _) in self._again.items() if at <= now)
        drawn = random.sample(list(self._due), min(most, len(self._due)))
        self._due.difference_update(drawn)
        return drawn

    def note(self, tenant: UUID, visit: Visit) -> None:
        """When the tenant is looked at again: soon while it moves, later and later while nothing can be claimed of it."""
        _, pause = self._again.pop(tenant, (0.0, FIRST_SECONDS / 2))
        if visit.claimed and not visit.more:
            return
        pause = FIRST_SECONDS if visit.claimed else 2 * pause
        if pause <= self._longest:
            self._again[tenant] = (time.monotonic() + max(pause, SHARE * visit.seconds), pause)

    def pause(self) -> float:
        """Seconds until somebody is to be visited; not more than the longest pause."""
        if self._due:
            return 0.0
        now = time.monotonic()
        return max(0.0, min((at - now for at, _ in self._again.values()), default=self._longest))
