"""The hook on all SQL of the suite: refuses what would break on a distributed database or forget the tenant."""

import re
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from app.db.base import is_tenant_table
from app.db.pool import SlotConnection
from app.installed import metadata

TENANT_TABLES = frozenset(table.name for table in metadata().sorted_tables if is_tenant_table(table))
ALLOWED_ACROSS_TENANTS = (
    "JOIN tenants ON tenants.id = deliveries.tenant_id",  # operators' lists of deliveries, by the system role
    "SELECT DISTINCT d.tenant_id\nFROM deliveries",  # whose dead deliveries an operator replays, by the system role
    "FROM tenants JOIN memberships ON memberships.tenant_id = tenants.id",
    "SELECT count(*) FROM memberships WHERE user_id = $1",
    "UPDATE memberships SET state = $2",  # a person is disabled everywhere at once, by the system role
    "SELECT tenant_id FROM idempotency_keys WHERE expires_at < $1",  # where there is something to sweep, by the system role
    "SELECT tenant_id FROM invitations WHERE ended_at < $1",  # as well
    "SELECT tenant_id FROM tasks WHERE expires_at < $1",
    "SELECT count(*) FROM deliveries WHERE tenant_id = ANY($2::uuid[])",  # what an owner's tenants have in flight, by the system role
)
THE_DRIVERS = ("pg_catalog.pg_type", "typeinfo_tree", "'jit'")
VOLATILE = r"clock_timestamp|statement_timestamp|timeofday|random|random_normal|gen_random_uuid|uuidv4|uuidv7|nextval"
FORBIDDEN = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), reason)
    for pattern, reason in (
        (r"\bset_config\s*\(", "set_config: bind by SET LOCAL alone"),
        (r"\bSET\s+(SESSION\s+)?(?!LOCAL\b|TRANSACTION\b)app\.", "SET without LOCAL: it outlives the transaction"),
        (r"\bMERGE\s+INTO\b", "MERGE"),
        (r"\bJOIN\s+LATERAL\b", "JOIN LATERAL"),
        (rf"\bUPDATE\b.*\b({VOLATILE})\s*\(", "volatile function in UPDATE"),
        (r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+|EVENT\s+)?TRIGGER\b", "trigger"),
        (r"\bCREATE\s+(OR\s+REPLACE\s+)?RULE\b", "rule"),
    )
)
LOCKING = re.compile(r"\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b", re.IGNORECASE)
NAME = r"(?:ONLY\s+)?(?:public\.)?\"?(\w+)\b\"?(?!\.)"
"""A table. What has a point behind it is a column's: EXTRACT(epoch FROM products.created_at)."""
READ = re.compile(rf"\b(?:FROM|JOIN|UPDATE|USING)\s+{NAME}", re.IGNORECASE)
"""Whose rows are looked at. What INTO names is written: the policy's WITH CHECK judges that."""
BESIDE = re.compile(rf"\bFROM\s+{NAME}(?:\s+(?:AS\s+)?\w+)?((?:\s*,\s*{NAME}(?:\s+(?:AS\s+)?\w+)?)+)", re.IGNORECASE)
"""More of them behind FROM, by comma."""
NEXT = re.compile(rf",\s*{NAME}", re.IGNORECASE)
TENANT_PARAMETER = re.compile(r"tenant_id\"?\s*=\s*\$\d+", re.IGNORECASE)
FAULTS: list[str] = []
"""What was sent and should not have been; judged by a fixture at the end of every test."""
SENT: list[str] = []
"""What the running test made the app send between BEGIN and COMMIT, for tests that count it: the end of a transaction is told late."""
COUNTED: ContextVar[list[str] | None] = ContextVar("COUNTED", default=None)
"""Where the statements of one answer go as well: the driver's query logger is called in the context of who asked."""
KEPT = 5_000
"""The app says the same things again and again: what was judged is remembered, so many statements long."""
AROUND = ("BEGIN", "COMMIT", "ROLLBACK")


async def counted(asking: Awaitable[httpx.Response]) -> int:
    """How many statements an answer cost, which must be a success."""
    with counting() as sent:
        answer = await asking
    assert answer.is_success, answer.text
    return len(sent)


@contextmanager
def counting() -> Iterator[list[str]]:
    """What is sent for what is awaited in the block; not what the process has to do of its own meanwhile."""
    sent: list[str] = []
    token = COUNTED.set(sent)
    try:
        yield sent
    finally:
        COUNTED.reset(token)


def look_at(record: Any) -> None:
    """asyncpg's query logger: told of every statement after it ran."""
    if not is_the_drivers(record.query) and not record.query.startswith(AROUND):
        SENT.append(record.query)
        if (counted_here := COUNTED.get()) is not None:
            counted_here.append(record.query)
    fault = fault_of(record.query)
    if fault is not None:
        FAULTS.append(f"{fault}: {record.query}")


def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell of what the app reads by a cursor too: the driver's query logger is not told of that."""
    original = SlotConnection.cursor

    def cursor(self: SlotConnection, query: str, *arguments: Any, **options: Any) -> Any:
        look_at(SimpleNamespace(query=query))
        return original(self, query, *arguments, **options)

    monkeypatch.setattr(SlotConnection, "cursor", cursor)


@lru_cache(maxsize=KEPT)
def is_the_drivers(statement: str) -> bool:
    """Whether it is the driver's own look at types."""
    return any(text in statement for text in THE_DRIVERS)


@lru_cache(maxsize=KEPT)
def fault_of(statement: str) -> str | None:
    """What is wrong with a statement, or None."""
    if is_the_drivers(statement):
        return None
    for pattern, reason in FORBIDDEN:
        if pattern.search(statement):
            return reason
    read = tenant_tables_read(statement)
    if len(TENANT_PARAMETER.findall(statement)) >= len(read):
        return None
    touched = sorted(set(read))
    if LOCKING.search(statement):
        return f"{touched} locked without tenant_id = <parameter>"
    if any(text in statement for text in ALLOWED_ACROSS_TENANTS):
        return None
    return f"{touched} without tenant_id = <parameter>"


def tenant_tables_read(statement: str) -> list[str]:
    """The tenant tables whose rows a statement looks at, each as often as it is named there."""
    names = READ.findall(statement)
    names += [name for found in BESIDE.finditer(statement) for name in NEXT.findall(found[2])]
    return [name.lower() for name in names if name.lower() in TENANT_TABLES]
