"""Who has entered the suites: a module whose route takes files, takes addresses or answers tables stands here, or the build is red."""

from uuid import uuid4

import httpx

from app.extensions.routing import API
from tests.hostile.world import World
from tests.suites.addresses import AddressEntry
from tests.suites.declared import Field, Operation
from tests.suites.tables import TableEntry
from tests.suites.uploads import UploadEntry

NOTED = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, user_agent, request_id)
VALUES ($1, now(), $2, 'tests.thing.done', $2, $2, $3)
"""


async def note(world: World, text: str) -> None:
    """An entry of the audit log with the text wherever the log has text of a person's."""
    await world.rows.execute(NOTED, world.shop.id, text, uuid4())


async def read_log(world: World) -> httpx.Response:
    """The audit log as a table."""
    return await world.shop.owner.get("/audit-log/export?format=csv&action=tests.*")


TABLES: dict[Operation, TableEntry] = {("GET", f"{API}/audit-log/export"): TableEntry(note, read_log)}
UPLOADS: dict[Operation, UploadEntry] = {}
"""None yet: no route takes files."""
ADDRESSES: dict[Field, AddressEntry] = {}
"""None yet: no route takes an address to call."""
