"""What the whole surface keeps, by the OpenAPI document: an operation that is added is judged when it exists."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from asyncpg import Connection

from app.config import Settings
from app.extensions.routing import API, ModularApp
from app.main import build_app
from tests.support.routes import rules
from tests.support.shops import Shops, product

FREE_BODIES = {
    ("POST", "/mock/{collection}"),
    ("PATCH", "/mock/{collection}/{item_id}"),
    ("PATCH", "/tenants/current/settings/{module}"),
    ("PUT", "/files/{link}"),
    ("POST", "/payments/webhooks/{tenant_id}/{endpoint_id}"),
    ("POST", "/shipping/webhooks/{tenant_id}/{endpoint_id}"),
}
"""Reviewed: what a front end makes up, files, settings, which the module's own schema judges, and what gateways and carriers say beside what is read."""
PLATFORMS = {
    "id",
    "tenant_id",
    "version",
    "created_at",
    "updated_at",
    "state",
    "is_superuser",
    "operator",
    "superuser",
    "created_by",
}
"""What the platform decides, and no body of a person's does."""
OWN_PASSWORDS = {
    ("POST", "/auth/login"),
    ("POST", "/auth/password/change"),
    ("POST", "/auth/password/reset"),
    ("POST", "/auth/register"),
    ("POST", "/auth/step-up"),
    ("POST", "/auth/verify-email"),
    ("POST", "/invitations/accept"),
}
"""Where a password is sent: one's own, always."""
FRESH = {
    ("DELETE", "/auth/mfa/totp"),
    ("DELETE", "/me"),
    ("GET", "/me/export"),
    ("POST", "/auth/email/change"),
    ("POST", "/auth/mfa/recovery-codes"),
    ("POST", "/auth/mfa/totp"),
    ("POST", "/operator/impersonations"),
    ("POST", "/operator/users/{user_id}/disable"),
    ("POST", "/operator/users/{user_id}/enable"),
    ("POST", "/tenants/current/deletion"),
    ("POST", "/tenants/current/ownership"),
}
"""Reviewed: what a session that somebody found open cannot do. A change of password asks for the password itself."""
SECRETIVE = re.compile("token|password|secret|code|credential", re.IGNORECASE)


def operations(app: ModularApp) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path without the prefix, and what the document says."""
    for path, item in app.openapi()["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path.removeprefix(API), operation


def bodies(app: ModularApp) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The schemas of all request bodies."""
    components = app.openapi()["components"]["schemas"]
    for method, path, operation in operations(app):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for choice in content["schema"].get("anyOf", [content["schema"]]):
                if choice.get("type") != "null":
                    yield method, path, components[choice["$ref"].rsplit("/", 1)[1]] if "$ref" in choice else choice


async def test_bodies_are_closed(app: ModularApp) -> None:
    """Requirement 18: no body takes a field that it does not name, and none names what the platform decides."""
    seen = {(method, path): schema for method, path, schema in bodies(app)}
    assert len(seen) > 30
    assert {key for key, schema in seen.items() if schema.get("additionalProperties") is not False} == FREE_BODIES
    named = {key: PLATFORMS & schema.get("properties", {}).keys() for key, schema in seen.items()}
    assert {key: names for key, names in named.items() if names} == {
        ("POST", "/operator/deliveries/replay"): {"tenant_id"},
        ("POST", "/operator/impersonations"): {"tenant_id"},
        ("POST", "/operator/schedules/{name}/run"): {"tenant_id"},
    }


async def test_passwords_are_ones_own(app: ModularApp) -> None:
    """Requirement 11: no admin and no operator can send a password for somebody else: no such body has one."""
    takers = {
        (method, path)
        for method, path, schema in bodies(app)
        if any("password" in name for name in schema.get("properties", {}))
    }
    assert takers == OWN_PASSWORDS


async def test_fresh(app: ModularApp, shops: Shops, owner: Connection) -> None:
    """Requirement 8: address, factors, ownership, deletion: each asks who signed in long ago for the password, and no other does."""
    shop = await shops.shop()
    await owner.execute("INSERT INTO operators (user_id) VALUES ($1)", shop.owner.user_id)
    stale = "UPDATE sessions SET authenticated_at = now() - interval '1 hour' WHERE id = $1"
    await owner.execute(stale, shop.owner.session_id)
    for method, path in FRESH:
        answer = await shop.owner.call(method, re.sub("{.*?}", str(uuid4()), path), headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["details"]["code"]) == (401, "step_up_required"), (method, path)
    await owner.execute("DELETE FROM operators WHERE user_id = $1", shop.owner.user_id)
    found = {(method, path.removeprefix(API)) for (method, path), rule in rules(app).items() if rule.fresh}
    assert found == FRESH


async def test_no_secret_in_an_address(app: ModularApp) -> None:
    """Requirement 35: no parameter of a path or a query is meant for a secret."""
    names = {
        each["name"]
        for _, _, operation in operations(app)
        for each in operation.get("parameters", ())
        if each["in"] != "header"
    }
    assert len(names) > 20
    assert [name for name in names if SECRETIVE.search(name)] == []


@pytest.mark.parametrize(
    "query", ["sort=password_hash", "tenant_id=1", "filter[email]=a", "expand=sessions", "email=a&email=b"]
)
async def test_undeclared_parameters(app: ModularApp, shops: Shops, owner: Connection, query: str) -> None:
    """Requirement 21: an undeclared filter, sort or expansion is 422 on every operation, never ignored."""
    shop = await shops.shop()
    await owner.execute("INSERT INTO operators (user_id) VALUES ($1)", shop.owner.user_id)
    tried = 0
    for method, path, _ in operations(app):
        if method != "GET" or not path.startswith("/") or path.startswith(("/health", "/.well-known")):
            continue
        answer = await shop.owner.get(f"{re.sub('{.*?}', str(uuid4()), path)}?{query}")
        assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed"), path
        tried += 1
    await owner.execute("DELETE FROM operators WHERE user_id = $1", shop.owner.user_id)
    assert tried > 25


async def test_closed_in_production(settings: Settings) -> None:
    """Requirement 36: with `web.docs` off, as in production, neither the document nor its pages are there; metrics never are."""
    closed = build_app(settings.model_copy(update={"web": settings.web.model_copy(update={"docs": False})}))
    transport = httpx.ASGITransport(closed)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        for path in (
            "/docs",
            "/docs/",
            "/docs/assets/swagger-ui.css",
            f"{API}/openapi.json",
            "/openapi.json",
            "/redoc",
            "/metrics",
        ):
            assert (await http.get(path)).status_code == 404, path


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "\u00fc", "a\tb"])
async def test_idempotency_key(shops: Shops, key: str) -> None:
    """Requirement 17: an Idempotency-Key is 1 to 255 visible ASCII characters, else 400; open routes ignore it."""
    person = (await shops.shop()).member
    headers = {"Idempotency-Key": key.encode()}
    answer = await person.post("/products", json=product(), headers=headers)
    assert (answer.status_code, answer.json()["details"]["code"]) == (400, "idempotency_key_invalid")
    body = {"email": f"{uuid4().hex}@nobody.example"}
    assert (await person.post("/auth/password/forgot", json=body, headers=headers)).status_code == 202
