"""A process that asks a shared rate for leave, again and again."""

import asyncio
import time
from uuid import UUID

from app.extensions.rate_leases import Leases
from app.extensions.rates import Bucket, Rate

TRIES = 300
PAUSE_SECONDS = 0.003


def ask_often(url: str, tenant_id: UUID, rate: Rate) -> None:
    """The process. It prints how many tries passed, what is left of its lease, and its debt."""
    asyncio.run(_ask_often(url, Bucket(rate, (tenant_id,))))


async def _ask_often(url: str, bucket: Bucket) -> None:
    leases = Leases(url, lambda _: None, timeout_seconds=10)
    passed = 0
    for _ in range(TRIES):
        now = time.monotonic()
        passed += bucket.take(now, away=leases.away)
        if bucket.wants(now):
            leases.ask(bucket, now)
        await asyncio.sleep(PAUSE_SECONDS)
    await leases.aclose()
    print(passed, bucket.tokens, bucket.debt)  # noqa: T201 - its output is the answer
