"""Use cases of products."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import NotFound
from app.modules.catalog.events import ProductCreated, ProductStatusChanged
from app.modules.catalog.exceptions import ProductArchived
from app.modules.catalog.models import Product
from app.modules.catalog.repository import Priced, ProductRepository
from app.modules.catalog.schemas import ProductCreate, ProductOut, ProductsReprice, ProductUpdate
from app.utils.records import record_from
from app.utils.schemas import SAFE_INTEGER

ARCHIVED = "archived"
REPRICE = "catalog.reprice"
HALF = 50


@dataclass(frozen=True, slots=True)
class Repriced:
    """What one step did."""

    seen: int
    changed: int
    refused: int
    last: UUID


class ProductService(Service):
    """Products of the chosen tenant."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)

    async def get(self, product_id: UUID) -> ProductOut:
        """One product.

        Raises:
            NotFound: another tenant's is not there.
        """
        return record_from(ProductOut, await self._find(product_id))

    async def create(self, body: ProductCreate) -> ProductOut:
        """A new product.

        Raises:
            ProductSkuTaken.
        """
        values = body.model_dump()
        product = Product(**values)
        await self.products.create(product)
        self.record(ProductCreated(product_id=product.id, sku=product.sku, status=product.status))
        self.track("catalog.product.created", f"product:{product.id}", after=values)
        return record_from(ProductOut, product)

    async def update(self, product_id: UUID, body: ProductUpdate) -> ProductOut:
        """Change what the patch names.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived, ProductSkuTaken.
        """
        product = await self._find_open(product_id)
        changes = {
            name: value
            for name, value in body.model_dump(exclude_unset=True).items()
            if getattr(product, name) != value
        }
        return await self._change(product, changes, "catalog.product.changed")

    async def archive(self, product_id: UUID) -> ProductOut:
        """Take it out for good; its sku stays taken.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived.
        """
        return await self._change(await self._find_open(product_id), {"status": ARCHIVED}, "catalog.product.archived")

    def reprice(self, body: ProductsReprice) -> UUID:
        """Start the task that changes the prices of all products that are there now; returns its id."""
        key = self.start(REPRICE, body)
        self.track("catalog.repricing.started", f"task:{key}", after=body.model_dump(exclude_none=True))
        return key

    async def _change(self, product: Product, changes: dict[str, Any], action: str) -> ProductOut:
        if not changes:
            return record_from(ProductOut, product)
        before = {name: getattr(product, name) for name in changes}
        for name, value in changes.items():
            setattr(product, name, value)
        await self.products.save(product)
        if "status" in changes:
            self.record(ProductStatusChanged(product_id=product.id, before=before["status"], after=product.status))
        self.track(action, f"product:{product.id}", before=before, after=changes)
        return record_from(ProductOut, product)

    async def _find(self, product_id: UUID) -> Product:
        product = await self.products.get(product_id)
        if product is None:
            raise NotFound("There is no such product.")
        return product

    async def _find_open(self, product_id: UUID) -> Product:
        product = await self._find(product_id)
        self.commons.if_match.require(product.version)
        if product.status == ARCHIVED:
            raise ProductArchived("An archived product does not change any more.")
        return product


class Repricing(Service):
    """One step of the task that changes prices."""

    def __init__(self, commons: Commons, body: ProductsReprice) -> None:
        """`body` says which prices change, and how."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)
        self._percent = body.percent
        self._statuses = ("draft", "active") if body.status is None else (body.status,)

    async def count(self, before: UUID) -> int:
        """How many products it concerns: those made before the id was."""
        return await self.products.count_priced(self._statuses, before=before)

    async def change(self, *, after: UUID, before: UUID, limit: int) -> Repriced:
        """Change the next ones; a price that would be no number of ours stays, and is counted."""
        held = await self.products.prices(self._statuses, after=after, before=before, limit=limit)
        wanted = [Priced(item.id, changed_price(item.price, self._percent)) for item in held]
        refused = sum(item.price > SAFE_INTEGER for item in wanted)
        pairs = zip(held, wanted, strict=True)
        changed = [new for old, new in pairs if new.price <= SAFE_INTEGER and new.price != old.price]
        if changed:
            await self.products.set_prices(changed, at=self.commons.clock.now())
        return Repriced(len(held), len(changed), refused, held[-1].id if held else after)

    def finish(self, task_id: UUID, actor: str, counts: Mapping[str, int]) -> None:
        """One entry for the whole run, in the name of who started it."""
        self.track("catalog.repricing.finished", f"task:{task_id}", after=counts, actor=actor)


def changed_price(price: int, percent: int) -> int:
    """The price changed by so many percent, in whole minor units; a half goes to the even one, so that halves even out."""
    whole, rest = divmod(price * (100 + percent), 100)
    return whole + (1 if rest > HALF or (rest == HALF and whole % 2) else 0)
