"""Looks at the database's roles: what they are, what they may do, and how long they may take."""

from typing import Any

from app.db.base import Role
from app.db.bootstrap import BYPASSING, ROLES
from app.doctor.findings import Finding, bootstrap, judged
from app.doctor.reach import Connection, reading

TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
FLAGS = {
    "rolsuper": "is a superuser",
    "rolcreaterole": "may make roles",
    "rolcreatedb": "may make databases",
    "rolreplication": "may replicate",
}
KNOWN = "SELECT * FROM pg_roles WHERE rolname = ANY($1::text[])"
MEMBERSHIPS = """
SELECT pg_get_userbyid(member) AS member, pg_get_userbyid(roleid) AS granted FROM pg_auth_members
WHERE pg_get_userbyid(member) = ANY($1::text[])
"""
RIGHTS = """
SELECT r.rolname, right_name FROM pg_roles AS r,
  LATERAL (VALUES ('CREATE or TEMP in the database', has_database_privilege(r.oid, current_database(), 'CREATE, TEMP')),
    ('CREATE in the schema public', has_schema_privilege(r.oid, 'public', 'CREATE'))) AS checked (right_name, has)
WHERE r.rolname = ANY($1::text[]) AND has
"""
OWNED = """
SELECT r.rolname, c.relname FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S', 'v') AND r.rolname <> 'atrium_owner' ORDER BY 2
"""


async def look_at_roles(connection: Connection, database: str) -> list[Finding]:
    """Every role is there, is no more than it must be, and has its time limits; tables belong to the owner alone."""
    mend = bootstrap(database)
    async with reading(connection):
        known = {row["rolname"]: row for row in await connection.fetch(KNOWN, list(ROLES))}
        members: list[Any] = await connection.fetch(MEMBERSHIPS, list(ROLES))
        rights: list[Any] = await connection.fetch(RIGHTS, [str(role) for role in Role])
        owned: list[Any] = await connection.fetch(OWNED)
    findings = []
    for name in ROLES:
        if name not in known:
            findings.append(Finding(f"role {name}", False, "missing", mend))
            continue
        faults = [told for column, told in FLAGS.items() if known[name][column]]
        faults += [] if known[name]["rolcanlogin"] else ["may not log in"]
        if known[name]["rolbypassrls"] is not (name in BYPASSING):
            faults.append("lacks BYPASSRLS" if name in BYPASSING else "has BYPASSRLS: it looks past every policy")
        faults += [f"is a member of {row['granted']}" for row in members if row["member"] == name]
        faults += [f"has {row['right_name']}" for row in rights if row["rolname"] == name]
        findings += [judged(f"role {name}", faults, "no more than it must be", mend), _timeouts(known[name], mend)]
    return [*findings, _ownership(owned, database)]


def _timeouts(role: Any, mend: str) -> Finding:
    """Of the owner the two of waiting alone: a migration may take its time."""
    name = role["rolname"]
    due = TIMEOUTS if name != "atrium_owner" else TIMEOUTS[1:]
    found = dict(item.split("=", 1) for item in role["rolconfig"] or ())
    faults = [f"{key} is {found.get(key, 'not set')}" for key in due if found.get(key, "0") in {"0", "0ms", "0s"}]
    return judged(f"timeouts of {name}", faults, ", ".join(f"{key} {found.get(key)}" for key in due), mend)


def _ownership(rows: list[Any], database: str) -> Finding:
    faults = [f"{row['relname']} belongs to {row['rolname']}" for row in rows]
    statements = " ".join(f'-c "ALTER TABLE {row["relname"]} OWNER TO atrium_owner"' for row in rows)
    mend = f'psql "$ATRIUM_ADMIN_URL" -c "\\c {database}" {statements}'
    return judged("ownership", faults, "all belongs to atrium_owner", mend)
