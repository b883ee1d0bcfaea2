"""Files: one contract for all adapters. Local on a disk; S3 on moto, which proves the shape of calls and of policies alone."""

import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import boto3
import pytest
from moto import mock_aws

from app.config import Files, Settings
from app.exceptions import Unavailable
from app.extensions.clock import SystemClock
from app.extensions.outside import InsideTransactionError, note_transaction
from app.services.filesystem import (
    FileKey,
    FileMissingError,
    FilesError,
    FileSystem,
    FileTakenError,
    UploadLimits,
    local,
    make_filesystem,
)
from app.services.filesystem.links import FileLinks, Grant
from tests.support.clock import MovableClock

BUCKET = "files"
LIMITS = UploadLimits(max_bytes=1000, media_type="image/png", seconds=900)


class Open:
    """A unit of work that is open until it is closed."""

    def __init__(self) -> None:
        self.is_open = True


def key(tenant_id: UUID | None = None) -> FileKey:
    """Of a new file."""
    return FileKey(tenant_id or uuid4(), "tests", uuid4())


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    """A file as it comes."""
    for part in parts:
        yield part


async def broken() -> AsyncIterator[bytes]:
    """One that breaks off."""
    yield b"x" * 10
    raise EOFError


async def read(files: FileSystem, of: FileKey, **wish: Any) -> bytes:
    """The bytes together."""
    return b"".join([chunk async for chunk in files.open(of, **wish)])


def settings_of(settings: Settings, **files: Any) -> Settings:
    """The settings with these of files."""
    return settings.model_copy(update={"files": Files.model_validate(files)})


@asynccontextmanager
async def adapter(
    name: str, settings: Settings, folder: Path, patch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[FileSystem, FileSystem]]:
    """The adapter on its other side, and one with nothing behind it."""
    clock = SystemClock()
    if name == "local":
        (folder / "file").write_bytes(b"")
        yield (
            make_filesystem(settings_of(settings, folder=str(folder / "files")), clock),
            make_filesystem(settings_of(settings, folder=str(folder / "file" / "below")), clock),
        )
        return
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        patch.setenv(variable, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=BUCKET)
        given = {"adapter": "s3", "s3_region": "us-east-1"}
        yield (
            make_filesystem(settings_of(settings, **given, s3_bucket=BUCKET), clock),
            make_filesystem(settings_of(settings, **given, s3_bucket="elsewhere"), clock),
        )


