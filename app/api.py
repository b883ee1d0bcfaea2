"""The API process: uvicorn (uvloop, httptools) over `build_app`, with a stop that loses no request."""

import asyncio
import faulthandler
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from app.config import Web, load_settings
from app.extensions.listeners import deafen
from app.extensions.logs import configure_logs
from app.main import build_app

SETTLE_SECONDS: Final = 0.1
LINGER_SECONDS: Final = 0.5
"""How long a connection that is idle at the end may still send what is on its way; closing at once would reset it. A client
whose handshake had begun gets at least `SETTLE_SECONDS` to end it."""
LAST_SECONDS: Final = 3.0
"""How long connections to the servers may take to close; a process that is stuck beyond it is ended by force."""
CLOSE: Final = (b"connection", b"close")


class DrainingServer(uvicorn.Server):
    """Ends in steps after SIGTERM or SIGINT, and with code 0.

    1. At once: unready, and every answer says `Connection: close`. It goes on accepting for `web.drain_seconds`, until
       nobody routes here any more. A second signal ends this step.
    2. No new connections; idle ones have a moment for what is on its way, running requests `web.grace_seconds`.
    3. What still runs is cancelled and answered 503. A process that does not end even so is ended by a watchdog, which
       writes where every thread stands.
    """

    def __init__(self, config: uvicorn.Config, *, web: Web, on_drain: Callable[[], None]) -> None:
        """`on_drain` is called once, by the signal handler."""
        super().__init__(config)
        self._web = web
        self._on_drain = on_drain
        self._drained_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's shape
        """Begin to end. uvicorn's own raises the signal again at the end, and the process would not exit with 0."""
        if self._drained_at is not None or not self.started:
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True
            return
        self._drained_at = time.monotonic() + self._web.drain_seconds
        self._on_drain()
        # In place: answers to requests that run already take their headers from this very list.
        self.server_state.default_headers.append(CLOSE)
        self.config.encoded_headers.append(CLOSE)
        allowed = self._web.drain_seconds + LINGER_SECONDS + self._web.grace_seconds + LAST_SECONDS
        faulthandler.dump_traceback_later(allowed, exit=True)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether it is time to stop accepting."""
        if self._drained_at is not None and time.monotonic() >= self._drained_at:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop accepting, let idle connections say what is on its way, then as uvicorn does."""
        for server in self.servers:
            for listener in server.sockets:
                deafen(listener)
        until = time.monotonic() + LINGER_SECONDS
        await asyncio.sleep(SETTLE_SECONDS)
        while self.server_state.connections and time.monotonic() < until and not self.force_exit:  # noqa: ASYNC110 - uvicorn tells nobody that a connection is gone
            await asyncio.sleep(SETTLE_SECONDS)
        await super().shutdown(sockets)


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = load_settings()
    configure_logs(settings.logs.level)
    app = build_app(settings)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.web.grace_seconds,  # type: ignore[arg-type]  # it is asyncio.wait_for's
    )
    DrainingServer(config, web=settings.web, on_drain=app.state.readiness.drain).run()
    faulthandler.cancel_dump_traceback_later()
