"""The pool of threads that hashes."""

import os
import sys
import threading

import pytest

from app.auth import passwords
from app.auth.passwords import NICENESS, PasswordVault
from app.config import Argon2


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
