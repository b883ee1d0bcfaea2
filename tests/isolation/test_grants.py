"""What PostgreSQL lets the app role do, tried with SQL of its own: no filter, no unit of work, no ORM."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from app.config import Settings
from app.db.base import Role, facts, is_tenant_table
from app.installed import metadata
from tests.support.shops import Shop, Shops

Connection = asyncpg.Connection
TABLES = {table.name: table for table in metadata().sorted_tables if is_tenant_table(table)}
SECRET = sorted(
    table.name
    for table in metadata().sorted_tables
    if not any(grants.role is Role.APP for grants in facts(table).grants)
)
ROWS = {
    "api_keys": "INSERT INTO api_keys (tenant_id, id, name, prefix, secret_hash, scopes, created_by)"
    " VALUES ($1, gen_random_uuid(), 'x', 'x', 'x', '{x}', $2)",
    "audit_entries": "INSERT INTO audit_entries (tenant_id, at, actor, action, request_id) VALUES ($1, now(), 'x', 'x', $2)",
    "audit_seals": "INSERT INTO audit_seals (tenant_id, number, ids, leaves, root, previous, mac, sealed_at)"
    " SELECT $1, 1, '{1}', 'x', 'x', 'x', 'x', now() WHERE $2::uuid IS NOT NULL",
    "deliveries": "INSERT INTO deliveries (tenant_id, event_id, handler, queue) VALUES ($1, $2, 'x', 'x')",
    "events": "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
    " VALUES ($1, $2, 'x', 1, '{}', 'x', $2, now())",
    "idempotency_keys": "INSERT INTO idempotency_keys (tenant_id, scope, request_hash, status, expires_at)"
    " SELECT $1, 'x', 'x', 200, now() WHERE $2::uuid IS NOT NULL",
    "invitations": "INSERT INTO invitations (tenant_id, id, email, roles, invited_by, expires_at)"
    " VALUES ($1, gen_random_uuid(), gen_random_uuid(), '{viewer}', $2, now())",
    "memberships": "INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)"
    " VALUES ($1, $2, '{viewer}', 'x', 'x', 1)",
    "product_summaries": "INSERT INTO product_summaries (tenant_id) SELECT $1 WHERE $2::uuid IS NOT NULL",
    "products": "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
    " VALUES ($1, $2, 'x', 'x', 1, 'EUR', 1)",
    "roles": "INSERT INTO roles (tenant_id, key, name, permissions, version) SELECT $1, $2::uuid::text, 'x', '{x}', 1",
    "schedule_runs": "INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at)"
    " SELECT $1, $2::uuid::text, now(), 'fired', 'x', now()",
    "tasks": "INSERT INTO tasks (tenant_id, id, kind, payload, actor, request_id, created_at)"
    " VALUES ($1, gen_random_uuid(), 'x', '{}', 'x', $2, now())",
    "tenant_settings": "INSERT INTO tenant_settings (tenant_id, module, values, version)"
    " SELECT $1, $2::uuid::text, '{}', 1",
}
"""How to put a row into a tenant's table: $1 the tenant, $2 an id. A table that is missing here fails its tests."""
each_table = pytest.mark.parametrize("table", sorted(TABLES))


@pytest.fixture
async def sql(settings: Settings) -> AsyncIterator[Connection]:
    """A connection of the app role, as an injection would have it."""
    connection = await asyncpg.connect(settings.database.url)
    yield connection
    await connection.close()


@pytest.fixture
async def pair(shops: Shops, owner: Connection) -> tuple[Shop, Shop]:
    """Two tenants with a row in every table, except the products' summary of the second."""
    both = await shops.shop(), await shops.shop()
    for shop in both:
        for table in [*sorted(ROWS.keys() - {"memberships", "product_summaries", "deliveries"}), "deliveries"]:
            await owner.execute(ROWS[table], shop.id, shop.owner.user_id)
    await owner.execute(ROWS["product_summaries"], both[0].id, both[0].id)
    return both


@asynccontextmanager
async def bound(sql: Connection, tenant_id: UUID | None = None, user_id: UUID | None = None) -> AsyncIterator[None]:
    """A transaction with the binding, undone at its end."""
    transaction = sql.transaction()
    await transaction.start()
    for name, value in (("tenant_id", tenant_id), ("user_id", user_id)):
        if value is not None:
            await sql.execute(f"SET LOCAL app.{name} = '{value}'")
    try:
        yield
    finally:
        await transaction.rollback()


