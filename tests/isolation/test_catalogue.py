"""What PostgreSQL itself says of the migrated database; and drift, which reports what a hand has changed."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.config import Settings
from app.db import migrate
from app.db.base import Role, is_tenant_table
from app.db.rls import policies_of
from app.installed import metadata
from tests.support.scratch import run_sql, scratch_database

Owner = asyncpg.Connection
ROLES = ["atrium_owner", *(str(role) for role in Role)]
TENANT_TABLES = [table.name for table in metadata().sorted_tables if is_tenant_table(table)]
PROTECTED = {table.name for table in metadata().sorted_tables if policies_of(table)}
MAINTAIN_SINCE = 17
PLAIN = {"alembic_version", "schema_compatibility"}
"""Tables without row-level security: column grants alone bound what is read of them."""


async def names(owner: Owner, query: str, *arguments: Any) -> list[Any]:
    """The first column of a query on the catalogue."""
    return [row[0] for row in await owner.fetch(query, *arguments)]


@pytest.mark.own_schema
class TestTables:
    """pg_class, pg_attribute, pg_constraint"""

    async def test_secured(self, owner: Owner) -> None:
        """Every table but the plain ones has row-level security, enabled and forced."""
        query = """
        SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'f', 'm') AND relnamespace = 'public'::regnamespace
          AND NOT (relrowsecurity AND relforcerowsecurity)
        """
        assert set(await names(owner, query)) == PLAIN
        assert {*TENANT_TABLES} <= PROTECTED

    async def test_tenant_first(self, owner: Owner) -> None:
        """Whatever has a tenant_id has it first, as a UUID that is never null, and is known as a tenant table."""
        rows = await owner.fetch(
            "SELECT attrelid::regclass::text, attnum, atttypid::regtype::text, attnotnull FROM pg_attribute AS a"
            " JOIN pg_class AS c ON c.oid = a.attrelid"
            " WHERE attname = 'tenant_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        assert sorted(row[0] for row in rows) == sorted(TENANT_TABLES)
        assert {tuple(row)[1:] for row in rows} == {(1, "uuid", True)}

    async def test_keys_hold_the_tenant(self, owner: Owner) -> None:
        """Every primary key and unique index of a tenant table holds tenant_id, the primary key at its head."""
        query = """
        SELECT indexrelid::regclass::text FROM pg_index
        WHERE indrelid = ANY($1::text[]::regclass[]) AND indisunique
          AND NOT CASE WHEN indisprimary THEN indkey[0] = 1 ELSE 1 = ANY(indkey) END
        """
        assert await names(owner, query, TENANT_TABLES) == []

    async def test_foreign_keys_hold_the_tenant(self, owner: Owner) -> None:
        """Every key between tenant tables pairs tenant_id with tenant_id; none leads from elsewhere into one."""
        query = """
        SELECT conname FROM pg_constraint
        WHERE contype = 'f' AND confrelid = ANY($1::text[]::regclass[])
          AND NOT (conrelid = ANY($1::text[]::regclass[]) AND conkey[1] = 1 AND confkey[1] = 1)
        """
        assert await names(owner, query, TENANT_TABLES) == []

    async def test_deletes(self, owner: Owner) -> None:
        """Keys of tenant tables say RESTRICT or CASCADE, are immediate and valid."""
        query = """
        SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::text[]::regclass[])
          AND NOT (confdeltype IN ('r', 'c') AND confupdtype = 'a' AND convalidated AND NOT condeferrable)
        """
        assert await names(owner, query, TENANT_TABLES) == []

    async def test_valid(self, owner: Owner) -> None:
        """No constraint waits to be validated, and no index to be built: what is added without a lock is finished too."""
        unfinished = """
        SELECT conname FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace
        UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
        """
        assert await names(owner, unfinished) == []

    async def test_names(self, owner: Owner) -> None:
        """Constraints, indexes and policies have names of at most 50 characters."""
        query = """
        SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND length(conname) > 50
        UNION SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND length(relname) > 50
        UNION SELECT policyname FROM pg_policies WHERE length(policyname) > 50
        """
        assert await names(owner, query) == []

    async def test_types(self, owner: Owner) -> None:
        """No enum, domain, range or composite type of our own, no time without its zone."""
        query = """
        SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r', 'm')
        UNION SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'c'
        UNION SELECT attname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
          WHERE relnamespace = 'public'::regnamespace AND atttypid = 'timestamp'::regtype
        """
        assert await names(owner, query) == []


@pytest.mark.own_schema
class TestPolicies:
    """pg_policies"""

    async def test_permissive(self, owner: Owner) -> None:
        """No policy is RESTRICTIVE, none is for everybody, none is on an undeclared table."""
        rows = await owner.fetch("SELECT tablename, permissive, roles::text[] FROM pg_policies")
        assert {row[1] for row in rows} == {"PERMISSIVE"}
        assert {role for row in rows for role in row[2]} <= {str(role) for role in Role}
        assert {row[0] for row in rows} == PROTECTED

    @pytest.mark.parametrize("table", TENANT_TABLES)
    async def test_bound(self, owner: Owner, table: str) -> None:
        """Each role sees and writes only the bound tenant's rows; unset and empty bind to none."""
        rows = await owner.fetch("SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = $1", table)
        bound = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)"
        own = "(user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid)"
        assert ("ALL", bound, bound) in {tuple(row) for row in rows}
        assert {tuple(row) for row in rows} <= {("ALL", bound, bound), ("SELECT", own, None)}
        assert all(row[0] == "ALL" for row in rows) or table == "memberships"


