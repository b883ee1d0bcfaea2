"""Each tenant's rows carry a marker of their own. Whatever comes out on behalf of the one is searched for the other's."""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from redis import Redis

from app.config import Settings
from app.db import claims
from app.db.uow import UnitOfWork
from app.extensions.access import Entry
from app.extensions.queue import DeliveryQueue
from app.extensions.routing import ModularApp
from app.extensions.tickets import Ticket
from app.installed import metadata
from app.operators.services import ExportDesk, by_command
from app.runtime import Runtime
from app.utils.ids import uuid7
from tests.api.test_canary import Lines, carried, lines
from tests.catalog.test_imports import imported
from tests.isolation.amounts import DONE
from tests.isolation.attacker import TABLES
from tests.isolation.test_matrix import NEEDED, belongings, concerned, filled, places
from tests.support.shops import Person, Shop, Shops, entrust, order, product
from tests.support.shops import goods as goods_for_sale

__all__ = ["lines"]
INVOICED = """
INSERT INTO order_invoices (tenant_id, order_id, file_id, locale, seller, recipient, issued_at)
VALUES ($1, $2::text::uuid, gen_random_uuid(), 'en', 'x', $3, now())
"""
HEARD = "INSERT INTO incoming_messages (tenant_id, endpoint_id, message_id, received_at) VALUES ($1, $2::text::uuid, $3, now())"
WORDED = "INSERT INTO product_words (tenant_id, product_id, word) SELECT $1, id, $2 FROM products WHERE tenant_id = $1 LIMIT 1"
MARKLESS = {
    "audit_seals",  # numbers and hashes
    "carrier_accounts",  # a carrier's name, and what is sealed
    "deliveries",  # an event's id, a handler's name
    "incoming_endpoints",  # a module's name, and what is sealed
    "import_refusals",  # gone when the report is written, which is a file
    "order_counters",  # a number
    "payment_endpoints",  # an id
    "orders",  # ids, sums and a state; the words are in its lines
    "price_changes",  # prices, and who changed them
    "product_files",  # ids, kinds and times
    "product_shipments",  # ids and a status
    "product_summaries",  # numbers
    "reservation_lines",  # ids and numbers
    "reservations",  # ids of orders
    "sale_lines",  # ids and numbers
    "sales",  # ids of orders, and sums
    "sales_copies",  # two numbers
    "schedule_runs",  # names of the modules' schedules
}
"""Tables in which nobody can write a word. A table that is added shows its tenant's marker, or stands here with its reason."""
STREAMED = {"/tasks/{task_id}/events", "/analytics/live"}


NO_DIGITS = str.maketrans("0123456789", "ghijklmnop")
"""Twelve digits in a row would be the number of a card, which nobody may send."""


@dataclass(frozen=True)
class Marked:
    """A tenant, and the word that stands in whatever it has."""

    shop: Shop
    word: str

    def is_in(self, text: str | bytes) -> bool:
        """Whether anything of this tenant's is in there: its word or its id."""
        content = text.encode() if isinstance(text, str) else text
        return self.word.encode() in content or str(self.shop.id).encode() in content


