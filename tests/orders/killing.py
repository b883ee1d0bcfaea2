"""A worker's life in the test's hands: what is due is run when the test says so, and dies at a commit where it says so."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest

from app.db.uow import UnitOfWork
from app.extensions.tickets import Ticket
from app.runtime import Runtime

# As the relay leases what is due and what a worker that is lost had: at once, and never for the last time.
LEASE = """
UPDATE deliveries SET state = 'leased', attempt = attempt + 1, tries = 0, error = NULL, due_at = now(),
  lease_until = now() + interval '1 minute'
WHERE tenant_id = $1 AND state IN ('pending', 'leased') RETURNING id, attempt
"""
WAITING = "SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state IN ('pending', 'leased')"
AGAIN = """
UPDATE deliveries SET state = 'pending' WHERE tenant_id = $1 AND state = 'done'
  AND (handler LIKE 'shipping.%' OR handler LIKE 'analytics.%' OR handler LIKE 'orders.%')
"""


class KilledError(BaseException):
    """In the place of `kill -9`: nobody catches it."""


@dataclass(frozen=True)
class Kill:
    """At which commit from now on, and whether it is still made."""

    commits: int
    after: bool


class Killer:
    """Raises at the commit that is armed, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every unit of work of this process comes by."""
        self._kill: Kill | None = None
        self._left = 0
        self._acts_only = False
        commit = UnitOfWork.commit

        async def committed(uow: UnitOfWork) -> None:
            kill = self._kill if uow.is_open and (uow.entries or not self._acts_only) else None
            if kill is not None and self._left > 0:
                self._left, kill = self._left - 1, None
            if kill is None:
                await commit(uow)
                return
            self._kill = None
            if kill.after:
                await commit(uow)
            raise KilledError

        monkeypatch.setattr(UnitOfWork, "commit", committed)

    def arm(self, kill: Kill | None, *, acts_only: bool = False) -> None:
        """None: nobody dies. `acts_only`: commits that note an act are counted, and no others."""
        self._kill, self._left, self._acts_only = kill, 0 if kill is None else kill.commits, acts_only


class Worker:
    """Runs the deliveries of one tenant; the app itself runs none."""

    def __init__(self, runtime: Runtime, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
        """From now on what is committed waits."""

        async def wait(_tenant_id: UUID, _ids: object) -> None:
            """In the place of the inline queue mode."""

        monkeypatch.setattr(runtime.runner, "run_these", wait)
        self._runtime, self._owner = runtime, owner

    async def turn(self, tenant_id: UUID, *, backwards: bool = False) -> int:
        """Run what is due, but not what comes of it; returns how much that was."""
        rows = await self._owner.fetch(LEASE, tenant_id)
        for row in sorted(rows, key=lambda row: int(row["id"]), reverse=backwards):
            await self._runtime.runner.run(Ticket(tenant_id, row["id"], row["attempt"]))
        return len(rows)

    async def waiting(self, tenant_id: UUID) -> int:
        """How much is due or leased."""
        found: int = await self._owner.fetchval(WAITING, tenant_id)
        return found

    async def again(self, tenant_id: UUID) -> None:
        """Have everything due again that was done, as if nobody had learnt of it."""
        await self._owner.execute(AGAIN, tenant_id)
