"""Legal requests about images, and about the links to their files."""

from collections.abc import Awaitable, Callable

from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.hostile.world import World, call
from tests.suites.uploads import picture
from tests.support.pictures import PNG, begun, image, uploaded
from tests.support.shops import goods


async def of_images(world: World, surface: Surface) -> Call:
    """What a product looks like."""
    body = {"media_type": PNG, "size": 100, "alt": "A cup"} if surface.method == "POST" else None
    return call(surface, world.shop.member, body, product_id=await goods(world.shop))


async def of_image(world: World, surface: Surface) -> Call:
    """An image that is shown."""
    above = await goods(world.shop)
    return call(surface, world.shop.member, product_id=above, image_id=await image(world.shop, above))


async def complete_image(world: World, surface: Surface) -> Call:
    """One whose file has come."""
    above = await goods(world.shop)
    return call(surface, world.shop.member, product_id=above, image_id=await uploaded(world.shop, above))


async def upload(world: World, surface: Surface) -> Call:
    """A file by its link."""
    made = await begun(world.shop.member, await goods(world.shop))
    link = made["upload"]["href"].rpartition("/")[2]
    return call(surface, None, link=link).having("Content-Type", PNG.encode()).holding(picture())


async def download(world: World, surface: Surface) -> Call:
    """A file by its link."""
    above = await goods(world.shop)
    path = f"/products/{above}/images/{await image(world.shop, above)}"
    href = (await world.shop.member.get(path)).json()["href"]
    return call(surface, None, link=href.rpartition("/")[2])


IMAGES: dict[str, Callable[[World, Surface], Awaitable[Call]]] = {
    "GET /products/{product_id}/images": of_images,
    "POST /products/{product_id}/images": of_images,
    "GET /products/{product_id}/images/{image_id}": of_image,
    "DELETE /products/{product_id}/images/{image_id}": of_image,
    "POST /products/{product_id}/images/{image_id}/complete": complete_image,
    "GET /files/{link}": download,
    "PUT /files/{link}": upload,
}
"""By method and path without the prefix."""
