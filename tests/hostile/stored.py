"""Everything that PostgreSQL remembers, as one number for each table: a refused request changes none of them."""

import asyncpg

from app.auth.refusals import ACTION
from app.installed import metadata

Owner = asyncpg.Connection
ONE = "SELECT '{name}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS sum FROM {rows} AS t"
ENTRIES = f"""(SELECT tenant_id, id, at, actor, action, target, before, after, request_id FROM audit_entries
WHERE action <> '{ACTION}')"""
"""Without refusals by a rule, which are noted on purpose; without seals, which the sealer adds in its own time, as it does to `audit_seals`."""


async def stored(owner: Owner) -> dict[str, tuple[int, int]]:
    """Rows and their sum, by table."""
    names = {table.name: table.name for table in metadata().sorted_tables if table.name != "audit_seals"}
    names["audit_entries"] = ENTRIES
    rows = await owner.fetch(" UNION ALL ".join(ONE.format(name=name, rows=rows) for name, rows in names.items()))
    return {row["name"]: (row["rows"], int(row["sum"])) for row in rows}
