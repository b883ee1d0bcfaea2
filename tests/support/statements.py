"""The hook on all SQL of the suite: refuses what would break on a distributed database or forget the tenant."""

import re
from typing import Any

from app.db.base import is_tenant_table
from app.installed import metadata

TENANT_TABLES = tuple(table.name for table in metadata().sorted_tables if is_tenant_table(table))
ALLOWED_ACROSS_TENANTS = (
    "FROM tenants JOIN memberships ON memberships.tenant_id = tenants.id",
    "SELECT count(*) FROM memberships WHERE user_id = $1",
)
FORBIDDEN = (
    (re.compile(r"\bset_config\s*\(", re.IGNORECASE), "set_config: bind by SET LOCAL alone"),
    (re.compile(r"\bMERGE\s+INTO\b", re.IGNORECASE), "MERGE"),
    (re.compile(r"\bLEFT\s+JOIN\s+LATERAL\b", re.IGNORECASE), "LEFT JOIN LATERAL"),
    (
        re.compile(r"\bUPDATE\b.*\b(clock_timestamp|random|nextval)\s*\(", re.IGNORECASE | re.DOTALL),
        "volatile function in UPDATE",
    ),
)
TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)", re.IGNORECASE)
TENANT_PARAMETER = re.compile(r"tenant_id\s*=\s*\$\d+", re.IGNORECASE)


FAULTS: list[str] = []
"""What was sent and should not have been; judged by a fixture at the end of every test."""


def look_at(record: Any) -> None:
    """asyncpg's query logger: told of every statement after it ran."""
    fault = fault_of(record.query)
    if fault is not None:
        FAULTS.append(f"{fault}: {record.query}")


def fault_of(statement: str) -> str | None:
    """What is wrong with a statement, or None."""
    if "pg_catalog.pg_type" in statement or "typeinfo_tree" in statement or "'jit'" in statement:
        return None  # the driver's own look at types
    for pattern, reason in FORBIDDEN:
        if pattern.search(statement):
            return reason
    touched = {name.lower() for name in TABLE.findall(statement)} & set(TENANT_TABLES)
    if not touched or any(text in statement for text in ALLOWED_ACROSS_TENANTS):
        return None
    if statement.lstrip().upper().startswith("INSERT") or "INSERT INTO events" in statement:
        return None  # the policy's WITH CHECK judges what is written
    if not TENANT_PARAMETER.search(statement):
        return f"{sorted(touched)} without tenant_id = <parameter>"
    return None
