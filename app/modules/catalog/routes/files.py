"""/products/files, and the tasks that read and write them."""

from uuid import UUID

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import TooManyTasks
from app.extensions.access import RouteClass
from app.extensions.declared import declares
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.catalog.exceptions import FileUnknown, FileUsed
from app.modules.catalog.permissions import CatalogPermission
from app.modules.catalog.routes.router import router
from app.modules.catalog.schemas import ProductFileCreate, ProductFileOut, ProductsExport, ProductsImport
from app.modules.catalog.services import FileService


@cbv(router)
class ProductFileViews:
    """Products of the chosen tenant, by the file. Before the single products: the first route that fits a path answers."""

    commons: Commons = Depends(commons_deps)

    @router.post("/files", status_code=201, summary="Prepare a file to be imported")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog", rate=RouteClass.HEAVY)
    async def create_file(self, body: ProductFileCreate) -> ProductFileOut:
        """The answer says how to send it, at most 256 MiB, within an hour; then import it. It is removed after seven days."""
        return await FileService(self.commons).expect(body)

    @router.get("/files/{file_id}", summary="Get a file")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def get_file(self, file_id: UUID) -> ProductFileOut:
        """Of a report or an export the link to download it, which holds for a quarter of an hour."""
        return await FileService(self.commons).get(file_id)

    @router.post("/imports", status_code=202, summary="Import products")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog", rate=RouteClass.HEAVY)
    @declares(raises=(FileUnknown, FileUsed, TooManyTasks), emits=(TaskQueued,), headers=("Location",))
    async def import_products(self, body: ProductsImport) -> TaskOut:
        """A task: reads the file that was sent, row by row, one import at a time. A file that is refused as a whole fails it.

        What is absent or empty of a known product stays as it is. The result counts the rows that created a product, changed
        one, changed nothing, and were refused; with the first 20 of these, and the path of the report, which has all.
        """
        return accepted(self.commons, await FileService(self.commons).import_products(body))

    @router.post("/exports", status_code=202, summary="Export products")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog", rate=RouteClass.HEAVY)
    @declares(raises=(TooManyTasks,), emits=(TaskQueued,), headers=("Location",))
    async def export_products(self, body: ProductsExport) -> TaskOut:
        """A task: all products that are there now, archived ones too, without further variants; one export at a time.

        The result has the path of the file. In CSV what a spreadsheet would take for a formula has an apostrophe in front.
        """
        return accepted(self.commons, FileService(self.commons).export(body))
