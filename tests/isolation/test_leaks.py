"""What remains: what SQL of an attacker's own as the app role does learn or do beyond the bound tenant's rows.

Each is measured here, and stands by the same name in the last column of docs/security.md's table: whoever closes one finds the
test red and strikes the line. None shows another tenant's values but `rebinding`; `frequent values` confirms a guess.
"""

import re
from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import ROOT, Settings
from tests.isolation.attacker import ROWS, Connection, bound
from tests.support.shops import Shop

LEAKS = (
    "rebinding",
    "numbers of rows",
    "frequent values",
    "pace",
    "who is there",
    "whether a person exists",
    "whether a slug is taken",
    "who is at work",
    "things left on a connection",
    "large objects",
    "signals",
    "locks",
    "its own login",
)
MANY = 60


@pytest.fixture
async def crowded(pair: tuple[Shop, Shop], owner: Connection) -> tuple[Shop, Shop]:
    """Two tenants, of which the second has many products; the planner knows of them."""
    await owner.execute(
        "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
        " SELECT $1, gen_random_uuid(), 'n' || n, 'Tea', 1, 'EUR', 1 FROM generate_series(1, $2) AS n",
        pair[1].id,
        MANY,
    )
    await owner.execute("ANALYZE products")
    return pair


@pytest.fixture
async def another(settings: Settings) -> AsyncIterator[Connection]:
    """A second connection of the app role: some other request's."""
    connection = await asyncpg.connect(settings.database.url)
    yield connection
    await connection.close()


def test_documented() -> None:
    """Every leak has its line in the threat model, and the threat model names no other."""
    text = (ROOT / "docs" / "security.md").read_text().partition("### What remains for SQL of an attacker's own")[2]
    named = re.findall(r"^\| \*\*(.+?)\*\* \|", text.partition("\n## ")[0], re.MULTILINE)
    assert tuple(named) == LEAKS


