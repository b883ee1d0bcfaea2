"""`manage up` as a process, for tests that use it as its user does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.config import ROOT
from app.demo import PASSWORD
from app.embedded.processes import read_number
from tests.embedded.support import until

START_SECONDS = 180.0
STOP_SECONDS = 5.0


class Installation:
    """A running `manage up`."""

    def __init__(self, data: Path, port: int, variables: Mapping[str, str]) -> None:
        """Start it on a folder that is not there yet, in a new one."""
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        data.parent.mkdir()
        self._output = data.parent / "up.log"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                command(data, port),
                cwd=ROOT,
                env={**clean_environment(), **variables},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """All that it has printed."""
        return self._output.read_text()

    def pid(self, name: str) -> int | None:
        """What the pid file of a child says."""
        return read_number(self.data / "run" / f"{name}.pid")

    def sign_in(self) -> httpx.Client:
        """A client that acts as the owner of acme."""
        answer = httpx.post(f"{self.url}/api/v1/auth/login", json={"email": "owner@acme.example", "password": PASSWORD})
        headers = {"X-Tenant-ID": "acme", "Authorization": f"Bearer {answer.json()['access_token']}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers)


def command(data: Path, port: int) -> list[str]:
    """`make run`, as the Makefile calls it."""
    return [sys.executable, "-m", "app.manage.cli", "up", "--port", str(port), "--data", str(data)]


def clean_environment() -> dict[str, str]:
    """The environment of somebody who knows nothing of tests."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("ATRIUM_")}
    return {**known, "ATRIUM_ENV": "development"}


@contextmanager
def running_up(data: Path, port: int, variables: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """`manage up` after its welcome, with settings of its own; ended as by Ctrl-C, for what is killed cannot end its children."""
    up = Installation(data, port, variables or {})
    try:
        until(lambda: "Ctrl-C" in up.output or up.process.poll() is not None, "the welcome", START_SECONDS)
        assert up.process.poll() is None, up.output
        yield up
    finally:
        up.process.send_signal(signal.SIGINT)
        up.process.wait(12 * STOP_SECONDS)
