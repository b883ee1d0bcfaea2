"""What PostgreSQL lets the app role do, tried with SQL of its own: no filter, no unit of work, no ORM."""

import io
from uuid import UUID

import asyncpg
import pytest

from app.db.base import Role, facts
from app.installed import metadata
from tests.isolation.attacker import ROWS, TABLES, Connection, bound, refused
from tests.support.shops import Shop

SECRET = sorted(
    table.name
    for table in metadata().sorted_tables
    if not any(grants.role is Role.APP for grants in facts(table).grants)
)
each_table = pytest.mark.parametrize("table", sorted(TABLES))


@pytest.fixture(scope="module")
def pair(lasting_pair: tuple[Shop, Shop]) -> tuple[Shop, Shop]:
    """Every test here undoes what it does."""
    return lasting_pair


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

    async def test_prices(self, sql: Connection, pair: tuple[Shop, Shop]) -> None:
        """What a price was, and who changed it, is not rewritten."""
        async with bound(sql, pair[0].id):
            assert await refused(sql, "UPDATE price_changes SET price = price")


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
