"""The tree of categories."""

from contextlib import AbstractContextManager
from uuid import UUID

from app.db.errors import mapped
from app.db.repository import Repository
from app.db.turns import hold_turn
from app.modules.catalog.exceptions import CategoryNameTaken, CategoryNotEmpty
from app.modules.catalog.models import Category

# One lock for a tenant's tree: whether a move closes a circle depends on more rows than the one that is moved.
# UNION, not UNION ALL: it would end in a circle too.
ABOVE = """
WITH RECURSIVE above AS (
  SELECT id, parent_id FROM categories WHERE tenant_id = $1 AND id = $2
  UNION
  SELECT c.id, c.parent_id FROM above AS a JOIN categories AS c ON c.tenant_id = $1 AND c.id = a.parent_id
)
SELECT id FROM above
"""
HEIGHT = """
WITH RECURSIVE branch AS (
  SELECT id, 1 AS level FROM categories WHERE tenant_id = $1 AND id = $2
  UNION
  SELECT c.id, b.level + 1 FROM branch AS b JOIN categories AS c ON c.tenant_id = $1 AND c.parent_id = b.id
)
SELECT max(level) FROM branch
"""
HAS_CHILDREN = "SELECT EXISTS (SELECT FROM categories WHERE tenant_id = $1 AND parent_id = $2)"


class CategoryRepository(Repository[Category]):
    """Reads and writes categories of the bound tenant."""

    model = Category

    async def lock(self) -> None:
        """Nobody else makes, moves or deletes a category of the tenant until the commit."""
        await hold_turn(self.uow.connection, f"categories:{self.uow.tenant_id}")

    async def create(self, category: Category) -> None:
        """Insert a new one.

        Raises:
            CategoryNameTaken.
        """
        with _name_taken(category.name):
            await self.insert(category)

    async def save(self, category: Category) -> None:
        """Update it now.

        Raises:
            CategoryNameTaken.
        """
        with _name_taken(category.name):
            await self.add(category)

    async def remove(self, category: Category) -> None:
        """Delete it now.

        Raises:
            CategoryNotEmpty: products are in it.
        """
        with mapped({"fk_products_category_id": lambda: CategoryNotEmpty("Products are in it.")}):
            await self.uow.session.delete(category)
            await self.uow.session.flush()

    async def path(self, category_id: UUID) -> list[UUID]:
        """The category and those above it; empty where there is none."""
        rows = await self.uow.connection.fetch(ABOVE, self.uow.tenant_id, category_id)
        return [row[0] for row in rows]

    async def height(self, category_id: UUID) -> int:
        """How many levels it and what is below it are."""
        return int(await self.uow.connection.fetchval(HEIGHT, self.uow.tenant_id, category_id))

    async def has_children(self, category_id: UUID) -> bool:
        """Whether there are categories right below it."""
        return bool(await self.uow.connection.fetchval(HAS_CHILDREN, self.uow.tenant_id, category_id))


def _name_taken(name: str) -> AbstractContextManager[None]:
    return mapped({"uq_categories_name": lambda: CategoryNameTaken(f"There is a category {name} beside it.")})
