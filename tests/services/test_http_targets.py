"""Requirement 29: where calls may go. URLs that users give reach public addresses only, judged when they are connected to."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from app.services.http import (
    PUBLIC,
    AddressRefusedError,
    ConnectFailedError,
    Origin,
    TargetPolicy,
    TargetRefusedError,
)
from app.services.http.addresses import refusal
from tests.services.calling import calling, calling_public
from tests.support.certificates import Authority
from tests.support.failing_server import HOST, LOOPBACK, PUBLIC_ADDRESS, Detour, Names, ok, serving, status

UNSPECIFIED = "0.0.0.0"  # noqa: S104 - not bound, refused
FORBIDDEN = [
    UNSPECIFIED, "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.9.10",
    "168.63.129.16", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254",
    "fe80::1", "fec0::1", "ff02::1", "4000::1",
]  # fmt: skip
METADATA = ["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fe80::a9fe:a9fe"]
ALLOWED = [
    PUBLIC_ADDRESS,
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
    "64:ff9b::101:101",
]

TRICKS = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/",
    "http://127.0.0.1.:80/", "http://localhost/", "http://localhost./", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[v1.a]/", "http://0/", "http://0.0.0.0/",
    "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/", "http://127。0。0。1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://shop.example@127.0.0.1/", "http://127.0.0.1@shop.example/",
    "http://a:b@shop.example/", "http://@shop.example/", "http://shop.example\\@127.0.0.1/", "http://shop.example%00.evil/",
    "http://shop.example%2f@127.0.0.1/", "http:/\\127.0.0.1/", "http:127.0.0.1/", "http:///127.0.0.1/", "//127.0.0.1/", "/path",
    "", "http://", "https:///", "http://.", "http://shop.example./", "http://shop..example/", "http://-shop.example/",
    "http://shop.example:22/", "http://shop.example:6379/", "http://shop.example:0/", "http://shop.example:65616/",
    "http://shop.example:-80/", "http://shop.example:80:80/", "http://shop.example:\uff18\uff10/", "http://shop.example:8_0/", "http://shop.example:+80/", "http://shop.example:x/", "ftp://shop.example/", "file:///etc/passwd",
    "gopher://shop.example/", "unix:///run/docker.sock", "http+unix://%2Frun%2Fdocker.sock/", "javascript:alert(1)", "ws://shop.example/",
    "http://shop.example/\r\nX-A: 1", "http://shop.example/a b", "http://shop.example\t/", " http://shop.example/", "http://shop.example/\x00",
    "http://1.2.3/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://shop.0x1/", "http://shop.7/", "http://intranet/",
    "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://shop.example/" + "a" * 2048,
    "http://xn--/", "http://\u202eelpmaxe.shop/",
]  # fmt: skip


class TestAddress:
    """The judgement of one address."""

    @pytest.mark.parametrize("text", FORBIDDEN)
    def test_forbidden(self, text: str) -> None:
        """No address of our own networks, of one machine, of many, of metadata, or in another's guise is public."""
        assert refusal(ip_address(text), private=False)

    @pytest.mark.parametrize("text", ALLOWED)
    def test_allowed(self, text: str) -> None:
        """Public addresses are, NAT64 of public ones among them."""
        assert refusal(ip_address(text), private=False) is None

    @pytest.mark.parametrize(
        "text", [*METADATA, UNSPECIFIED, "224.0.0.1", "255.255.255.255", "::", "ff02::1", "::ffff:10.0.0.1"]
    )
    def test_never(self, text: str) -> None:
        """Not even a trusted name may lead to cloud metadata, to many, or to an address in disguise."""
        assert refusal(ip_address(text), private=True)

    @pytest.mark.parametrize("text", ["10.0.0.1", "127.0.0.1", "192.168.0.1", "::1", "fd12::1", PUBLIC_ADDRESS])
    def test_private(self, text: str) -> None:
        """A trusted name may lead to a network of our own."""
        assert refusal(ip_address(text), private=True) is None


class TestUrl:
    """Tricks with the text of a URL."""

    @pytest.mark.parametrize("url", TRICKS)
    async def test_tricks(self, url: str) -> None:
        """Whatever the spelling: an error of ours, and no socket. Every name leads to the loopback here."""
        detour = Detour()
        async with calling_public(network=detour) as caller:
            with pytest.raises((TargetRefusedError, AddressRefusedError)) as raised:
                await caller.client.request("GET", url)
        assert detour.told == []
        assert caller.names.asked == []  # what is refused is refused for its text, or as the address that it spells
        assert "\n" not in str(raised.value)

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("https://shop.example", "shop.example"),
            ("HTTPS://SHOP.Example:443/a?b=c#d", "shop.example"),
            ("http://bücher.example/ü", "xn--bcher-kva.example"),
            (f"https://{PUBLIC_ADDRESS}/", PUBLIC_ADDRESS),
            ("https://[2606:4700::1111]/", "2606:4700::1111"),
        ],
    )
    def test_plain(self, url: str, host: str) -> None:
        """Ordinary URLs are understood."""
        assert PUBLIC.judge(url)[1].host == host

    def test_trusted(self) -> None:
        """Under a list of origins nothing else is called: not another port, scheme or name."""
        policy = TargetPolicy.trusted("http://s3.internal:9000", "https://pay.example")
        assert policy.judge("http://s3.internal:9000/bucket/key")[1] == Origin("http", "s3.internal", 9000)
        assert policy.judge("https://pay.example/charge")[1] == Origin("https", "pay.example", 443)
        for url in (
            "http://s3.internal/",
            "https://s3.internal:9000/",
            "http://pay.example/",
            "https://pay.example.evil.com/",
        ):
            with pytest.raises(TargetRefusedError):
                policy.judge(url)

    @pytest.mark.parametrize(
        "text", ["pay.example", "https://pay.example/path", "https://pay.example?x", "ldap://pay.example"]
    )
    def test_no_origin(self, text: str) -> None:
        """A setting that names no origin is refused when it is read."""
        with pytest.raises(TargetRefusedError):
            TargetPolicy.trusted(text)


