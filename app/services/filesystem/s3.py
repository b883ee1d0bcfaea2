"""Files in Amazon S3, or in what speaks its language (boto3, in a thread: it has no coroutines)."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.config import Settings
from app.extensions.clock import Clock
from app.extensions.outside import refuse_inside_transaction
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
from app.services.filesystem.links import FileLinks

WHAT = "the store of files"
PART_BYTES = 8 * 1024 * 1024
"""Of one part of a long file; S3 takes none below 5 MiB but the last."""
MISSING = frozenset(("404", "NoSuchKey", "NotFound"))
TAKEN = frozenset(("412", "PreconditionFailed", "ConditionalRequestConflict"))
BEYOND = frozenset(("416", "InvalidRange"))
ONCE = "*"
"""If-None-Match: only where there is nothing yet."""


class _BeyondError(FilesError):
    """The file ends before the first byte that is asked for."""


class S3Files:
    """One bucket, which nobody but Atrium writes to. Credentials are boto3's to find: environment, files, or the pod's role."""

    links: FileLinks | None = None

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Connects to nothing yet."""
        files = settings.files
        self._bucket = files.s3_bucket
        self._clock = clock
        self._client: Any = boto3.client(
            "s3",
            region_name=files.s3_region or None,
            endpoint_url=files.s3_endpoint or None,
            config=Config(
                signature_version="s3v4",
                connect_timeout=files.timeout_seconds,
                read_timeout=files.timeout_seconds,
                retries={"total_max_attempts": 2},
            ),
        )

    async def upload_link(self, key: FileKey, limits: UploadLimits) -> UploadLink:
        """A form whose policy holds size and type. S3 takes it as often as it comes until its end: what is looked at is copied.

        Raises:
            Unavailable: boto3 finds no credentials to sign with.
        """
        until = self._clock.now() + timedelta(seconds=limits.seconds)
        signed = await _signed(
            self._client.generate_presigned_post,
            Bucket=self._bucket,
            Key=str(key),
            Fields={"Content-Type": limits.media_type},
            Conditions=[{"Content-Type": limits.media_type}, ["content-length-range", 1, limits.max_bytes]],
            ExpiresIn=limits.seconds,
        )
        return UploadLink("POST", signed["url"], {}, signed["fields"], until)

    async def download_link(self, key: FileKey, *, name: str, media_type: str, seconds: int) -> DownloadLink:
        """A signed GET; S3 says type and name as they are here, whatever the client said at the upload.

        Raises:
            ValueError: a name that is no plain file name. Unavailable: boto3 finds no credentials to sign with.
        """
        parameters = {
            "Bucket": self._bucket,
            "Key": str(key),
            "ResponseContentType": media_type,
            "ResponseContentDisposition": f'attachment; filename="{plain_name(name)}"',
            "ResponseCacheControl": "private, no-store",
        }
        until = self._clock.now() + timedelta(seconds=seconds)
        url = await _signed(self._client.generate_presigned_url, "get_object", Params=parameters, ExpiresIn=seconds)
        return DownloadLink(url, until)

    async def open(self, key: FileKey, *, offset: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """The file's bytes in chunks, as they come.

        Raises:
            FileMissingError, FilesError.
        """
        refuse_inside_transaction(WHAT)
        if length is not None and length < 1:
            return
        last = "" if length is None else str(offset + length - 1)
        asked = {"Range": f"bytes={offset}-{last}"} if offset or length is not None else {}
        try:
            found = await _call(self._client.get_object, Bucket=self._bucket, Key=str(key), **asked)
        except _BeyondError:
            return
        body = found["Body"]
        try:
            while data := await _call(body.read, CHUNK):
                yield data
                refuse_inside_transaction(WHAT)
        finally:
            body.close()

    async def write(self, key: FileKey, chunks: AsyncIterable[bytes]) -> int:
        """Write a file: one call for a short one, parts for a long one, which S3 shows when all are there.

        Raises:
            FileTakenError, FilesError, and whatever `chunks` raises; nothing is left then.
        """
        refuse_inside_transaction(WHAT)
        upload = _Upload(self._client, self._bucket, str(key))
        size = None
        try:
            async for chunk in chunks:
                await upload.add(chunk)
            size = await upload.end()
        finally:
            if size is None:
                await upload.abandon()
        return size

    async def size(self, key: FileKey) -> int:
        """How many bytes the file has.

        Raises:
            FileMissingError, FilesError.
        """
        refuse_inside_transaction(WHAT)
        found = await _call(self._client.head_object, Bucket=self._bucket, Key=str(key))
        return int(found["ContentLength"])

    async def delete(self, key: FileKey) -> None:
        """Remove the file.

        Raises:
            FilesError.
        """
        refuse_inside_transaction(WHAT)
        await _call(self._client.delete_object, Bucket=self._bucket, Key=str(key))

    async def delete_tenant(self, tenant_id: UUID) -> int:
        """Remove all that lies below the tenant, a thousand at a time.

        Raises:
            FilesError: some may be left.
        """
        refuse_inside_transaction(WHAT)
        removed = 0
        while True:
            found = await _call(self._client.list_objects_v2, Bucket=self._bucket, Prefix=f"{tenant_id}/")
            keys = [{"Key": item["Key"]} for item in found.get("Contents", ())]
            if not keys:
                return removed
            done = await _call(
                self._client.delete_objects, Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True}
            )
            if done.get("Errors"):
                raise FilesError(f"S3: {len(done['Errors'])} files stay")
            removed += len(keys)

    async def ping(self) -> None:
        """Whether the bucket is there and ours.

        Raises:
            FilesError: no.
        """
        refuse_inside_transaction(WHAT)
        await _call(self._client.head_bucket, Bucket=self._bucket)


