"""Requirement 35: whoever reads logs, errors, the database or Redis finds no secret. Every kind of secret is sent, rightly and wrongly."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
import pyotp
import pytest
from redis import Redis

from app.auth.passwords import PasswordVault
from app.config import Settings
from app.extensions.logs import JsonFormatter
from app.installed import metadata
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import API, Shop, Shops

OF_THE_TESTS = ("httpx", "httpcore", "asyncio")
"""Loggers of the client's side."""


class Lines(logging.Handler):
    """What Atrium would have logged at its most talkative."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        if not record.name.startswith(OF_THE_TESTS):
            self.seen.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Every logger's, at every level."""
    handler, loggers = Lines(), [logging.getLogger(), logging.getLogger("app")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield handler
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    loggers[0].removeHandler(handler)


@dataclass
class Walk:
    """Somebody who uses everything that has a secret; what was secret, and what was answered."""

    client: httpx.AsyncClient
    mailbox: Mailbox
    email: str = field(default_factory=lambda: f"{uuid4().hex[:12]}@canary.example")
    secrets: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    token: str = ""

    def secret(self, text: str = "") -> str:
        """A secret, which is one from now on."""
        made = text or f"canary-{uuid4().hex}"
        self.secrets.add(made)
        return made

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        """POST with whatever session there is."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = await self.client.post(API + path, json=body, headers=headers)
        assert answer.status_code == status, (path, answer.text)
        if status >= 400:
            self.refusals.append(answer.text)
        return answer.json()

    def mailed(self) -> str:
        """The token of the last mail, which stands behind the # alone: no server and no proxy is sent it."""
        link = self.mailbox.last(self.email).link
        token = self.secret(link.partition("#token=")[2])
        assert token not in link.partition("#")[0]
        assert urlsplit(link).query == ""
        return token

    async def register(self) -> str:
        """From nothing to a session."""
        password = self.secret()
        await self.post("/auth/register", 202, email=self.email, password=password, name="Nora")
        token = self.mailed()
        await self.post("/auth/verify-email", 401, token=token, password=self.secret())
        await self.post("/auth/verify-email", token=token, password=password)
        await self.post("/auth/login", 401, email=self.email, password=self.secret())
        opened = await self.post("/auth/login", email=self.email, password=password)
        again = await self.post("/auth/refresh", refresh_token=self.secret(opened["refresh_token"]))
        self.secrets |= {opened["access_token"], again["access_token"], again["refresh_token"]}
        await self.post("/auth/refresh", 401, refresh_token=self.secret())
        self.token = again["access_token"]
        return password

    async def change_passwords(self, password: str) -> str:
        """Changed, forgotten, reset."""
        another, third = self.secret(), self.secret()
        await self.post("/auth/step-up", 401, password=self.secret())
        await self.post("/auth/password/change", 401, current_password=self.secret(), password=another)
        await self.post("/auth/password/change", 422, current_password=password, password=self.secret("cn4ry"))
        await self.post("/auth/password/change", current_password=password, password=another)
        await self.post("/auth/password/forgot", 202, email=self.email)
        await self.post("/auth/password/reset", 400, token=self.secret(), password=third)
        await self.post("/auth/password/reset", token=self.mailed(), password=third)
        self.token = ""
        self.token = self.secret((await self.post("/auth/login", email=self.email, password=third))["access_token"])
        return third

    async def add_factor(self, password: str, clock: MovableClock) -> None:
        """A second factor, and a sign-in with it."""
        secret = self.secret((await self.post("/auth/mfa/totp", 201))["secret"])
        await self.post("/auth/mfa/totp/confirm", 401, code=self.secret("000000-canary"))
        code = pyotp.TOTP(secret).at(clock.now())
        recovery = (await self.post("/auth/mfa/totp/confirm", code=code))["recovery_codes"]
        self.secrets |= set(recovery)
        self.token = ""
        asked = await self.client.post(f"{API}/auth/login", json={"email": self.email, "password": password})
        half = self.secret(asked.json()["details"]["mfa_token"])
        opened = await self.post("/auth/login/mfa", mfa_token=half, code=recovery[0], session_transport="cookie")
        self.secrets |= {opened["access_token"], opened["csrf_token"], self.client.cookies["atrium_refresh"]}

    async def spoil(self) -> None:
        """Secrets where none belongs."""
        for name in ("token", "access_token", "password"):
            answer = await self.client.get(f"{API}/me?{name}={self.secret()}", headers={"X-CSRF-Token": self.secret()})
            self.refusals.append(answer.text)
        for content in (
            f'{{"password": "{self.secret()}"',
            f'{{"unknown": "{self.secret()}", "email": "{self.secret()}"}}',
        ):
            headers = {"Content-Type": "application/json"}
            self.refusals.append((await self.client.post(f"{API}/auth/login", content=content, headers=headers)).text)


async def use_keys(walk: Walk, shop: Shop) -> None:
    """An API key, rotated, and one that is wrong; an invitation."""
    made = await shop.admin.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
    rotated = await shop.admin.post(f"/api-keys/{made.json()['id']}/rotate", json={})
    for key in (made.json()["secret"], rotated.json()["secret"]):
        walk.secret(key)
        for text, status in ((key, 200), (walk.secret(key[:-7] + "0000000"), 401)):
            answer = await walk.client.get(f"{API}/products", headers={"Authorization": f"Bearer {text}"})
            assert answer.status_code == status
            walk.refusals += [answer.text] if status == 401 else []
    walk.email = f"{uuid4().hex[:12]}@canary.example"
    await shop.admin.post("/invitations", json={"email": walk.email, "roles": ["member"]})
    walk.token = ""
    await walk.post("/invitations/accept", 400, token=walk.secret(), name="N", password=walk.secret())
    await walk.post("/invitations/accept", token=walk.mailed(), name="N", password=walk.secret())


async def stored(owner: asyncpg.Connection) -> str:
    """Everything that stands in the database, as text."""
    tables = [await owner.fetchval(f"SELECT string_agg(t::text, ' ') FROM {name} AS t") for name in metadata().tables]
    return " ".join(table or "" for table in tables)


def carried(settings: Settings) -> bytes:
    """Everything that stands in Redis: names and values of every kind."""
    with Redis.from_url(settings.redis.url) as redis:
        return b" ".join(part for key in redis.scan_iter() for part in (key, redis.dump(key) or b""))


async def test_nowhere(
    shops: Shops,
    client: httpx.AsyncClient,
    mailbox: Mailbox,
    owner: asyncpg.Connection,
    clock: MovableClock,
    settings: Settings,
    lines: Lines,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Requirement 35: no password, token, code or key in any log line, error, table or value of Redis, not in a failure's either."""
    walk = Walk(client, mailbox)
    password = await walk.change_passwords(await walk.register())
    await walk.add_factor(password, clock)
    await walk.spoil()
    await use_keys(walk, await shops.shop())

    async def broken(_vault: PasswordVault, _password: str) -> str:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(PasswordVault, "hash", broken)
    walk.refusals.append(
        (
            await client.post(
                f"{API}/auth/register", json={"email": walk.email, "password": walk.secret(), "name": "N"}
            )
        ).text
    )
    assert "internal_error" in walk.refusals[-1]
    assert sum('"logger":"app.access"' in line for line in lines.seen) > 30
    assert any("out of memory" in line for line in lines.seen)
    assert len(walk.secrets) > 40
    places = {"log": "\n".join(lines.seen), "error": "\n".join(walk.refusals), "table": await stored(owner)}
    places["Redis"] = carried(settings).decode("latin-1")
    found = [(place, secret) for secret in walk.secrets for place, text in places.items() if secret in text]
    found += [("table", secret) for secret in walk.secrets if secret.encode().hex() in places["table"]]
    assert found == []
