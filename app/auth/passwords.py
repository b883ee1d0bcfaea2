"""Argon2id (RFC 9106) in a bounded thread pool: a hash costs about 20 ms, which the event loop must not spend."""

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.auth.password_policy import normalized
from app.config import Argon2
from app.exceptions import Unavailable

T = TypeVar("T")
NICENESS = 10
"""How far the hashing threads stand back: the event loop goes first wherever both want a processor (ADR 0022)."""


class PasswordVault:
    """Hashes and verifies passwords; beyond its queue it answers 503 instead of piling up."""

    def __init__(self, settings: Argon2) -> None:
        """`settings` give the cost and the number of threads."""
        self._hasher = PasswordHasher(
            time_cost=settings.time_cost, memory_cost=settings.memory_kib, parallelism=settings.parallelism
        )
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="argon2", initializer=_stand_back)
        self._room = settings.queue
        self._nobody = self._hasher.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        """The hash, with its salt and parameters (PHC string format)."""
        return await self._run(lambda: self._hasher.hash(normalized(password)))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is the hash's; without a hash the same work is done for nothing, so that time tells nothing."""

        def work() -> bool:
            try:
                self._hasher.verify(password_hash or self._nobody, normalized(password))
            except (VerificationError, InvalidHashError):
                return False
            return password_hash is not None

        return await self._run(work)

    def needs_rehash(self, password_hash: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._room <= 0:
            raise Unavailable("Too many people are signing in at this moment.")
        self._room -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._room += 1


def _stand_back() -> None:
    if sys.platform == "linux":  # where niceness is a thread's own; elsewhere it would be the process's
        os.nice(NICENESS)
