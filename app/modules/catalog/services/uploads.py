"""What came for an image: looked at, copied, and swept when its time has come."""

from uuid import UUID

from app.auth.errand import Errand
from app.modules.catalog.exceptions import ImageNotUploaded, ImageRefused
from app.modules.catalog.models import ProductImage
from app.modules.catalog.repository import Due, SweepRepository
from app.services.filesystem import FileKey, FileMissingError, FilesError, FileSystem, FileTakenError, whole
from app.utils.pictures import NoPictureError, Picture, look_at

FILES = "catalog"
"""Under which name of a module the files lie."""
SWEEP_AT_ONCE = 100


class Upload:
    """What came for an image, and the copy of it that is kept. Works without a transaction."""

    def __init__(self, files: FileSystem, tenant_id: UUID, image: ProductImage) -> None:
        """Reads of the image what it needs: the row is not there any more when the files are asked."""
        self._files = files
        self._came = FileKey(tenant_id, FILES, image.upload_id)
        self._kept = FileKey(tenant_id, FILES, image.id)
        self._media_type, self._max_bytes = image.media_type, image.max_bytes

    async def taken(self) -> Picture:
        """The picture that is kept: the copy of whoever was first, since a copy is written once.

        Raises:
            ImageNotUploaded, ImageRefused, Unavailable.
        """
        try:
            try:
                return look_at(await self._held(self._kept))
            except FileMissingError:
                return await self._copied()
        except FilesError as error:
            raise error.as_unavailable() from error

    async def _copied(self) -> Picture:
        try:
            content = await self._held(self._came)
        except FileMissingError as error:
            raise ImageNotUploaded("Upload the file by the image's link first.") from error
        try:
            picture = look_at(content)
            self._judge(picture)
        except NoPictureError as error:
            await self._files.delete(self._came)
            raise ImageRefused(str(error)) from error
        try:
            await self._files.write(self._kept, whole(content[: picture.end]))
        except FileTakenError:
            return look_at(await self._held(self._kept))
        return picture

    def _judge(self, picture: Picture) -> None:
        if picture.media_type != self._media_type:
            raise NoPictureError(f"The file is {picture.media_type}, not {self._media_type}.")

    async def _held(self, key: FileKey) -> bytes:
        """The whole of it: never more than was told of, which is little."""
        parts = [part async for part in self._files.open(key, length=self._max_bytes)]
        return b"".join(parts)


class Sweep:
    """Removes files that nobody shall have any more: of uploads that were looked at, or never came to it, and of removed images."""

    def __init__(self, errand: Errand) -> None:
        """Of the errand's tenant."""
        self._errand = errand

    async def run(self) -> int:
        """As long as there are some; returns for how many images. What the store would not remove holds up nothing else.

        Raises:
            FilesError: nothing but what it would not remove is left.
        """
        done = 0
        while True:
            async with self._errand.unit() as uow:
                due = await SweepRepository(uow).due(self._errand.clock.now(), SWEEP_AT_ONCE)
            if not due:
                return done
            faults = [await self._fault(each) for each in due]
            if all(faults):
                raise FilesError(f"{len(faults)} images could not be cleared") from faults[0]
            cleared = [each for each, fault in zip(due, faults, strict=True) if fault is None]
            async with self._errand.unit() as uow:
                await SweepRepository(uow).settle(cleared)
            done += len(cleared)

    async def _fault(self, due: Due) -> FilesError | None:
        """None where the image's files are gone."""
        try:
            await self._clear(due)
        except FilesError as fault:
            return fault
        return None

    async def _clear(self, due: Due) -> None:
        keys = [due.upload_id] if due.is_shown else [due.upload_id, due.id]
        for key in keys:
            await self._errand.files.delete(FileKey(self._errand.tenant_id, FILES, key))
