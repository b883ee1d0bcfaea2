"""A server that fails in every way: each way is one error of ours, in time, and leaks no connection."""

import asyncio
import gzip
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from app.embedded.processes import free_port
from app.services.http import (
    AnswerTooLargeError,
    BrokenAnswerError,
    CallFailedError,
    CallTimeoutError,
    ClientStatusError,
    ConnectFailedError,
    Limits,
    OutsideError,
    RedirectStatusError,
    ServerStatusError,
    StatusError,
    TargetPolicy,
    TargetRefusedError,
    TlsFailedError,
)
from app.services.http.addresses import Address
from tests.services.calling import Caller, calling
from tests.support import failing_server as fails
from tests.support.certificates import Authority
from tests.support.failing_server import HOST, LOOPBACK, Behaviour, Names, answers, ok, serving, status


class TestAnswer:
    """What works."""

    async def test_whole(self) -> None:
        """Status, headers and body come back, under the caller's method, headers and body; the name stays in Host."""
        async with serving(ok(b'{"id":7}', x_number="7")) as server, calling(server) as caller:
            answer = await caller.client.request(
                "POST", server.url, json={"a": "ü"}, headers={"Authorization": "Bearer t"}
            )
        assert (answer.status, answer.headers["x-number"], answer.json(dict[str, int])) == (200, "7", {"id": 7})
        seen = server.seen[0]
        assert seen.head.startswith("POST /orders?token=geheim HTTP/1.1\r\n")
        assert seen.headers["host"] == f"{HOST}:{server.port}"
        assert seen.headers["authorization"] == "Bearer t"
        assert seen.body == '{"a":"ü"}'.encode()

    async def test_connection_is_kept(self) -> None:
        """Calls to one host share a connection."""
        async with serving(ok()) as server, calling(server) as caller:
            for _ in range(3):
                await caller.client.request("GET", server.url)
        assert server.connections == 1
        assert caller.names.asked == [HOST]

    @pytest.mark.parametrize(
        "behaviour",
        [
            fails.HTTP_1_0,
            status(204, b""),
            ok(gzip.compress(b"{}"), content_encoding="gzip"),
            ok(b"\xff\xfe", x_text="\xff"),
        ],
    )
    async def test_odd_but_right(self, behaviour: Behaviour) -> None:
        """HTTP/1.0, no body, a packed one and bytes that are no UTF-8 are answers."""
        async with serving(behaviour) as server, calling(server) as caller:
            answer = await caller.client.request("GET", server.url)
        assert answer.body in {b"{}", b"", b"\xff\xfe"}
        assert isinstance(answer.text(), str)

    async def test_head(self) -> None:
        """HEAD has the length of a body and no body."""
        head = fails.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: gzip\r\n\r\n")
        async with serving(head) as server, calling(server) as caller:
            assert (await caller.client.request("HEAD", server.url)).body == b""

    async def test_cookies_are_not_kept(self) -> None:
        """A cookie of one answer is not sent with the next call, which may be another tenant's."""
        async with serving(ok(set_cookie="who=tenant-a; Path=/")) as server, calling(server) as caller:
            await caller.client.request("GET", server.url)
            await caller.client.request("GET", server.url)
        assert "cookie" not in server.seen[1].headers

    async def test_log(self, caplog: pytest.LogCaptureFixture) -> None:
        """The log names host, method, status, attempt and time; no path, query, header or body."""
        with caplog.at_level(logging.DEBUG, logger="app"):
            async with serving(ok(b"private")) as server, calling(server) as caller:
                await caller.client.request(
                    "PUT", server.url, content=b"secret", headers={"Authorization": "Bearer hush"}
                )
        record = vars(next(record for record in caplog.records if record.name == "app.services.http"))
        assert [record[key] for key in ("host", "method", "status", "attempt")] == [HOST, "PUT", 200, 1]
        text = " ".join(str(vars(item)) for item in caplog.records)
        assert not [word for word in ("geheim", "orders", "secret", "private", "hush") if word in text]


