"""`make clients`: generates the TypeScript client, compiles it and runs its tests against a live server with demo data.

Without Node, or where its packages cannot be had, one line says so. `--check` needs neither: it compares the hash of what the
client was made of with the snapshot.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import httpx

from app import demo
from app.config import ROOT
from tools.openapi import SNAPSHOT

CLIENT = ROOT / "clients" / "ts"
SCHEMA = CLIENT / "src" / "schema.ts"
MARK = "// sha256 of docs/openapi.json: "
OLDEST_NODE = 20
UNREACHABLE = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENETUNREACH",
    "ETIMEDOUT",
    "E401",
    "E403",
    "E407",
    "E503",
)
READY_SECONDS, STOP_SECONDS, NPM_SECONDS = 300.0, 30.0, 600.0


class ClientError(Exception):
    """The client is not what it must be."""


def main() -> int:
    """Check the hash, or make and run the client; 1 where something is wrong, 0 where there is no Node to do it."""
    if "--check" in sys.argv[1:]:
        return check()
    lacking = missing()
    if lacking is not None:
        print(f"The TypeScript client was not run: {lacking}.")
        return 0
    try:
        return 0 if installed() is False else run()
    except ClientError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def check(snapshot: Path = SNAPSHOT, schema: Path = SCHEMA) -> int:
    """Whether the committed client was made of the committed document; 1 where not."""
    first = schema.read_text(encoding="utf-8").partition("\n")[0] if schema.exists() else ""
    if first != MARK + hashlib.sha256(snapshot.read_bytes()).hexdigest():
        sys.stderr.write("clients/ts was made of another docs/openapi.json: run make clients where Node is.\n")
        return 1
    print("clients/ts is made of docs/openapi.json.")
    return 0


def missing() -> str | None:
    """What of Node there is not; None where all is there."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "there is no Node here"
    version = _called("node", "--version").stdout.strip()
    number = version.removeprefix("v").partition(".")[0]
    return (
        None
        if number.isdigit() and int(number) >= OLDEST_NODE
        else f"it takes Node {OLDEST_NODE}, and here is {version}"
    )


def installed() -> bool:
    """Install what package-lock.json pins; False, and a line, where the package index is not to be reached.

    Raises:
        ClientError: npm refuses for another reason.
    """
    done = _called("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    if done.returncode == 0:
        return True
    if any(sign in done.stderr for sign in UNREACHABLE):
        print("The TypeScript client was not run: the package index of npm cannot be reached.")
        return False
    raise ClientError(f"npm ci failed:\n{done.stderr}")


def run() -> int:
    """Generate, compile, and test against a server of its own.

    Raises:
        ClientError: one of the steps failed.
    """
    for command in (("npm", "run", "--silent", "generate"), ("npm", "run", "--silent", "build")):
        done = _called(*command)
        if done.returncode:
            raise ClientError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    with serving() as url:
        variables = {**os.environ, "ATRIUM_URL": url, "ATRIUM_PASSWORD": demo.PASSWORD}
        tests = ["node", "--test", "--test-reporter=spec", "dist/test/"]
        return subprocess.run(tests, cwd=CLIENT, env=variables, check=False).returncode  # noqa: S603 - our own tests


@contextmanager
def serving() -> Iterator[str]:
    """`make run` on a free port and in a folder of its own; where it answers.

    Raises:
        ClientError: it does not come up.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="atrium-clients-") as folder:
        command = [sys.executable, "-m", "app.manage.cli", "up", "--port", str(port), "--data", f"{folder}/data"]
        output = Path(folder) / "up.log"
        with output.open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=_plain(os.environ), stdout=log, stderr=log)  # noqa: S603 - our own
        try:
            _until_ready(url, process, output)
            yield url
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _until_ready(url: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/health/ready").status_code == HTTPStatus.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise ClientError(f"the server did not come up:\n{output.read_text(encoding='utf-8')}")


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    return {
        **{name: value for name, value in environment.items() if not name.startswith("ATRIUM_")},
        "ATRIUM_ENV": "development",
    }


def _called(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, check=False, timeout=NPM_SECONDS)  # noqa: S603 - node and npm


if __name__ == "__main__":
    sys.exit(main())
