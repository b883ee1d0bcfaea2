"""What PostgreSQL offers to get round a policy, tried as the app role: refused, or it finds the bound tenant's rows alone.

What does tell something of another tenant stands in test_leaks.py and, by name, in docs/security.md.
"""

import io
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.config import Settings
from tests.isolation import test_catalogue
from tests.isolation.attacker import ROWS, TABLES, Connection, bound, refused
from tests.support.scratch import run_sql, scratch_database
from tests.support.shops import Shop

each_table = pytest.mark.parametrize("table", sorted(TABLES))
PRODUCT = (
    "INSERT INTO products (tenant_id, id, sku, name, price, currency, version) VALUES ($1, $2, $3, $3, 7, 'EUR', 1)"
)


@pytest.fixture(scope="module")
def pair(lasting_pair: tuple[Shop, Shop]) -> tuple[Shop, Shop]:
    """Every test here undoes what it does."""
    return lasting_pair


@pytest.fixture(scope="module")
async def theirs(pair: tuple[Shop, Shop], owner: Connection) -> UUID:
    """A product that the other tenant alone has: its price is 7, its name is no number."""
    key = uuid4()
    await owner.execute(PRODUCT, pair[1].id, key, "other's secret")
    await owner.execute("UPDATE products SET name = '1' WHERE tenant_id = $1", pair[0].id)
    return key


