"""The real server over raw sockets: whatever bytes come, a 4xx, and the next client is served."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from app.config import Settings
from app.main import build_app

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

BODY_SECONDS = 1.5
GOOD = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
LOGIN = (
    b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
)
MIB = 1_048_576


@pytest.fixture(scope="module")
def port(settings: Settings) -> Iterator[int]:
    """A server on a free port, with as little patience for slow bodies as a test has."""
    quick = settings.model_copy(update={"web": settings.web.model_copy(update={"body_seconds": BODY_SECONDS})})
    config = uvicorn.Config(
        build_app(quick), http="httptools", loop="uvloop", log_config=None, access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


async def talk(port: int, sent: bytes, *, half_close: bool = False) -> bytes:
    """What the server answers before it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        async with asyncio.timeout(10):
            writer.write(sent)
            if half_close:
                writer.write_eof()
            while chunk := await reader.read(65_536):
                answer += chunk
    except ConnectionError:
        pass  # it answered and closed while we were still sending
    finally:
        writer.close()
    return answer


def status_of(answer: bytes) -> int:
    """The status of the first answer."""
    version, status, _ = answer.split(b" ", 2)
    assert version in {b"HTTP/1.1", b"HTTP/1.0"}
    return int(status)


def request(line: bytes, *headers: bytes, host: bytes = b"Host: localhost\r\n") -> bytes:
    """A GET with these header lines."""
    return line + b"\r\n" + host + b"".join(item + b"\r\n" for item in headers) + b"Connection: close\r\n\r\n"