BROKEN: list[tuple[str, Behaviour, type[CallFailedError]]] = [
    ("closes at once", fails.CLOSES, BrokenAnswerError),
    ("closes in the headers", fails.IN_HEADERS, BrokenAnswerError),
    ("closes in the body", fails.IN_BODY, BrokenAnswerError),
    ("closes between chunks", fails.IN_CHUNKS, BrokenAnswerError),
    ("no chunk", fails.NO_CHUNK, BrokenAnswerError),
    ("a length that is none", fails.NO_LENGTH, BrokenAnswerError),
    ("two lengths", fails.TWO_LENGTHS, BrokenAnswerError),
    ("no HTTP", fails.NO_HTTP, BrokenAnswerError),
    ("another protocol", fails.SWITCHES, BrokenAnswerError),
    ("headers of 200 kB", fails.LARGE_HEADERS, BrokenAnswerError),
    ("reset", fails.reset, BrokenAnswerError),
    ("reset in the body", fails.reset_in_body, BrokenAnswerError),
    ("packing not asked for", ok(b"x", content_encoding="br"), BrokenAnswerError),
    ("packed many times", ok(b"x", content_encoding="gzip, gzip"), BrokenAnswerError),
    ("packing broken", ok(b"no gzip", content_encoding="gzip"), BrokenAnswerError),
    ("a body without end", fails.endless, AnswerTooLargeError),
    ("a body too large", ok(bytes(100_001)), AnswerTooLargeError),
    ("a bomb", fails.bomb(50_000_000), AnswerTooLargeError),
]


