"""What must not be, at start: a role that could look past the policies, a table without its lock, a schema of other code.

Every message says how to mend it. `manage` turns it into one line and exit code 1 for processes that are not uvicorn's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import asyncpg

from app.db.base import Role
from app.db.drift import POLICIES, SECURED, enforce, policy_differences
from app.db.errors import CONNECT_ERRORS
from app.db.lone import lone_transaction
from app.db.pool import Pool
from app.db.revision import is_newer, schema_fault
from app.exceptions import AppError
from app.installed import metadata
from app.utils.faults import InstallationFault

SETTINGS = {Role.APP: "database.url", Role.IDENTITY: "database.identity_url", Role.SYSTEM: "database.system_url"}
LOGIN = """
SELECT current_user, rolsuper, rolbypassrls, rolcreaterole,
  ARRAY(SELECT c.relname FROM pg_class AS c WHERE c.relowner = r.oid ORDER BY 1) AS owned,
  ARRAY(SELECT pg_get_userbyid(m.roleid) FROM pg_auth_members AS m WHERE m.member = r.oid ORDER BY 1) AS memberships
FROM pg_roles AS r WHERE rolname = current_user
"""
BARE = """
SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnum > 0
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
"""
BOOTSTRAP = "run `manage db bootstrap` as an administrator"


class StartRefusedError(AppError, InstallationFault):
    """The process must not serve; the message says how to mend it."""

    code, title = "start_refused", "The process must not serve"


async def check_database(pools: Mapping[Role, Pool]) -> None:
    """Look at the serving roles that the pools log in as, and at the schema, before the first request or delivery.

    Raises:
        StartRefusedError: a login is not its role's, could look past row-level security, owns something or could become a
            role that does; a tenant table is not closed; policies are not the declared ones; the schema is not the code's.
    """
    for role, pool in pools.items():
        async with lone_transaction(pool, "BEGIN READ ONLY") as connection:
            await _check_login(connection, role)
            if role is not Role.IDENTITY:  # which may not read what tells of the schema; it starts beside the app role
                await _check_schema(connection)


@contextmanager
def reaching(role: Role) -> Iterator[None]:
    """Around the opening of a role's pool: what keeps it from connecting is told with the setting's name.

    Raises:
        StartRefusedError: the database cannot be reached, or refuses the login.
    """
    try:
        yield
    except CONNECT_ERRORS as error:
        setting = SETTINGS[role]
        variable = "ATRIUM_" + setting.replace(".", "__").upper()
        raise StartRefusedError(
            f"{setting} does not lead to a database ({str(error) or type(error).__name__}): start the server, or mend"
            f" {variable}; `manage doctor` tells more."
        ) from error


async def _check_login(connection: "asyncpg.Connection", role: Role) -> None:
    setting = SETTINGS[role]
    found = await connection.fetchrow(LOGIN)
    mend = f"give it the login of {role}, or {BOOTSTRAP}"
    if found is None or found["rolsuper"] or (found["rolbypassrls"] and role is not Role.SYSTEM):
        raise StartRefusedError(f"The role of {setting} looks past row-level security: {mend}.")
    if found["owned"]:
        owned = ", ".join(found["owned"][:5])
        raise StartRefusedError(f"The role of {setting} owns tables ({owned}), whose policies it could drop: {mend}.")
    if found["current_user"] != role:
        raise StartRefusedError(f"{setting} logs in as {found['current_user']}: {mend}.")
    if found["memberships"] or found["rolcreaterole"]:
        others = ", ".join(found["memberships"]) or "any role, for it has CREATEROLE"
        raise StartRefusedError(
            f"The role of {setting} could become {others}: as an administrator"
            f" {'; '.join(f'REVOKE {other} FROM {role}' for other in found['memberships']) or f'ALTER ROLE {role} NOCREATEROLE'}."
        )
    if role is Role.SYSTEM and not found["rolbypassrls"]:
        raise StartRefusedError(
            f"The role of {setting} does not have BYPASSRLS, so that it would find no delivery: {BOOTSTRAP}."
        )


async def _check_schema(connection: "asyncpg.Connection") -> None:
    """Of a newer database that this code may run on, only what is missing counts: what is more belongs to newer code."""
    fault = await schema_fault(connection)
    if fault:
        raise StartRefusedError(fault)
    bare = [row[0] for row in await connection.fetch(BARE)]
    if bare:
        raise StartRefusedError(
            f"Row-level security is not enabled and forced on {', '.join(bare)}: as the owner role"
            f" {'; '.join(enforce(table) for table in bare)}."
        )
    differences = policy_differences(await connection.fetch(POLICIES), await connection.fetch(SECURED), metadata())
    if await is_newer(connection):
        differences = [item for item in differences if not item.is_surplus]
    if differences:
        raise StartRefusedError(
            f"Policies are not the declared ones: {'; '.join(item.found for item in differences)}. As the owner role:"
            f" {'; '.join(item.mend for item in differences)}."
        )
