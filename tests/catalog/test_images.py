"""Images of a product: announced, uploaded by a link, judged, shown; what is the same for every resource is tried in `tests/api/`."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.modules.catalog.services import Sweep
from app.services.filesystem import FileKey, FilesError, FileSystem, UploadLimits
from app.utils.ids import uuid7
from tests.suites.uploads import picture
from tests.support.asgi import hang_up, scope_of
from tests.support.clock import MovableClock
from tests.support.crowds import IMAGES
from tests.support.pictures import PNG, begun, image, pictured, sent, uploaded
from tests.support.shops import Person, Shop, Shops, goods
from tests.utils.test_pictures import LOSSY, jpeg

pytestmark = pytest.mark.anyio
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def files(app: ModularApp) -> FileSystem:
    """As the app has them."""
    found: FileSystem = app.state.runtime.files
    return found


def told(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


async def completed(person: Person, made: dict[str, Any]) -> Any:
    """The answer to who says that the file has come."""
    return await person.post(f"/products/{made['product_id']}/images/{made['id']}/complete")


def lying(shops: Shops, shop: Shop) -> int:
    """How many files the tenant has."""
    return sum(path.is_file() for path in (shops.files / str(shop.id)).rglob("*"))


async def test_story(shops: Shops, owner: asyncpg.Connection) -> None:
    """From the announcement to the picture in somebody's hands, and away again; each step too early or twice has its answer."""
    shop = await shops.shop()
    place = f"/products/{await goods(shop)}/images"
    made = await begun(shop.member, place.split("/")[2])
    assert told(await completed(shop.member, made)) == (409, "image_not_uploaded")
    pending = (await shop.viewer.get(f"{place}/{made['id']}")).json()
    assert (pending["state"], pending["href"], pending["size"]) == ("pending", None, None)
    assert (await sent(shop.member, made)).json()["status"] is True
    assert told(await sent(shop.member, made, HTML)) == (409, "file_taken")
    answer = await completed(shop.member, made)
    shown = answer.json()
    assert (answer.status_code, shown["state"]) == (200, "ready")
    assert (shown["size"], shown["width"], shown["height"], shown["alt"]) == (len(picture()), 1, 1, "A cup")
    assert (await completed(shop.member, made)).json()["id"] == made["id"]
    [listed] = (await shop.viewer.get(place)).json()["data"]
    assert {**listed, "href": "", "href_until": ""} == {**shown, "href": "", "href_until": ""}
    file = await shop.viewer.client.get(listed["href"])
    assert (file.content, file.headers["Content-Type"]) == (picture(), PNG)
    assert file.headers["Content-Disposition"] == f'attachment; filename="{made["id"]}.png"'
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert (await shop.member.delete(f"{place}/{made['id']}")).status_code == 200
    assert (await shop.member.delete(f"{place}/{made['id']}")).status_code == 404
    assert (await shop.viewer.get(place)).json()["data"] == []
    acts = "SELECT action FROM audit_entries WHERE tenant_id = $1 AND action LIKE 'catalog.image.%' ORDER BY id"
    assert [row[0].rpartition(".")[2] for row in await owner.fetch(acts, shop.id)] == ["created", "added", "removed"]


async def test_wrong_files(shops: Shops) -> None:
    """Larger, of another type, packed or empty: nothing is kept, and the right one may still come by the same link."""
    shop = await shops.shop()
    made = await begun(shop.member, await goods(shop))
    assert told(await sent(shop.member, made, picture() + b"x")) == (413, "body_too_large")
    assert told(await sent(shop.member, made, headers={"Content-Type": "text/html"})) == (415, "unsupported_media_type")
    assert told(await sent(shop.member, made, headers={"Content-Encoding": "gzip"})) == (415, "unsupported_media_type")
    assert told(await sent(shop.member, made, b"")) == (422, "file_empty")
    assert lying(shops, shop) == 0
    for disguised in (HTML, jpeg(), picture()[:-3]):
        assert (await sent(shop.member, made, disguised)).status_code == 200
        assert told(await completed(shop.member, made)) == (422, "image_refused")
        assert lying(shops, shop) == 0, "what is refused is removed"
    assert told(await completed(shop.member, made)) == (409, "image_not_uploaded")
    assert (await sent(shop.member, made)).status_code == 200
    assert (await completed(shop.member, made)).status_code == 200


