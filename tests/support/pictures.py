"""Images of products as clients bring them: begun, uploaded by the link, completed."""

from typing import Any

import httpx

from tests.suites.uploads import picture
from tests.support.shops import Person, Shop, product

PNG = "image/png"


async def begun(person: Person, product_id: str, content: bytes = picture(), media_type: str = PNG) -> dict[str, Any]:
    """What the API answers to who announces such a file."""
    body = {"media_type": media_type, "size": max(1, len(content)), "alt": "A cup"}
    answer = await person.post(f"/products/{product_id}/images", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sent(person: Person, made: dict[str, Any], content: bytes = picture(), headers: Any = None) -> httpx.Response:
    """The file by the link, which is all that the client needs."""
    link = made["upload"]
    assert link["fields"] == {}
    return await person.client.request(
        link["method"], link["href"], content=content, headers={**link["headers"], **(headers or {})}
    )


async def uploaded(shop: Shop, product_id: str) -> str:
    """The id of an image whose file has come and was not looked at yet."""
    made = await begun(shop.member, product_id)
    assert (await sent(shop.member, made)).status_code == 200
    return str(made["id"])


async def image(shop: Shop, product_id: str) -> str:
    """The id of an image that is shown."""
    key = await uploaded(shop, product_id)
    answer = await shop.member.post(f"/products/{product_id}/images/{key}/complete")
    assert answer.status_code == 200, answer.text
    return key


async def pictured(shop: Shop) -> tuple[str, str]:
    """The ids of a product and of its image."""
    product_id = str((await shop.member.post("/products", json=product())).json()["id"])
    return product_id, await image(shop, product_id)