class TestRefused:
    """What would look past the policies needs a right that the app role lacks"""

    @pytest.mark.parametrize(
        "statement",
        [
            "COPY products FROM '/etc/passwd'",
            "COPY products TO '/tmp/products'",
            "COPY products FROM PROGRAM 'true'",
            "SELECT pg_read_binary_file('PG_VERSION')",
            "SELECT pg_ls_dir('.')",
            "SELECT pg_stat_file('PG_VERSION')",
            "SELECT lo_import('/etc/passwd')",
            "SELECT lo_export(1, '/tmp/object')",
            "SELECT FROM pg_largeobject",
            "SELECT FROM pg_statistic",
            "CREATE EXTENSION dblink",
            "CREATE EXTENSION file_fdw",
            "CREATE VIEW mine AS SELECT * FROM products",
            "CREATE MATERIALIZED VIEW mine AS SELECT * FROM products",
            "CREATE FUNCTION mine() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM products'",
            "CREATE FUNCTION mine(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RAISE ''%'', $1; END'",
            "CREATE OPERATOR ~~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
            "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE TEMP VIEW tenants AS SELECT 1",
            "CREATE RULE mine AS ON UPDATE TO products DO INSTEAD NOTHING",
            "CREATE POLICY mine ON products USING (true)",
            "CREATE PUBLICATION mine FOR TABLE products",
            "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION now()",
            "CREATE SERVER mine FOREIGN DATA WRAPPER mine",
            "ALTER TABLE products OWNER TO atrium_app",
            "ALTER TABLE products NO FORCE ROW LEVEL SECURITY",
            "ALTER ROLE atrium_app SET app.tenant_id = 'x'",
            "ALTER DATABASE postgres SET app.tenant_id = 'x'",
            "SET session_replication_role = replica",
            "SELECT pg_create_physical_replication_slot('mine')",
            "SELECT last_value FROM deliveries_id_seq",
            "SELECT current_setting('data_directory')",
            "REASSIGN OWNED BY atrium_app TO atrium_owner",
        ],
    )
    async def test_by_right(self, sql: Connection, pair: tuple[Shop, Shop], statement: str) -> None:
        """Files, programs, extensions, functions, views, rules and replication are not the app role's to use or to make."""
        async with bound(sql, pair[0].id):
            try:
                assert await refused(sql, statement)
            except (asyncpg.UndefinedObjectError, asyncpg.FeatureNotSupportedError):
                assert "dblink" in statement or "file_fdw" in statement or "SERVER" in statement  # not even there

    @pytest.mark.parametrize("path", ["pg_temp, public", "mine, public", '"$user", pg_temp'])
    async def test_shadowing(self, sql: Connection, pair: tuple[Shop, Shop], path: str) -> None:
        """A search path of its own finds no place where a table or function could hide one of ours."""
        async with bound(sql, pair[0].id):
            await sql.execute(f"SET LOCAL search_path = {path}")
            with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidSchemaNameError)):
                await sql.execute("CREATE TABLE tenants (id int)")

    @pytest.mark.parametrize("words", ["SET LOCAL ROLE atrium_owner", "SET LOCAL SESSION AUTHORIZATION atrium_system"])
    async def test_in_a_block(self, sql: Connection, pair: tuple[Shop, Shop], words: str) -> None:
        """A DO block has no more rights than a statement."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, f"DO $$ BEGIN EXECUTE '{words}'; END $$")


class TestOwnRowsAlone:
    """What the app role may do finds the bound tenant's rows and no other"""

    @pytest.mark.parametrize(
        "reading",
        [
            "SELECT tenant_id FROM products TABLESAMPLE SYSTEM (100)",
            "SELECT tenant_id FROM products WHERE ctid = ANY (ARRAY(SELECT format('(0,%s)', n)::tid FROM generate_series(1, 200) n))",
            "SELECT tenant_id FROM ONLY products",
            "TABLE products",
            "SELECT tenant_id FROM products WHERE tenant_id <> current_setting('app.tenant_id')::uuid OR true",
            "SELECT min(tenant_id::text)::uuid FROM products UNION SELECT max(tenant_id::text)::uuid FROM products",
            "WITH every AS MATERIALIZED (SELECT * FROM products) SELECT tenant_id FROM every",
            "SELECT p.tenant_id FROM tenants AS t, LATERAL (SELECT * FROM products WHERE tenant_id = t.id) AS p",
            "SELECT p.tenant_id FROM tenants AS t LEFT JOIN products AS p ON p.tenant_id = t.id WHERE p.id IS NOT NULL",
            "SELECT tenant_id FROM products FOR UPDATE",
            "UPDATE products SET name = name RETURNING tenant_id",
            "DELETE FROM products WHERE true RETURNING tenant_id",
            "MERGE INTO products AS p USING tenants AS t ON p.tenant_id = t.id WHEN MATCHED THEN DELETE RETURNING p.tenant_id",
        ],
    )
    async def test_readings(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID, reading: str) -> None:
        """Samples, row addresses, joins, locks and RETURNING."""
        async with bound(sql, pair[0].id):
            assert {row[0] for row in await sql.fetch(reading)} <= {pair[0].id}
        async with bound(sql, pair[1].id):  # nothing was taken from the other
            assert await sql.fetchval("SELECT count(*) FROM products WHERE id = $1", theirs) == 1

    async def test_blind_merge(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID) -> None:
        """A MERGE that reads no column of its target meets others' rows too, and is refused as a whole."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, "MERGE INTO products USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE")

    @pytest.mark.parametrize(
        "condition",
        [
            "1 / (price - 7) <> 5",
            "name::int > 0",
            "name::date > 'epoch'",
            "name LIKE 'other%' AND (name || '\\') LIKE name || '\\'",
            "substring(name FROM 1 FOR 1)::int = 1",
            "to_number(name, '9') > 0",
            "name::json IS NOT NULL",
        ],
    )
    async def test_leaky_conditions(
        self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID, condition: str
    ) -> None:
        """A condition that fails on the other's row is never asked of it: the policy is judged before whatever could tell."""
        async with bound(sql, pair[1].id):
            with pytest.raises((asyncpg.DataError, asyncpg.PostgresSyntaxError)):
                await sql.fetch(f"SELECT FROM products WHERE id = $1 AND {condition}", theirs)
        for plan in ("seqscan", "indexscan", "bitmapscan"):
            async with bound(sql, pair[0].id):
                await sql.execute(f"SET LOCAL enable_{plan} = off")
                own = (
                    condition if "date" not in condition and "LIKE" not in condition else f"name <> '1' AND {condition}"
                )
                assert isinstance(await sql.fetch(f"SELECT FROM products WHERE {own}"), list)

    async def test_copied_statement(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID) -> None:
        """COPY of a query gives the own rows, and COPY into another's table is refused."""
        async with bound(sql, pair[0].id):
            output = io.BytesIO()
            await sql.copy_from_query("SELECT tenant_id FROM products", output=output)
            assert {UUID(line) for line in output.getvalue().decode().split()} == {pair[0].id}
            # PostgreSQL takes no COPY into a table with row-level security: not even with the own tenant's rows.
            with pytest.raises((asyncpg.FeatureNotSupportedError, asyncpg.InsufficientPrivilegeError)):
                await sql.copy_to_table("products", source=io.BytesIO(b""), columns=["tenant_id"])

    async def test_block(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID) -> None:
        """A DO block that tells what it sees by its error has seen the own rows."""
        block = "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(tenant_id::text, ' ') FROM products); END $$"
        async with bound(sql, pair[0].id):
            with pytest.raises(asyncpg.RaiseError) as told:
                await sql.execute(block)
        assert set(str(told.value).split()) == {str(pair[0].id)}

    async def test_prepared(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID) -> None:
        """A plan that was made for one tenant, and kept, finds the other's rows when the other runs it, and nobody's for nobody."""
        statement = await sql.prepare("SELECT tenant_id FROM products")
        await sql.execute("SET plan_cache_mode = force_generic_plan")
        for shop in (*pair, *pair):
            async with bound(sql, shop.id):
                assert {row[0] for row in await statement.fetch()} == {shop.id}
        assert await statement.fetch() == []

    async def test_cursor(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID) -> None:
        """A cursor that is open when the binding changes goes on with the rows of the tenant that it was opened for, or fails."""
        async with bound(sql, pair[0].id):
            await sql.execute("DECLARE open CURSOR FOR SELECT tenant_id FROM products")
            await sql.execute(f"SET LOCAL app.tenant_id = '{pair[1].id}'")
            found = {row[0] for row in await sql.fetch("FETCH ALL FROM open")}
        assert found in ({pair[0].id}, {pair[1].id})  # never of both, never of a third


