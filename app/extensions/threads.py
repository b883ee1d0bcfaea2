"""Plain functions as handlers: each runs in a thread of its own, and what only the loop can do is done there for it.

Not `asyncio.to_thread`: its few threads are shared, so that handlers which hang would keep all others out, and the process
would wait for them before it ends. A thread cannot be ended from outside; what hangs is left behind, cut off from the loop.
"""

import asyncio
import concurrent.futures
import inspect
import logging
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

T = TypeVar("T")
logger = logging.getLogger(__name__)


class HandlerOverError(RuntimeError):
    """The delivery's time is over and its transaction undone: what its thread still asks for is refused."""


class Crossing:
    """The way from one handler's thread into its delivery's loop, open until the handler ends or its time does."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """`loop` is the delivery's."""
        self._loop = loop
        self._running: set[asyncio.Task[Any]] = set()
        self._is_over = False

    def cross(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run the coroutine in the loop, from the thread."""
        if self._is_over:
            coroutine.close()
            raise HandlerOverError("the handler's time is over: nothing of it can happen any more")
        try:
            return asyncio.run_coroutine_threadsafe(self._admit(coroutine), self._loop).result()
        except concurrent.futures.CancelledError:
            raise HandlerOverError("the handler's time ended while it waited") from None

    async def close(self) -> None:
        """Let nothing more across, and end what is under way: behind this, nobody uses the transaction."""
        self._is_over = True
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)

    async def _admit(self, coroutine: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        if self._is_over or task is None:
            coroutine.close()
            raise HandlerOverError("the handler's time is over: nothing of it can happen any more")
        self._running.add(task)
        try:
            return await coroutine
        finally:
            self._running.discard(task)


_crossing: ContextVar[Crossing | None] = ContextVar("crossing", default=None)


def wait(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in the delivery's loop and return its result: how a plain handler uses its unit of work.

    Raises:
        HandlerOverError: the handler's time is over.
        RuntimeError: called elsewhere than in the thread of a plain handler.
    """
    crossing = _crossing.get()
    if crossing is None or _in_a_loop():
        coroutine.close()
        raise RuntimeError("wait is for handlers that are plain functions; await the coroutine instead")
    return crossing.cross(coroutine)


async def run_in_thread(function: Callable[..., Any], *arguments: Any) -> None:
    """Run a plain function in a thread, with the present context; cancelled, it is cut off and left to itself.

    Raises:
        TypeError: it is no plain function after all, since it returned something to be awaited.
        BaseException: whatever the function raises.
    """
    loop = asyncio.get_running_loop()
    crossing, ended = Crossing(loop), loop.create_future()

    def settle(error: BaseException | None) -> None:
        if ended.done():
            return
        if error is None:
            ended.set_result(None)
        else:
            ended.set_exception(error)

    def live() -> None:
        error: BaseException | None = None
        try:
            _demand_nothing(function, function(*arguments))
        except BaseException as raised:  # noqa: BLE001 - it is raised again where the thread was started
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    context = copy_context()
    context.run(_crossing.set, crossing)
    threading.Thread(target=context.run, args=(live,), name="handler", daemon=True).start()
    try:
        await ended
    finally:
        if not ended.done() or ended.cancelled():
            logger.warning("a handler's thread is left behind", extra={"function": function.__qualname__})
        await crossing.close()


def _demand_nothing(function: Callable[..., Any], returned: Any) -> None:
    if inspect.iscoroutine(returned):
        returned.close()
    if inspect.isawaitable(returned) or inspect.isgenerator(returned) or inspect.isasyncgen(returned):
        raise TypeError(
            f"{function.__qualname__} returned a {type(returned).__name__}, which nobody runs: use async def"
        )


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