class _Upload:
    """One file on its way: no more than a part of it is held, and nobody sees any of it before its end."""

    def __init__(self, client: Any, bucket: str, key: str) -> None:
        """Sends nothing yet."""
        self._client = client
        self._where = {"Bucket": bucket, "Key": key}
        self._held = bytearray()
        self._size = 0
        self._id: str | None = None
        self._parts: list[dict[str, Any]] = []

    async def add(self, chunk: bytes) -> None:
        """The next bytes; sent when there are enough for a part."""
        self._held += chunk
        self._size += len(chunk)
        while len(self._held) >= PART_BYTES:
            part = bytes(self._held[:PART_BYTES])
            del self._held[:PART_BYTES]
            await self._send(part)

    async def end(self) -> int:
        """Make it a file, unless there is one; returns its size in bytes."""
        if self._id is None:
            await _call(self._client.put_object, **self._where, Body=bytes(self._held), IfNoneMatch=ONCE)
            return self._size
        if self._held:
            await self._send(bytes(self._held))
        await _call(
            self._client.complete_multipart_upload,
            **self._where,
            UploadId=self._id,
            MultipartUpload={"Parts": self._parts},
            IfNoneMatch=ONCE,
        )
        return self._size

    async def abandon(self) -> None:
        """Take the parts back; what is not reached, the bucket's rule for broken uploads removes."""
        if self._id is not None:
            with suppress(FilesError):
                await _call(self._client.abort_multipart_upload, **self._where, UploadId=self._id)

    async def _send(self, part: bytes) -> None:
        if self._id is None:
            begun = await _call(self._client.create_multipart_upload, **self._where)
            self._id = begun["UploadId"]
        number = len(self._parts) + 1
        sent = await _call(self._client.upload_part, **self._where, UploadId=self._id, PartNumber=number, Body=part)
        self._parts.append({"PartNumber": number, "ETag": sent["ETag"]})


async def _call(method: Any, *given: Any, **arguments: Any) -> Any:
    """In a thread; what S3 answers becomes the port's faults, naming its code and nothing of the request.

    Raises:
        FileMissingError, FileTakenError, FilesError.
    """
    try:
        return await asyncio.to_thread(method, *given, **arguments)
    except ClientError as error:
        raise _fault(str(error.response.get("Error", {}).get("Code", "refused"))) from error
    except BotoCoreError as error:
        raise FilesError(f"S3: {type(error).__name__}") from error


async def _signed(method: Any, *given: Any, **arguments: Any) -> Any:
    """A link, or the answer to a request for one that cannot be made now.

    Raises:
        Unavailable.
    """
    try:
        return await _call(method, *given, **arguments)
    except FilesError as error:
        raise error.as_unavailable() from error
    except AttributeError as error:  # what botocore makes of a form that nobody can sign
        raise FilesError("S3: NoCredentials").as_unavailable() from error


def _fault(code: str) -> FilesError:
    if code in MISSING:
        return FileMissingError("there is no such file")
    if code in TAKEN:
        return FileTakenError("there is a file already")
    return _BeyondError(code) if code in BEYOND else FilesError(f"S3: {code}")