def pointed_at(table: str) -> list[str]:
    """The tenants' tables whose rows a row of this one needs."""
    return sorted({key.column.table.name for key in TABLES[table].foreign_keys} & TABLES.keys() - {table})


def pointing_at(table: str) -> list[str]:
    """The tenants' tables whose rows need one of this, those first that none of the others need."""
    below = sorted(name for name in TABLES.keys() - {table} if table in pointed_at(name))
    return [*(deeper for each in below for deeper in pointing_at(each)), *below]


class TestOracles:
    """What an error says of rows that are not there to see"""

    @each_table
    async def test_same_key(self, pair: tuple[Shop, Shop], owner: Connection, table: str) -> None:
        """What is unique is unique within a tenant: two have the same key, and neither learns of it."""
        person, transaction = pair[0].owner.user_id, owner.transaction()
        await transaction.start()
        try:
            for shop in pair:
                for gone in (*pointing_at(table), table):
                    await owner.execute(f"DELETE FROM {gone} WHERE tenant_id = $1", shop.id)
                for above in pointed_at(table):  # of their tenant, by the same id in both
                    await owner.execute(f"{ROWS[above]} ON CONFLICT DO NOTHING", shop.id, person)
            tags = [await owner.execute(ROWS[table], shop.id, person) for shop in pair]
        finally:
            await transaction.rollback()
        assert tags == ["INSERT 0 1", "INSERT 0 1"]

    @pytest.mark.parametrize("action", ["NOTHING", "UPDATE SET name = 'mine'"])
    async def test_upsert(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID, action: str) -> None:
        """ON CONFLICT with another's key is refused as one with nobody's is."""
        told = []
        for key in (theirs, uuid4()):
            async with bound(sql, pair[0].id):
                with pytest.raises(asyncpg.InsufficientPrivilegeError) as error:
                    await sql.execute(f"{PRODUCT} ON CONFLICT (tenant_id, id) DO {action}", pair[1].id, key, "x")
                told.append(str(error.value))
        assert told[0] == told[1]

    async def test_foreign_key(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """A key to a row of another tenant fails as one to nothing does, in the same words."""
        told = []
        for event in (pair[1].owner.user_id, uuid4()):  # an event of the other has that id
            async with bound(sql, pair[0].id):
                with pytest.raises(asyncpg.ForeignKeyViolationError) as error:
                    await sql.execute(ROWS["deliveries"], pair[0].id, event)
                told.append(str(error.value).replace(str(event), "-"))
        assert told[0] == told[1]

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE products SET price = -1",
            "UPDATE products SET status = 'x'",
            "UPDATE products SET sku = 'same'",
            "INSERT INTO products SELECT * FROM products",
        ],
    )
    async def test_details(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID, statement: str) -> None:
        """An error that shows a row shows an own one."""
        async with bound(sql, pair[0].id):
            await sql.execute(PRODUCT, pair[0].id, uuid4(), "mine too")
            with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
                await sql.execute(statement)
        shown = f"{error.value} {error.value.detail}"
        assert str(pair[1].id) not in shown
        assert "other's secret" not in shown
        assert str(theirs) not in shown

    async def test_statistics(self, sql: Connection, pair: tuple[Shop, Shop], theirs: UUID, owner: Connection) -> None:
        """Of the values that ANALYZE has sampled from all tenants none is shown, not even of the own."""
        await owner.execute("ANALYZE products")
        assert await owner.fetchval("SELECT count(*) FROM pg_stats WHERE tablename = 'products'") > 0
        async with bound(sql, pair[0].id):
            shown = await sql.fetch("SELECT tablename::text FROM pg_stats WHERE schemaname = 'public'")
            more = await sql.fetchval("SELECT count(*) FROM pg_stats_ext")
        assert {row[0] for row in shown} & TABLES.keys() == set()
        assert more == 0


