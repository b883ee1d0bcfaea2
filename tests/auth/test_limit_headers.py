"""Requirement 14: limited routes tell what is left, before the limit is met and when it is."""

from uuid import uuid4

import httpx
import pytest

from app.extensions.routing import API, ModularApp
from tests.auth.test_api_keys import call, make
from tests.support.answers import comparable
from tests.support.factors import at_own_address
from tests.support.shops import Shops


def left(answer: httpx.Response) -> tuple[str, int]:
    """The name of the window, and what is left in it."""
    name, remaining, _ = answer.headers["RateLimit"].split(";")
    return name.strip('"'), int(remaining.removeprefix("r="))


async def test_sign_in(app: ModularApp, shops: Shops) -> None:
    """Every wrong password tells what the network address has left, for unknown accounts too; then 429 says when."""
    person = await shops.person()
    most = app.state.identity.settings.login_limit.failures_per_address
    for email in (person.email, f"{uuid4().hex}@nobody.example"):
        body = {"email": email, "password": "wrong"}
        async with at_own_address(app) as client:
            answers = [await client.post(f"{API}/auth/login", json=body) for _ in range(12)]
        assert [left(answer) for answer in answers[:11]] == [("address", most - number) for number in range(1, 12)]
        assert answers[0].headers["RateLimit-Policy"] == f'"address";q={most};w=900'
        assert (answers[11].status_code, left(answers[11])[1]) == (429, 0)
        assert f"t={answers[11].headers['Retry-After']}" in answers[11].headers["RateLimit"]


async def test_known_here(app: ModularApp, shops: Shops) -> None:
    """Requirement 15: one wrong password elsewhere and one here do not tell whether somebody has signed in from here."""
    person, seen = await shops.person(), []
    await shops.password(person, "a password of mine")
    for email in (person.email, f"{uuid4().hex}@nobody.example"):
        async with at_own_address(app) as here, at_own_address(app) as elsewhere:
            right = {"email": person.email, "password": "a password of mine"}
            assert (await here.post(f"{API}/auth/login", json=right)).status_code == 200
            body = {"email": email, "password": "wrong"}
            answers = [await client.post(f"{API}/auth/login", json=body) for client in (elsewhere, here, here)]
            seen.append([(left(answer), *comparable(answer)) for answer in answers])
    assert seen[0] == seen[1]


async def test_mail(shops: Shops) -> None:
    """So does whatever sends mail, known address or not."""
    person = await shops.person()
    for email in (person.email, f"{uuid4().hex}@nobody.example"):
        answers = [await person.client.post(f"{API}/auth/password/forgot", json={"email": email}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [202] * 5 + [429]
        assert [left(answer) for answer in answers] == [("mail-target", number) for number in (4, 3, 2, 1, 0, 0)]


async def test_key_refused(client: httpx.AsyncClient, shops: Shops) -> None:
    """An API key's window stands on refusals as it does on answers."""
    made = await make((await shops.shop(plan="tight")).admin)
    answers = [await call(client, made["secret"], path=path) for path in ("/products", f"/products/{uuid4()}")]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert [left(answer)[0] for answer in answers] == ["api-key-read", "api-key-read"]
    assert left(answers[1])[1] == left(answers[0])[1] - 1


async def test_window_of_a_refusal(client: httpx.AsyncClient, shops: Shops) -> None:
    """A 429 tells of the window that is full, not of the one that its API key has left."""
    key = (await make((await shops.shop()).admin, "tenants.invitations:write"))["secret"]
    body = {"email": f"{uuid4().hex}@new.example", "roles": ["viewer"]}
    answers = [await call(client, key, "POST", "/invitations", json=body) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]  # it holds less than a viewer
    assert left(answers[-1]) == ("mail-target", 0)
    assert f"t={answers[-1].headers['Retry-After']}" in answers[-1].headers["RateLimit"]


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [("/products?limit=x", 422, "api-key-read"), ("/audit-log/export?format=csv", 200, "api-key-heavy")],
    ids=["invalid", "stream"],
)
async def test_key_everywhere(client: httpx.AsyncClient, shops: Shops, path: str, status: int, name: str) -> None:
    """So it does on what the framework refuses, and on downloads."""
    key = (await make((await shops.shop()).admin, "catalog.products:read", "core.audit:export"))["secret"]
    answer = await call(client, key, path=path)
    assert (answer.status_code, left(answer)[0]) == (status, name)
