"""Use cases of a product's images: a link for the upload, a look at what came, links for those who may see it."""

from datetime import timedelta
from uuid import UUID

from app.auth.commons import Commons, Service
from app.db.uow import left
from app.exceptions import NotFound
from app.modules.catalog.events import ProductImageAdded, ProductImageRemoved
from app.modules.catalog.exceptions import ProductArchived, TooManyImages
from app.modules.catalog.models import PENDING, READY, REMOVED, ProductImage
from app.modules.catalog.repository import ImageRepository, ProductRepository
from app.modules.catalog.schemas import ImageCreate, ImageMade, ImageOut, UploadOut
from app.modules.catalog.services.products import ARCHIVED
from app.modules.catalog.services.uploads import FILES, Upload
from app.modules.catalog.views import ImageQuery, ImageRow, image_page
from app.services.filesystem import FileKey, UploadLimits
from app.utils.ids import uuid7
from app.utils.pictures import JPEG, PNG, WEBP, Picture
from app.utils.records import record_from
from app.utils.schemas import Page

MOST_IMAGES = 20
"""Of a product, where the plan's limit `images_per_product` says nothing."""
LINK_SECONDS = 900
LATE = timedelta(minutes=30)
"""An upload that began before its link ended may go on for a while: swept is after that."""
SUFFIXES = {PNG: "png", JPEG: "jpg", WEBP: "webp"}


class ImageService(Service):
    """Images of the chosen tenant's products."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)
        self.images = ImageRepository(self.uow)
        self.files = commons.files

    async def page(self, product_id: UUID, query: ImageQuery) -> Page[ImageOut]:
        """The product's images, the first one first.

        Raises:
            NotFound: there is no such product; InvalidCursor.
        """
        page = await image_page(self.commons, product_id, query)
        if not page.data and await self.products.get(product_id) is None:
            raise NotFound("There is no such product.")
        linked = {row.id: await self._out(row) for row in page.data}
        return page.each(lambda row: linked[row.id])

    async def get(self, product_id: UUID, image_id: UUID) -> ImageOut:
        """One image.

        Raises:
            NotFound: the tenant's product has none such.
        """
        return await self._shown(await self._find(product_id, image_id))

    async def make(self, product_id: UUID, body: ImageCreate) -> ImageMade:
        """An image whose file is awaited, and the link by which it comes.

        Raises:
            NotFound, ProductArchived, TooManyImages.
        """
        now = self.commons.clock.now()
        product = await self.products.get(product_id)
        if product is None:
            raise NotFound("There is no such product.")
        if product.status == ARCHIVED:
            raise ProductArchived("An archived product does not change any more.")
        most = self.commons.limits.get("images_per_product", MOST_IMAGES)
        if await self.images.count(product_id, now) >= most:
            raise TooManyImages(f"A product has at most {most} images.")
        key = FileKey(self.commons.tenant_id, FILES, uuid7())
        link = await self.files.upload_link(key, UploadLimits(body.size, body.media_type, LINK_SECONDS))
        image = ProductImage(
            id=uuid7(),
            product_id=product_id,
            state=PENDING,
            alt=body.alt,
            media_type=body.media_type,
            max_bytes=body.size,
            upload_id=key.id,
            upload_until=link.expires_at,
            sweep_at=link.expires_at + LATE,
            created_at=now,
        )
        await self.images.insert(image)
        told = {"product_id": product_id, **body.model_dump()}
        self.track("catalog.image.created", f"image:{image.id}", after=told)
        upload = UploadOut(link.method, link.url, dict(link.headers), dict(link.fields), link.expires_at)
        return ImageMade(image.id, product_id, PENDING, image.media_type, image.alt, now, upload)

    async def complete(self, product_id: UUID, image_id: UUID) -> ImageOut:
        """Look at what was uploaded and show it from now on; again, it changes nothing.

        No transaction is open meanwhile. What is looked at is copied to a key that no link was ever made for, so that nobody
        changes it afterwards; what was uploaded is swept later.

        Raises:
            NotFound, ImageNotUploaded. ImageRefused: what was uploaded is removed. Unavailable: the store of files is away.
        """
        image = await self._find(product_id, image_id)
        if image.state == PENDING:
            upload = Upload(self.files, self.commons.tenant_id, image)
            async with left(self.uow):
                picture = await upload.taken()
            image = await self._find(product_id, image_id, hold=True)
            self._show(image, picture)
        return await self._shown(image)

    async def remove(self, product_id: UUID, image_id: UUID) -> None:
        """Show it no more; its files are removed by the next sweep, and links to it end with them.

        Raises:
            NotFound.
        """
        image = await self._find(product_id, image_id, hold=True)
        told = {"product_id": product_id, "alt": image.alt, "media_type": image.media_type}
        image.state = REMOVED
        image.sweep_at = max(self.commons.clock.now(), image.upload_until + LATE)
        self.record(ProductImageRemoved(product_id, image_id))
        self.track("catalog.image.removed", f"image:{image_id}", before=told)

    def _show(self, image: ProductImage, picture: Picture) -> None:
        if image.state != PENDING:
            return  # somebody else completed it at the same time: of the same copy
        image.state = READY
        image.size, image.width, image.height = picture.end, picture.width, picture.height
        self.record(ProductImageAdded(image.product_id, image.id, picture.media_type))
        told = {"product_id": image.product_id, "size": picture.end, "width": picture.width, "height": picture.height}
        self.track("catalog.image.added", f"image:{image.id}", after=told)

    async def _find(self, product_id: UUID, image_id: UUID, *, hold: bool = False) -> ProductImage:
        image = await self.images.of(product_id, image_id, self.commons.clock.now(), hold=hold)
        if image is None:
            raise NotFound("There is no such image.")
        return image

    async def _shown(self, image: ProductImage) -> ImageOut:
        return await self._out(record_from(ImageRow, image))

    async def _out(self, row: ImageRow) -> ImageOut:
        """With a link, where there is a file to be had."""
        href, until = None, None
        if row.state == READY:
            key = FileKey(self.commons.tenant_id, FILES, row.id)
            name = f"{row.id}.{SUFFIXES[row.media_type]}"
            link = await self.files.download_link(key, name=name, media_type=row.media_type, seconds=LINK_SECONDS)
            href, until = link.url, link.expires_at
        return ImageOut(
            row.id, row.product_id, row.state, row.media_type, row.alt, row.size, row.width, row.height,
            row.created_at, href, until,
        )  # fmt: skip