async def marked(shops: Shops, owner: "asyncpg.Connection") -> Marked:
    """A tenant with its word in every text that the API takes, and in the names of its people."""
    shop, word = await shops.shop(), f"canary{uuid4().hex.translate(NO_DIGITS)}"
    for table, key in (("users", "id"), ("memberships", "user_id")):
        await owner.execute(
            f"UPDATE {table} SET name = $2::text, email = $2::text || '.' || left({key}::text, 18) || right({key}::text, 8) || '@shop.example'"
            f" WHERE {key} = ANY($1)",
            [person.user_id for person in (shop.owner, shop.admin, shop.member, shop.viewer)],
            word,
        )
    once = {"Idempotency-Key": "the-same-for-both", "If-Match": "*"}
    goods = product(sku=word, name=word, description=word)
    reader = ["catalog.products:read"]
    for path, body in (
        ("/products", goods),
        ("/categories", {"name": word}),
        ("/roles", {"key": "same", "name": word, "description": word, "permissions": reader}),
        ("/invitations", {"email": f"{word}@new.example", "roles": ["viewer"]}),
        ("/api-keys", {"name": word, "scopes": reader}),
    ):
        made = await shop.owner.post(path, json=body, headers=once)
        assert made.status_code == 201, made.text
    place = f"/products/{await goods_for_sale(shop)}/images"
    picture = {"media_type": "image/png", "size": 1, "alt": word}
    assert (await shop.owner.post(place, json=picture)).status_code == 201
    key = await order(shop, sku=f"{word}-2", name=word)
    assert (await shop.owner.post(f"/orders/{key}/pay", json={"source": word})).status_code == 202
    await owner.execute(INVOICED, shop.id, key, word)
    assert (await shop.member.post("/products/reprice", json={"percent": 1})).status_code == 202
    raw = f"sku,name,price,currency\n{word}-3,{word},1,EUR\n{word}-4,{word},x,EUR\n"
    assert (await imported(shop, raw.encode()))["result"]["first_refused"][0]["sku"] == f"{word}-4"
    assert (await shop.owner.patch("/tenants/current", json={"name": word}, headers=once)).status_code == 200
    await owner.execute(
        "INSERT INTO tenant_settings (tenant_id, module, values, version) VALUES ($1, 'm', jsonb_build_object('m', $2::text), 1)",
        shop.id,
        word,
    )
    endpoint = (await entrust(shop, credential=word)).rpartition("/")[2]
    await owner.execute(HEARD, shop.id, endpoint, word)
    await owner.execute(WORDED, shop.id, word)
    await owner.execute(
        "INSERT INTO shipments (tenant_id, id, order_id, order_number, product_ids, status, reason, tries, version)"
        " VALUES ($1, gen_random_uuid(), gen_random_uuid(), 9, '{}', 'failed', $2, 0, 1)",
        shop.id,
        word,
    )
    return Marked(shop, word)


@pytest.fixture(scope="module")
async def both(lasting_shops: Shops, owner: "asyncpg.Connection") -> tuple[Marked, Marked]:
    """Who looks, and whom they must not see: whatever the tests do with them, their words stay apart."""
    return await marked(lasting_shops, owner), await marked(lasting_shops, owner)


async def test_every_table_is_marked(both: tuple[Marked, Marked], owner: "asyncpg.Connection") -> None:
    """The search is not blind: each tenant's word stands in every table that can hold one, and nowhere in the other's rows."""
    for one, other in (both, both[::-1]):
        for table in TABLES:
            query = f"SELECT string_agg(t::text, ' ') FROM {table} AS t WHERE tenant_id = $1"
            rows = await owner.fetchval(query, one.shop.id) or ""
            shown = one.word in rows or one.word.encode().hex() in rows  # bytes are shown as digits
            assert shown is (table not in MARKLESS), f"{table}: mark it, or say in MARKLESS why it cannot be"
            assert not other.is_in(rows), table


async def everything(app: ModularApp, person: Person, ids: dict[str, str]) -> list[tuple[str, httpx.Response]]:
    """The answer of every operation that reads, with these ids in its path."""
    answers = []
    for (method, path), rule in concerned(app).items():
        if method != "GET" or path in STREAMED:
            continue
        concrete = filled(path, [ids.get(place, "") for place in places(path)])
        parameters = NEEDED.get(path, {})
        answer = await person.get(concrete, params=parameters)
        assert answer.status_code in {200, 404}, (path, answer.text)
        assert rule.entry is not Entry.OPEN
        answers.append((path, answer))
    return answers


async def test_answers(app: ModularApp, both: tuple[Marked, Marked], lines: Lines, client: httpx.AsyncClient) -> None:
    """Requirement 22: bodies and headers of all that is read, with own ids, with the other's and with the other's words as filters; and the log."""
    one, other = both
    own, theirs = await belongings(one.shop), await belongings(other.shop)
    lines.seen.clear()
    answers = await everything(app, one.shop.owner, own)
    assert sum(answer.status_code == 200 for _, answer in answers) > 20
    assert sum(one.word in answer.text for _, answer in answers) > 8  # what is searched is there to be found
    assert len(lines.seen) >= len(answers)
    assert [line for line in lines.seen if other.is_in(line)] == []
    answers += await everything(app, one.shop.owner, theirs)  # whose ids stand in the log as parts of what was asked
    answers += [
        (path, await one.shop.owner.get(path, params={name: other.word}))
        for path, name in (
            ("/products", "q"),
            ("/audit-log", "actor"),
            ("/audit-log", "target"),
            ("/deliveries", "event"),
        )
    ]
    for path, answer in answers:
        assert not other.is_in(answer.content), path
        assert not other.is_in(str(answer.headers)), path
        DONE["answers searched for the other's marker"] += 1
    assert [line for line in lines.seen if other.word in line or one.word in line] == []