class TestRows:
    """What is learned of rows"""

    async def test_rebinding(self, sql: Connection, crowded: tuple[Shop, Shop]) -> None:
        """`set_config` in a sub-select binds another tenant within one statement, and its rows are there."""
        own, other = crowded
        statement = (
            "SELECT (SELECT count(*) FROM products WHERE tenant_id = $1::uuid)"
            " FROM (SELECT set_config('app.tenant_id', $1::uuid::text, true)) AS bound"
        )
        async with bound(sql, own.id):
            assert await sql.fetchval(statement, other.id) > MANY

    async def test_numbers_of_rows(self, sql: Connection, crowded: tuple[Shop, Shop]) -> None:
        """The planner's estimate for another tenant's id, what a scan passed over, and the size of a table."""
        own, other = crowded
        async with bound(sql, own.id):
            plan = await sql.fetch(f"EXPLAIN SELECT FROM products WHERE tenant_id = '{other.id}'")
            estimated = max(int(rows) for row in plan for rows in re.findall(r"rows=(\d+)", row[0]))
            await sql.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
            scanned = "\n".join(row[0] for row in await sql.fetch("EXPLAIN ANALYZE SELECT FROM products"))
            total = await sql.fetchval("SELECT reltuples FROM pg_class WHERE relname = 'products'")
            live = await sql.fetchval("SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'products'")
        assert estimated >= MANY // 2
        assert "Rows Removed by Filter" in scanned
        assert str(other.id) not in scanned
        assert total >= MANY
        assert live >= MANY

    async def test_frequent_values(self, sql: Connection, crowded: tuple[Shop, Shop], owner: Connection) -> None:
        """The planner's estimate for an equality comes from a sample of all tenants' rows: a guess can be confirmed."""
        own, other = crowded
        await owner.execute(
            "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
            " SELECT $1, gen_random_uuid(), left(gen_random_uuid()::text, 30), 'Mine', 1, 'EUR', 1 FROM products",
            own.id,  # half of the table, however much other tests have left there
        )
        await owner.execute("UPDATE products SET name = 'Theirs' WHERE tenant_id = $1", other.id)
        await owner.execute("ANALYZE products")
        estimated = []
        for name in ("Theirs", "Nobody's"):
            async with bound(sql, own.id):
                await sql.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
                plan = await sql.fetch("EXPLAIN SELECT FROM products WHERE name = $1", name)
            estimated.append(int(re.findall(r"rows=(\d+)", plan[0][0])[0]))
        assert estimated[0] > estimated[1]

    async def test_pace(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """Sequences and transaction ids count what all tenants do."""
        async with bound(sql, pair[0].id):
            first = await sql.fetchval("SELECT nextval('deliveries_id_seq')")
        async with bound(sql, pair[1].id):
            assert await sql.fetchval("SELECT nextval('deliveries_id_seq')") > first
            assert await sql.fetchval("SELECT pg_current_xact_id()::text") is not None

    async def test_who_is_there(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """Ids, slugs, names, states and plans of all tenants."""
        async with bound(sql, pair[0].id):
            rows = {
                row["id"]: row["slug"] for row in await sql.fetch("SELECT id, slug, name, state, plan FROM tenants")
            }
        assert rows[pair[1].id] == pair[1].slug

    async def test_whether_a_person_exists(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """A membership's key to a person looks through the policy: it holds for one who exists, though they cannot be seen."""
        stranger = pair[1].owner.user_id
        async with bound(sql, pair[0].id):
            assert await sql.fetch("SELECT FROM users WHERE id = $1", stranger) == []
            assert await sql.execute(ROWS["memberships"], pair[0].id, stranger) == "INSERT 0 1"
        async with bound(sql, pair[0].id):
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await sql.execute(ROWS["memberships"], pair[0].id, pair[1].id)

    async def test_whether_a_slug_is_taken(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """Slugs are unique among all tenants."""
        async with bound(sql, pair[0].id):
            with pytest.raises(asyncpg.UniqueViolationError):
                await sql.execute("UPDATE tenants SET slug = $1 WHERE id = $2", pair[1].slug, pair[0].id)


class TestConnections:
    """What the app role's connections share, for all tenants have one role"""

    async def test_who_is_at_work(self, sql: Connection, another: Connection, pair: tuple[Shop, Shop]) -> None:
        """The statements of other requests, their binding included; values are parameters and do not show."""
        async with bound(another, pair[1].id):
            await another.fetch("SELECT name FROM products WHERE tenant_id = $1", pair[1].id)
            async with bound(sql, pair[0].id):
                seen = {
                    row[0] for row in await sql.fetch("SELECT query FROM pg_stat_activity WHERE usename = current_user")
                }
        assert "SELECT name FROM products WHERE tenant_id = $1" in seen
        assert str(pair[1].id) not in "".join(seen)

    async def test_things_left_on_a_connection(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """A holdable cursor keeps its tenant's rows for whoever has the connection next and asks for it by its name."""
        await sql.execute(f"BEGIN; SET LOCAL app.tenant_id = '{pair[1].id}'")
        await sql.execute("DECLARE held CURSOR WITH HOLD FOR SELECT tenant_id FROM products")
        await sql.execute("COMMIT")
        async with bound(sql, pair[0].id):
            assert {row[0] for row in await sql.fetch("FETCH ALL FROM held")} == {pair[1].id}

    async def test_large_objects(self, sql: Connection, pair: tuple[Shop, Shop], owner: Connection) -> None:
        """Large objects know no policy: what one tenant's SQL puts there another's reads. Atrium puts nothing there."""
        assert await owner.fetchval("SELECT count(*) FROM pg_largeobject_metadata") == 0
        async with bound(sql, pair[1].id):
            key = await sql.fetchval("SELECT lo_from_bytea(0, 'left')")
            await sql.execute(f"SET LOCAL app.tenant_id = '{pair[0].id}'")
            assert await sql.fetchval("SELECT lo_get($1)", key) == b"left"

    async def test_signals(self, sql: Connection, another: Connection) -> None:
        """NOTIFY reaches whoever listens, of whichever tenant; and a backend of the role can end another. Atrium notifies nobody."""
        heard: list[object] = []

        def hear(_connection: object, _process: int, _channel: str, news: object) -> None:
            heard.append(news)

        await another.add_listener("news", hear)
        await sql.execute("SELECT pg_notify('news', 'for all')")
        await another.fetchval("SELECT 1")
        assert heard == ["for all"]
        process = another.get_server_pid()
        assert await sql.fetchval("SELECT pg_cancel_backend($1)", process)
        await another.remove_listener("news", hear)

    async def test_locks(self, sql: Connection, another: Connection, pair: tuple[Shop, Shop]) -> None:
        """Advisory locks and locks on whole tables are everybody's: who holds one stops others until a timeout."""
        async with bound(sql, pair[0].id):
            assert await sql.fetchval("SELECT pg_try_advisory_xact_lock(47)")
            await sql.execute("LOCK TABLE products IN ACCESS EXCLUSIVE MODE")
            async with bound(another, pair[1].id):
                assert not await another.fetchval("SELECT pg_try_advisory_xact_lock(47)")
                await another.execute("SET LOCAL lock_timeout = 10")
                with pytest.raises(asyncpg.LockNotAvailableError):
                    await another.fetch("SELECT FROM products")

    @pytest.mark.parametrize("change", ["SET statement_timeout = 0", "SET row_security = off", "PASSWORD 'known'"])
    async def test_its_own_login(self, sql: Connection, pair: tuple[Shop, Shop], change: str) -> None:
        """The role may change its own password and defaults, which shuts out or unbridles the next connections; not its rights."""
        async with bound(sql, pair[0].id):
            assert await sql.execute(f"ALTER ROLE atrium_app {change}") == "ALTER ROLE"
