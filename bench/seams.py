"""Where the processor time of a request goes: every layer's own share, at seams between them.

A sampler sees Python frames only and charges what C code does (parsing, encoding, the event loop) to whatever runs next;
cProfile adds a cost to every call, and most to the layers of many small calls. Here a dozen functions are wrapped in the
measured process. At each crossing the thread's processor time since the last one is charged to the layer that was on top.
While one client asks, a coroutine that waits keeps its place, so the event loop's work for it is charged to it too.
"""

import functools
import inspect
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEDGER = "/bench/ledger"
OUTSIDE = "server: HTTP, event loop, socket"
CROSSINGS = 20_000


class Ledger:
    """Processor time by layer, for one request at a time."""

    def __init__(self) -> None:
        """Nothing is on top but the server itself."""
        self._spent: dict[str, int] = defaultdict(int)
        self._stack = [OUTSIDE]
        self._since = time.thread_time_ns()
        self._crossings = 0
        self._requests = 0

    def cross(self) -> None:
        """Charge what passed to the layer on top."""
        now = time.thread_time_ns()
        self._spent[self._stack[-1]] += now - self._since
        self._since = now
        self._crossings += 1

    def wrap(self, layer: str, function: Callable[..., Any], *, awaits: bool = False) -> Callable[..., Any]:
        """The function, its own time charged to the layer; `awaits` where a decorator hides that it is a coroutine."""
        stack = self._stack

        @functools.wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            self.cross()
            depth = len(stack)
            stack.append(layer)
            try:
                return function(*args, **kwargs)
            finally:
                self.cross()
                del stack[depth:]

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            self.cross()
            depth = len(stack)
            stack.append(layer)
            try:
                return await function(*args, **kwargs)
            finally:
                self.cross()
                del stack[depth:]

        return awaited if awaits or inspect.iscoroutinefunction(function) else called

    def patch(self, owner: Any, name: str, layer: str, *, awaits: bool = False) -> None:
        """Wrap an attribute of a class, a module or an object where it stands."""
        setattr(owner, name, self.wrap(layer, getattr(owner, name), awaits=awaits))

    def told(self, app: ASGIApp) -> ASGIApp:
        """The application, counting its requests; one path more answers the ledger and begins it anew."""

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope.get("path") == LEDGER:
                await Response(self._told())(scope, receive, send)
                return
            if scope["type"] == "http":
                self._requests += 1
                del self._stack[1:]  # the lifespan, which entered the application too and is still in it

            async def sent(message: Message) -> None:
                self.cross()
                self._stack.append(OUTSIDE)
                try:
                    await send(message)
                finally:
                    self.cross()
                    del self._stack[-1:]

            await app(scope, receive, sent)

        return wrapped

    def _told(self) -> bytes:
        self.cross()
        told = orjson.dumps(
            {
                "requests": self._requests,
                "crossings": self._crossings,
                "layers": self._spent,
                "crossing_ns": _crossing(),
            }
        )
        self._spent.clear()
        self._crossings = self._requests = 0
        self._since = time.thread_time_ns()
        return told


def _crossing() -> float:
    """What one crossing costs, so that the table can say how much of it is the measurement."""
    probe = Ledger()
    wrapped = probe.wrap("probe", int)
    began = time.thread_time_ns()
    for _ in range(CROSSINGS):
        int()  # noqa: UP018 - the call alone
    bare = time.thread_time_ns() - began
    began = time.thread_time_ns()
    for _ in range(CROSSINGS):
        wrapped()
    return (time.thread_time_ns() - began - bare) / CROSSINGS / 2
