"""python -m tests.servers [--if-there] [direct | bouncer] [pytest's arguments]

Starts the operating system's PostgreSQL, Redis and PgBouncer in a temporary folder, on free ports, with random passwords and
as an ordinary user, runs the suite on them, and stops everything, also on Ctrl-C.
"""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.embedded.places import Places
from app.embedded.postgres import Postgres
from app.embedded.processes import remembered_port
from app.embedded.valkey import Valkey
from tests.servers.bouncer import Bouncer
from tests.support.servers import BOUNCER, REAL_ADMIN, REAL_REDIS

OLDEST = 15
STOP_SECONDS = 20.0
DEBIANS = Path("/usr/lib/postgresql")
INSTALL = "apt-get install postgresql redis-server pgbouncer"
RUNS = ("direct", "bouncer")
# What serves requests: run once more on SQLAlchemy's own pool. Those of tests/db take both kinds themselves.
REQUESTS = ("tests/api", "tests/auth", "tests/catalog", "tests/operators", "tests/tenants", "tests/users")
STOCK = {"ATRIUM_DATABASE__POOL": "stock"}
# What speaks to a database; the rest would prove the same as in the direct run.
FACING = (
    *REQUESTS,
    "tests/db",
    "tests/faults",
    "tests/test_doctor.py",
    "tests/test_doctor_redis.py",
    "tests/test_startup.py",
)
# What speaks to no server, or makes the suite start once more: `make test` has shown it.
APART = (
    "tests/migrations/test_previous.py",
    "tests/mock",
    "tests/services",
    "tests/test_config.py",
    "tests/test_config_reference.py",
    "tests/test_config_sources.py",
    "tests/test_config_vault.py",
    "tests/test_house_rules.py",
    "tests/test_manifests.py",
    "tests/tools",
)
DIRECT = ("tests", *(f"--ignore={path}" for path in APART))


def main(arguments: list[str]) -> int:
    """The exit code: 0 where every run was green."""
    wanted = [word for word in arguments if word in RUNS] or list(RUNS)
    others = [word for word in arguments if word not in {*RUNS, "--if-there"}]
    programs = _programs()
    if missing := [name for name, path in programs.items() if path is None]:
        _say(f"Not run on real servers, for there is no {' and no '.join(missing)} here: {INSTALL}")
        return 0 if "--if-there" in arguments else 2
    signal.signal(signal.SIGTERM, _interrupt)
    codes: list[int] = []
    try:
        with _servers(programs) as environment:
            if "direct" in wanted:
                codes += _runs("directly", environment, DIRECT, others)
            if "bouncer" in wanted:
                port = remembered_port(Path(environment["ATRIUM_TEST_SERVERS"]) / "bouncer.port")
                with Bouncer(programs["PgBouncer"] or "", environment[REAL_ADMIN], port) as bouncer:
                    extra = {BOUNCER: bouncer.place, "ATRIUM_DATABASE__STATEMENT_CACHE": "false"}
                    codes += _runs("through PgBouncer", environment | extra, FACING, others)
    except KeyboardInterrupt:
        return 130
    return max(codes)


def _programs() -> dict[str, str | None]:
    chosen = os.environ.get("PG_BIN")
    found = sorted(DEBIANS.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    newest = str(found[-1].parent) if found and int(found[-1].parts[-3]) >= OLDEST else None
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    return {
        f"PostgreSQL {OLDEST} or newer": chosen or newest,
        "redis-server": shutil.which("redis-server", path=path),
        "PgBouncer": shutil.which("pgbouncer", path=path),
    }


@contextmanager
def _servers(programs: dict[str, str | None]) -> Iterator[dict[str, str]]:
    """PostgreSQL and Redis run; the environment that names them, and for the tests' own servers their programs."""
    folder = Path(tempfile.mkdtemp(prefix="atrium-servers-"))
    binaries, redis_program, _ = programs.values()
    os.environ["PG_BIN"], os.environ["REDIS_BIN"] = binaries or "", redis_program or ""
    places = Places.prepare(folder / "data")
    postgres = Postgres(places, secrets.token_urlsafe(32), fast=True)
    redis = Valkey(places, secrets.token_urlsafe(32), fast=True)
    try:
        asyncio.run(postgres.start())
        asyncio.run(redis.start())
        yield {
            **os.environ,
            REAL_ADMIN: postgres.url("postgres"),
            REAL_REDIS: redis.url(),
            "ATRIUM_TEST_SERVERS": str(folder),
        }
    finally:
        asyncio.run(postgres.stop())
        asyncio.run(redis.stop())
        shutil.rmtree(folder, ignore_errors=True)


def _runs(how: str, environment: dict[str, str], suites: Sequence[str], others: Sequence[str]) -> list[int]:
    """The suites on the pool that is set, then those of requests on the fallback; what the caller names runs once."""
    if others:
        return [_run(how, environment, others)]
    return [_run(how, environment, suites), _run(f"{how}, SQLAlchemy's pool", environment | STOCK, REQUESTS)]


def _run(how: str, environment: dict[str, str], arguments: Sequence[str]) -> int:
    _say(f"The suite {how}: PostgreSQL of {environment['PG_BIN']}, {environment['REDIS_BIN']}")
    command = [sys.executable, "-m", "pytest", "-n", os.environ.get("WORKERS", "3"), *arguments]
    with subprocess.Popen(command, env=environment) as suite:
        try:
            return suite.wait()
        except KeyboardInterrupt:
            suite.send_signal(signal.SIGINT)  # which a terminal has sent already, and a supervisor has not
            try:
                suite.wait(STOP_SECONDS)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                suite.kill()  # its servers are about to go, and what it made on them with them
            raise


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
