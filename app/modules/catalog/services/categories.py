"""Use cases of categories."""

from collections.abc import Sequence
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import FieldFault, NotFound, pointer_to
from app.modules.catalog.exceptions import CategoryCircle, CategoryNotEmpty, CategoryTooDeep, CategoryUnknown
from app.modules.catalog.models import Category
from app.modules.catalog.repository import CategoryRepository
from app.modules.catalog.schemas import CategoryCreate, CategoryOut, CategoryUpdate
from app.utils.records import record_from

MOST_LEVELS = 12
"""More than anybody looks through; what walks the tree is bounded by it."""
UNKNOWN_PARENT = FieldFault("category_unknown", "is no category here", pointer_to("parent_id"))


class CategoryService(Service):
    """The tree of categories of the chosen tenant."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.categories = CategoryRepository(self.uow)

    async def get(self, category_id: UUID) -> CategoryOut:
        """One category.

        Raises:
            NotFound.
        """
        return record_from(CategoryOut, await self._find(category_id))

    async def create(self, body: CategoryCreate) -> CategoryOut:
        """A new category below another, or at the top.

        Raises:
            CategoryUnknown: the parent; CategoryNameTaken, CategoryTooDeep.
        """
        await self.categories.lock()
        if body.parent_id is not None:
            _demand_room(await self._path(body.parent_id), 1)
        values = body.model_dump()
        category = Category(**values)
        await self.categories.create(category)
        self.track("catalog.category.created", f"category:{category.id}", after=values)
        return record_from(CategoryOut, category)

    async def update(self, category_id: UUID, body: CategoryUpdate) -> CategoryOut:
        """Rename it, or move it with all that is below it.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, CategoryUnknown, CategoryNameTaken, CategoryCircle, CategoryTooDeep.
        """
        if "parent_id" in body.model_fields_set:
            await self.categories.lock()  # before anything is read: what is judged must still be so at the commit
        category = await self._find(category_id)
        self.commons.if_match.require(category.version)
        named = body.model_dump(exclude_unset=True)
        changes = {name: value for name, value in named.items() if getattr(category, name) != value}
        if not changes:
            return record_from(CategoryOut, category)
        if changes.get("parent_id") is not None:
            await self._judge_move(category_id, changes["parent_id"])
        before = {name: getattr(category, name) for name in changes}
        for name, value in changes.items():
            setattr(category, name, value)
        await self.categories.save(category)
        self.track("catalog.category.changed", f"category:{category.id}", before=before, after=changes)
        return record_from(CategoryOut, category)

    async def remove(self, category_id: UUID) -> None:
        """Delete what is empty.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, CategoryNotEmpty.
        """
        await self.categories.lock()
        category = await self._find(category_id)
        self.commons.if_match.require(category.version)
        if await self.categories.has_children(category_id):
            raise CategoryNotEmpty("Categories are below it.")
        before = {"name": category.name, "parent_id": category.parent_id}
        await self.categories.remove(category)
        self.track("catalog.category.deleted", f"category:{category_id}", before=before)

    async def _judge_move(self, category_id: UUID, parent_id: UUID) -> None:
        path = await self._path(parent_id)
        if category_id in path:
            raise CategoryCircle("It cannot be moved below itself.")
        _demand_room(path, await self.categories.height(category_id))

    async def _path(self, parent_id: UUID) -> list[UUID]:
        """The parent and what is above it."""
        path = await self.categories.path(parent_id)
        if not path:
            raise CategoryUnknown(errors=[UNKNOWN_PARENT])
        return path

    async def _find(self, category_id: UUID) -> Category:
        category = await self.categories.get(category_id)
        if category is None:
            raise NotFound("There is no such category.")
        return category


def _demand_room(path: Sequence[UUID], levels: int) -> None:
    if len(path) + levels > MOST_LEVELS:
        raise CategoryTooDeep(f"A tree has at most {MOST_LEVELS} levels.")