LIVE = b"GET /health/live HTTP/1.1"
PRODUCTS = b"GET /api/v1/products HTTP/1.1"
REFUSED: dict[str, tuple[bytes, set[int]]] = {
    "no host": (request(LIVE, host=b""), {400}),
    "empty host": (request(PRODUCTS, host=b"Host: \r\n"), {400}),
    "two hosts": (request(LIVE, b"Host: localhost"), {400}),
    "foreign host": (request(PRODUCTS, host=b"Host: evil.example\r\n"), {400}),
    "foreign host with our port": (request(PRODUCTS, host=b"Host: evil.example:8000\r\n"), {400}),
    "our host as a prefix": (request(PRODUCTS, host=b"Host: localhost.evil.example\r\n"), {400}),
    "our host as user": (request(PRODUCTS, host=b"Host: localhost@evil.example\r\n"), {400}),
    "two lengths": (request(b"POST /api/v1/auth/login HTTP/1.1", b"Content-Length: 2", b"Content-Length: 3"), {400}),
    "length and chunks": (
        LOGIN + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", {400},
    ),
    "negative length": (LOGIN + b"Content-Length: -1\r\n\r\n", {400}),
    "length as text": (LOGIN + b"Content-Length: two\r\n\r\n{}", {400}),
    "length in hexadecimal": (LOGIN + b"Content-Length: 0x2\r\n\r\n{}", {400}),
    "length of 30 digits": (LOGIN + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n{}", {400, 413}),
    "bad chunk size": (LOGIN + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", {400}),
    "unknown transfer coding": (LOGIN + b"Transfer-Encoding: bogus\r\n\r\n{}", {400, 501}),
    "huge header": (request(LIVE, b"X-Big: " + b"x" * 33_000), {431}),
    "many headers": (request(LIVE, *(b"X-%d: %s" % (number, b"x" * 60) for number in range(600))), {431}),
    "long target": (request(b"GET /" + b"x" * 9_000 + b" HTTP/1.1"), {414}),
    "long query": (request(b"GET /health/live?q=" + b"x" * 9_000 + b" HTTP/1.1"), {414}),
    "garbage": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "no version": (b"GET /health/live\r\n\r\n", {400}),
    "unknown version": (b"GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n", {400, 505}),
    "unknown method": (request(b"BREW /health/live HTTP/1.1"), {400, 405}),
    "method in lower case": (request(b"get /health/live HTTP/1.1"), {400, 405}),
    "space in the target": (request(b"GET /health/live x HTTP/1.1"), {400}),
    "raw bytes in the target": (request(b"GET /\xff\xfe HTTP/1.1"), {400, 404}),
    "raw bytes in the query": (request(b"GET /nothing?q=\xff HTTP/1.1"), {400, 404}),
    "NUL in the target": (request(b"GET /\x00 HTTP/1.1"), {400, 404}),
    "asterisk": (request(b"OPTIONS * HTTP/1.1"), {400, 404}),
    "authority": (request(b"CONNECT evil.example:443 HTTP/1.1"), {400, 404, 405}),
    "no slash": (request(b"GET nothing HTTP/1.1"), {400, 404}),
    "absolute target": (request(b"GET http://evil.example/nothing HTTP/1.1"), {400, 404}),
    "space in a header name": (request(LIVE, b"X Bad: 1"), {400}),
    "space before the colon": (request(LIVE, b"Host : localhost"), {400}),
    "NUL in a header": (request(LIVE, b"X-Bad: a\x00b"), {400}),
    "folded header": (request(LIVE, b"X-Bad: a", b" b"), {400}),
    "percent zz": (request(b"GET /%zz HTTP/1.1"), {404}),
    "percent alone": (request(b"GET /% HTTP/1.1"), {404}),
    "percent FF": (request(b"GET /%FF%FE HTTP/1.1"), {404}),
    "percent NUL": (request(b"GET /%00 HTTP/1.1"), {404}),
    "percent surrogate": (request(b"GET /%ED%A0%80 HTTP/1.1"), {404}),
    "percent slash": (request(b"GET /health%2Flive%2F..%2F..%2Fx HTTP/1.1"), {404}),
    "percent in a page": (request(b"GET /docs/assets/%00%FF HTTP/1.1"), {404}),
    "percent in an id": (request(b"GET /api/v1/products/%FF%00 HTTP/1.1"), {401}),
    "dots": (request(b"GET /docs/assets/../../../etc/passwd HTTP/1.1"), {400, 404}),
    "HTTP/1.0 without host": (b"GET /health/live HTTP/1.0\r\n\r\n", {400}),
    "length over 1 MiB": (LOGIN + b"Content-Length: %d\r\n\r\n" % (MIB + 1), {413}),
    "body over 1 MiB": (LOGIN + b"Content-Length: %d\r\n\r\n" % (MIB + 1) + b"x" * (MIB + 1), {413}),
    "chunks over 1 MiB": (
        LOGIN + b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"x" * 65_536 + b"\r\n") * 17 + b"0\r\n\r\n", {413},
    ),
    "slow body": (LOGIN + b"Content-Length: 100\r\n\r\n{", {408}),
    "slow chunks": (LOGIN + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", {408}),
    "upgrade": (request(b"GET /nothing HTTP/1.1", b"Upgrade: websocket", b"Sec-WebSocket-Key: x"), {400, 404}),
}  # fmt: skip


class TestWire:
    """Bytes on a socket"""

    async def test_good(self, port: int) -> None:
        """A plain request is served, in HTTP/1.0 too, and says nothing of the server's make."""
        for sent in (GOOD, b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n"):
            answer = await talk(port, sent)
            assert status_of(answer) == 200
            assert b"\r\nserver:" not in answer.lower()

    @pytest.mark.parametrize("name", REFUSED)
    async def test_refused(self, port: int, name: str) -> None:
        """Requirements 24 and 27: a documented 4xx, no stack, and the server lives on."""
        sent, allowed = REFUSED[name]
        answer = await talk(port, sent)
        assert status_of(answer) in allowed
        assert b"Traceback" not in answer
        assert status_of(await talk(port, GOOD)) == 200

    async def test_hang_up(self, port: int) -> None:
        """A client that hangs up inside its body harms nobody."""
        await talk(port, LOGIN + b"Content-Length: 100\r\n\r\n{", half_close=True)
        assert status_of(await talk(port, GOOD)) == 200

    async def test_body_of_exactly_1_mib(self, port: int) -> None:
        """Requirement 25: the limit itself is read: the answer is of the JSON, not of the size."""
        sent = LOGIN + b"Content-Length: %d\r\n\r\n" % MIB + b" " * MIB
        assert status_of(await talk(port, sent)) == 400

    async def test_slow_bodies_at_once(self, port: int) -> None:
        """Requirement 25: twenty slow bodies hold nothing that a quick request needs."""
        slow = [asyncio.create_task(talk(port, LOGIN + b"Content-Length: 9\r\n\r\n{")) for _ in range(20)]
        assert status_of(await talk(port, GOOD.replace(b"live", b"ready"))) == 200
        assert {status_of(answer) for answer in await asyncio.gather(*slow)} == {408}

    async def test_pipelined(self, port: int) -> None:
        """Two requests in one packet get two answers."""
        answer = await talk(port, GOOD.replace(b"Connection: close\r\n", b"") + GOOD)
        assert answer.count(b"HTTP/1.1 200") == 2
