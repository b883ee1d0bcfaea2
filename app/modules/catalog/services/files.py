"""Use cases of files of products: where to send one, that it is to be imported, that one is wanted, where it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import FieldFault, NotFound, pointer_to
from app.modules.catalog.exceptions import FileUnknown, FileUsed
from app.modules.catalog.models import ProductFile
from app.modules.catalog.repository import FileRepository
from app.modules.catalog.schemas import (
    ProductFileCreate,
    ProductFileOut,
    ProductsExport,
    ProductsImport,
    UploadOut,
)
from app.modules.catalog.services.exporting import EXPORT
from app.modules.catalog.services.importing import IMPORT
from app.services.filesystem import DownloadLink, FileKey, FileMissingError, FilesError, UploadLimits

MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl"}
MAX_BYTES = 256 * 1024 * 1024
UPLOAD_SECONDS = 3600
DOWNLOAD_SECONDS = 900
UNKNOWN = FieldFault("file_unknown", "is no file that was sent to be imported", pointer_to("file_id"))


def file_key(tenant_id: UUID, file_id: UUID) -> FileKey:
    """Where the store of files has it."""
    return FileKey(tenant_id, "catalog", file_id)


def file_path(file_id: UUID) -> str:
    """Where the API tells of it."""
    return f"/api/v1/products/files/{file_id}"


@contextmanager
def store_unnamed() -> Iterator[None]:
    """Let a task say that the store does not answer, and neither its host nor its folder; that there is no such file goes on.

    Raises:
        Unavailable.
    """
    try:
        yield
    except FileMissingError:
        raise
    except FilesError as error:
        raise error.as_unavailable() from error


class FileService(Service):
    """Files of the chosen tenant's products."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._files = FileRepository(self.uow)

    async def expect(self, body: ProductFileCreate) -> ProductFileOut:
        """A file that will be sent; the answer says where to."""
        file = await self._files.make("import", body.format, at=self.commons.clock.now())
        self.track("catalog.file.created", f"file:{file.id}", after=body.model_dump())
        limits = UploadLimits(MAX_BYTES, MEDIA_TYPES[file.format], UPLOAD_SECONDS)
        link = await self.commons.files.upload_link(file_key(self.commons.tenant_id, file.id), limits)
        upload = UploadOut(link.method, link.url, dict(link.headers), dict(link.fields), link.expires_at)
        return _shown(file, upload=upload)

    async def get(self, file_id: UUID) -> ProductFileOut:
        """One file.

        Raises:
            NotFound: another tenant's is not there.
        """
        file = await self._files.get(file_id)
        if file is None or file.expires_at <= self.commons.clock.now():
            raise NotFound("There is no such file.")
        if file.ready_at is None:
            return _shown(file)
        link = await self.commons.files.download_link(
            file_key(self.commons.tenant_id, file.id),
            name=f"products-{file.kind}.{file.format}",
            media_type=MEDIA_TYPES[file.format],
            seconds=DOWNLOAD_SECONDS,
        )
        return _shown(file, link=link)

    async def import_products(self, body: ProductsImport, *, actor: str | None = None) -> UUID:
        """Start the task that reads the file; returns its id. `actor` is whose act it is, where it is no principal's.

        Raises:
            FileUnknown: the tenant has no such file to import.
            FileUsed: a task has it already.
        """
        file = await self._files.get(body.file_id)
        if file is None or file.kind != "import" or file.expires_at <= self.commons.clock.now():
            raise FileUnknown(errors=[UNKNOWN])
        task_id = self.start(IMPORT, body)
        if await self._files.use(body.file_id, task_id) is None:
            raise FileUsed("A task has the file already. Send it again to import it again.")
        self.track("catalog.import.started", f"task:{task_id}", after=body.model_dump(mode="json"), actor=actor)
        return task_id

    def export(self, body: ProductsExport) -> UUID:
        """Start the task that writes all products that are there now to a file; returns its id."""
        task_id = self.start(EXPORT, body)
        self.track("catalog.export.started", f"task:{task_id}", after=body.model_dump())
        return task_id


def _shown(file: ProductFile, *, upload: UploadOut | None = None, link: DownloadLink | None = None) -> ProductFileOut:
    return ProductFileOut(
        id=file.id,
        kind=file.kind,
        format=file.format,
        upload=upload,
        href=None if link is None else link.url,
        href_until=None if link is None else link.expires_at,
        created_at=file.created_at,
        expires_at=file.expires_at,
    )
