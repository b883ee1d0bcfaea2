"""`manage up`: the servers, the data and the processes of a whole installation, under one supervisor."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from app.config import ROOT, ConfigError, Settings, load_settings
from app.embedded.keys import write_secrets
from app.embedded.places import EmbeddedError, Places
from app.embedded.processes import HOST, is_free
from app.embedded.servers import Servers
from app.embedded.supervisor import Child, Log, Program, Supervisor, write_line

HIGHEST_PORT = 65_535
INTERRUPTED = 130
USUAL_QUEUE = "default"
TAKEN = frozenset(("api", "worker", "relay", "postgres", "redis"))
METRICS = "ATRIUM_METRICS__PORT"
MAIL = "ATRIUM_MAIL__FOLDER"
PAYMENTS = "ATRIUM_PAYMENTS__FOLDER"
FILES = "ATRIUM_FILES__FOLDER"
SHIPPING = "ATRIUM_SHIPPING__FOLDER"

WELCOME = """
Atrium is up.

  {url}            the API under /api/v1
  {url}/docs       its documentation, with a form for every call
{metrics}

Sign in with the password atrium-demo-2026 as
  owner@acme.example, admin@acme.example, member@acme.example, viewer@acme.example    tenant acme
  owner@globex.example     tenant globex, 200 products
  owner@initech.example    tenant initech, 2,000 products
  both@example.com         member of acme and of globex
  operator@atrium.example  operator of the platform

Try next, in another terminal:
{commands}

Ctrl-C stops everything; the data stays in {data}.
"""


def run_up(port: int, data: Path, prepare: Callable[[Settings], Sequence[str]]) -> int:
    """Bring everything up on `data`, serve on `port` until a signal comes, and return the exit code.

    `prepare` migrates and seeds, and names the queues, each of which gets a worker; it runs once, with every URL filled,
    before the first process starts. What the reader
    can put right is one sentence on standard error and code 1, with nothing left running.
    """
    # A shell that starts us in the background leaves SIGINT ignored, and asyncio heeds only Python's own handler.
    previous = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
        signal.SIGTERM: signal.signal(signal.SIGTERM, _interrupt),
    }
    try:
        check_port(port)
        places = Places.prepare(data)
        with places.lock():
            return _run(port, places, prepare)
    except (EmbeddedError, ConfigError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def check_port(port: int) -> None:
    """Make sure that the API can listen on `port`.

    Raises:
        EmbeddedError: where it cannot.
    """
    if not 0 < port <= HIGHEST_PORT:
        raise EmbeddedError(f"{port} is no port: choose one from 1 to {HIGHEST_PORT} with PORT=.")
    if not is_free(port):
        raise EmbeddedError(
            f"Port {port} is taken or not ours to use: stop what listens there, or choose another with PORT={port + 1}."
        )


def programs(queues: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each process by its name: its command of `manage`, and what follows on its command line."""
    workers = {_worker_of(queue): ("worker", queue) for queue in queues}
    return {"api": ("api",), **workers, "relay": ("relay",)}


def _worker_of(queue: str) -> str:
    return "worker" if queue == USUAL_QUEUE else f"{queue}-queue" if queue in TAKEN else queue


def _run(port: int, places: Places, prepare: Callable[[Settings], Sequence[str]]) -> int:
    secrets_file = ROOT / ".secrets.toml"
    if write_secrets(secrets_file):
        _say(f"Random secrets written to {secrets_file}")
    servers = Servers(load_settings(), places)
    try:
        with _step("PostgreSQL and Valkey"):
            settings = asyncio.run(servers.start())
        with _step("Migrations and demo data"):
            queues = prepare(settings)
        return asyncio.run(_supervise(port, places, servers, settings, programs(queues)))
    finally:
        asyncio.run(servers.stop())


