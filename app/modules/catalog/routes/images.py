"""/products/{product_id}/images."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.views import cbv
from app.modules.catalog.events import ProductImageAdded, ProductImageRemoved
from app.modules.catalog.exceptions import ImageNotUploaded, ImageRefused, ProductArchived, TooManyImages
from app.modules.catalog.permissions import CatalogPermission
from app.modules.catalog.routes.router import router
from app.modules.catalog.schemas import ImageCreate, ImageMade, ImageOut
from app.modules.catalog.services import ImageService
from app.modules.catalog.views import ImageQuery
from app.utils.schemas import DefaultResponse, Page


@cbv(router)
class ImageViews:
    """Pictures of a product of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("/{product_id}/images", summary="List a product's images")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def list_images(self, product_id: UUID, query: Annotated[ImageQuery, Query()]) -> Page[ImageOut]:
        """The first one first; each that is ready with a link to its file, good for a quarter of an hour."""
        return await ImageService(self.commons).page(product_id, query)

    @router.post("/{product_id}/images", status_code=201, summary="Begin an image")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(ProductArchived, TooManyImages))
    async def create_image(self, product_id: UUID, body: ImageCreate) -> ImageMade:
        """Answers with the link by which the file is uploaded within a quarter of an hour; then complete it."""
        return await ImageService(self.commons).make(product_id, body)

    @router.get("/{product_id}/images/{image_id}", summary="Get an image")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def get_image(self, product_id: UUID, image_id: UUID) -> ImageOut:
        """With a link to its file, once it is ready."""
        return await ImageService(self.commons).get(product_id, image_id)

    @router.post("/{product_id}/images/{image_id}/complete", summary="Complete an image")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(ImageNotUploaded, ImageRefused), emits=(ProductImageAdded,))
    async def complete_image(self, product_id: UUID, image_id: UUID) -> ImageOut:
        """The file is judged by its content, not by its name or type; what is no such picture is removed, and may be sent again."""
        return await ImageService(self.commons).complete(product_id, image_id)

    @router.delete("/{product_id}/images/{image_id}", summary="Remove an image")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(emits=(ProductImageRemoved,))
    async def delete_image(self, product_id: UUID, image_id: UUID) -> DefaultResponse:
        """It is not there any more; its file is removed within the hour, and links to it end with it."""
        await ImageService(self.commons).remove(product_id, image_id)
        return done("The image is removed.")
