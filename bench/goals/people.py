"""Goal 17: forty sign-ins a second in one API process, and what everybody else waits meanwhile."""

import asyncio
import json
from collections.abc import Sequence
from functools import partial
from statistics import median

from argon2 import PasswordHasher

from app.config import Settings
from bench.apps.atrium import atrium
from bench.asking import logged, pages
from bench.client import drive_at
from bench.data import Size, email, tenants
from bench.load import LoadError, request
from bench.rounds import Aim, Plan, Row
from bench.server import Server

PEOPLE, ROWS = 200, 100
PASSWORD = "the password of everybody here"  # noqa: S105 - of rows that live for a minute
LIST = "/api/v1/products?limit=50"
SIGN_INS, PAGES = 40.0, 50.0
"""A second. Forty hashes are four fifths of a core; the event loop, PostgreSQL and the load share what else there is."""
WARM_SECONDS = 2.0


def sign_ins(plan: Plan) -> Sequence[Row]:
    """Pages and sign-ins arrive at random, whether the server keeps up or not; B is the same pages alone."""
    cost = plan.stage.settings.auth.argon2
    hasher = PasswordHasher(time_cost=cost.time_cost, memory_cost=cost.memory_kib, parallelism=cost.parallelism)
    settings = plan.stage.database("people", Size(PEOPLE, ROWS, password_hash=hasher.hash(PASSWORD)))
    busy: list[tuple[dict[str, float], dict[str, float]]] = []
    quiet: list[dict[str, float]] = []
    with logged(plan, "sign-in", partial(atrium, settings)) as server:
        asyncio.run(_both(server, settings, WARM_SECONDS))
        for number in range(plan.rounds):
            for is_busy in (number % 2 == 0, number % 2 == 1):
                if is_busy:
                    busy.append(asyncio.run(_both(server, settings, plan.seconds)))
                else:
                    quiet.append(asyncio.run(_pages(server, settings, plan.seconds)))
    return [_waiting(busy, quiet, plan), _rate([signed for _, signed in busy], plan)]


def _waiting(
    busy: Sequence[tuple[dict[str, float], dict[str, float]]], quiet: Sequence[dict[str, float]], plan: Plan
) -> Row:
    ratios = [paged["p95_ms"] / alone["p95_ms"] for (paged, _), alone in zip(busy, quiet, strict=True)]
    a, b = median(paged["p95_ms"] for paged, _ in busy), median(alone["p95_ms"] for alone in quiet)
    aim, ratio = Aim(2, 2, at_most=True), round(median(ratios), 3)
    what = f"p95 of GET /products beside {SIGN_INS:g} sign-ins/s in one API process, against without them"
    note = f"{PAGES:g} pages/s, arriving at random like the sign-ins; p50 {median(paged['p50_ms'] for paged, _ in busy):.1f} ms and {median(alone['p50_ms'] for alone in quiet):.1f} ms"
    return Row(
        "17", what, f"p95 {a:.1f} ms", f"p95 {b:.1f} ms", {"latency": ratio}, ratio,
        (round(min(ratios), 3), round(max(ratios), 3)), aim, aim.verdict(ratio), plan.rounds, plan.seconds, note,
    )  # fmt: skip


def _rate(signed: Sequence[dict[str, float]], plan: Plan) -> Row:
    rates = [run["answers"] / run["seconds"] / SIGN_INS for run in signed]
    aim, ratio = Aim(0.98, 0.95), round(median(rates), 3)
    note = f"p50 of a sign-in {median(run['p50_ms'] for run in signed):.0f} ms, p95 {median(run['p95_ms'] for run in signed):.0f} ms"
    return Row(
        "17 rate", "the same: Argon2 verifications a second against those asked for", f"{ratio * SIGN_INS:.1f}/s",
        f"{SIGN_INS:g}/s", {"throughput": ratio}, ratio, (round(min(rates), 3), round(max(rates), 3)), aim,
        aim.verdict(ratio), plan.rounds, plan.seconds, note,
    )  # fmt: skip


async def _both(server: Server, settings: Settings, seconds: float) -> tuple[dict[str, float], dict[str, float]]:
    bodies = [json.dumps({"email": email(number), "password": PASSWORD}).encode() for number in range(1, PEOPLE + 1)]
    texts = [request(server, "POST", "/api/v1/auth/login", body=body) for body in bodies]
    paged, signed = await asyncio.gather(
        _pages(server, settings, seconds),
        drive_at(server.port, texts, per_second=SIGN_INS, seconds=seconds),
    )
    _check(server, signed)
    return paged, signed


async def _pages(server: Server, settings: Settings, seconds: float) -> dict[str, float]:
    texts = pages(server, settings, tenants(PEOPLE), LIST)
    counted = await drive_at(server.port, texts, per_second=PAGES, seconds=seconds)
    _check(server, counted)
    return counted


def _check(server: Server, counted: dict[str, float]) -> None:
    if counted["errors"]:
        raise LoadError(f"{server.name}: {counted['errors']:.0f} errors beside {counted['answers']:.0f} answers")
