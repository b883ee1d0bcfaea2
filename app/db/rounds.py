"""What a process does again and again beside its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.db.errors import DATABASE_FAULTS
from app.exceptions import Unavailable
from app.utils.endings import is_cancelled

logger = logging.getLogger(__name__)


async def repeat(work: Callable[[], Awaitable[object]], seconds: float, who: str) -> None:
    """Do the work until cancelled, with pauses of so many seconds; a database that is away is waited out, and `who` told."""
    while not is_cancelled():
        try:
            await work()
        except (Unavailable, *DATABASE_FAULTS) as error:
            logger.warning("%s waits", who, extra={"error": repr(error)})
        await asyncio.sleep(seconds)
