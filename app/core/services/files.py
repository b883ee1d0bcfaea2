"""Use cases of links to files: where the platform itself serves them, since the store of files does not."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from app.auth.commons import Service
from app.core.exceptions import FileEmpty, FileTaken
from app.exceptions import NotFound, UnsupportedMediaType
from app.extensions.body import Incoming
from app.services.filesystem import FileKey, FileMissingError, FilesError, FileTakenError
from app.services.filesystem.links import Grant


@dataclass(frozen=True, slots=True)
class Handed:
    """A file on its way out."""

    parts: AsyncGenerator[bytes, None]
    size: int
    name: str
    media_type: str


class FileLinkService(Service):
    """The link says all that may be done: no tenant, no person and no row is asked for."""

    async def take(self, link: str, body: Incoming) -> None:
        """Keep the file that comes by the link, once.

        Raises:
            NotFound: no link of ours, or its time is over. UnsupportedMediaType: another type than the link's.
            BodyTooLarge, RequestTimeout, FileEmpty, FileTaken; nothing is kept then. Unavailable: the store is away.
        """
        grant = self._granted(link, "upload")
        if body.media_type != grant.media_type:
            raise UnsupportedMediaType(f"Send the file as {grant.media_type}, not packed.")
        seconds = (grant.until - self.commons.clock.now()).total_seconds()
        parts = body.parts(max_bytes=grant.max_bytes, seconds=seconds)
        try:
            await self.commons.files.write(FileKey.parse(grant.key), _some(parts))
        except FileTakenError as error:
            raise FileTaken("A file came by this link already.") from error
        except FilesError as error:
            raise error.as_unavailable() from error

    async def hand_out(self, link: str) -> Handed:
        """The file that the link leads to. Its first part is read here, while there can be another answer than the file.

        Raises:
            NotFound: no link of ours, its time is over, or the file is gone. Unavailable: the store is away.
        """
        grant = self._granted(link, "download")
        key = FileKey.parse(grant.key)
        try:
            size = await self.commons.files.size(key)
            parts = self.commons.files.open(key)
            first = await anext(parts, b"")
        except FileMissingError as error:
            raise NotFound("There is no such file any more.") from error
        except FilesError as error:
            raise error.as_unavailable() from error
        return Handed(_after(first, parts), size, grant.name, grant.media_type)

    def _granted(self, link: str, act: Literal["upload", "download"]) -> Grant:
        links = self.commons.files.links
        grant = None if links is None else links.read(link, self.commons.clock.now())
        if grant is None or grant.act != act:
            raise NotFound("There is no such link, or its time is over.")
        return grant


async def _some(parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The parts, of which there is one at least."""
    empty = True
    async for part in parts:
        empty = False
        yield part
    if empty:
        raise FileEmpty("The file has no byte.")


async def _after(first: bytes, parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The first part, which has been read already, and the rest."""
    async with aclosing(parts):
        yield first
        async for part in parts:
            yield part
