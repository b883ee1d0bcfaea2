"""The lines in which one waits for a connection: served in turn, bounded, left at any moment."""

import asyncio
from collections.abc import Iterable

import pytest

from app.db.pool_lines import Lines
from app.exceptions import Unavailable


class Waiting:
    """Lines of numbers, and those who wait in them."""

    def __init__(self, most: int = 100, seconds: float = 60.0) -> None:
        self.returned: list[int] = []
        self.lines: Lines[int] = Lines(most, seconds, self.returned.append)
        self.order: list[str] = []

    async def _one(self, name: str) -> None:
        await self.lines.wait(name[0])
        self.order.append(name)

    async def come(self, names: Iterable[str]) -> list[asyncio.Task[None]]:
        """So many come, one after the other, each to the line of its first letter."""
        tasks = [asyncio.create_task(self._one(name)) for name in names]
        await asyncio.sleep(0)
        return tasks

    async def serve(self, times: int) -> list[str]:
        """Who is served, in order."""
        for number in range(times):
            self.lines.give(number)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return self.order


async def test_in_turn() -> None:
    """The lines in turn, within each the order of coming; one that has got what it wanted is nobody's turn."""
    waiting = Waiting()
    await waiting.come(["a1", "a2", "a3", "a4", "b1", "b2", "c1"])
    assert await waiting.serve(7) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]
    assert not waiting.lines.give(8)
    assert len(waiting.lines) == 0


async def test_nobody_comes_back_first() -> None:
    """Who was served and comes again stands behind the others' lines."""
    waiting = Waiting()
    await waiting.come(["a1", "b1", "b2"])
    await waiting.serve(1)
    await waiting.come(["a2"])
    assert await waiting.serve(3) == ["a1", "b1", "a2", "b2"]


async def test_makes_room() -> None:
    """The longest line's last gives way to a shorter one, until they are equal; of one line alone the newcomer is refused."""
    waiting = Waiting(most=4)
    loud = await waiting.come(["a1", "a2", "a3", "a4"])
    [refused] = await waiting.come(["a5"])
    few = await waiting.come(["b1", "b2", "b3"])
    await asyncio.gather(refused, *loud[2:], few[2], return_exceptions=True)
    assert {type(task.exception()) for task in (refused, *loud[2:], few[2])} == {Unavailable}
    assert await waiting.serve(4) == ["a1", "b1", "a2", "b2"]


async def test_too_long() -> None:
    """Who waits too long is told, and stands there no more."""
    waiting = Waiting(seconds=0.01)
    with pytest.raises(Unavailable, match="too busy"):
        await waiting.lines.wait("a")
    assert not waiting.lines.give(1)


async def test_cancelled() -> None:
    """One that is cancelled leaves its place, and what it was given in that moment goes back."""
    waiting = Waiting()
    first, second, third = await waiting.come(["a1", "a2", "b1"])
    second.cancel()
    waiting.lines.give(7)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert (waiting.returned, len(waiting.lines), waiting.lines.waiting) == ([7], 1, 1)
    waiting.lines.give(8)
    await third
    assert waiting.order == ["b1"]


async def test_fail() -> None:
    """All are told at once."""
    waiting = Waiting()
    tasks = await waiting.come(["a1", "a2", "b1"])
    waiting.lines.fail("No.")
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(error) for error in found] == ["No."] * 3
    assert len(waiting.lines) == 0
