"""Carriers: one contract over both adapters, and a real server that fails in every way."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from pydantic import ValidationError

from app.config import Shipping
from app.extensions.outside import InsideTransactionError
from app.extensions.routing import ModularApp
from app.modules.shipping.adapters import HttpCarrier, LocalCarrier, http_carrier, make_carrier
from app.modules.shipping.interfaces import Carrier, CarrierError, CarrierRefusedError, Parcel, ParcelLine
from app.modules.shipping.labels import PDF, ZPL, read_label
from app.services.http import HttpClient, HttpClients, TargetPolicy
from app.utils.ids import uuid7
from tests.services.calling import calling
from tests.support import failing_server as fails
from tests.support.failing_server import Behaviour, Exchange, answers, ok, serving, status
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio
BOOKED = b'{"reference":"P-1","tracking_number":"T1","more":[1]}'
LABEL = b"^XA^FDP-1^FS^XZ\n"
HEARD = b'{"status":"inProgress","occurred_at":"2026-01-31T12:00:00Z"}'


def parcel() -> Parcel:
    """Two teas."""
    return Parcel(uuid4(), 17, [ParcelLine("TEA-01", "Grüner Tee", 2)])


class One(HttpClients):
    """Hands out one client, and keeps for which policies it was asked."""

    def __init__(self, client: HttpClient) -> None:
        super().__init__()
        self.client = client
        self.asked: list[TargetPolicy] = []

    def of(self, policy: TargetPolicy) -> HttpClient:
        """The one."""
        self.asked.append(policy)
        return self.client


async def carrier(exchange: Exchange) -> None:
    """A carrier as it should be."""
    body = BOOKED if exchange.head.startswith("POST") else LABEL if "/label " in exchange.head else HEARD
    await ok(body)(exchange)


async def contract(made: Carrier) -> None:
    """What every carrier promises: the same key is the same parcel, which can be asked for."""
    await made.ping()
    wanted = parcel()
    first, second = await made.book(wanted), await made.book(wanted)
    assert first == second
    assert first.reference
    assert (await made.track(first.reference)).status == "inProgress"
    label = await made.label(first.reference)
    assert label == await made.label(first.reference) == read_label(label.content)


async def test_http() -> None:
    """The contract over HTTP: the key, the tenant's own credential, at the one origin that the settings name."""
    async with serving(carrier) as server, calling(server) as caller:
        clients = One(caller.client)
        await contract(HttpCarrier(Shipping(url=f"{server.origin}/api/"), "token-1234", "acme", clients))
    assert clients.asked == [TargetPolicy.trusted(server.origin)]
    booking, again = server.seen[1:3]
    assert booking.head.startswith("POST /api/shipments HTTP/1.1")
    assert booking.headers["authorization"] == "Bearer token-1234"
    assert (
        booking.headers["idempotency-key"]
        == again.headers["idempotency-key"]
        == orjson.loads(booking.body)["reference"]
    )
    assert orjson.loads(booking.body)["lines"] == [{"sku": "TEA-01", "name": "Grüner Tee", "quantity": 2}]


