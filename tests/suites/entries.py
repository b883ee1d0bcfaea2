"""Who has entered the suites: a module whose route takes files, takes addresses or answers tables stands here, or the build is red."""

from uuid import uuid4

import httpx

from app.extensions.routing import API
from app.modules.catalog.schemas import MAX_IMAGE_BYTES
from tests.hostile.world import World
from tests.suites.addresses import AddressEntry
from tests.suites.declared import Field, Operation
from tests.suites.tables import TableEntry
from tests.suites.uploads import UploadEntry
from tests.support.pictures import sent
from tests.support.shops import goods

NOTED = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, user_agent, request_id)
VALUES ($1, now(), $2, 'tests.thing.done', $2, $2, $3)
"""
SOLD = """
WITH copy AS (INSERT INTO sales_copies (tenant_id, live) VALUES ($1, 1) ON CONFLICT DO NOTHING), sale AS (
  INSERT INTO sales (tenant_id, copy, order_id, kind, at, currency, pieces, amount)
  VALUES ($1, 1, $2, 'paid', '2026-06-10T12:00Z', 'EUR', 1, 1)
)
INSERT INTO sale_lines (tenant_id, copy, order_id, kind, product_id, at, currency, pieces, amount)
VALUES ($1, 1, $2, 'paid', $3::text::uuid, '2026-06-10T12:00Z', 'EUR', 1, 1)
"""


async def note(world: World, text: str) -> None:
    """An entry of the audit log with the text wherever the log has text of a person's."""
    await world.rows.execute(NOTED, world.shop.id, text, uuid4())


async def read_log(world: World) -> httpx.Response:
    """The audit log as a table."""
    return await world.shop.owner.get("/audit-log/export?format=csv&action=tests.*")


async def sell(world: World, text: str) -> None:
    """A product with the text as its name, sold."""
    await world.rows.execute(SOLD, world.shop.id, uuid4(), await goods(world.shop, name=text))


async def read_best(world: World) -> httpx.Response:
    """All that were sold."""
    return await world.shop.viewer.get(
        "/analytics/products/top/export?first_day=2026-06-01&last_day=2026-06-30&limit=100"
    )


TABLES: dict[Operation, TableEntry] = {
    ("GET", f"{API}/analytics/products/top/export"): TableEntry(sell, read_best),
    ("GET", f"{API}/audit-log/export"): TableEntry(note, read_log),
}
WORDLESS: dict[Operation, str] = {
    ("GET", f"{API}/analytics/sales/export"): "days, codes of currencies, and sums",
}
"""Tables in which nobody can write a word, and what is in them."""


async def send_picture(world: World, name: str, content: bytes, media: str) -> httpx.Response:
    """An image of a product, as far as it gets. Its name is nothing that the API takes; what is told of it is the words beside it."""
    member, path = world.shop.member, f"/products/{await goods(world.shop)}/images"
    body = {"media_type": media, "size": min(max(1, len(content)), MAX_IMAGE_BYTES), "alt": name}
    made = await member.post(path, json=body)
    if not made.is_success:
        return made
    came = await sent(member, made.json(), content)
    return await member.post(f"{path}/{made.json()['id']}/complete") if came.is_success else came


async def fetch_picture(world: World, answer: httpx.Response) -> httpx.Response:
    """By the link that the image has."""
    return await world.shop.member.client.get(answer.json()["href"])


def kept_files(world: World) -> list[str]:
    """Every file of the tenant, by its path."""
    folder = world.shops.files / str(world.shop.id)
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


UPLOADS: dict[Operation, UploadEntry] = {
    ("PUT", f"{API}/files/{{link}}"): UploadEntry(MAX_IMAGE_BYTES, send_picture, fetch_picture, kept_files)
}
ADDRESSES: dict[Field, AddressEntry] = {}
"""None yet: no route takes an address to call."""
