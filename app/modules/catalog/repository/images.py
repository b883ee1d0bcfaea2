"""Images of products, as aggregates, and what a sweep finds of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.db.repository import Repository
from app.db.uow import UnitOfWork
from app.modules.catalog.models import Product, ProductImage

DUE = """
SELECT id, upload_id, state = 'ready' FROM product_images
WHERE tenant_id = $1 AND sweep_at <= $2 ORDER BY sweep_at LIMIT $3
"""
# A pending one may have become ready since, by who came at the last moment.
FORGET = "DELETE FROM product_images WHERE tenant_id = $1 AND id = ANY($2) AND state <> 'ready'"
SWEPT = "UPDATE product_images SET sweep_at = NULL WHERE tenant_id = $1 AND id = ANY($2) AND state = 'ready'"


@dataclass(frozen=True, slots=True)
class Due:
    """An image of which files are to be removed: of one that is shown, what was uploaded; of another, all."""

    id: UUID
    upload_id: UUID
    is_shown: bool


class ImageRepository(Repository[ProductImage]):
    """Reads and writes images of the bound tenant's products."""

    model = ProductImage

    async def of(self, product_id: UUID, image_id: UUID, now: datetime, *, hold: bool = False) -> ProductImage | None:
        """That image of that product, or None; `hold` keeps it from others until the commit."""
        wanted = select(ProductImage).where(
            ProductImage.id == image_id, ProductImage.product_id == product_id, ProductImage.visible(now)
        )
        found: ProductImage | None = await self.uow.session.scalar(wanted.with_for_update() if hold else wanted)
        return found

    async def count(self, product_id: UUID, now: datetime) -> int:
        """How many a product has, the product being held until the commit, so that no two are counted past each other."""
        await self.uow.session.scalar(select(Product.id).where(Product.id == product_id).with_for_update())
        counted = (
            select(func.count())
            .select_from(ProductImage)
            .where(ProductImage.product_id == product_id, ProductImage.visible(now))
        )
        return int(await self.uow.session.scalar(counted) or 0)


class SweepRepository:
    """What a sweep of the bound tenant's images reads and writes."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """The images whose time has come, those of the earliest first."""
        rows = await self.uow.connection.fetch(DUE, self.uow.tenant_id, now, limit)
        return [Due(*row) for row in rows]

    async def settle(self, swept: Sequence[Due]) -> None:
        """Their files are gone: forget those that are not shown."""
        for statement in (FORGET, SWEPT):
            await self.uow.connection.execute(statement, self.uow.tenant_id, [each.id for each in swept])
