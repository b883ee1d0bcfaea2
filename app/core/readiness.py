"""Whether the process shall be sent requests: asked by orchestrators and load balancers, often and by many."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.db.pool import Pool
from app.db.probe import PROBE_FAULTS, Probe
from app.exceptions import Unavailable
from app.extensions.wakes import Wakes

logger = logging.getLogger(__name__)

FRESH_SECONDS: Final = 1.0
DATABASE_SECONDS: Final = 1.5
REDIS_SECONDS: Final = 0.5
"""Well below the second that Kubernetes waits by default: Redis shall not unready the process."""
OK: Final = "ok"


@dataclass(frozen=True, slots=True)
class _Verdict:
    at: float
    checks: Mapping[str, str]
    ready: bool


class Readiness:
    """One verdict for all who ask within a second, found once, over connections of its own, in less than two seconds.

    It says of each check what is wrong in words that name no host, role or version. Redis carries and never remembers:
    without it the process is degraded and ready.
    """

    def __init__(
        self,
        *,
        app: Probe,
        identity: Probe,
        pools: Sequence[Pool],
        carrier: Wakes | None,
        fresh_seconds: float = FRESH_SECONDS,
    ) -> None:
        """`carrier` is None where no Redis carries deliveries; `fresh_seconds` is how long a verdict lasts."""
        self._fresh_seconds = fresh_seconds
        self._app = app
        self._identity = identity
        self._pools = pools
        self._carrier = carrier
        self._verdict: _Verdict | None = None
        self._examination: asyncio.Task[_Verdict] | None = None
        self._draining = False

    def drain(self) -> None:
        """Be unready from now on: the process is about to end. May be called by a signal handler."""
        self._draining = True

    @property
    def is_draining(self) -> bool:
        """Whether the process is about to end: what flows without an end shall end now."""
        return self._draining

    async def check(self) -> Mapping[str, str]:
        """What each check found, where requests can be served.

        Raises:
            Unavailable: they cannot; the problem's `checks` say why.
        """
        checks = {"process": "is shutting down"}
        if not self._draining:
            verdict = await self._judge()
            checks = dict(verdict.checks)
            if verdict.ready and not self._draining:
                return checks
        error = Unavailable("This process cannot serve requests now.")
        error.extra["checks"] = checks
        raise error

    async def close(self) -> None:
        """End what runs and let the connections go."""
        if self._examination is not None:
            self._examination.cancel()
            with suppress(asyncio.CancelledError):
                await self._examination
        await self._app.close()
        await self._identity.close()

    async def _judge(self) -> _Verdict:
        if self._verdict is not None and time.monotonic() - self._verdict.at < self._fresh_seconds:
            return self._verdict
        if self._examination is None or self._examination.done():
            self._examination = asyncio.create_task(self._examine())
        return await asyncio.shield(self._examination)  # one who hangs up does not end it for the others

    async def _examine(self) -> _Verdict:
        database, identity, redis = await asyncio.gather(
            _bounded(self._schema()), _bounded(self._sign_in()), self._redis()
        )
        checks = {"database": database, "identity": identity, **redis}
        verdict = _Verdict(time.monotonic(), checks, ready=database == identity == OK)
        if self._verdict is None or self._verdict.checks != checks:
            logger.log(logging.INFO if verdict.ready else logging.WARNING, "readiness", extra={"checks": checks})
        self._verdict = verdict
        return verdict

    async def _schema(self) -> str:
        if not await self._app.schema_fits():
            return "the schema is not the one that the code works on"
        return OK if all(pool.stats().size for pool in self._pools) else "no connection stands"

    async def _sign_in(self) -> str:
        await self._identity.answers()
        return OK

    async def _redis(self) -> dict[str, str]:
        if self._carrier is None:
            return {}
        return {"redis": OK if await self._carrier.answers(REDIS_SECONDS) else "does not answer"}


async def _bounded(check: Awaitable[str]) -> str:
    """The check's finding, in time."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            return await check
    except TimeoutError:
        return "does not answer in time"
    except PROBE_FAULTS as error:
        logger.warning("readiness check failed", extra={"error": repr(error)})
        return "refuses" if isinstance(error, OSError) else "answers with an error"