async def test_polyglot(shops: Shops) -> None:
    """What stands behind a picture is cut off: no archive and no page leaves with it. All three kinds are taken."""
    shop = await shops.shop()
    product_id = await goods(shop)
    for content, media_type in ((picture(), PNG), (jpeg(), "image/jpeg"), (LOSSY, "image/webp")):
        made = await begun(shop.member, product_id, content + HTML, media_type)
        await sent(shop.member, made, content + HTML)
        shown = (await completed(shop.member, made)).json()
        file = await shop.member.client.get(shown["href"])
        assert (shown["size"], file.content, file.headers["Content-Type"]) == (len(content), content, media_type)


async def test_bodies(shops: Shops) -> None:
    """No name, no path, no other type and no size beyond the limit is taken; what is archived gets no picture."""
    shop = await shops.shop()
    place = f"/products/{await goods(shop)}/images"
    legal = {"media_type": PNG, "size": 1}
    for wrong in ({"name": "../a.png"}, {"media_type": "image/svg+xml"}, {"size": 5 * 1024 * 1024 + 1}, {"size": 0}):
        assert told(await shop.member.post(place, json={**legal, **wrong})) == (422, "validation_failed")
    assert (await shop.viewer.post(place, json=legal)).status_code == 403
    await shop.member.post(place.replace("images", "archive"), headers={"If-Match": "*"})
    assert told(await shop.member.post(place, json=legal)) == (409, "product_archived")