class TestFailure:
    """What does not."""

    @pytest.mark.parametrize(("behaviour", "error"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
    async def test_broken(self, behaviour: Behaviour, error: type[CallFailedError]) -> None:
        """A broken answer is the error of its kind, sent once for a POST; the next call works on a fresh connection."""
        async with serving(answers(behaviour, ok())) as server, calling(server) as caller:
            with pytest.raises(error) as raised:
                await caller.client.request("POST", server.url, content=b"x")
            assert len(server.seen) == 1
            assert (await caller.client.request("POST", server.url)).status == 200
            assert server.connections == 2
        assert "geheim" not in str(raised.value)
        assert str(raised.value).startswith(f"{HOST}: ")
        assert raised.value.__cause__ is None

    async def test_silent(self) -> None:
        """A server that accepts and never answers is given the time of one read; the connection is not used again."""
        limits = Limits(read_seconds=0.1)
        async with serving(answers(fails.never, ok())) as server, calling(server, limits=limits) as caller:
            with pytest.raises(CallTimeoutError, match="no answer in time"):
                await caller.client.request("POST", server.url)
            await server.asked()
        assert caller.outcomes == ["CallTimeoutError"]

    async def test_bounds_of_one_call(self) -> None:
        """A call may allow less than the client does, down to nothing."""
        async with serving(ok(b"12345")) as server, calling(server) as caller:
            assert (await caller.client.request("GET", server.url, max_bytes=5)).body == b"12345"
            for allowed in (4, 0):
                with pytest.raises(AnswerTooLargeError):
                    await caller.client.request("GET", server.url, max_bytes=allowed)

    @pytest.mark.parametrize(
        ("packed", "error"),
        [
            (gzip.compress(b"x" * 999)[:-9], BrokenAnswerError),
            (gzip.compress(b"x") + b"more", BrokenAnswerError),
            (fails.named_gzip(200_000), AnswerTooLargeError),
        ],
        ids=["cut off", "goes on", "larger than what is in it"],
    )
    async def test_packing(self, packed: bytes, error: type[CallFailedError]) -> None:
        """A packing that ends too early, goes on after its end or is itself too large is an error, though its length is right."""
        async with serving(ok(packed, content_encoding="gzip")) as server, calling(server) as caller:
            with pytest.raises(error):
                await caller.client.request("POST", server.url)

    async def test_refused(self) -> None:
        """Nobody listens."""
        caller = Caller(TargetPolicy.trusted(f"http://{HOST}:{(port := free_port())}"))
        with pytest.raises(ConnectFailedError):
            await caller.client.request("POST", f"http://{HOST}:{port}/")
        await caller.client.aclose()

    @pytest.mark.parametrize("names", [Names(OSError("no such name")), Names([])])
    async def test_no_name(self, names: Names) -> None:
        """The name has no address."""
        async with serving(ok()) as server, calling(server, names=names) as caller:
            with pytest.raises(ConnectFailedError):
                await caller.client.request("POST", server.url)

    @pytest.mark.parametrize("behaviour", [fails.drip, fails.drip_headers, fails.never])
    async def test_deadline(self, behaviour: Behaviour) -> None:
        """However busily a server does nothing, the call ends at its deadline, and the server counts as failing."""
        limits = Limits(read_seconds=5.0, breaker_failures=1)
        async with serving(behaviour) as server, calling(server, limits=limits) as caller:
            started = asyncio.get_running_loop().time()
            with pytest.raises(CallTimeoutError):
                await caller.client.request("GET", server.url, deadline_seconds=0.1)
            assert asyncio.get_running_loop().time() - started < 1.0
            assert caller.client.state(server.origin) == "open"

    async def test_first_address_dead(self) -> None:
        """Where the first address of a name refuses, the next is tried."""
        async with serving(ok()) as server, calling(server, names=Names(["127.0.0.2", "127.0.0.1"])) as caller:
            assert (await caller.client.request("GET", server.url)).status == 200

    async def test_few_addresses_are_tried(self) -> None:
        """The first three of a name's addresses are tried, and no more."""
        names = Names(["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.1"])
        async with serving(ok()) as server, calling(server, names=names) as caller:
            with pytest.raises(ConnectFailedError):
                await caller.client.request("POST", server.url)

    async def test_cancelled(self) -> None:
        """A caller that goes away leaves no connection and no place behind."""
        limits = Limits(per_host=1, connections=1, deadline_seconds=2.0)
        async with serving(answers(fails.never, ok())) as server, calling(server, limits=limits) as caller:
            call = asyncio.create_task(caller.client.request("GET", server.url))
            await server.asked()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert (await caller.client.request("GET", server.url)).status == 200
            assert caller.client.state(server.origin) == "closed"
        assert caller.outcomes == ["cancelled", 200]

    @pytest.mark.parametrize(
        ("code", "error"), [(302, RedirectStatusError), (404, ClientStatusError), (500, ServerStatusError)]
    )
    async def test_checked(self, code: int, error: type[StatusError]) -> None:
        """A status is an answer; `checked` makes the error of it, which carries the status."""
        async with serving(status(code)) as server, calling(server) as caller:
            answer = await caller.client.request("POST", server.url)
        with pytest.raises(error) as raised:
            answer.checked()
        assert (raised.value.status_code, raised.value.host) == (code, HOST)

    @pytest.mark.parametrize("location", ["/again", "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data"])
    async def test_redirect(self, location: str) -> None:
        """Redirects, loops among them, are answers: nothing else is called."""
        async with serving(status(302, location=location)) as server, calling(server) as caller:
            assert (await caller.client.request("GET", server.url)).status == 302
        assert len(server.seen) == 1

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id":"x"}', b"\xff", b"[" * 50_000])
    async def test_no_json(self, body: bytes) -> None:
        """A body of another shape than was asked for is a broken answer."""
        async with serving(ok(body)) as server, calling(server) as caller:
            answer = await caller.client.request("GET", server.url)
        with pytest.raises(BrokenAnswerError):
            answer.json(dict[str, int])

    def test_unavailable(self) -> None:
        """Where a request needs the call, its answer is 503 with Retry-After and names no host."""
        answer = OutsideError(HOST, "cannot be connected to", retry_after=7.4).as_unavailable()
        assert (answer.status, answer.headers) == (503, {"Retry-After": "7"})
        assert HOST not in str(answer)


class Hangs(httpcore2.AsyncNetworkBackend):
    """A name server that never answers, or a network that swallows every packet."""

    async def resolve(self, *_: Any) -> Sequence[Address]:
        """Never."""
        await asyncio.Event().wait()
        return []

    async def connect_tcp(self, *_: Any, **_options: Any) -> httpcore2.AsyncNetworkStream:
        """Never."""
        await asyncio.Event().wait()
        raise AssertionError


class TestTime:
    """Each step has a time of its own, well within the deadline."""

    @pytest.mark.parametrize("hangs", [{"resolver": Hangs()}, {"network": Hangs()}], ids=["resolver", "network"])
    async def test_connect(self, hangs: dict[str, Any]) -> None:
        """Looking a name up and connecting to its address, both together."""
        limits = Limits(connect_seconds=0.1)
        async with serving(ok()) as server, calling(server, limits=limits, **hangs) as caller:
            with pytest.raises(CallTimeoutError, match="no connection in time"):
                await caller.client.request("POST", server.url)
        assert server.connections == 0

    async def test_write(self) -> None:
        """Sending to a server that takes nothing."""
        held: list[asyncio.StreamWriter] = []
        server = await asyncio.start_server(lambda _, writer: held.append(writer), LOOPBACK, 0)
        origin = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        caller = Caller(TargetPolicy.trusted(origin), limits=Limits(read_seconds=0.1))
        try:
            with pytest.raises(CallTimeoutError, match="no answer in time"):
                await caller.client.request("POST", origin, content=bytes(1 << 25))
        finally:
            await caller.client.aclose()
            server.close()
            for writer in held:
                writer.close()

    async def test_idle(self) -> None:
        """A connection that nobody has used for so long is not used again."""
        async with serving(ok()) as server, calling(server, limits=Limits(idle_seconds=0.0)) as caller:
            for _ in range(2):
                assert (await caller.client.request("GET", server.url)).status == 200
        assert server.connections == 2


class TestTls:
    """The name is proved, or nothing is sent."""

    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path)

    async def test_right(self, authority: Authority) -> None:
        """A certificate of a known authority for the name, though the connection is made to an address."""
        context = authority.server_context(HOST)
        asked: list[str] = []
        context.sni_callback = lambda _socket, name, _context: asked.append(name)
        async with (
            serving(ok(), ssl_context=context) as server,
            calling(server, ssl_context=authority.client_context()) as caller,
        ):
            assert (await caller.client.request("GET", server.url)).status == 200
        assert asked == [HOST]

    @pytest.mark.parametrize(
        ("name", "options"), [("other.example", {}), (HOST, {"self_signed": True}), (HOST, {"expired": True})]
    )
    async def test_wrong(self, authority: Authority, name: str, options: dict[str, bool]) -> None:
        """Another name, no authority, an old certificate: not a byte of the request is sent, and it is not tried again."""
        context = authority.server_context(name, **options)
        async with (
            serving(ok(), ssl_context=context) as server,
            calling(server, ssl_context=authority.client_context()) as caller,
        ):
            with pytest.raises(TlsFailedError):
                await caller.client.request("GET", server.url)
        assert server.seen == []
        assert len(caller.calls) == 1

    async def test_default_context(self, authority: Authority) -> None:
        """Without a context of the caller's certificates are checked all the same."""
        async with (
            serving(ok(), ssl_context=authority.server_context(HOST)) as server,
            calling(server, ssl_context=None) as caller,
        ):
            with pytest.raises(TlsFailedError):
                await caller.client.request("GET", server.url)

    async def test_no_tls(self) -> None:
        """A server that speaks no TLS on an https port is not spoken to."""
        async with serving(ok()) as server:
            origin = f"https://{HOST}:{server.port}"
            caller = Caller(TargetPolicy.trusted(origin), limits=Limits(connect_seconds=0.1))
            with pytest.raises(CallTimeoutError):
                await caller.client.request("POST", origin)
            await caller.client.aclose()
        assert server.seen == []


class TestHeaders:
    """What may be sent."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("X-A", "1\r\nX-B: 2"),
            ("X-A", "1\n2"),
            ("X-A", "1\x00"),
            ("X-A", "ü"),
            ("X-A", " 1"),
            ("X A", "1"),
            ("X-A:", "1"),
            ("X-A\r\nX-B", "1"),
            ("", "1"),
            ("Host", "other.example"),
            ("content-length", "0"),
            ("Transfer-Encoding", "chunked"),
            ("Accept-Encoding", "br"),
        ],
    )
    async def test_refused(self, name: str, value: str) -> None:
        """No line break reaches a header, and what frames a request is ours alone."""
        async with serving(ok()) as server, calling(server) as caller:
            with pytest.raises(TargetRefusedError):
                await caller.client.request("GET", server.url, headers={name: value})
            with pytest.raises(TargetRefusedError):
                await caller.client.request("TRACE", server.url)
            with pytest.raises(TargetRefusedError):
                await caller.client.request("POST", server.url, idempotency_key="a\r\nb")
        assert server.connections == 0