class TestObjects:
    """What else could look past the policies"""

    async def test_no_functions(self, owner: Owner) -> None:
        """There is no function of our own, and no SECURITY DEFINER function that a serving role could call."""
        query = """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION SELECT p.proname FROM pg_proc AS p JOIN pg_roles AS r ON r.rolname = ANY($1)
          WHERE p.prosecdef AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
        """
        assert await names(owner, query, ROLES) == []

    async def test_no_views(self, owner: Owner) -> None:
        """There is no view without security_invoker, and no materialized one at all."""
        query = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY(reloptions), false))
        """
        assert await names(owner, query) == []

    async def test_no_triggers_or_rules(self, owner: Owner) -> None:
        """No trigger but those of foreign keys, no rule, no event trigger."""
        query = """
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION SELECT rulename FROM pg_rules WHERE schemaname = 'public' UNION SELECT evtname FROM pg_event_trigger
        """
        assert await names(owner, query) == []

    async def test_one_schema(self, owner: Owner) -> None:
        """There is no schema but public, and no extension that could bring functions."""
        query = "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
        assert await names(owner, query) == ["public"]
        assert await names(owner, "SELECT extname FROM pg_extension") == ["plpgsql"]


class TestRoles:
    """pg_roles, pg_auth_members and the rights that roles have"""

    async def test_attributes(self, owner: Owner) -> None:
        """Nobody is a superuser or makes roles; only owner and system look past the policies."""
        rows = await owner.fetch(
            "SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname = ANY($1) AND rolcanlogin AND NOT"
            " (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)",
            ROLES,
        )
        assert {row[0]: row[1] for row in rows} == {
            "atrium_owner": True,
            "atrium_app": False,
            "atrium_identity": False,
            "atrium_system": True,
        }

    async def test_members_of_nothing(self, owner: Owner) -> None:
        """No role is a member of another, or has one."""
        query = """
        SELECT member::regrole::text || ' in ' || roleid::regrole::text FROM pg_auth_members
        WHERE member::regrole::text = ANY($1) OR roleid::regrole::text = ANY($1)
        """
        assert await names(owner, query, ROLES) == []

    async def test_own_nothing(self, owner: Owner) -> None:
        """What there is belongs to the owner role, and nothing to a serving role."""
        query = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) <> 'atrium_owner'
        UNION SELECT objid::text FROM pg_shdepend WHERE deptype = 'o' AND refobjid = ANY($1::text[]::regrole[])
        """
        assert await names(owner, query, ROLES[1:]) == []

    @pytest.mark.parametrize("role", ROLES[1:])
    async def test_no_more_rights(self, owner: Owner, role: str) -> None:
        """No serving role may TRUNCATE, REFERENCE, TRIGGER or MAINTAIN a table, or CREATE or TEMP anything."""
        query = """
        SELECT relname || ' ' || privilege FROM pg_class, unnest($2::text[]) AS privilege
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege($1, oid, privilege)
        """
        maintain = ["MAINTAIN"] if owner.get_server_version().major >= MAINTAIN_SINCE else []
        assert await names(owner, query, role, ["TRUNCATE", "REFERENCES", "TRIGGER", *maintain]) == []
        for right in ("CREATE", "TEMP"):
            assert not await owner.fetchval("SELECT has_database_privilege($1, current_database(), $2)", role, right)
        assert not await owner.fetchval("SELECT has_schema_privilege($1, 'public', 'CREATE')", role)

    async def test_limits(self, owner: Owner) -> None:
        """Every serving role has its three timeouts."""
        rows = await owner.fetch("SELECT rolname, rolconfig FROM pg_roles WHERE rolname = ANY($1)", ROLES[1:])
        for row in rows:
            settings = {item.split("=")[0] for item in row["rolconfig"]}
            assert settings == {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"}
        assert len(rows) == len(Role)


CHANGES = {
    "DROP POLICY products_app ON products": "policy missing: ('products'",
    "ALTER POLICY roles_app ON roles USING (true)": "policy not declared: ('roles'",
    "ALTER POLICY tasks_app ON tasks WITH CHECK (true)": "policy not declared: ('tasks'",
    "CREATE POLICY more ON products FOR SELECT USING (true)": "policy not declared: ('products', 'more'",
    "CREATE POLICY less ON tenants AS RESTRICTIVE USING (true)": "policy not declared: ('tenants', 'less'",
    "ALTER TABLE events NO FORCE ROW LEVEL SECURITY": "row-level security not enabled and forced: events",
    "ALTER TABLE api_keys DISABLE ROW LEVEL SECURITY": "row-level security not enabled and forced: api_keys",
    "GRANT SELECT ON credentials TO atrium_app": "grant not declared: ('credentials', 'atrium_app', 'SELECT')",
    "GRANT TRUNCATE ON products TO atrium_app": "grant not declared: ('products', 'atrium_app', 'TRUNCATE')",
    "GRANT SELECT ON operators TO PUBLIC": "grant not declared: ('operators', 'PUBLIC', 'SELECT')",
    "GRANT MAINTAIN ON products TO atrium_app": "grant not declared: ('products', 'atrium_app', 'MAINTAIN')",
    "GRANT UPDATE (email) ON users TO atrium_app": "grant not declared: ('users', 'atrium_app', 'UPDATE', 'email')",
    "GRANT UPDATE ON SEQUENCE audit_entries_id_seq TO atrium_app": "grant not declared: ('audit_entries_id_seq', 'atrium_app', 'UPDATE')",
    "REVOKE USAGE ON SEQUENCE audit_entries_id_seq FROM atrium_app": "grant missing: ('audit_entries_id_seq', 'atrium_app', 'USAGE')",
    "REVOKE SELECT ON products FROM atrium_app": "grant missing: ('products', 'atrium_app', 'SELECT')",
    "ALTER TABLE products ADD COLUMN colour text": "'remove_column'",
    "ALTER TABLE products DROP CONSTRAINT uq_products_sku": "'add_constraint'",
}
"""What a hand may do to a database, and how it is told: each has a line that none of the others makes."""


def known(text: str, owner: Owner) -> str:
    """The text for a server that does not know MAINTAIN yet."""
    return text if owner.get_server_version().major >= MAINTAIN_SINCE else text.replace("MAINTAIN", "TRIGGER")


@pytest.mark.own_schema
class TestDrift:
    """migrate.drift"""

    async def test_none(self, settings: Settings) -> None:
        """The migrations make exactly what the models declare."""
        assert await drift(settings) == []

    @pytest.fixture(scope="class")
    async def told(self, settings: Settings, owner: Owner) -> list[str]:
        """What is told of a database to which a hand has done everything."""
        async with scratch_database(settings) as scratch:
            await run_sql(scratch.database.owner_url, *(known(statement, owner) for statement in CHANGES))
            return await drift(scratch)

    @pytest.mark.parametrize("statement", CHANGES)
    async def test_told(self, told: list[str], owner: Owner, statement: str) -> None:
        """What a hand has changed in the database is named."""
        assert len([line for line in told if known(CHANGES[statement], owner) in line]) == 1

    async def test_nothing_else(self, told: list[str]) -> None:
        """Nothing is named that nobody has changed; a policy that is altered is besides missed as it was."""
        assert len(told) == len(CHANGES) + sum(statement.startswith("ALTER POLICY") for statement in CHANGES)


async def drift(settings: Settings) -> list[str]:
    """What differs, found in a thread: it runs a loop of its own."""
    return await asyncio.to_thread(migrate.drift, settings.database.owner_url, metadata())
