"""`make kills`: kills what runs, in turn and under load, counts what became of every operation, and draws docs/pictures/kills.svg.

`manage up` runs as its user starts it. Writers create products over HTTP and note what they were told; afterwards that is
compared with the database. Whoever is not stubborn takes a refusal as it is; the others come again with the same
`Idempotency-Key` until they know.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from app.config import ROOT, load_settings
from app.demo import PASSWORD
from app.embedded.places import Places
from app.embedded.postgres import Postgres
from app.embedded.processes import read_number
from app.embedded.servers import DATABASE
from tools.picture import COMMAND, READY, TEXT, Shown, draw

PICTURE = ROOT / "docs" / "pictures" / "kills.svg"
DATA = Path("/tmp/atrium-kills")  # noqa: S108 - shown in the picture, so it has a name that says nothing of this machine
VICTIMS = ("worker", "relay", "redis", "postgres")
OWNER, TENANT = "owner@acme.example", "acme"
WRITERS, ROUNDS, BETWEEN_SECONDS = 4, 2, 2.0
START_SECONDS, BACK_SECONDS, DRAIN_SECONDS, CLIENT_SECONDS = 240.0, 120.0, 120.0, 30.0
RETRY_SECONDS, LOOK_SECONDS = 0.1, 0.02
TRACES = """
SELECT sku, count(*) FILTER (WHERE kind = 'product'), count(*) FILTER (WHERE kind = 'event'), count(*) FILTER (WHERE kind = 'entry')
FROM (
  SELECT sku, 'product' AS kind FROM products AS p WHERE p.tenant_id = $1
  UNION ALL SELECT payload->>'sku', 'event' FROM events WHERE tenant_id = $1 AND name = 'catalog.product_created'
  UNION ALL SELECT after->>'sku', 'entry' FROM audit_entries WHERE tenant_id = $1 AND action = 'catalog.product.created'
) AS traces WHERE sku LIKE 'kill-%' GROUP BY sku
"""
STATES = """
SELECT d.state, count(*) FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.tenant_id = $1 AND e.payload->>'sku' LIKE 'kill-%' GROUP BY d.state
"""
SUMMARY = "SELECT draft + active + archived FROM product_summaries WHERE tenant_id = $1"


@dataclass
class Notes:
    """What the writers were told, by sku, and how often each answer came."""

    told: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def acknowledged(self) -> int:
        """Operations that were told of success."""
        return list(self.told.values()).count("ok")


@dataclass(frozen=True, slots=True)
class Counts:
    """The comparison with the database; the last three are to be 0."""

    acknowledged: int
    refused: int
    unknown: int
    effects: int
    lost: int
    phantom: int
    duplicate: int

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, none is there that was refused, and none had its effect twice."""
        return not (self.lost or self.phantom or self.duplicate)

    def __str__(self) -> str:
        told = f"acknowledged {self.acknowledged}, refused {self.refused}, unknown {self.unknown}"
        return f"{told}; effects {self.effects}; lost {self.lost}, phantom {self.phantom}, duplicate {self.duplicate}"


class Writers:
    """Create products until they are told to stop."""

    def __init__(self, url: str, notes: Notes) -> None:
        """`url` is the API's, with its /api/v1."""
        self._url = url
        self._notes = notes
        self._number = 0
        self._over = asyncio.Event()

    @asynccontextmanager
    async def writing(self, token: str) -> AsyncIterator[None]:
        """As long as the block lasts; what has begun then comes to its end."""
        headers = {"Authorization": f"Bearer {token}", "X-Tenant-ID": TENANT}
        async with httpx.AsyncClient(headers=headers, timeout=CLIENT_SECONDS) as client:
            tasks = [asyncio.create_task(self._write(client, stubborn=number % 2 == 0)) for number in range(WRITERS)]
            try:
                yield
            finally:
                self._over.set()
                await asyncio.gather(*tasks)

    async def _write(self, client: httpx.AsyncClient, *, stubborn: bool) -> None:
        while not self._over.is_set():
            self._number += 1
            sku = f"kill-{self._number:06}"
            deadline = time.monotonic() + BACK_SECONDS
            told = await self._try(client, sku)
            while told != "ok" and stubborn and time.monotonic() < deadline:
                await asyncio.sleep(RETRY_SECONDS)
                told = await self._try(client, sku)
            self._notes.told[sku] = told

    async def _try(self, client: httpx.AsyncClient, sku: str) -> str:
        body = {"sku": sku, "name": f"Tea {sku}", "price": 450, "currency": "EUR"}
        try:
            answer = await client.post(f"{self._url}/products", json=body, headers={"Idempotency-Key": sku})
        except httpx.ConnectError:
            self._notes.answers["no connection"] += 1
            return "refused"
        except httpx.TransportError as error:
            self._notes.answers[type(error).__name__] += 1
            return "unknown"
        self._notes.answers[str(answer.status_code)] += 1
        return "ok" if answer.status_code == httpx.codes.CREATED else "refused"


async def kill(data: Path, name: str, notes: Notes, say: Callable[[str], None]) -> None:
    """Send SIGKILL to one of the processes; wait until another runs in its place and writers are told of success again."""
    pid_file = Places(data).pid_file(name)
    pid = read_number(pid_file)
    assert pid is not None, f"{name} does not run"
    began = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    await until(lambda: read_number(pid_file) not in {pid, None}, f"another {name}", BACK_SECONDS)
    back, after = time.monotonic() - began, notes.acknowledged
    await until(lambda: notes.acknowledged > after, "a success", BACK_SECONDS)
    first = time.monotonic() - began
    say(
        f"kill -9 {pid:<7} {name:<9} another runs after {back:4.1f} s, the next success after {first:4.1f} s;"
        f" acknowledged so far {notes.acknowledged:5}"
    )