async def _supervise(
    port: int, places: Places, servers: Servers, settings: Settings, commands: Mapping[str, tuple[str, ...]]
) -> int:
    embedded: list[Child] = [server for server in (servers.postgres, servers.valkey) if server is not None]
    metrics = metrics_ports(port, commands)
    serving = [
        program(name, command, port, places, {**environment(settings, places), METRICS: str(metrics[name])})
        for name, command in commands.items()
    ]
    supervisor = Supervisor([embedded, serving])
    welcome = asyncio.create_task(_welcome(port, places, metrics))
    try:
        return await supervisor.run()
    finally:
        welcome.cancel()
        with suppress(asyncio.CancelledError):
            await welcome


def metrics_ports(port: int, names: Iterable[str]) -> dict[str, int]:
    """A free port for each program's metrics, the next above the API's; 0, which is none, where there is no other."""
    free = (number for number in range(port + 1, HIGHEST_PORT + 1) if is_free(number))
    return {name: next(free, 0) for name in names}


def program(
    name: str, command: tuple[str, ...], port: int, places: Places, variables: Mapping[str, str], log: Log = write_line
) -> Program:
    """One of `programs`, with these variables beside our own environment; the API listens on `port`."""
    argv = [sys.executable, "-m", "app.manage.cli", *command]
    if name == "api":
        argv += ["--port", str(port)]
    recycles = command[0] == "worker"
    return Program(name, argv, places.pid_file(name), env={**os.environ, **variables}, recycles=recycles, log=log)


def environment(settings: Settings, places: Places) -> dict[str, str]:
    """What points a serving process at the servers and at the folders of what is kept here: in its environment, for every user sees the arguments of a process."""
    return {
        "ATRIUM_DATABASE__URL": settings.database.url,
        "ATRIUM_DATABASE__IDENTITY_URL": settings.database.identity_url,
        "ATRIUM_DATABASE__SYSTEM_URL": settings.database.system_url,
        "ATRIUM_DATABASE__OWNER_URL": "",
        "ATRIUM_REDIS__URL": settings.redis.url,
        MAIL: mail_folder(places),
        PAYMENTS: os.environ.get(PAYMENTS, str(places.payments)),
        FILES: os.environ.get(FILES, str(places.files)),
        SHIPPING: os.environ.get(SHIPPING, str(places.shipping)),
        "PYTHONUNBUFFERED": "1",
    }


def mail_folder(places: Places) -> str:
    """Where the processes of `up` put mail: where the environment says, else beside everything else."""
    return os.environ.get(MAIL, str(places.mail))


async def _welcome(port: int, places: Places, metrics: Mapping[str, int]) -> None:
    with _step("API, worker and relay"):
        while not await is_live(port):  # noqa: ASYNC110 - another process has no event of ours to set
            await asyncio.sleep(0.1)
    url = f"http://{HOST}:{port}"
    lines = "\n".join(
        f"  http://{HOST}:{number}/metrics    what {name} measures, for Prometheus" for name, number in metrics.items()
    )
    _say(WELCOME.format(url=url, data=places.data, commands=_commands(url), metrics=lines))


async def is_live(port: int) -> bool:
    """Whether an API answers there."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(f"GET /health/live HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
                status = await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
    return status.split()[1:2] == [str(HTTPStatus.OK.value).encode()]


def _commands(url: str) -> str:
    return "\n".join(
        (
            f"  TOKEN=$(curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \\",
            '    -d \'{"email": "owner@acme.example", "password": "atrium-demo-2026"}\' | sed \'s/.*"access_token":"\\([^"]*\\)".*/\\1/\')',
            f'  curl -s {url}/api/v1/products -H "Authorization: Bearer $TOKEN" -H "X-Tenant-ID: acme" \\',
            '    -H \'Content-Type: application/json\' -d \'{"sku": "TEA-01", "name": "Green tea", "price": 450, "currency": "EUR"}\'',
            f'  curl -s {url}/api/v1/products/summary -H "Authorization: Bearer $TOKEN" -H "X-Tenant-ID: acme"',
        )
    )


@contextmanager
def _step(what: str) -> Iterator[None]:
    _say(f"{what} ...")
    began = time.monotonic()
    yield
    _say(f"{what}: ready after {time.monotonic() - began:.1f} s")


def _say(text: str) -> None:
    with suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
