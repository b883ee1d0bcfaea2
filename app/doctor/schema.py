"""Looks at the schema: revision, tables, policies, grants, and whether the binding holds on the real tables."""

import asyncio
from typing import Any
from uuid import UUID

from app.db import migrate
from app.db.base import Role, facts, is_tenant_table
from app.db.drift import GRANTED, POLICIES, SECURED, Difference, grant_differences, policy_differences
from app.db.revision import head, is_newer, schema_fault
from app.doctor.findings import Finding, as_owner, judged, unknown
from app.doctor.reach import Connection, reading
from app.installed import metadata
from app.utils.ids import uuid7

TABLES_SECONDS = 20.0
BINDABLE = "SELECT id FROM tenants ORDER BY id DESC LIMIT 3"
READABLE = "SELECT coalesce(has_table_privilege(to_regclass('public.' || $1), 'SELECT'), false)"


async def look_at_schema(connection: Connection) -> list[Finding]:
    """Whether this code may run on the schema; then policies, row-level security and grants, which every role may read."""
    async with reading(connection):
        fault, newer = await schema_fault(connection), await is_newer(connection)
        policies = policy_differences(await connection.fetch(POLICIES), await connection.fetch(SECURED), metadata())
        grants = grant_differences(await connection.fetch(GRANTED), metadata())
    well = f"newer than the code ({head()}), and marked as one that it may run on" if newer else head()
    findings = [
        judged("migrations", [fault] if fault else [], well, "manage migrate" if not newer else "deploy the newer code")
    ]
    for name, differences in (("policies", policies), ("grants", grants)):
        # What a newer schema has more belongs to code that this one does not know.
        counted = [item for item in differences if not (newer and item.is_surplus)]
        findings.append(_judged_differences(name, counted, is_current=not fault))
    return findings


def _judged_differences(name: str, differences: list[Difference], *, is_current: bool) -> Finding:
    mend = as_owner(*(item.mend for item in differences)) if is_current else "manage migrate, then look again"
    return judged(name, [item.found for item in differences], "as declared", mend)


async def look_at_tables(url: str, connection: Connection) -> list[Finding]:
    """Columns, keys and indexes, compared by Alembic; only where the database is at the code's revision."""
    async with reading(connection):
        is_current = not (await schema_fault(connection) or await is_newer(connection))
    if not is_current:
        return [unknown("tables", "the database is not at the code's revision")]
    try:
        async with asyncio.timeout(TABLES_SECONDS):
            found = await asyncio.to_thread(migrate.table_drift, url, metadata())
    except TimeoutError:
        return [unknown("tables", f"no answer within {TABLES_SECONDS:.0f} s: does a migration run?")]
    return [judged("tables", found, "as declared", "undo the change by hand, or declare it on the model and migrate")]


async def look_at_binding(connection: Connection) -> list[Finding]:
    """On every tenant table the app reads: unbound and a stranger see nothing, a tenant its own, and nothing is left after."""
    declared = [table.name for table in metadata().sorted_tables if is_tenant_table(table) and _is_read(table)]
    async with reading(connection):
        tables = [name for name in declared if await connection.fetchval(READABLE, name)]
        has_tenants = await connection.fetchval(READABLE, "tenants")
        known = [row[0] for row in await connection.fetch(BINDABLE)] if has_tenants else []
    if not tables:
        return [unknown("binding", "there is no table of tenants that this login may read")]
    faults = [f"{name} shows rows to a connection that is not bound" for name in await _seen(connection, tables, None)]
    for tenant_id in [uuid7(), *known]:
        faults += [
            f"{name} shows rows of others to tenant {tenant_id}" for name in await _seen(connection, tables, tenant_id)
        ]
    faults += [f"{name} shows rows after the transaction" for name in await _seen(connection, tables, None)]
    well = f"unbound, as a stranger and as {len(known)} tenants no foreign row in {len(tables)} tables"
    mend = "row-level security does not hold for this login: mend database.url, roles and policies above"
    return [judged("binding", faults, well, mend)]


def _is_read(table: Any) -> bool:
    return any(grants.role is Role.APP and grants.privileges.get("SELECT") == () for grants in facts(table).grants)


async def _seen(connection: Connection, tables: list[str], tenant_id: UUID | None) -> list[str]:
    """The tables that show a row which is not the tenant's; bound as the unit of work binds."""
    binding = "" if tenant_id is None else f"; SET LOCAL app.tenant_id = '{UUID(int=tenant_id.int)}'"
    await connection.execute(f"BEGIN READ ONLY{binding}")
    try:
        return [
            name
            for name in tables
            if await connection.fetchval(
                f"SELECT EXISTS (SELECT FROM {name} WHERE $1::uuid IS NULL OR tenant_id <> $1)", tenant_id
            )
        ]
    finally:
        await connection.execute("ROLLBACK")