@pytest.mark.parametrize("name", ["local", "s3"])
async def test_contract(name: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is read again, whole and from anywhere on; once; gone with its tenant; and never in a transaction."""
    async with adapter(name, settings, tmp_path, monkeypatch) as (files, nowhere):
        await files.ping()
        tenant_id, other = uuid4(), key()
        first = key(tenant_id)
        assert await files.write(first, chunks(b"ab", b"", b"cdef")) == await files.size(first) == 6
        assert await read(files, first) == b"abcdef"
        assert await read(files, first, offset=2) == b"cdef"
        assert await read(files, first, offset=1, length=3) == b"bcd"
        assert await read(files, first, offset=4, length=9) == b"ef"
        assert await read(files, first, offset=6) == await read(files, first, offset=99, length=1) == b""
        assert await read(files, first, length=0) == b""
        with pytest.raises(FileTakenError):
            await files.write(first, chunks(b"other"))
        assert await read(files, first) == b"abcdef"
        for missing in (replace(first, tenant_id=uuid4()), replace(first, module="others"), key(tenant_id)):
            with pytest.raises(FileMissingError):
                await files.size(missing)
            with pytest.raises(FileMissingError):
                await read(files, missing)
            await files.delete(missing)
        with pytest.raises(EOFError):
            await files.write(half := key(tenant_id), broken())
        with pytest.raises(FileMissingError):
            await files.size(half)
        assert await files.write(half, chunks()) == 0
        assert await read(files, half) == b""
        await files.write(other, chunks(b"theirs"))
        await files.delete(first)
        assert await files.delete_tenant(tenant_id) == 1
        assert await files.delete_tenant(tenant_id) == 0
        assert await read(files, other) == b"theirs"
        await away(nowhere, first)
        await refused_inside(files, other)


async def away(files: FileSystem, one: FileKey) -> None:
    """What is not there is one error of the port's."""
    for act in (files.ping(), files.write(one, chunks(b"x"))):
        with pytest.raises(FilesError):
            await act
    assert FilesError("bucket").as_unavailable().status == 503


async def refused_inside(files: FileSystem, one: FileKey) -> None:
    """Nothing is called while a transaction is open; a link asks nobody."""
    unit = Open()
    note_transaction(unit)
    acts = [files.write(one, chunks(b"x")), files.size(one), files.delete(one), files.ping(), read(files, one)]
    for act in (*acts, files.delete_tenant(one.tenant_id)):
        with pytest.raises(InsideTransactionError):
            await act
    link = await files.upload_link(one, LIMITS)
    assert link.expires_at > SystemClock().now()
    unit.is_open = False
    with pytest.raises(ValueError):
        await files.download_link(one, name="../a.png", media_type="image/png", seconds=60)


async def test_long_file(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S3 is given a long file in parts: shown whole, once, and of one that breaks off nothing stays."""
    part = b"0123456789abcdef" * 65536
    async with adapter("s3", settings, tmp_path, monkeypatch) as (files, _):
        long, half = key(), key()
        assert await files.write(long, chunks(*[part] * 9, b"end")) == 9 * len(part) + 3
        assert await read(files, long, offset=9 * len(part) - 3) == b"defend"
        with pytest.raises(FileTakenError):
            await files.write(long, chunks(*[part] * 9))

        async def breaking() -> AsyncIterator[bytes]:
            async for chunk in chunks(*[part] * 9):
                yield chunk
            raise EOFError

        with pytest.raises(EOFError):
            await files.write(half, breaking())
        client = boto3.client("s3", region_name="us-east-1")
        assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)


async def test_s3_links(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy of an upload holds key, size, type and end; a download is an attachment of our name and type."""
    async with adapter("s3", settings, tmp_path, monkeypatch) as (files, _):
        one = key()
        assert files.links is None
        link = await files.upload_link(one, LIMITS)
        assert (link.method, link.fields["key"], link.fields["Content-Type"]) == ("POST", str(one), "image/png")
        conditions = json.loads(base64.b64decode(link.fields["policy"]))["conditions"]
        assert ["content-length-range", 1, 1000] in conditions
        assert {"Content-Type": "image/png"} in conditions
        assert {"key": str(one)} in conditions
        found = await files.download_link(one, name="tea.png", media_type="image/png", seconds=60)
        parts = urlsplit(found.url)
        query = parse_qs(parts.query)
        assert parts.path.endswith(str(one))
        assert query["response-content-disposition"] == ['attachment; filename="tea.png"']
        assert (query["response-content-type"], query["X-Amz-Expires"]) == (["image/png"], ["60"])


async def test_no_credentials(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing to sign a link with, whoever asks for one is told that the store is away: 503, not a fault."""
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for variable in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    given = settings_of(settings, adapter="s3", s3_region="us-east-1", s3_bucket=BUCKET)
    files = make_filesystem(given, SystemClock())
    with pytest.raises(Unavailable):
        await files.upload_link(key(), LIMITS)
    with pytest.raises(Unavailable):
        await files.download_link(key(), name="a.png", media_type="image/png", seconds=60)


async def test_full_disk(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room is an error of the port's, also where the file is so short that only its end is written.

    It names no path: tenants read the errors of their deliveries.
    """
    monkeypatch.setattr(local, "_made", lambda _: os.fdopen(os.open("/dev/full", os.O_WRONLY), "wb"))
    files = make_filesystem(settings_of(settings, folder=str(tmp_path)), SystemClock())
    for size in (10, 100_000):
        with pytest.raises(FilesError) as caught:
            await files.write(key(), chunks(b"x" * size))
        assert str(tmp_path) not in str(caught.value)


def test_keys() -> None:
    """A key has one shape, and its text is read back to the same; whatever else is refused."""
    one = key()
    assert FileKey.parse(str(one)) == one
    spoiled = (
        "",
        "a",
        f"{uuid4()}/tests",
        f"../tests/{uuid4()}",
        f"{uuid4()}/../{uuid4()}",
        f"{uuid4()}/a/b/{uuid4()}",
    )
    for text in (*spoiled, f"{uuid4()}/tests/{uuid4()}/", f"{uuid4()}//{uuid4()}", str(one).upper(), f"/{one}"):
        with pytest.raises(ValueError):
            FileKey.parse(text)
    with pytest.raises(ValueError):
        FileKey(uuid4(), "tests", "../../x")  # type: ignore[arg-type]  # what must not get through


def test_signed_links() -> None:
    """A link is what was signed, until its end; changed in any place, signed by others or cut, it is none."""
    clock, links = MovableClock(), FileLinks("s" * 32)
    until = (clock.now() + timedelta(minutes=5)).replace(microsecond=0)
    grant = Grant("upload", str(key()), until, "image/png", max_bytes=7)
    token = links.sign(grant)
    assert links.read(token, clock.now()) == grant
    assert links.read(token, until) is None
    assert FileLinks("t" * 32).read(token, clock.now()) is None
    changed = [f"{token[:at]}{'A' if token[at] != 'A' else 'B'}{token[at + 1 :]}" for at in range(0, len(token), 7)]
    for text in (*changed, "", ".", token[:-1], f"{token}A", f".{token}", token.replace(".", ""), "é" * 50):
        assert links.read(text, clock.now()) is None, text
