"""All hostile requests of one operation, each beside a legal one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from zlib import crc32

from app.extensions.routing import ModularApp
from tests.hostile.bodies import body_cases
from tests.hostile.calls import Call, send
from tests.hostile.cases import SERVED, Case, case
from tests.hostile.headers import header_cases
from tests.hostile.judge import documented, faults
from tests.hostile.legal import legal
from tests.hostile.stored import stored
from tests.hostile.surface import Surface
from tests.hostile.targets import target_cases
from tests.hostile.world import World

UNSPOILT = case("control", "the same request, unspoilt", lambda call: call, *SERVED)
READING = {"GET", "HEAD"}


def cases(surface: Surface, *, whole: bool) -> Iterator[Case]:
    """Every case of the operation, the unspoilt request last. Not whole: those whose turn it is here, some of each family."""
    first, seen = crc32(surface.name.encode()), Counter[tuple[str, bool, int]]()
    for each in chain(header_cases(surface), target_cases(surface), body_cases(surface), (UNSPOILT,)):
        kind = each.family, each.is_control, each.turn
        if whole or (first + seen[kind]) % each.turn == 0:
            yield each
        seen[kind] += 1


def counts(surface: Surface, *, whole: bool) -> Counter[str]:
    """How many cases of each family there are; `controls` are the legal ones among them."""
    found = list(cases(surface, whole=whole))
    families = Counter(each.family for each in found if not each.is_control)
    return families + Counter(controls=sum(each.is_control for each in found))


@dataclass
class Run:
    """What came of an operation's cases."""

    app: ModularApp
    world: World
    surface: Surface
    address: str
    """The network address that the requests come from."""
    whole: bool = False
    told: list[str] = field(default_factory=list)
    sent: int = 0

    async def all(self) -> list[str]:
        """Send every case; returns what was wrong.

        First all that is refused, with one legal request spoilt again and again: nothing may be stored meanwhile. Then that
        request itself, which must be served: so it was the spoiling that was refused. Then the odd and legal ones.
        """
        found = list(cases(self.surface, whole=self.whole))
        unspoilt = await legal(self.world, self.surface)
        before = await stored(self.world.rows)
        for each in found:
            if not each.is_control:
                await self._judge(each, unspoilt)
        after = await stored(self.world.rows)
        self.told += [f"something was stored in {name}" for name in before if before[name] != after[name]]
        await self._judge(UNSPOILT, unspoilt)
        for each in found:
            if each.is_control and each is not UNSPOILT:
                reading = self.surface.method in READING
                await self._judge(each, unspoilt if reading else await legal(self.world, self.surface))
        assert self.sent == len(found)
        return self.told

    async def _judge(self, case: Case, unspoilt: Call) -> None:
        answer = await send(self.app, case.spoil(unspoilt), self.address)
        self.sent += 1
        wrong = [*faults(case, answer), *await documented(self.app, answer)]
        self.told += [f"{case.family}, {case.name}: {fault}" for fault in wrong]
