"""The API process: uvicorn (uvloop, httptools) over `app.main:build_app`."""

import sys

import uvicorn

from app.startup import refusing

GRACE_SECONDS = 20
"""How long a stop waits for running requests; Kubernetes grants 30 s."""


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve until SIGTERM or SIGINT."""
    uvicorn.run(
        "app.main:build_app",
        factory=True,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def main() -> None:
    """The process, on the port of its first argument; what must not be is one line and a code that is not 0."""
    with refusing():
        serve(int(sys.argv[1]))


if __name__ == "__main__":
    main()
