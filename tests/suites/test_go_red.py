"""The suites of requirements 28, 29 and 30 against scripted modules: a right one passes, each wrong one is told of."""

import asyncio
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from app.services.http import PUBLIC, HttpClient, OutsideError
from app.utils.spreadsheets import neutral
from tests.suites import addresses, declared, tables, uploads
from tests.suites.addresses import AddressEntry
from tests.suites.tables import TableEntry
from tests.suites.uploads import UploadEntry

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

SAFE = {"X-Content-Type-Options": "nosniff"}
PNG = b"\x89PNG\r\n\x1a\n"


def operation(**described: Any) -> dict[str, Any]:
    """A document of one operation."""
    return {"paths": {"/things": {"post": described}}, "components": {"schemas": {"Hook": HOOK}}}


def body(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The request's part of one."""
    return {"requestBody": {"content": {media: {"schema": schema}}}}


TEXT = {"type": "string"}
HOOK: dict[str, Any] = {"properties": {"target_url": TEXT, "again": {"$ref": "#/components/schemas/Hook"}}}


class TestDeclared:
    """What the document gives away"""

    @pytest.mark.parametrize(
        ("media", "schema"),
        [
            ("multipart/form-data", {"properties": {"file": {"type": "string", "format": "binary"}}}),
            ("application/octet-stream", TEXT),
            ("image/png", {}),
            ("application/json", {"properties": {"logo": {"type": "string", "contentEncoding": "base64"}}}),
        ],
    )
    def test_uploads(self, media: str, schema: dict[str, Any]) -> None:
        """Requirement 28: anything that is not JSON, and bytes within JSON."""
        assert declared.uploads(operation(**body(media, schema))) == {("POST", "/things")}
        assert declared.uploads(operation(**body("application/json", {"properties": {"name": TEXT}}))) == set()

    @pytest.mark.parametrize(
        ("schema", "pointer"),
        [
            ({"properties": {"url": TEXT}}, "/url"),
            ({"properties": {"site": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]}}}, "/site"),
            (
                {"properties": {"hooks": {"type": "array", "items": {"$ref": "#/components/schemas/Hook"}}}},
                "/hooks/target_url",
            ),
            ({"properties": {"callback_urls": {"type": "array", "items": TEXT}}}, "/callback_urls"),
        ],
    )
    def test_addresses(self, schema: dict[str, Any], pointer: str) -> None:
        """Requirement 29: by format or by name, however deep."""
        found = declared.addresses(operation(**body("application/json", schema)))
        assert ("POST", "/things", pointer) in found
        parameter = {"in": "query", "name": "callback", "schema": TEXT}
        assert declared.addresses(operation(parameters=[parameter])) == {("POST", "/things", "?callback")}
        assert declared.addresses(operation(**body("application/json", {"properties": {"curl": TEXT}}))) == set()

    @pytest.mark.parametrize("media", ["text/csv", "text/tab-separated-values", "application/vnd.ms-excel"])
    def test_tables(self, media: str) -> None:
        """Requirement 30: whatever a spreadsheet opens."""
        assert declared.tables(operation(responses={"200": {"content": {media: {}}}})) == {("POST", "/things")}
        assert declared.tables(operation(responses={"200": {"content": {"text/plain": {}}}})) == set()


@dataclass
class Sheet:
    """A module with a table, right or wrong in one way."""

    spell: Callable[[str], str] = neutral
    headers: dict[str, str] = field(default_factory=lambda: {**SAFE, "Content-Disposition": "attachment"})
    quoting: Any = csv.QUOTE_ALL
    texts: list[str] = field(default_factory=list)

    async def fill(self, _world: object, text: str) -> None:
        """A row."""
        self.texts.append(text)

    async def read(self, _world: object) -> httpx.Response:
        """All rows."""
        text = io.StringIO(newline="")
        if self.quoting is None:
            text.write("".join(f"{number},{self.spell(each)}\r\n" for number, each in enumerate(self.texts)))
        else:
            csv.writer(text, quoting=self.quoting).writerows((n, self.spell(each)) for n, each in enumerate(self.texts))
        return httpx.Response(
            200, content=text.getvalue().encode(), headers={"Content-Type": "text/csv; charset=utf-8", **self.headers}
        )


