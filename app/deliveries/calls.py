"""Calling a handler: within its time, in the loop or in a thread, and whatever it does comes out as an ordinary error."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from app.extensions.events import Event
from app.extensions.module import Handler
from app.extensions.threads import run_in_thread


async def in_time(handler: Handler, event: Event, given: Any) -> Any:
    """Run the handler within its own time; a plain function runs in a thread. Returns what it returns: the result of a task.

    Raises:
        TimeoutError: saying so; whatever else the handler raises.
        RuntimeError: it tried to end its process, or ended itself as if it had been cancelled.
    """
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(handler.timeout_seconds) as limit:
            return await _called(handler, event, given)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TimeoutError(f"the handler took longer than {handler.timeout_seconds:g} s") from error
    except asyncio.CancelledError as error:
        if task is None or task.cancelling():
            raise
        raise RuntimeError("the handler was cancelled from within") from error
    except (SystemExit, KeyboardInterrupt) as error:
        raise RuntimeError(f"the handler raised {type(error).__name__}") from error


def _called(handler: Handler, event: Event, given: Any) -> Awaitable[Any]:
    if handler.plain:
        return run_in_thread(handler.react, event, given)
    pending = handler.react(event, given)
    if pending is None:
        raise TypeError(f"{handler.name} returned nothing to await")
    return pending
