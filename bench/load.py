"""Load on a server: by `wrk` where it is found, otherwise by the bundled client."""

import asyncio
import itertools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import client
from bench.server import Server

SCRIPT = Path(__file__).with_name("wrk.lua")
MARK = b"@" * 16
"""In a request, it becomes a number that was never sent before."""
_runs = itertools.count(1)


class LoadError(Exception):
    """Answers that were no successes: such a run measures nothing."""


@dataclass(frozen=True)
class Load:
    """What the clients saw."""

    answers: int
    seconds: float
    p50_ms: float
    p99_ms: float


def request(server: Server, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {server.host}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join((*lines, "", "")).encode() + body


def tool() -> str:
    """What makes the load on this machine."""
    return "wrk" if shutil.which("wrk") else "the bundled asyncio client"


def drive(server: Server, requests: Sequence[bytes], *, clients: int, seconds: float) -> Load:
    """Send the requests by turns from so many connections, each as soon as its last is answered.

    Raises:
        LoadError: an answer was not 2xx, or a connection failed.
    """
    first = next(_runs) * 10**10
    program = shutil.which("wrk")
    if program is None:
        counted = asyncio.run(client.drive(server.port, requests, clients=clients, seconds=seconds, first=first))
    else:
        counted = _wrk(program, server, requests, clients=clients, seconds=seconds, first=first)
    if counted["errors"] or not counted["answers"]:
        raise LoadError(f"{server.name}: {counted['errors']:.0f} errors beside {counted['answers']:.0f} answers")
    return Load(int(counted["answers"]), counted["seconds"], counted["p50_ms"], counted["p99_ms"])


def _wrk(
    program: str, server: Server, requests: Sequence[bytes], *, clients: int, seconds: float, first: int
) -> dict[str, float]:
    whole = max(1, round(seconds))  # wrk knows whole seconds only
    with tempfile.NamedTemporaryFile(prefix="atrium-bench-") as file:
        for text in requests:
            file.write(b"%d\n%s" % (len(text), text))
        file.flush()
        command = [program, "-t1", f"-c{clients}", f"-d{whole}s", "--timeout", "20s", "-s", str(SCRIPT)]
        command += [f"http://{server.host}/", "--", file.name, str(first)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    counted: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return counted
