"""Files: the port. Adapters stand beside it, one file each; `files.adapter` chooses, and only the chosen one is imported.

A file has a key, `<tenant>/<module>/<id>`, all of it made by us: no name from outside is a part of any path. It is written
once, whole or not at all, and never over another; it is gone with its tenant (ADR 0045).
"""

import pkgutil
import re
from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.config import Settings
from app.exceptions import Unavailable
from app.extensions.clock import Clock
from app.services.filesystem.links import FileLinks
from app.utils.ids import parse_uuid

ADAPTERS = {
    "local": "app.services.filesystem.local:LocalFiles",
    "s3": "app.services.filesystem.s3:S3Files",
}
CHUNK = 256 * 1024
"""Bytes that are read at once."""
KEY = re.compile(r"[0-9a-f-]{36}/[a-z][a-z_]{0,39}/[0-9a-f-]{36}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\.[a-z0-9]{1,10})?")
"""What a download may be called: no path, no quote, no control character, one dot at most."""


class FilesError(Exception):
    """The store of files does not do it; trying again may help."""

    def as_unavailable(self) -> Unavailable:
        """The answer to a request that cannot go on without it: 503, naming neither host nor folder."""
        return Unavailable("The store of files does not answer at the moment.")


class FileMissingError(FilesError):
    """There is no such file."""


class FileTakenError(FilesError):
    """There is a file of that key already; it stays as it is."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """Where a file lies: below its tenant, below the module whose it is, under an id that we made."""

    tenant_id: UUID
    module: str
    id: UUID

    def __post_init__(self) -> None:
        """Refuse every other shape.

        Raises:
            ValueError: it is no key.
        """
        if not KEY.fullmatch(str(self)):
            raise ValueError("a file's key is <tenant>/<module>/<id>")

    def __str__(self) -> str:
        """As the store spells it."""
        return f"{self.tenant_id}/{self.module}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> "FileKey":
        """The key that is spelled so.

        Raises:
            ValueError: it is none.
        """
        tenant, _, rest = text.partition("/")
        module, _, last = rest.partition("/")
        tenant_id, own_id = parse_uuid(tenant), parse_uuid(last)
        if tenant_id is None or own_id is None:
            raise ValueError("a file's key is <tenant>/<module>/<id>")
        return cls(tenant_id, module, own_id)


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What may come by a link: so many bytes at most and one at least, of one media type, for so many seconds."""

    max_bytes: int
    media_type: str
    seconds: int


@dataclass(frozen=True, slots=True)
class UploadLink:
    """How a client sends a file.

    Where there are `fields`, as a form (multipart/form-data) of these and of the file, whose part is called `file` and comes
    last; else the body is the file, and `headers` go with it.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """Where a client gets a file, as an attachment."""

    url: str
    expires_at: datetime


class FileSystem(Protocol):
    """Keeps files. Making a link asks nobody; nothing else is ever called while a transaction is open."""

    links: FileLinks | None
    """Of a store whose links the platform itself serves; None where it serves its own."""

    async def upload_link(self, key: FileKey, limits: UploadLimits) -> UploadLink:
        """Where a client may put that file. What comes is the client's: it is looked at before anybody is given it.

        Raises:
            Unavailable: the store's credentials are not to be had at the moment.
        """

    async def download_link(self, key: FileKey, *, name: str, media_type: str, seconds: int) -> DownloadLink:
        """Where a client gets that file, under a name of ours; whether it is there is not looked at.

        Raises:
            ValueError: a name that is no plain file name. Unavailable: the store's credentials are not to be had at the moment.
        """

    def open(self, key: FileKey, *, offset: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """The file's bytes in chunks, from `offset` on and at most `length`; none where it ends before.

        Raises:
            FileMissingError, FilesError: also in the middle; who goes on asks for the rest by its offset.
        """

    async def write(self, key: FileKey, chunks: AsyncIterable[bytes]) -> int:
        """Write a file, whole or not at all, holding a few megabytes at most; returns its size in bytes.

        Raises:
            FileTakenError: there is one already.
            FilesError: nothing was written. Whatever `chunks` raises: likewise.
        """

    async def size(self, key: FileKey) -> int:
        """How many bytes the file has.

        Raises:
            FileMissingError, FilesError.
        """

    async def delete(self, key: FileKey) -> None:
        """Remove the file; that it is not there is as well.

        Raises:
            FilesError.
        """

    async def delete_tenant(self, tenant_id: UUID) -> int:
        """Remove all files of a tenant; returns how many there were.

        Raises:
            FilesError: some may be left.
        """

    async def ping(self) -> None:
        """Whether files could be kept now.

        Raises:
            FilesError: no.
        """


def make_filesystem(settings: Settings, clock: Clock) -> FileSystem:
    """The adapter that the settings choose; connects to nothing yet."""
    files: FileSystem = pkgutil.resolve_name(ADAPTERS[settings.files.adapter])(settings, clock)
    return files


def plain_name(name: str) -> str:
    """The name, if a download may be called so.

    Raises:
        ValueError: it may not.
    """
    if not NAME.fullmatch(name):
        raise ValueError("a download has a plain file name")
    return name


async def whole(content: bytes) -> AsyncGenerator[bytes, None]:
    """Bytes that are there already, as `FileSystem.write` takes them: one chunk."""
    yield content
