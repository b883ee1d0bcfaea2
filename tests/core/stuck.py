"""A server whose only view blocks the loop."""

import time

import uvicorn
from starlette.types import Receive, Scope, Send

from app import api
from app.config import Web


def serve_stuck(port: int, web: Web, last_seconds: float) -> None:
    """The process, which is ended by force so long after everything else was to have ended."""
    api.LAST_SECONDS = last_seconds  # type: ignore[misc]  # this process does nothing else in its life
    config = uvicorn.Config(_block, port=port, log_config=None, lifespan="off", loop="uvloop", http="httptools")
    api.DrainingServer(config, web=web, on_drain=lambda: None).run()


async def _block(_scope: Scope, _receive: Receive, _send: Send) -> None:
    print("stuck", flush=True)  # noqa: T201 - told to the test through the log
    time.sleep(60)  # noqa: ASYNC251 - blocking is the point
