"""A serving process compares a sample of its answers with its own document, beside the answers' way."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import Depends
from prometheus_client import generate_latest
from starlette.responses import Response

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.config import Settings
from app.extensions.drift import MAX_FAULTS, UNREADABLE, DriftWatch
from app.extensions.module import Module
from app.extensions.routing import ModularApp, ModuleRouter, Platform
from app.extensions.views import cbv
from app.installed import INSTALLED
from app.main import build_app
from tests.faults.processes import until
from tests.support.asgi import scope_of

pytestmark = pytest.mark.anyio
SECRET = "s3cret-of-somebody"


@dataclass(slots=True)
class Said:
    """What the document says."""

    count: int


@dataclass(slots=True)
class Answered(Said):
    """What is answered."""

    secret: str = SECRET


BROKEN = {"body": b""}
"""What the broken one answers."""
liars = ModuleRouter(prefix="/liars", tag="liars")


@cbv(liars)
class LiarViews:
    """One tells the truth."""

    commons: Commons = Depends(commons_deps)

    @liars.get("/honest")
    @access_control(open=True)
    async def get_honest(self) -> Said:
        """As it says."""
        return Said(1)

    @liars.get("/liar")
    @access_control(open=True)
    async def get_liar(self) -> Said:
        """More than it says."""
        return Answered(1)

    @liars.get("/broken")
    @access_control(open=True)
    async def get_broken(self) -> Said:
        """What its type does not say it is."""
        return Response(BROKEN["body"], media_type="application/json")  # type: ignore[return-value]  # what a module may do wrong


@asynccontextmanager
async def serving(settings: Settings, rate: float) -> AsyncIterator[tuple[ModularApp, httpx.AsyncClient]]:
    """An app with the liar; its transport is one that the suite does not judge."""
    openapi = settings.openapi.model_copy(update={"sample_rate": rate})
    app = build_app(settings.model_copy(update={"openapi": openapi}), modules=(*INSTALLED, Module("liars", (liars,))))

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    transport = httpx.ASGITransport(plain)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield app, client


@pytest.fixture(scope="module")
async def lying(settings: Settings) -> AsyncIterator[tuple[ModularApp, httpx.AsyncClient]]:
    """The app that compares every answer."""
    async with serving(settings, 1.0) as made:
        yield made


@pytest.fixture
def liar(lying: tuple[ModularApp, httpx.AsyncClient]) -> tuple[ModularApp, httpx.AsyncClient]:
    """The same, as if it had told nothing yet: its document alone is kept, which takes long to make."""
    watch = lying[0].state.platform.drift
    watch.drifts.clear()
    watch._known.clear()
    return lying


def told(caplog: pytest.LogCaptureFixture) -> list[Any]:
    """The lines of the watch, and no other's that are at work beside it."""
    return [item for item in caplog.records if item.name == "app.extensions.drift"]


async def settled(watch: DriftWatch) -> None:
    """The thread has compared what was chosen."""

    async def idle() -> bool:
        return not watch._busy

    await until(idle, "the thread is done")


async def test_liar(liar: tuple[ModularApp, httpx.AsyncClient], caplog: pytest.LogCaptureFixture) -> None:
    """A field that the document does not have is counted each time, logged once, and its value is told nowhere."""
    app, client = liar
    platform: Platform = app.state.platform
    with caplog.at_level(logging.WARNING, "app.extensions.drift"):
        for path in ("honest", "liar", "liar", "honest"):
            assert (await client.get(f"/api/v1/liars/{path}")).status_code == 200
            await settled(platform.drift)
    assert dict(platform.drift.drifts) == {"liars_get_liar": 2}
    assert [(item.operation, item.faults) for item in told(caplog)] == [
        ("liars_get_liar", ["/secret is not in the document"])
    ]
    assert SECRET not in caplog.text
    metrics = generate_latest(app.state.runtime.metrics.registry).decode()
    assert 'atrium_contract_drift_total{operation="liars_get_liar"} 2.0' in metrics


@pytest.mark.parametrize("body", [b"<", b"", b"\xff", b'{"count": 1', b"[" * 100_000], ids=lambda body: body[:9].hex())
async def test_unreadable(
    liar: tuple[ModularApp, httpx.AsyncClient],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
) -> None:
    """A body that is no JSON under JSON's type is the worst drift of all: it is counted and logged as any other."""
    monkeypatch.setitem(BROKEN, "body", body)
    app, client = liar
    with caplog.at_level(logging.WARNING, "app.extensions.drift"):
        assert (await client.get("/api/v1/liars/broken")).status_code == 200
        await settled(app.state.platform.drift)
    assert dict(app.state.platform.drift.drifts) == {"liars_get_broken": 1}
    assert [item.faults for item in told(caplog)] == [[UNREADABLE]]


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Is told whenever an answer is compared."""
    told: list[str] = []
    judge = DriftWatch._judge

    def note(self: DriftWatch, *arguments: Any) -> None:
        told.append("compared")
        judge(self, *arguments)

    monkeypatch.setattr(DriftWatch, "_judge", note)
    return told


async def test_errors(liar: tuple[ModularApp, httpx.AsyncClient], order: list[str]) -> None:
    """Refusals are answers too, and those of the whole platform are as they are written."""
    app, client = liar
    paths = (
        "/api/v1/me",
        "/api/v1/products",
        "/api/v1/members?limit=x",
        "/api/v1/mock/things?simulate=rate_limited",
        "/api/v1/auth/mfa",
        "/health/live",
    )
    for path in paths:
        await client.get(path)
        await settled(app.state.platform.drift)
    assert order == ["compared"] * len(paths)
    assert not app.state.platform.drift.drifts


async def test_after_the_answer(liar: tuple[ModularApp, httpx.AsyncClient], order: list[str]) -> None:
    """Nothing is compared before the last byte has left."""
    app, _ = liar

    async def send(message: Any) -> None:
        order.append(message["type"])

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(scope_of("/api/v1/liars/honest"), receive, send)
    await settled(app.state.platform.drift)
    assert order == ["http.response.start", "http.response.body", "compared"]


async def test_off(settings: Settings) -> None:
    """With a rate of 0 nothing is chosen, and no document is made."""
    async with serving(settings, 0.0) as (app, client):
        for _ in range(20):
            await client.get("/api/v1/liars/liar")
        assert not app.state.platform.drift.drifts
        assert app.openapi_schema is None


def test_share() -> None:
    """The gaps between the chosen make the share that is asked for."""
    watch = DriftWatch(0.01, dict)
    gaps = [watch._gap() for _ in range(20_000)]
    assert min(gaps) == 1
    assert 90 < sum(gaps) / len(gaps) < 110


def test_few_words(caplog: pytest.LogCaptureFixture) -> None:
    """A body that is wrong in a thousand places makes a short line."""
    watch = DriftWatch(1.0, dict)
    with caplog.at_level(logging.WARNING, "app.extensions.drift"):
        watch._note("an_operation", [f"/{number} is missing" for number in range(1000)])
    (line,) = told(caplog)
    assert (len(line.faults), line.count) == (MAX_FAULTS, 1000)