@pytest.mark.own_schema
class TestOwnersHelp:
    """What an owner could make by mistake, and which guard says so"""

    @pytest.mark.parametrize(
        ("making", "reading", "guard"),
        [
            (
                "CREATE VIEW everybodys AS SELECT * FROM products; GRANT SELECT ON everybodys TO atrium_app",
                "SELECT count(*) FROM everybodys",
                "test_no_views",
            ),
            (
                "CREATE MATERIALIZED VIEW everybodys AS SELECT * FROM products; GRANT SELECT ON everybodys TO atrium_app",
                "SELECT count(*) FROM everybodys",
                "test_no_views",
            ),
            (
                "CREATE FUNCTION everybodys() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM products'",
                "SELECT everybodys()",
                "test_no_functions",
            ),
        ],
        ids=["view", "materialized", "definer"],
    )
    async def test_named(self, settings: Settings, making: str, reading: str, guard: str) -> None:
        """A view or a SECURITY DEFINER function of the owner's does show every tenant's rows, and the catalogue's test names it."""
        async with scratch_database(settings) as scratch:
            tenant = "INSERT INTO tenants (id, slug, name, version) VALUES (gen_random_uuid(), 'abc', 'x', 1)"
            goods = (
                "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
                " SELECT id, id, 'x', 'x', 1, 'EUR', 1 FROM tenants WHERE slug = 'abc'"
            )
            await run_sql(scratch.database.owner_url, tenant, goods, *making.split("; "))
            if "MATERIALIZED" in making:
                await run_sql(scratch.database.owner_url, "REFRESH MATERIALIZED VIEW everybodys")
            intruder = await asyncpg.connect(scratch.database.url)
            assert await intruder.fetchval("SELECT count(*) FROM products") == 0
            assert await intruder.fetchval(reading) == 1
            await intruder.close()
            looking = await asyncpg.connect(scratch.database.owner_url)
            with pytest.raises(AssertionError):
                await getattr(test_catalogue.TestObjects(), guard)(looking)
            await looking.close()