class TestConnect:
    """What is connected to is what was judged."""

    async def test_public(self, tmp_path: Path) -> None:
        """A public name is connected to at its judged address; Host, SNI and certificate stay with the name."""
        authority = Authority(tmp_path)
        context = authority.server_context(HOST)
        asked: list[str] = []
        context.sni_callback = lambda _socket, name, _context: asked.append(name)
        async with serving(ok(), ssl_context=context) as server:
            detour = Detour(server.port)
            async with calling_public(
                names=Names([PUBLIC_ADDRESS]), network=detour, ssl_context=authority.client_context()
            ) as caller:
                answer = await caller.client.request("GET", f"https://{HOST}/hook")
        assert answer.status == 200
        assert detour.told == [PUBLIC_ADDRESS]
        assert (asked, server.seen[0].headers["host"]) == ([HOST], HOST)

    @pytest.mark.parametrize(
        "found", [[text] for text in FORBIDDEN] + [[PUBLIC_ADDRESS, LOOPBACK], [LOOPBACK, PUBLIC_ADDRESS]]
    )
    async def test_forbidden(self, found: list[str]) -> None:
        """A name with one forbidden address among its addresses is not connected to at any; it is not tried again."""
        detour = Detour()
        async with calling_public(names=Names(found), network=detour) as caller:
            with pytest.raises(AddressRefusedError):
                await caller.client.request("GET", f"http://{HOST}/")
        assert detour.told == []
        assert caller.names.asked == [HOST]
        assert caller.outcomes == ["AddressRefusedError"]

    async def test_rebinding(self) -> None:
        """A name that is public when judged and local a moment later is asked once and called at the judged address."""
        async with serving(ok()) as server:
            detour = Detour(server.port)
            names = Names([PUBLIC_ADDRESS], [LOOPBACK])
            async with calling_public(names=names, network=detour) as caller:
                assert (await caller.client.request("GET", f"http://{HOST}/")).status == 200
                assert names.asked == [HOST]
                assert detour.told == [PUBLIC_ADDRESS]

    async def test_rebinding_between_calls(self) -> None:
        """When a second connection is needed the name is judged again."""
        close = status(200, b"{}", connection="close")
        async with serving(close) as server:
            detour = Detour(server.port)
            async with calling_public(names=Names([PUBLIC_ADDRESS], [LOOPBACK]), network=detour) as caller:
                await caller.client.request("GET", f"http://{HOST}/")
                with pytest.raises(AddressRefusedError):
                    await caller.client.request("GET", f"http://{HOST}/")
        assert detour.told == [PUBLIC_ADDRESS]

    async def test_rebinding_between_attempts(self) -> None:
        """And when a call is tried again."""
        async with serving(status(503, connection="close")) as server:
            detour = Detour(server.port)
            async with calling_public(names=Names([PUBLIC_ADDRESS], ["10.0.0.1"]), network=detour) as caller:
                with pytest.raises(AddressRefusedError):
                    await caller.client.request("GET", f"http://{HOST}/")
        assert detour.told == [PUBLIC_ADDRESS]

    async def test_too_many_addresses(self) -> None:
        """A name with a flood of addresses is refused."""
        async with calling_public(names=Names([PUBLIC_ADDRESS] * 33)) as caller:
            with pytest.raises(AddressRefusedError):
                await caller.client.request("GET", f"http://{HOST}/")

    async def test_proxies_are_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Proxies of the environment change nothing."""
        async with serving(ok()) as proxy, serving(ok()) as server:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            async with calling(server) as caller:
                await caller.client.request("GET", server.url)
        assert (proxy.connections, server.connections) == (0, 1)

    async def test_system_resolver(self) -> None:
        """With the system's own resolver: localhost is found and called if trusted, a name that cannot be is not."""
        async with serving(ok()) as server:
            origin = f"http://localhost:{server.port}"
            async with calling(server, policy=TargetPolicy.trusted(origin), resolver=None) as caller:
                assert (await caller.client.request("GET", origin)).status == 200
            invalid = f"http://nowhere.invalid:{server.port}"
            async with calling(server, policy=TargetPolicy.trusted(invalid), resolver=None) as caller:
                with pytest.raises(ConnectFailedError):
                    await caller.client.request("POST", invalid, deadline_seconds=30)
