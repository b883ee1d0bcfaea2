"""Legal requests for files of products, and for what reads and writes them."""

from collections.abc import Awaitable, Callable

from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.hostile.world import World, call, short


async def of_file(world: World, surface: Surface) -> Call:
    """A file, which is told of before it is sent; its import fails then."""
    if short(surface) == "POST /products/files":
        return call(surface, world.shop.member, {"format": "csv"})
    key = (await world.made(world.shop.member, "/products/files", {"format": "csv"}))["id"]
    if surface.method == "GET":
        return call(surface, world.shop.member, file_id=key)
    return call(surface, world.shop.member, {"file_id": key, "mode": "upsert"})


async def export(world: World, surface: Surface) -> Call:
    """All products."""
    return call(surface, world.shop.member, {"format": "jsonl"})


FILES: dict[str, Callable[[World, Surface], Awaitable[Call]]] = {
    "POST /products/files": of_file,
    "GET /products/files/{file_id}": of_file,
    "POST /products/imports": of_file,
    "POST /products/exports": export,
}