class TestTables:
    """Requirement 30"""

    @pytest.mark.parametrize(
        ("sheet", "told"),
        [
            (Sheet(), []),
            (Sheet(spell=str), ["a cell is calculated: '=1+1'"]),
            (Sheet(spell=lambda text: f"'{text}" if text.startswith(("=", "+", "-", "@")) else text), ["a cell is calculated: '\\t=1+1'"]),
            (Sheet(spell=lambda text: text.strip("=+-@ \t\u00a0")), ["is lost: '=1+1'"]),
            (Sheet(headers={**SAFE}), ["is no attachment"]),
            (Sheet(headers={"Content-Disposition": "attachment"}), ["may be sniffed"]),
            (Sheet(quoting=None), ["a cell breaks its row"]),
        ],
    )  # fmt: skip
    async def test_told(self, sheet: Sheet, told: list[str]) -> None:
        """Requirement 30: formulas, blanks before them, lost text, what is no attachment, broken rows."""
        found = await tables.faults(TableEntry(sheet.fill, sheet.read), None)
        assert found[: len(told)] == told
        assert bool(found) == bool(told)


async def careful(url: str) -> None:
    """A call as modules make it."""
    client = HttpClient(PUBLIC)
    try:
        await client.request("GET", url)
    except OutsideError:
        pass
    finally:
        await client.aclose()


async def careless(url: str) -> None:
    """A call past the client."""
    parts = urlsplit(url)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    writer.close()
    await writer.wait_closed()


def judged(url: str) -> int:
    """As modules judge."""
    try:
        PUBLIC.judge(url)
    except OutsideError:
        return 422
    return 201


class TestAddresses:
    """Requirement 29"""

    @pytest.mark.parametrize(
        ("judge", "call", "told"),
        [
            (judged, careful, ""),
            (lambda _: 201, careful, "'' is taken"),
            (lambda url: 201 if url.startswith("http") else 422, careful, "'http://hooks.example:22/' is taken"),
            (lambda _: 422, careful, "'https://hooks.example/in?a=b' is legal"),
            (lambda url: judged(url) if url else 500, careful, "'' is taken: 500"),
            (judged, careless, "was connected to"),
        ],
    )
    async def test_told(self, judge: Callable[[str], int], call: Callable[[str], Any], told: str) -> None:
        """Requirement 29: a module that takes anything, one that refuses everything, one that calls past the client."""

        async def give(_world: object, url: str) -> httpx.Response:
            return httpx.Response(judge(url))

        async def made(_world: object, url: str) -> None:
            await call(url)

        found = await addresses.faults(AddressEntry(give, made), None)
        assert bool(found) == bool(told)
        assert not told or any(told in each for each in found)


@dataclass
class Shelf:
    """A module with files, right or wrong in one way."""

    wrong: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    async def send(self, _world: object, name: str, content: bytes, media: str) -> httpx.Response:
        """Take a file."""
        if len(content) > 1000 and self.wrong != "size":
            return httpx.Response(413)
        if not content.startswith(PNG) and self.wrong != "content":
            return httpx.Response(422)
        if self.wrong == "nothing":
            return httpx.Response(422)
        key = f"files/{name}" if self.wrong == "path" else uuid4().hex
        self.files[key], self.names[key] = content, name
        return httpx.Response(500 if self.wrong == "fault" and "\x00" in name else 201, json={"key": key})

    async def fetch(self, _world: object, taken: httpx.Response) -> httpx.Response:
        """Hand it out."""
        key = taken.json()["key"]
        name = self.names[key] if self.wrong == "header" else "file.png"
        kind = "inline" if self.wrong == "inline" else "attachment"
        shown = f'{kind}; filename="{name}"'.encode(errors="replace")
        headers = [
            (b"Content-Disposition", shown),
            (b"Content-Type", b"text/html" if self.wrong == "type" else b"image/png"),
        ]
        headers += [] if self.wrong == "sniffed" else [(b"X-Content-Type-Options", b"nosniff")]
        return httpx.Response(200, content=self.files[key], headers=headers)

    def entry(self) -> UploadEntry:
        """As a module enters."""
        return UploadEntry(1000, self.send, self.fetch, lambda _world: list(self.files))


class TestUploads:
    """Requirement 28"""

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ("", ""), ("size", "1001 bytes"), ("content", "HTML passes for a picture"), ("nothing", "a picture is legal"),
            ("path", "is kept under its own name"), ("fault", ": 500"), ("header", "is handed out as"), ("inline", "is no attachment"),
            ("type", "comes back as text/html"), ("sniffed", "may be sniffed"),
        ],
    )  # fmt: skip
    async def test_told(self, wrong: str, told: str) -> None:
        """Requirement 28: size, content, names, headers; and refusing everything does not pass."""
        found = await uploads.faults(Shelf(wrong).entry(), None)
        assert bool(found) == bool(told)
        assert not told or any(told in each for each in found)