def sent(settings: Settings) -> list[bytes]:
    """Every mail."""
    return [path.read_bytes() for path in Path(settings.mail.folder).rglob("*") if path.is_file()]


async def test_mail(both: tuple[Marked, Marked], settings: Settings) -> None:
    """No mail of the one tenant speaks of the other."""
    mails = sent(settings)
    for one, other in (both, both[::-1]):
        assert any(one.is_in(mail) for mail in mails)
        assert not any(other.is_in(mail) for mail in mails if one.is_in(mail))


async def test_export(app: ModularApp, both: tuple[Marked, Marked], settings: Settings, tmp_path: Path) -> None:
    """Requirement 22: an operator's export of the one tenant holds its marker and nothing of the other's."""
    runtime: Runtime = app.state.runtime
    desk = ExportDesk(runtime.system, runtime.identity, by_command(), settings, metadata())
    for one, other in (both, both[::-1]):
        path = tmp_path / f"{one.word}.zip"
        await desk.export(one.shop.id, path)
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        assert sum(one.is_in(content) for content in files.values()) > 5
        assert [name for name, content in files.items() if other.is_in(content)] == []


async def test_jobs(
    app: ModularApp, both: tuple[Marked, Marked], settings: Settings, owner: "asyncpg.Connection"
) -> None:
    """Requirement 22: a job is ids of one tenant's deliveries for each ticket: no word of anybody's stands in it."""
    runtime, queue = app.state.runtime, DeliveryQueue(settings.redis.url)
    for each in both:
        await owner.execute(
            "UPDATE deliveries SET state = 'pending', attempt = 0, due_at = now(), finished_at = NULL WHERE tenant_id = $1",
            each.shop.id,
        )
        claimed = await claims.claim(runtime.system.pool, each.shop.id, cap=20, lease_seconds=30)
        assert claimed
        await queue.push("canaries", [Ticket(each.shop.id, item.id, item.attempt) for item in claimed])
    await queue.aclose()
    with Redis.from_url(settings.redis.url) as redis:
        names = [name for name in redis.scan_iter("rq:job:*") if redis.hget(name, "origin") == b"canaries"]
        hashes = [redis.hgetall(name) for name in names]
        redis.delete("rq:queue:canaries", *names)
    jobs = [b" ".join([*fields, *fields.values(), zlib.decompress(fields[b"data"])]) for fields in hashes]
    assert sorted(sum(each.is_in(job) for each in both) for job in jobs) == [1, 1]
    assert not any(each.word.encode() in job for each in both for job in jobs)


async def test_cache(
    app: ModularApp, both: tuple[Marked, Marked], settings: Settings, unit: Callable[[], UnitOfWork]
) -> None:
    """Requirement 22: what the one has cached the other does not find under the same key, and Redis shows nobody's words."""
    caches = app.state.runtime.caches
    units = [unit() for _ in both]
    for uow, each in zip(units, both, strict=True):
        await uow.begin(tenant_id=each.shop.id)
    mine, theirs = (caches.of(uow) for uow in units)
    assert await theirs.set(both[1].word, both[1].word, ttl=timedelta(minutes=1))
    assert await theirs.get(both[1].word, str) == both[1].word
    assert await mine.get(both[1].word, str) is None
    for uow in units:
        await uow.rollback()
    shown = carried(settings)
    assert str(both[1].shop.id).encode() in shown  # the key says whose it is, and no more
    assert not any(each.word.encode() in shown for each in both)


@pytest.fixture
def unit(app: ModularApp) -> Callable[[], UnitOfWork]:
    """Makes units of work."""
    runtime: Runtime = app.state.runtime

    def make() -> UnitOfWork:
        return UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)

    return make
