"""Requirement 14: invitations are limited, sent and accepted; no lock waits for the limiter."""

from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.auth.limits import MailLimiter
from app.config import MailLimit
from app.extensions.routing import API, ModularApp
from app.tenants.invitation_tokens import make_token
from tests.support.factors import at_own_address
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PASSWORD = "seven brave otters"
HELD = """
SELECT count(*) FROM pg_locks WHERE relation IN ('invitations'::regclass, 'roles'::regclass)
AND mode IN ('RowShareLock', 'RowExclusiveLock')
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
ROLE = {"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read"]}


def address() -> str:
    """A fresh one."""
    return f"{uuid4().hex[:12]}@new.example"


async def accept(client: httpx.AsyncClient, token: str) -> httpx.Response:
    """POST /invitations/accept, as nobody yet."""
    body = {"token": token, "name": "Nora", "password": PASSWORD}
    return await client.post(f"{API}/invitations/accept", json=body)


async def test_no_lock_waits(shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making one, sending it again, accepting it: when Redis is asked, no row is locked."""
    held, take = [], MailLimiter.take

    async def watched(limiter: MailLimiter, what: str, target: str, asker: str) -> dict[str, str]:
        held.append((what, await owner.fetchval(HELD)))
        return await take(limiter, what, target, asker)

    shop, invited = await shops.shop(), await shops.person()
    assert (await shop.admin.post("/roles", json=ROLE)).status_code == 201
    monkeypatch.setattr(MailLimiter, "take", watched)
    made = await shop.admin.post("/invitations", json={"email": invited.email, "roles": ["buyer"]})
    assert (await shop.admin.post(f"/invitations/{made.json()['id']}/resend")).status_code == 200
    await invited.post("/invitations/accept", json={"token": make_token(shop.id, uuid4())[0]})
    assert held == [("invite", 0), ("invite", 0), ("accept", 0)]


async def test_sent(shops: Shops) -> None:
    """Five mails an hour to one address, whether the invitation is new or sent again."""
    shop = await shops.shop()
    made = await shop.admin.post("/invitations", json={"email": address(), "roles": ["viewer"]})
    path = f"/invitations/{made.json()['id']}/resend"
    assert [(await shop.admin.post(path)).status_code for _ in range(5)] == [200] * 4 + [429]


async def test_accepted_by_one_token(app: ModularApp, shops: Shops, mailbox: Mailbox) -> None:
    """A token is tried five times an hour, each try costing a hash; other tokens go on."""
    shop, known = await shops.shop(), await shops.person()
    for email in (known.email, new := address()):
        await shop.admin.post("/invitations", json={"email": email, "roles": ["viewer"]})
    async with at_own_address(app) as client:
        answers = [await accept(client, mailbox.last(known.email).token) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [409] * 5 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert (await accept(client, mailbox.last(new).token)).status_code == 200


@pytest.mark.parametrize("signed_in", [True, False])
async def test_accepted_by_one_asker(
    app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    """Whoever tries many tokens is limited: as a person from wherever, as nobody by the network address."""
    strict = MailLimiter(MailLimit(per_target=5, per_asker=5, window_seconds=900), app.state.identity.windows)
    monkeypatch.setattr(MailLimiter, "take", strict.take)
    shop, person = await shops.shop(), await shops.person()
    headers = {"Authorization": f"Bearer {person.token}"} if signed_in else {}
    statuses = []
    async with at_own_address(app) as here, at_own_address(app) as there:
        for client in (*[here] * 5, there, here):
            body = {"token": make_token(shop.id, uuid4())[0]}
            answer = await client.post(f"{API}/invitations/accept", json=body, headers=headers)
            statuses.append(answer.status_code)
    assert statuses == [400] * 5 + ([429, 429] if signed_in else [400, 429])
