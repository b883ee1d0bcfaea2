"""How passwords are hashed: off the loop, in a room of a size."""

import asyncio
import os
import sys
import threading

import pytest
from argon2 import PasswordHasher

from app.auth import passwords
from app.auth.passwords import NICENESS, PasswordVault
from app.config import Argon2
from app.exceptions import Unavailable

QUEUE, THREADS = 5, 2
SMALL = Argon2(memory_kib=8, time_cost=1, parallelism=1, threads=THREADS, queue=QUEUE)


async def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirement 10: as many as the queue takes are hashed, two at a time and off the loop; the others are told at once."""
    started, go = list[str](), threading.Event()
    hash_, vault = PasswordHasher.hash, PasswordVault(SMALL)

    def slow(hasher: PasswordHasher, password: str) -> str:
        started.append(threading.current_thread().name)
        go.wait(10)
        return str(hash_(hasher, password))

    monkeypatch.setattr(PasswordHasher, "hash", slow)
    tasks = [asyncio.create_task(vault.hash("seven brave otters")) for _ in range(QUEUE + 3)]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    assert all(isinstance(task.exception(), Unavailable) for task in done)
    refused = await asyncio.gather(*tasks[QUEUE:], return_exceptions=True)
    assert [type(each) for each in refused] == [Unavailable] * 3
    assert len(started) <= THREADS
    go.set()
    hashes = await asyncio.gather(*tasks[:QUEUE])
    assert all(made.startswith("$argon2id$v=19$m=8,t=1,p=1$") for made in hashes)
    assert all(name.startswith("argon2") for name in started)
    assert await vault.verify(hashes[0], "seven brave otters"), "there is room again"
    vault.close()


class TestThreads:
    """Of PasswordVault."""

    async def test_stand_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hash is computed by a thread that lets the event loop go first; the event loop itself stands back for nobody.

        Where a thread has no niceness of its own (not Linux) nobody stands back.
        """
        found: list[int] = []

        def noted(password: str) -> str:
            found.append(_niceness())
            return password

        monkeypatch.setattr(passwords, "normalized", noted)
        before = _niceness()
        vault = PasswordVault(Argon2(memory_kib=8, time_cost=1, parallelism=1, threads=1, queue=1))
        await vault.hash("the password of somebody")
        vault.close()
        assert found == [min(before + NICENESS, 19) if sys.platform == "linux" else before]
        assert _niceness() == before


def _niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
