"""More requests than connections, and clients that do not wait, through the whole app: an answer or a quick 503, no leak."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson
import pytest

from app.config import Settings
from app.db.pool import Pool
from app.exceptions import Unavailable
from app.main import build_app
from tests.db.test_pool_faults import comes_back
from tests.db.wire import wired
from tests.faults.processes import Children, until
from tests.support.shops import API, Person, Shops, product
from tests.support.statements import look_at

SIZE = 2
HANG_UPS = 1_000
COUNTS = (
    "SELECT (SELECT count(*) FROM products WHERE tenant_id = $1), (SELECT count(*) FROM events WHERE tenant_id = $1)"
)

AT_ONCE = "Too many requests are waiting"
"""Of a refusal at once; who has waited its time is told something else."""
BUSY = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle'"


class Small:
    """An app with few connections and a short queue."""

    def __init__(self, pool: Pool, client: httpx.AsyncClient, person: Person) -> None:
        self.pool = pool
        self._client = client
        self._person = person

    async def get(self, person: Person | None = None) -> httpx.Response:
        """A request that reads."""
        return await self._client.get(f"{API}/products", headers=(person or self._person).headers)

    async def post(
        self, body: dict[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """A request that writes."""
        told = {**self._person.headers, **(headers or {})}
        return await self._client.post(f"{API}/products", headers=told, json=body or product())


@asynccontextmanager
async def small(settings: Settings, person: Person, **database: Any) -> AsyncIterator[Small]:
    """The whole app, with a pool of `SIZE` and what else the test says."""
    app = build_app(changed(settings, **database), on_query=look_at)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        pool: Pool = app.state.runtime.app_pool
        yield Small(pool, client, person)
        assert await comes_back(pool, SIZE)


def changed(settings: Settings, **database: Any) -> Settings:
    """Few connections, what the test says of the database, and deliveries that are left to others."""
    database = {"pool_size": SIZE, "pool_at_start": 0, **database}
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update=database),
            "events": settings.events.model_copy(update={"queue_mode": "rq"}),
        }
    )


def is_refusal(answer: httpx.Response) -> bool:
    """Whether it is a 503 that says when to come back; a request is answered so or well."""
    if answer.is_success:
        return False
    assert answer.status_code == 503, answer.text
    assert answer.json()["details"]["code"] == Unavailable.code
    assert int(answer.headers["Retry-After"]) > 0
    return True


class TestFull:
    """All connections are taken"""

    async def test_queue_full(self, pooled: Settings, shops: Shops) -> None:
        """Beyond the queue a request is refused at once with 503 and Retry-After; whoever is in the queue is served."""
        shop = await shops.shop()
        async with small(pooled, shop.owner, pool_queue=3) as made:
            slots = [await made.pool.acquire() for _ in range(SIZE)]
            waiting = [asyncio.create_task(made.get()) for _ in range(3)]
            await until(lambda: made.pool.waiting == 3, "three wait")
            for answer in (await made.get(), await made.post()):
                assert is_refusal(answer)
                assert AT_ONCE in answer.text
            assert made.pool.waiting == 3
            for slot in slots:
                made.pool.release(slot, clean=True)
            assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [200, 200, 200]

    async def test_too_long(self, pooled: Settings, shops: Shops) -> None:
        """Who has waited its time is refused in the same way."""
        shop = await shops.shop()
        async with small(pooled, shop.owner, pool_wait_seconds=0.05) as made:
            slots = [await made.pool.acquire() for _ in range(SIZE)]
            assert is_refusal(await made.get())
            for slot in slots:
                made.pool.release(slot, clean=True)
            await until(lambda: made.pool.idle == SIZE, "the connections are free")
            assert (await made.get()).status_code == 200


class TestCrowd:
    """Ten times as many requests at once as there are connections"""

    @pytest.mark.parametrize(("queue", "refuses"), [(4, True), (100, False)])
    async def test_everyone_is_answered(
        self, pooled: Settings, shops: Shops, owner: asyncpg.Connection, queue: int, refuses: bool
    ) -> None:
        """Everyone is answered well or with a quick 503, what was answered well has happened, and nothing is leaked."""
        shop = await shops.shop()
        async with small(pooled, shop.owner, pool_queue=queue) as made:
            asking = [made.get() if number % 2 else made.post() for number in range(10 * SIZE)]
            async with asyncio.timeout(10):
                answers = await asyncio.gather(*asking)
            refused = sum(is_refusal(answer) for answer in answers)
            assert (refused > 0) is refuses
            assert refused < len(answers)
        created = sum(answer.status_code == 201 for answer in answers)
        assert await written(owner, shop.id) == (created, created)

    async def test_cancelled(self, pooled: Settings, shops: Shops, owner: asyncpg.Connection) -> None:
        """Requests that are cancelled anywhere leave no connection behind, and no row without its event."""
        shop, chance, ends = await shops.shop(), random.Random(7), Counter[str]()
        async with small(pooled, shop.owner) as made:
            for _ in range(20):
                asking = [asyncio.create_task(made.get() if number % 3 else made.post()) for number in range(15)]
                for task in chance.sample(asking, 10):
                    await asyncio.sleep(chance.random() / 500)  # anywhere in the request
                    task.cancel()
                for end in await asyncio.gather(*asking, return_exceptions=True):
                    ends[str(end.status_code) if isinstance(end, httpx.Response) else type(end).__name__] += 1
        assert ends.keys() <= {"200", "201", "503", "CancelledError"}, ends
        assert {"200", "201", "CancelledError"} <= ends.keys(), ends
        products, events = await written(owner, shop.id)
        assert products == events >= ends["201"]


class TestTurns:
    """One asks for all there is, another for little"""

    async def test_a_loud_one(self, settings: Settings, shops: Shops) -> None:
        """Five requests behind forty of another are all answered, and in turn with the other's."""
        loud, quiet, served = (await shops.shop()).owner, (await shops.shop()).owner, list[Person]()

        async def ask(person: Person) -> int:
            answer = await made.get(person)
            if not is_refusal(answer):
                served.append(person)
            return answer.status_code

        async with small(settings, loud, pool_queue=20) as made:
            slots = [await made.pool.acquire() for _ in range(SIZE)]
            crowd = [asyncio.create_task(ask(loud)) for _ in range(40)]
            await until(lambda: sum(task.done() for task in crowd) == 20, "the queue is full")
            few = [asyncio.create_task(ask(quiet)) for _ in range(5)]
            await until(lambda: sum(task.done() for task in crowd) == 25, "the crowd has made room")
            for slot in slots:
                made.pool.release(slot, clean=True)
            assert await asyncio.gather(*few) == [200] * 5
            assert Counter(await asyncio.gather(*crowd)) == {200: 15, 503: 25}
        assert quiet not in served[-5:]  # in turn, the last of them is the tenth of twenty; as they came, the twentieth


