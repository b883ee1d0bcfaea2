"""When something that runs for ever is to end."""

import asyncio


def is_cancelled() -> bool:
    """Whether the present task was told to end. What runs for ever asks in each round: a driver's own timeout, or a connection
    that broke in that moment, may have swallowed the cancellation.
    """
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