async def test_local(tmp_path: Path, app: ModularApp, shops: Shops) -> None:
    """The contract in files; a lost answer is known the second time; refused, silent, unknown; never inside a transaction."""
    settings = Shipping(local=True, folder=str(tmp_path / "ship"))
    made = LocalCarrier(settings, "carrier_accept")
    await contract(made)
    losing, wanted = LocalCarrier(settings, "carrier_lost"), parcel()
    with pytest.raises(CarrierError):
        await losing.book(wanted)
    booked = await losing.book(wanted)
    heard = [(await made.track(booked.reference)).status for _ in range(3)]
    assert heard == ["inProgress", "delivered", "delivered"]
    assert len(list((tmp_path / "ship").glob("*.json"))) == 2
    with pytest.raises(CarrierRefusedError):
        await LocalCarrier(settings, "carrier_refuse").book(parcel())
    with pytest.raises(CarrierRefusedError):
        await made.track("../P-none")
    with pytest.raises(CarrierRefusedError):
        await made.label("../P-none")
    with pytest.raises(CarrierError):
        await LocalCarrier(settings, "carrier_silent").ping()
    async with app.state.runtime.identity.tenant_unit(uuid7(), (await shops.shop()).id):
        with pytest.raises(InsideTransactionError):
            await made.book(parcel())


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (fails.never, CarrierError),
        (fails.CLOSES, CarrierError),
        (fails.reset_in_body, CarrierError),
        (fails.NO_HTTP, CarrierError),
        (fails.endless, CarrierError),
        (fails.bomb(1 << 20), CarrierError),
        (ok(b"<html>"), CarrierError),
        (ok(b"[]"), CarrierError),
        (ok(b'{"reference":7}'), CarrierError),
        (ok(b'{"reference":""}'), CarrierError),
        (ok(b'{"reference":"a\\u0000b"}'), CarrierError),
        (ok(b'{"reference":"' + b"x" * 201 + b'"}'), CarrierError),
        (status(500), CarrierError),
        (status(503), CarrierError),
        (status(429), CarrierError),
        (status(401), CarrierError),
        (status(302, location="http://169.254.169.254/"), CarrierError),
        (status(307, location="http://127.0.0.1/"), CarrierError),
        (status(400), CarrierRefusedError),
        (status(422), CarrierRefusedError),
    ],
)
async def test_failing(behaviour: Behaviour, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirement 29: whatever the server does is one of two errors, in time; a redirect leads nowhere, private or not."""
    if error is CarrierError:
        monkeypatch.setattr(http_carrier, "SECONDS", 0.3)
    async with serving(behaviour) as server, calling(server) as caller:
        made = HttpCarrier(Shipping(url=server.origin), "token-1234", "acme", One(caller.client))
        with pytest.raises(error) as raised:
            await made.book(parcel())
    assert "token-1234" not in str(raised.value)
    assert set(caller.names.asked) <= {fails.HOST}


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (ok(b""), CarrierError),
        (ok(b"<html>"), CarrierError),
        (ok(b"\x89PNG\r\n\x1a\n"), CarrierError),
        (ok(b"^XA" + b"x" * (1 << 20) + b"^XZ"), CarrierError),
        (status(404), CarrierRefusedError),
    ],
)
async def test_no_label(behaviour: Behaviour, error: type[Exception]) -> None:
    """What is no label, or a larger one than any, is an answer that is not understood."""
    async with serving(behaviour) as server, calling(server) as caller:
        with pytest.raises(error):
            await HttpCarrier(Shipping(url=server.origin), "token-1234", "acme", One(caller.client)).label("P-1")


def test_labels() -> None:
    """A label is what its bytes are: a whole PDF, or ZPL in UTF-8 without other control characters."""
    assert read_label(b"%PDF-1.7 ... %%EOF\n").media_type == PDF
    assert read_label("\n^XA^FDGrüner Tee^FS\r\n^XZ\n".encode()).media_type == ZPL
    controls = ("\0", "\x0b", "\x1b", "\x1c", "\x7f", "\x85")
    for none in (
        b"%PDF-1.7 ...", b"^XA", b"x^XA^XZ", b"^XA\xff^XZ", b"^XA^XZ<script>", *(f"^XA{sign}^XZ".encode() for sign in controls)
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"PDF|utf-8"):
            read_label(none)


async def test_tried_again() -> None:
    """What fails once is asked again under the same key, with a pause; a carrier that is down is left alone, for this tenant."""
    behaviour: Callable[..., Behaviour] = answers
    async with serving(behaviour(status(503), ok(BOOKED), status(500))) as server, calling(server) as caller:
        settings, clients = Shipping(url=server.origin), One(caller.client)
        made = HttpCarrier(settings, "token-1234", "acme", clients)
        assert (await made.book(parcel())).reference == "P-1"
        assert server.seen[0].headers["idempotency-key"] == server.seen[1].headers["idempotency-key"]
        assert len(caller.time.slept) == 1
        for _ in range(6):
            with pytest.raises(CarrierError):
                await made.track("P/1")
        seen = len(server.seen)
        assert caller.client.state(server.origin, lane="acme") == "open"
        with pytest.raises(CarrierError):
            await HttpCarrier(settings, "token-1234", "globex", clients).ping()
    assert (server.seen[2].head.split(" ")[1], len(server.seen)) == ("/shipments/P%2F1", seen + 1)


async def test_no_labels_at_all() -> None:
    """A carrier whose labels are broken is asked for everything else as ever."""

    async def labelless(exchange: Exchange) -> None:
        await (status(500) if "/label " in exchange.head else carrier)(exchange)

    async with serving(labelless) as server, calling(server) as caller:
        made = HttpCarrier(Shipping(url=server.origin), "token-1234", "acme", One(caller.client))
        for _ in range(6):
            with pytest.raises(CarrierError):
                await made.label("P-1")
        assert (await made.book(parcel())).reference == "P-1"


async def test_offered() -> None:
    """What the settings do not offer is not there; clients are kept, one a policy."""
    clients = HttpClients()
    assert make_carrier("local", "x", "t", Shipping(), clients) is None
    assert make_carrier("http", "x", "t", Shipping(), clients) is None
    assert make_carrier("owl", "x", "t", Shipping(local=True), clients) is None
    policy = TargetPolicy.trusted("https://carrier.example")
    assert clients.of(policy) is clients.of(TargetPolicy.trusted("https://carrier.example"))
    await clients.aclose()


@pytest.mark.parametrize("url", ["https://user:word@carrier.example", "https://user@carrier.example/api"])
def test_url(url: str) -> None:
    """An address with a name in it is refused at the start, and not by every booking."""
    with pytest.raises(ValidationError):
        Shipping(url=url)


def test_folder_is_not_told(tmp_path: Path) -> None:
    """Where the local carrier keeps its files is nothing that a shipment's reason tells."""
    (tmp_path / "file").write_text("")
    made = LocalCarrier(Shipping(local=True, folder=str(tmp_path / "file")), "carrier_accept")
    with pytest.raises(CarrierError) as raised:
        asyncio.run(made.book(parcel()))
    assert str(tmp_path) not in str(raised.value)


async def test_no_moment() -> None:
    """A time that is none in UTC is an answer that is not understood; one without an offset is taken for UTC."""
    odd = b'{"status":"inProgress","occurred_at":"0001-01-01T00:00:00+14:00"}'
    async with serving(answers(ok(odd), ok(HEARD.replace(b"Z", b"")))) as server, calling(server) as caller:
        made = HttpCarrier(Shipping(url=server.origin), "token-1234", "acme", One(caller.client))
        with pytest.raises(CarrierError, match="no moment"):
            await made.track("P-1")
        assert (await made.track("P-1")).at.isoformat() == "2026-01-31T12:00:00+00:00"