async def test_limit(shops: Shops, owner: asyncpg.Connection) -> None:
    """A product has twenty images, also where the last place is wanted by five at once."""
    shop = await shops.shop()
    await owner.execute(IMAGES, shop.id, 19)
    legal = {"media_type": PNG, "size": 1}
    answers = await asyncio.gather(*(shop.member.post(f"/products/{shop.id}/images", json=legal) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json()["details"]["code"] for answer in answers if answer.status_code == 409} == {"too_many_images"}


async def test_links(shops: Shops, owner: asyncpg.Connection, files: FileSystem, clock: MovableClock) -> None:
    """Requirement 22: a link is for one act, one file and a while; any other use is 404, like a link that never was."""
    shop, client = await shops.shop(), (await shops.shop()).member.client
    product_id, shown = await pictured(shop)
    made = await begun(shop.member, product_id)
    href = (await shop.member.get(f"/products/{product_id}/images/{shown}")).json()["href"]
    up, changed = made["upload"]["href"], href[:-1] + ("A" if href[-1] != "A" else "B")
    wrong = [
        await client.get(up),
        await client.put(href, content=picture(), headers={"Content-Type": PNG}),
        await client.get(changed),
        await client.get("/api/v1/files/../../etc/passwd".replace("/../", "/%2e%2e%2f")),
        await client.get("/api/v1/files/x"),
    ]
    assert {told(answer) for answer in wrong} == {(404, "not_found")}
    clock.advance(minutes=16)
    assert told(await client.get(href)) == (404, "not_found")
    assert told(await sent(shop.member, made)) == (404, "not_found")
    clock.reset()
    await owner.execute("UPDATE product_images SET upload_until = now() WHERE tenant_id = $1", shop.id)
    assert told(await completed(shop.member, made)) == (404, "not_found")
    gone = await files.download_link(FileKey(shop.id, "catalog", uuid7()), name="a.png", media_type=PNG, seconds=60)
    assert told(await client.get(gone.url)) == (404, "not_found")


async def test_no_link_is_logged(shops: Shops, caplog: pytest.LogCaptureFixture) -> None:
    """Requirement 35: the link lets one in, so that no line of the log holds it."""
    shop = await shops.shop()
    with caplog.at_level("INFO"):
        made = await begun(shop.member, await goods(shop))
        await sent(shop.member, made)
        await shop.member.client.delete(made["upload"]["href"])
    lines = [vars(record) for record in caplog.records if record.name == "app.access"]
    assert [line["path"] for line in lines[-2:]] == ["/api/v1/files/..."] * 2
    assert made["upload"]["href"].rpartition("/")[2] not in str(lines)


async def test_twins_and_kills(shops: Shops, owner: asyncpg.Connection, files: FileSystem) -> None:
    """Ten at once complete it once; what a killed process had copied is what is shown, whatever came afterwards."""
    shop = await shops.shop()
    product_id = await goods(shop)
    made = await begun(shop.member, product_id)
    await sent(shop.member, made)
    answers = await asyncio.gather(*(completed(shop.member, made) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    added = "SELECT count(*) FROM events WHERE tenant_id = $1 AND name = 'catalog.product_image_added'"
    assert await owner.fetchval(added, shop.id) == 1

    async def copy() -> AsyncIterator[bytes]:
        yield picture()

    killed = await begun(shop.member, product_id, picture() + HTML)
    await files.write(FileKey(shop.id, "catalog", UUID(killed["id"])), copy())
    assert (await completed(shop.member, killed)).json()["size"] == len(picture())


async def test_store_away(shops: Shops, files: FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirement 24: a store that does not answer is 503, and the same again succeeds when it is back."""
    shop = await shops.shop()
    product_id, shown = await pictured(shop)
    href = (await shop.member.get(f"/products/{product_id}/images/{shown}")).json()["href"]
    made = await begun(shop.member, product_id)

    async def away(*_: Any, **__: Any) -> Any:
        raise FilesError("away")

    async def unread(*_: Any, **__: Any) -> AsyncIterator[bytes]:
        yield await away()

    with monkeypatch.context() as patch:
        for name in ("size", "write"):
            patch.setattr(type(files), name, away)
        assert told(await shop.member.client.get(href)) == (503, "unavailable")
        assert told(await sent(shop.member, made)) == (503, "unavailable")
    with monkeypatch.context() as patch:
        patch.setattr(type(files), "open", unread)
        assert told(await shop.member.client.get(href)) == (503, "unavailable"), "there, and cannot be read"
    await sent(shop.member, made)
    with monkeypatch.context() as patch:
        patch.setattr(type(files), "write", away)
        assert told(await completed(shop.member, made)) == (503, "unavailable")
    assert (await completed(shop.member, made)).status_code == 200


async def test_sweep(
    app: ModularApp,
    shops: Shops,
    owner: asyncpg.Connection,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Abandoned uploads, looked-at uploads and removed images leave no file; what is shown stays."""
    shop, other = await shops.shop(), await shops.shop()
    product_id, shown = await pictured(shop)
    _, theirs = await pictured(other)
    await uploaded(shop, product_id)
    removed = await image(shop, product_id)
    await shop.member.delete(f"/products/{product_id}/images/{removed}")
    errand = app.state.runtime.errand(shop.id, 1, uuid7())
    assert (await Sweep(errand).run(), lying(shops, shop)) == (0, 5), "links may be alive still"
    clock.advance(minutes=50)
    delete, stuck = type(errand.files).delete, UUID(removed)

    async def one_stuck(files: FileSystem, key: FileKey) -> None:
        if key.id == stuck:
            raise FilesError("no")
        await delete(files, key)

    with monkeypatch.context() as patch:
        patch.setattr(type(errand.files), "delete", one_stuck)
        with pytest.raises(FilesError):
            await Sweep(errand).run()
    assert lying(shops, shop) == 2, "the rest is gone"
    assert (await Sweep(errand).run(), lying(shops, shop)) == (1, 1)
    assert await Sweep(errand).run() == 0
    rows = await owner.fetch("SELECT id, state FROM product_images WHERE tenant_id = $1", shop.id)
    assert [(str(row["id"]), row["state"]) for row in rows] == [(shown, "ready")]
    clock.reset()
    file = (await shop.member.get(f"/products/{product_id}/images/{shown}")).json()["href"]
    assert (await shop.member.client.get(file)).content == picture()
    assert (lying(shops, other), bool(theirs)) == (2, True)


async def test_large_download(app: ModularApp, shops: Shops, files: FileSystem) -> None:
    """A file of any size goes out as it is, in pieces."""
    shop, part = await shops.shop(), b"0123456789abcdef" * 4096
    key = FileKey(shop.id, "tests", uuid7())

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield part

    await files.write(key, parts())
    link = await files.download_link(key, name="export.csv", media_type="text/csv", seconds=60)
    answer = await shop.member.client.get(link.url)
    assert (answer.content, answer.headers["Content-Length"]) == (part * 40, str(len(part) * 40))
    assert re.search(r"expires|max-age=[1-9]", str(answer.headers), re.IGNORECASE) is None
    given = await files.upload_link(FileKey(shop.id, "tests", uuid7()), UploadLimits(10**9, "text/csv", 60))
    long = await shop.member.client.put(given.url, content=part * 40, headers=dict(given.headers))
    assert long.status_code == 200, "beyond the limit of other bodies"
    assert given.expires_at - app.state.runtime.clock.now() < timedelta(seconds=61)


async def test_hangs_up(app: ModularApp, shops: Shops, files: FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that goes while a download is on its way leaves no file open."""
    shop, ended, opened = await shops.shop(), asyncio.Event(), type(files).open
    product_id, shown = await pictured(shop)
    path: str = (await shop.member.get(f"/products/{product_id}/images/{shown}")).json()["href"]

    async def watched(*about: Any) -> AsyncIterator[bytes]:
        try:
            async for part in opened(*about):
                yield part
        finally:
            ended.set()

    monkeypatch.setattr(type(files), "open", watched)
    await hang_up(app, scope_of(path))
    assert ended.is_set()
