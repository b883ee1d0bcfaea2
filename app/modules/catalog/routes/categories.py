"""/categories."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.modules.catalog.exceptions import (
    CategoryCircle,
    CategoryNameTaken,
    CategoryNotEmpty,
    CategoryTooDeep,
    CategoryUnknown,
)
from app.modules.catalog.permissions import CatalogPermission
from app.modules.catalog.schemas import CategoryCreate, CategoryOut, CategoryUpdate
from app.modules.catalog.services import CategoryService
from app.modules.catalog.views import CategoryQuery, category_page
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/categories", tag="categories")


@cbv(router)
class CategoryViews:
    """The tree of categories of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List categories")
    @access_control(permission=CatalogPermission.CATEGORIES_READ, module="catalog")
    async def list_categories(self, query: Annotated[CategoryQuery, Query()]) -> Page[CategoryOut]:
        """By keyset; `q` and `parent` filter, `sort` orders. `parent_id` makes the tree of them."""
        return await category_page(self.commons, query)

    @router.post("", status_code=201, summary="Create a category")
    @access_control(permission=CatalogPermission.CATEGORIES_WRITE, module="catalog")
    @declares(raises=(CategoryNameTaken, CategoryTooDeep, CategoryUnknown))
    async def create_category(self, body: CategoryCreate) -> CategoryOut:
        """Below another, or at the top; a tree has at most 12 levels."""
        return await CategoryService(self.commons).create(body)

    @router.get("/{category_id}", summary="Get a category")
    @access_control(permission=CatalogPermission.CATEGORIES_READ, module="catalog")
    async def get_category(self, category_id: UUID) -> CategoryOut:
        """With its ETag."""
        return await CategoryService(self.commons).get(category_id)

    @router.patch("/{category_id}", summary="Rename or move a category")
    @access_control(permission=CatalogPermission.CATEGORIES_WRITE, module="catalog")
    @declares(raises=(CategoryCircle, CategoryNameTaken, CategoryTooDeep, CategoryUnknown))
    async def update_category(self, category_id: UUID, body: CategoryUpdate) -> CategoryOut:
        """A merge patch; needs If-Match. What is below it moves with it."""
        return await CategoryService(self.commons).update(category_id, body)

    @router.delete("/{category_id}", summary="Delete a category")
    @access_control(permission=CatalogPermission.CATEGORIES_WRITE, module="catalog")
    @declares(raises=(CategoryNotEmpty,))
    async def delete_category(self, category_id: UUID) -> DefaultResponse:
        """Needs If-Match. Only an empty one: no category is below it, no product in it."""
        await CategoryService(self.commons).remove(category_id)
        return done("The category was deleted.")
