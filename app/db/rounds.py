"""What a process does again and again beside its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.db.errors import DATABASE_FAULTS
from app.exceptions import Unavailable

logger = logging.getLogger(__name__)


async def repeat(work: Callable[[], Awaitable[object]], seconds: float, who: str) -> None:
    """Do the work until cancelled, with pauses of so many seconds; a database that is away is waited out, and `who` told."""
    task = asyncio.current_task()
    # Looked at every round: a cancellation that meets a driver's own timeout may be swallowed there.
    while task is not None and not task.cancelling():
        try:
            await work()
        except (Unavailable, *DATABASE_FAULTS) as error:
            logger.warning("%s waits", who, extra={"error": repr(error)})
        await asyncio.sleep(seconds)