async def judge(data: Path, notes: Notes, before: int) -> Counts:
    """Wait until every delivery has come to its end, then compare. `before` is what the summary counted at the start."""
    async with connected(data) as (connection, tenant_id):
        states: dict[str, int] = {"pending": 1}
        async with asyncio.timeout(DRAIN_SECONDS):
            while states.keys() - {"done", "dead"}:
                await asyncio.sleep(LOOK_SECONDS)
                states = dict(await connection.fetch(STATES, tenant_id))
        traces = {row[0]: row[1:] for row in await connection.fetch(TRACES, tenant_id)}
        effects = await connection.fetchval(SUMMARY, tenant_id) - before
    return compare(notes, traces, effects, states.get("dead", 0))


def compare(notes: Notes, traces: dict[str, Any], effects: int, dead: int) -> Counts:
    """What was told beside what is there: by sku the number of rows, events and audit entries; and the summary's count."""
    told = Counter(notes.told.values())
    absent = [sku for sku, said in notes.told.items() if said == "ok" and 0 in traces.get(sku, (0,))]
    phantom = [sku for sku, said in notes.told.items() if said == "refused" and sku in traces]
    twice = [sku for sku, found in traces.items() if max(found) > 1]
    return Counts(
        acknowledged=told["ok"],
        refused=told["refused"],
        unknown=told["unknown"],
        effects=effects,
        lost=len(absent) + max(0, len(traces) - effects) + dead,
        phantom=len(phantom),
        duplicate=len(twice) + max(0, effects - len(traces)),
    )


@asynccontextmanager
async def connected(data: Path) -> AsyncIterator[tuple[Any, Any]]:
    """The administrator's connection to the embedded database, and the tenant's id."""
    embedded = load_settings().embedded
    assert embedded is not None
    postgres = Postgres(Places(data), embedded.postgres.get_secret_value())
    await postgres.start()  # it runs: it is adopted
    connection = await asyncpg.connect(postgres.url(DATABASE))
    try:
        yield connection, await connection.fetchval("SELECT id FROM tenants WHERE slug = $1", TENANT)
    finally:
        await connection.close()


@asynccontextmanager
async def running_up(port: int, data: Path, log: Path) -> AsyncIterator[str]:
    """`manage up` after its welcome; the API's address. Ended as by Ctrl-C.

    Raises:
        RuntimeError: it does not come up; the message is what it said.
    """
    command = [sys.executable, "-m", "app.manage.cli", "up", "--port", str(port), "--data", str(data)]
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=output, stderr=output)
    try:
        await until(lambda: process.returncode is not None or READY in _text(log), "the welcome", START_SECONDS)
        if process.returncode is not None:
            raise RuntimeError(f"manage up did not come up:\n{_text(log)}")
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await process.wait()


async def until(check: Callable[[], bool], what: str, seconds: float) -> None:
    """Wait until it holds.

    Raises:
        RuntimeError: not within so many seconds.
    """
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not within {seconds:.0f} s: {what}")
        await asyncio.sleep(LOOK_SECONDS)


async def capture(port: int, data: Path, rounds: int) -> tuple[Shown, Counts]:
    """The lines of the run, and its counts."""
    shown: Shown = [(f"$ python -m tools.kills --rounds {rounds}", COMMAND)]
    notes = Notes()

    def say(line: str) -> None:
        print(line, flush=True)
        shown.append((line, TEXT))

    async with running_up(port, data, data.with_suffix(".log")) as url:
        async with connected(data) as (connection, tenant_id):
            before = await connection.fetchval(SUMMARY, tenant_id)
        async with httpx.AsyncClient(timeout=CLIENT_SECONDS) as client:
            answer = await client.post(f"{url}/auth/login", json={"email": OWNER, "password": PASSWORD})
        say(f"manage up runs; {WRITERS} writers create products, each with an Idempotency-Key")
        async with Writers(url, notes).writing(answer.json()["access_token"]):
            for name in VICTIMS * rounds:
                await asyncio.sleep(BETWEEN_SECONDS)
                await kill(data, name, notes, say)
            await asyncio.sleep(BETWEEN_SECONDS)
        say(f"answers: {', '.join(f'{said} x {count}' for said, count in notes.answers.most_common())}")
        counts = await judge(data, notes, before)
    say(str(counts))
    return shown, counts


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


def main() -> int:
    """Run, print and draw; 1 where something was lost, there in vain or twice."""
    parser = argparse.ArgumentParser(prog="python -m tools.kills", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the API listens meanwhile")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is killed")
    options = parser.parse_args()
    shutil.rmtree(DATA, ignore_errors=True)
    try:
        shown, counts = asyncio.run(capture(options.port, DATA, options.rounds))
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        shutil.rmtree(DATA, ignore_errors=True)
        DATA.with_suffix(".log").unlink(missing_ok=True)
    if counts.holds:
        PICTURE.write_text(draw([("worker, relay, Valkey and PostgreSQL killed in turn", shown)]), encoding="utf-8")
    return int(not counts.holds)


if __name__ == "__main__":
    raise SystemExit(main())
