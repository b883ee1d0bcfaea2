"""Reactions of core."""

import logging

from app.auth.commons import Commons
from app.extensions.schedules import ScheduleDue

logger = logging.getLogger(__name__)


async def beat(event: ScheduleDue, commons: Commons) -> None:
    """The heartbeat: that it is run at all, by a worker, is what it is for; its delivery's end is the record."""
    logger.debug(
        "heartbeat", extra={"due_at": event.due_at.isoformat(), "late": str(commons.clock.now() - event.due_at)}
    )
