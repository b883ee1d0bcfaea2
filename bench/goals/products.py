"""Goals on the list of products and on a new product: 200 tenants with 1,000 rows each, asked for by turns."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from app.config import Settings
from bench import client
from bench.apps.atrium import atrium, flushed, unbound, ungated
from bench.apps.bare import bare
from bench.asking import headers, logged, pages
from bench.data import DEEP, Size, tenant, tenants
from bench.load import MARK, request
from bench.rounds import Aim, Plan, Row, Subject, compare, in_turn
from bench.server import Server

SIZE = Size(tenants=200, rows=1000, deep=101_000)
TENANTS = tenants(SIZE.tenants)
LIST = "/api/v1/products?limit=50"
PRODUCT = {"sku": f"NEW-{MARK.decode()}", "name": "Green tea", "price": 450, "currency": "EUR", "status": "active", "stock": 12}  # fmt: skip
BODY = json.dumps(PRODUCT).encode()
DEPTH = 100_000
STEP = 100


def page(plan: Plan) -> Sequence[Row]:
    """Goal 1."""
    settings = _settings(plan)
    with _atrium(plan, settings) as ours, _bare(plan) as theirs:
        subjects = (listing(ours, settings), bare_listing(theirs))
        for subject in subjects:
            check_page(subject)
        what = "GET /products?limit=50, everything on, against bare"
        return [compare("1", what, subjects, plan, Aim(0.50, 0.33))]


def binding(plan: Plan) -> Sequence[Row]:
    """Goal 3. B has no transaction at all, which is harder on us than a transaction that is merely not bound."""
    settings = _settings(plan)
    with _atrium(plan, settings) as on, logged(plan, "unbound", partial(unbound, settings)) as off:
        subjects = (listing(on, settings), listing(off, settings))
        check_page(subjects[1])
        note = "B: a role past RLS, no BEGIN, SET LOCAL or COMMIT; µs with PostgreSQL's"
        what = "RLS and binding on against off"
        return [compare("3", what, subjects, plan, Aim(0.80, 0.60), with_database=True, note=note)]


def access(plan: Plan) -> Sequence[Row]:
    """Goal 4."""
    settings = _settings(plan)
    with _atrium(plan, settings) as closed, logged(plan, "ungated", partial(ungated, settings)) as opened:
        subjects = (listing(closed, settings), listing(opened, settings))
        check_page(subjects[1])
        what = "access_control against the same view open, in the same bound transaction"
        return [compare("4", what, subjects, plan, Aim(0.85, 0.70))]


def tail(plan: Plan) -> Sequence[Row]:
    """Goal 7."""
    settings = _settings(plan)
    with _atrium(plan, settings) as ours, _bare(plan) as theirs:
        a, b = in_turn(listing(ours, settings), bare_listing(theirs), plan, clients=64)
    ratios = [sample.p99_ms / sample.p50_ms for sample in a]
    aim, ratio = Aim(2.5, 3, at_most=True), round(median(ratios), 3)
    cells = [f"{name} {median(getattr(sample, f'{name}_ms') for sample in a):.1f} ms" for name in ("p99", "p50")]
    beside = median(sample.p99_ms / sample.p50_ms for sample in b)
    return [
        Row(
            "7", "p99 against p50 of goal 1, 64 clients, pool of 8", cells[0], cells[1], {"latency": ratio}, ratio,
            (round(min(ratios), 3), round(max(ratios), 3)), aim, aim.verdict(ratio), plan.rounds, plan.seconds,
            f"bare, in turn: {beside:.2f}", {"a": a, "b": b},
        )
    ]  # fmt: skip


def writing(plan: Plan) -> Iterator[Row]:
    """Goal 8: the product service as it is, whose insert is compiled, and with the ORM's flush in its place."""
    settings = _settings(plan)
    what = "POST /products (row, audit, event, delivery; {}) against a bare insert"
    note = "fsync off; no worker takes the deliveries"
    with _bare(plan) as theirs:
        with _atrium(plan, settings) as ours:
            subjects = (creating(ours, settings), bare_creating(theirs))
            yield compare("8", what.format("compiled insert"), subjects, plan, Aim(0.30, 0.25), clients=16, note=note)
        with logged(plan, "flushed", partial(flushed, settings)) as ours:
            subjects = (creating(ours, settings), bare_creating(theirs))
            yield compare("8b", what.format("ORM flush"), subjects, plan, Aim(0.13, 0.10), clients=16, note=note)


def deep_page(plan: Plan) -> Sequence[Row]:
    """Goal 13. The cursor is walked to, page by page, as a client would."""
    settings = _settings(plan)
    with _atrium(plan, settings) as server:
        cursor = asyncio.run(_walk(server, settings))
        a = Subject(server, lambda: pages(server, settings, [tenant(DEEP)], f"{LIST}&cursor={cursor}"))
        b = Subject(server, lambda: pages(server, settings, [tenant(DEEP)], LIST))
        for subject in (a, b):
            check_page(subject)
        what = f"a page {DEPTH:,} rows deep against page 1"
        return [compare("13", what, (a, b), plan, Aim(1.3, 1.5, at_most=True), with_database=True, note="µs with PostgreSQL's")]  # fmt: skip


async def _walk(server: Server, settings: Settings) -> str:
    cursor = ""
    for _ in range(DEPTH // STEP):
        path = f"/api/v1/products?limit={STEP}" + (f"&cursor={cursor}" if cursor else "")
        (text,) = pages(server, settings, [tenant(DEEP)], path)
        status, body = await client.fetch(server.port, text)
        if status != 200:
            raise RuntimeError(f"the walk ended with {status}")
        cursor = str(json.loads(body)["next_cursor"])
    return cursor


def _settings(plan: Plan) -> Settings:
    return plan.stage.database("shops", SIZE)


def _atrium(plan: Plan, settings: Settings) -> Server:
    return logged(plan, "atrium", partial(atrium, settings))


def _bare(plan: Plan) -> Server:
    return logged(plan, "bare", partial(bare, plan.stage.admin_url("shops"), TENANTS[0]))


def listing(server: Server, settings: Settings) -> Subject:
    """Page 1 of each tenant."""
    return Subject(server, lambda: pages(server, settings, TENANTS, LIST))


def bare_listing(server: Server) -> Subject:
    """The same page of one tenant."""
    return Subject(server, lambda: [request(server, "GET", "/products?limit=50")])


def creating(server: Server, settings: Settings) -> Subject:
    """A new product, each with a sku that was never sent before."""
    return Subject(
        server, lambda: [request(server, "POST", "/api/v1/products", headers(settings, who), BODY) for who in TENANTS]
    )


def bare_creating(server: Server) -> Subject:
    """The same body."""
    return Subject(server, lambda: [request(server, "POST", "/products", body=BODY)])


def check_page(subject: Subject) -> None:
    """Both sides send fifty products, or the comparison is void."""
    status, body = asyncio.run(client.fetch(subject.server.port, subject.requests()[0]))
    if status != 200 or len(json.loads(body)["data"]) != 50:
        raise RuntimeError(f"not a page of fifty products: {status} {body[:300]!r}")