async def refused(sql: Connection, statement: str, *arguments: object) -> bool:
    """Whether the database says that the role may not (SQLSTATE 42501)."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await sql.fetch(statement, *arguments)
    return True


class TestPeople:
    """Tables that are not a tenant's"""

    @pytest.mark.parametrize("table", SECRET)
    async def test_secrets(self, sql: Connection, table: str) -> None:
        """Passwords, tokens and operators cannot be read, by nobody's binding."""
        assert await refused(sql, f"SELECT FROM {table}")
        assert await refused(sql, f"DELETE FROM {table}")

    async def test_secret_tables(self) -> None:
        """The list of them is not empty by accident."""
        assert SECRET == [
            "credentials",
            "email_changes",
            "one_time_tokens",
            "operators",
            "recovery_codes",
            "refresh_tokens",
            "registrations",
            "totp_factors",
        ]

    @pytest.mark.parametrize(("table", "column"), [("users", "id"), ("sessions", "user_id")])
    async def test_own_row(self, sql: Connection, pair: tuple[Shop, Shop], table: str, column: str) -> None:
        """A person sees the own row of users and of sessions, and nobody sees any without being bound."""
        me = pair[0].owner.user_id
        async with bound(sql, pair[0].id, me):
            assert {row[0] for row in await sql.fetch(f"SELECT {column} FROM {table}")} == {me}
        async with bound(sql, pair[0].id):
            assert await sql.fetch(f"SELECT {column} FROM {table}") == []

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT csrf_hash FROM sessions",
            "SELECT reason FROM sessions",
            "UPDATE sessions SET authenticated_at = now()",
            "UPDATE tenants SET state = 'active'",
            "UPDATE audit_entries SET seal = 1",
            "INSERT INTO audit_seals SELECT * FROM audit_seals",
            "UPDATE sessions SET user_id = user_id",
            "UPDATE users SET email = 'x'",
            "UPDATE users SET state = 'active'",
            "DELETE FROM users",
            "UPDATE tenants SET plan = 'x'",
            "INSERT INTO tenants (id, slug, name, version, plan) VALUES (gen_random_uuid(), 'abc', 'x', 1, 'x')",
            "DELETE FROM tenants",
            "UPDATE alembic_version SET version_num = 'x'",
        ],
    )
    async def test_columns(self, sql: Connection, pair: tuple[Shop, Shop], statement: str) -> None:
        """Grants go by column: what is not a person's to change or to read is refused."""
        async with bound(sql, pair[0].id, pair[0].owner.user_id):
            assert await refused(sql, statement)

    async def test_other_tenants_unchanged(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """Changing all tenants changes the bound one alone; unbound it changes none, and another's alias is not written."""
        async with bound(sql, pair[0].id, pair[0].owner.user_id):
            assert await sql.execute("UPDATE tenants SET name = 'Changed'") == "UPDATE 1"
            assert await refused(
                sql, "INSERT INTO slug_aliases (slug, owner_id, expires_at) VALUES ('old', $1, now())", pair[1].id
            )
        async with bound(sql, None, pair[0].owner.user_id):
            assert await sql.execute("UPDATE tenants SET name = 'Changed'") == "UPDATE 0"

    async def test_others_unchanged(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """Changing all users changes the own row alone."""
        async with bound(sql, pair[0].id, pair[0].owner.user_id):
            assert await sql.execute("UPDATE users SET name = 'Changed'") == "UPDATE 1"


class TestTenantTables:
    """Every table with a tenant_id"""

    async def test_all_known(self) -> None:
        """Every tenant table is tried."""
        assert set(ROWS) == set(TABLES)

    @each_table
    async def test_unbound(self, sql: Connection, pair: tuple[Shop, Shop], owner: Connection, table: str) -> None:
        """Without a binding there is no row, though there are rows."""
        assert await owner.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", pair[0].id)
        assert await sql.fetch(f"SELECT FROM {table}") == []
        async with bound(sql):
            assert await sql.fetch(f"SELECT FROM {table}") == []

    @each_table
    async def test_bound(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """Bound to one tenant there is no row of another, asked for or not."""
        async with bound(sql, pair[0].id):
            assert {row[0] for row in await sql.fetch(f"SELECT tenant_id FROM {table}")} == {pair[0].id}
            assert await sql.fetch(f"SELECT FROM {table} WHERE tenant_id = $1", pair[1].id) == []

    @each_table
    async def test_insert(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """A row cannot be put into another tenant, nor into any without a binding."""
        for tenant_id in (pair[0].id, None):
            async with bound(sql, tenant_id):
                assert await refused(sql, ROWS[table], pair[1].id, pair[0].owner.user_id)

    @each_table
    async def test_move(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """A row cannot be moved into another tenant."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, f"UPDATE {table} SET tenant_id = $1", pair[1].id)

    @each_table
    async def test_foreign_rows_stay(
        self, sql: Connection, pair: tuple[Shop, Shop], owner: Connection, table: str
    ) -> None:
        """No write reaches a row of another tenant: it is refused, or meets none."""
        for statement in (f"UPDATE {table} SET tenant_id = tenant_id", f"DELETE FROM {table}"):
            async with bound(sql, pair[0].id):
                try:
                    tag = await sql.execute(f"{statement} WHERE tenant_id = $1", pair[1].id)
                except asyncpg.InsufficientPrivilegeError:
                    continue
                assert tag.split()[1] == "0"

    @each_table
    async def test_truncate(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """TRUNCATE, which no policy judges, is refused."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, f"TRUNCATE {table} CASCADE")

    @each_table
    async def test_copy(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """COPY gives the own rows alone."""
        async with bound(sql, pair[0].id):
            output = io.BytesIO()
            await sql.copy_from_table(table, columns=["tenant_id"], output=output)
        assert {UUID(line) for line in output.getvalue().decode().split()} == {pair[0].id}

    @each_table
    async def test_switched_off(self, sql: Connection, pair: tuple[Shop, Shop], table: str) -> None:
        """Switching row-level security off gives an error instead of rows."""
        async with bound(sql, pair[0].id):
            await sql.execute("SET LOCAL row_security = off")
            assert await refused(sql, f"SELECT FROM {table}")

    async def test_own_memberships(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """A person sees the own memberships everywhere, but can change none outside the bound tenant."""
        async with bound(sql, None, pair[1].owner.user_id):
            rows = await sql.fetch("SELECT tenant_id, user_id FROM memberships")
            assert [tuple(row) for row in rows] == [(pair[1].id, pair[1].owner.user_id)]
            assert await sql.execute("UPDATE memberships SET roles = '{owner}'") == "UPDATE 0"
            assert await sql.execute("DELETE FROM memberships") == "DELETE 0"


class TestAppendOnly:
    """Requirement 37: what happened stays"""

    @pytest.mark.parametrize("table", ["audit_entries", "events"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'nobody'", "DELETE FROM {}"])
    async def test_refused(self, sql: Connection, pair: tuple[Shop, Shop], table: str, statement: str) -> None:
        """The own tenant's audit entries and events can be neither changed nor removed."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, statement.format(table))

    async def test_deliveries(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """A delivery cannot be removed, so that none is lost."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, "DELETE FROM deliveries")


class TestRole:
    """The role itself"""

    @pytest.mark.parametrize("role", ["atrium_owner", "atrium_identity", "atrium_system", "postgres"])
    @pytest.mark.parametrize("words", ["ROLE", "SESSION AUTHORIZATION"])
    async def test_no_other(self, sql: Connection, words: str, role: str) -> None:
        """The app role cannot become another."""
        assert await refused(sql, f"SET {words} {role}")

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE mine (id int)",
            "CREATE TEMP TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE ROLE mine",
            "ALTER TABLE products DISABLE ROW LEVEL SECURITY",
            "ALTER POLICY products_app ON products USING (true)",
            "ALTER ROLE atrium_app BYPASSRLS",
            "CREATE TRIGGER mine AFTER INSERT ON products EXECUTE FUNCTION mine()",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('PG_VERSION')",
            "SELECT rolpassword FROM pg_authid",
        ],
    )
    async def test_makes_nothing(self, sql: Connection, statement: str) -> None:
        """It makes, alters and reads nothing outside the rows it is given."""
        assert await refused(sql, statement)
