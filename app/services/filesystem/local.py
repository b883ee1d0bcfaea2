"""The local twin: files lie in a folder, and the platform serves the links to them."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar
from uuid import UUID, uuid4

from app.config import Settings
from app.extensions.clock import Clock
from app.extensions.outside import refuse_inside_transaction
from app.extensions.routing import API
from app.services.filesystem import (
    CHUNK,
    DownloadLink,
    FileKey,
    FileMissingError,
    FilesError,
    FileTakenError,
    UploadLimits,
    UploadLink,
    plain_name,
)
from app.services.filesystem.links import FileLinks, Grant

WHAT = "the store of files"
PART = ".part"
P = ParamSpec("P")
R = TypeVar("R")


class LocalFiles:
    """Keeps files under `files.folder`, as `<tenant>/<module>/<id>`; what is being written is called `.part`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """The folder is made when the first file is written."""
        self._folder = Path(settings.files.folder)
        self._base_url = settings.files.base_url
        self._clock = clock
        self._signer = FileLinks(settings.secrets.cursor_key.get_secret_value())
        self.links: FileLinks | None = self._signer

    async def upload_link(self, key: FileKey, limits: UploadLimits) -> UploadLink:
        """A PUT of the bytes. It works once: what is there is never written over."""
        until = self._clock.now() + timedelta(seconds=limits.seconds)
        grant = Grant("upload", str(key), until, limits.media_type, max_bytes=limits.max_bytes)
        return UploadLink("PUT", self._url(grant), {"Content-Type": limits.media_type}, {}, until)

    async def download_link(self, key: FileKey, *, name: str, media_type: str, seconds: int) -> DownloadLink:
        """A GET, until its end as often as one likes.

        Raises:
            ValueError: a name that is no plain file name.
        """
        until = self._clock.now() + timedelta(seconds=seconds)
        return DownloadLink(self._url(Grant("download", str(key), until, media_type, name=plain_name(name))), until)

    async def open(self, key: FileKey, *, offset: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """The file's bytes in chunks.

        Raises:
            FileMissingError, FilesError.
        """
        refuse_inside_transaction(WHAT)
        file = await self._call(_opened, self._path(key), offset)
        left = length
        try:
            while left is None or left > 0:
                refuse_inside_transaction(WHAT)
                data = await self._call(file.read, CHUNK if left is None else min(CHUNK, left))
                if not data:
                    return
                left = None if left is None else left - len(data)
                yield data
        finally:
            file.close()

    async def write(self, key: FileKey, chunks: AsyncIterable[bytes]) -> int:
        """Write a file beside its place, then give it its name, which only one can.

        Raises:
            FileTakenError, FilesError, and whatever `chunks` raises; nothing is left then.
        """
        refuse_inside_transaction(WHAT)
        path = self._path(key)
        part = path.with_name(f"{path.name}.{uuid4().hex}{PART}")
        file = await self._call(_made, part)
        size = 0
        try:
            try:
                async for chunk in chunks:
                    await self._call(file.write, chunk)
                    size += len(chunk)
                await self._call(_settle, file)
            finally:
                with suppress(OSError):  # what could not be written, as on a full disk, fails here once more
                    file.close()
            await self._call(os.link, part, path)
        finally:
            with suppress(OSError):  # who has failed says why; a part without an end is no file
                part.unlink()
        return size

    async def size(self, key: FileKey) -> int:
        """How many bytes the file has.

        Raises:
            FileMissingError, FilesError.
        """
        refuse_inside_transaction(WHAT)
        found = await self._call(os.lstat, self._path(key))
        return found.st_size

    async def delete(self, key: FileKey) -> None:
        """Remove the file.

        Raises:
            FilesError.
        """
        refuse_inside_transaction(WHAT)
        with suppress(FileMissingError):
            await self._call(os.unlink, self._path(key))

    async def delete_tenant(self, tenant_id: UUID) -> int:
        """Remove the tenant's folder with all that is in it.

        Raises:
            FilesError: some may be left.
        """
        refuse_inside_transaction(WHAT)
        return await self._call(_cleared, self._folder / str(tenant_id))

    async def ping(self) -> None:
        """Whether the folder can be made and written to.

        Raises:
            FilesError: no.
        """
        refuse_inside_transaction(WHAT)
        probe = self._folder / f"ping.{uuid4().hex}{PART}"
        file = await self._call(_made, probe)
        file.close()
        await self._call(os.unlink, probe)

    def _path(self, key: FileKey) -> Path:
        return self._folder / str(key.tenant_id) / key.module / str(key.id)

    def _url(self, grant: Grant) -> str:
        return f"{self._base_url}{API}/files/{self._signer.sign(grant)}"

    async def _call(self, act: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """In a thread, for disks make wait; the folder's faults become the port's, naming no path.

        Raises:
            FileMissingError, FileTakenError, FilesError.
        """
        try:
            return await asyncio.to_thread(act, *arguments, **named)
        except FileNotFoundError as error:
            raise FileMissingError("there is no such file") from error
        except FileExistsError as error:
            raise FileTakenError("there is a file already") from error
        except OSError as error:
            raise FilesError(f"the folder: {error.strerror}") from error


def _opened(path: Path, offset: int) -> BinaryIO:
    """To be read from there on; no link is followed."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb", buffering=0)
    file.seek(offset)
    return file


def _made(path: Path) -> BinaryIO:
    """A new one that only its owner may read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb")


def _settle(file: BinaryIO) -> None:
    """On the disk, before a row says that it is there."""
    file.flush()
    os.fsync(file.fileno())


def _cleared(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    count = sum(1 for path in folder.rglob("*") if path.is_file() and not path.name.endswith(PART))
    while folder.is_dir():
        with suppress(FileNotFoundError):  # somebody else is at it too
            shutil.rmtree(folder)
    return count