class TestHangUp:
    """Clients that close their sockets in the middle of a request"""

    async def test_nothing_leaked(
        self,
        pooled: Settings,
        shops: Shops,
        owner: asyncpg.Connection,
        admin: asyncpg.Connection,
        tmp_path: Path,
        free_tcp_port: int,
    ) -> None:
        """After 1,000 of them a real API process serves on, its connections are idle, and no row lacks its event."""
        shop, chance = await shops.shop(), random.Random(11)
        name = f"tests-{uuid4().hex}"
        with Children(tmp_path) as children:
            async with wired(pooled) as (wire, through):
                url = f"{through.database.url}&application_name={name}"
                child = children.api(changed(pooled, pool_queue=20, url=url), free_tcp_port)
                base = f"http://127.0.0.1:{free_tcp_port}"
                async with httpx.AsyncClient(base_url=base, headers=shop.owner.headers) as client:
                    await until(lambda: answers(client), "the API answers")
                    unanswered = 0
                    while unanswered < HANG_UPS:
                        calls = [hang_up(free_tcp_port, shop.owner, chance) for _ in range(100)]
                        unanswered += sum(await asyncio.gather(*calls))

                    await until(lambda: answers(client), "the API has done what was begun and serves on", 5.0)

                    async def rests() -> bool:
                        return not await admin.fetchval(BUSY, name) and wire.open == SIZE

                    await until(rests, "all connections are there and idle")
                    assert child.exit_code is None
        products, events = await written(owner, shop.id)
        assert products == events > 0


async def written(owner: asyncpg.Connection, tenant_id: UUID) -> tuple[int, int]:
    """How many products and how many events a tenant has."""
    [row] = await owner.fetch(COUNTS, tenant_id)
    return row[0], row[1]


async def answers(client: httpx.AsyncClient) -> bool:
    """Whether the process is there yet."""
    try:
        return (await client.get(f"{API}/products")).is_success
    except httpx.TransportError:
        return False


async def hang_up(port: int, person: Person, chance: random.Random) -> bool:
    """Send a request and close the socket after a moment; whether that was before any answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    method, body = ("POST", orjson.dumps(product())) if chance.random() < 0.2 else ("GET", b"")
    fields = {
        "Host": "localhost",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **person.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    writer.write(f"{method} {API}/products HTTP/1.1\r\n{head}\r\n".encode() + body)
    try:
        async with asyncio.timeout(chance.random() / 200):
            answered = bool(await reader.read(1))
    except TimeoutError:
        answered = False
    writer.transport.abort()
    return not answered
