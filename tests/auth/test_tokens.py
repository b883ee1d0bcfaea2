"""Access tokens: what is not ours opens nothing."""

import asyncio
import base64
import json
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest

from app.config import Settings
from app.extensions.routing import API, ModularApp
from tests.auth.test_sign_in import signed_in
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

OTHER_KEY = "another-secret-of-at-least-thirty-two-bytes"
NOW = int(time.time())
HEADERS: dict[str, dict[str, Any]] = {
    "alg none": {"alg": "none"},
    "alg None": {"alg": "None"},
    "alg HS384": {"alg": "HS384"},
    "alg HS512": {"alg": "HS512"},
    "alg RS256": {"alg": "RS256"},
    "no alg": {"alg": None},
    "unknown kid": {"kid": "unknown"},
    "no kid": {"kid": None},
    "kid as a path": {"kid": "../../dev/null"},
    "kid as a list": {"kid": ["a"]},
    "crit": {"crit": ["exp"]},
    "jwk": {"jwk": {"kty": "oct", "k": "AAAA"}},
    "jku": {"jku": "http://127.0.0.1:9/keys"},
    "x5u": {"x5u": "http://127.0.0.1:9/cert"},
    "x5c": {"x5c": ["AAAA"]},
    "zip": {"zip": "DEF"},
    "b64": {"b64": False},
    "other typ": {"typ": "JWT"},
    "no typ": {"typ": None},
}
CLAIMS: dict[str, dict[str, Any]] = {
    "expired as text": {"exp": str(NOW + 86_400)},
    "exp as a float": {"exp": NOW + 86_400.5},
    "exp true": {"exp": True},
    "exp null": {"exp": None},
    "not yet valid": {"nbf": NOW + 86_400},
    "nbf as text": {"nbf": str(NOW)},
    "iat as text": {"iat": "now"},
    "other audience": {"aud": "another"},
    "audience as a list of others": {"aud": ["another"]},
    "other issuer": {"iss": "another"},
    "sub no id": {"sub": "admin"},
    "sub as a number": {"sub": 1},
    "sid no id": {"sid": "x"},
    "sub in upper case": {"sub": "AAAAAAAA-0000-7000-8000-000000000009"},
    **{f"no {name}": {name: None} for name in ("iss", "aud", "sub", "sid", "iat", "nbf", "exp")},
}
GARBAGE = (
    "", "x", "a.b", "a.b.c", "..", ".", "a.b.c.d.e", "=.=.=", "\u00ff.\u00ff.\u00ff", "x" * 5000, "null", "e30.e30.", "e30.e30.e30",
    base64.urlsafe_b64encode(b"[" * 2900).decode() + ".e30.e30", base64.urlsafe_b64encode(b'{"a":' * 560).decode() + ".e30.e30",
    base64.urlsafe_b64encode(b'{"kid":' + b"9" * 2800 + b"}").decode() + ".e30.e30",
)  # fmt: skip


def forged(
    settings: Settings, person: Person, *, headers: dict[str, Any], claims: dict[str, Any], key: str = ""
) -> str:
    """The person's own token with other headers and claims (None leaves one out), rightly signed unless `key` is given."""
    signing = settings.auth.keys[0]
    header = {**jwt.get_unverified_header(person.token), **headers}
    payload = {**jwt.decode(person.token, options={"verify_signature": False}), **claims}
    parts = [
        base64.urlsafe_b64encode(json.dumps({k: v for k, v in part.items() if v is not None}).encode()).rstrip(b"=")
        for part in (header, payload)
    ]
    algorithm = {"HS384": "HS384", "HS512": "HS512"}.get(str(headers.get("alg")), "HS256")
    secret = (key or signing.secret.get_secret_value()).encode()
    hasher = jwt.get_algorithm_by_name(algorithm)
    signature = (
        b"" if headers.get("alg") in {"none", "None"} else hasher.sign(b".".join(parts), hasher.prepare_key(secret))
    )
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


async def status(person: Person, token: str, scheme: str = "Bearer") -> tuple[int, str]:
    """Status and code of GET /me with that token."""
    answer = await person.get("/me", headers={"Authorization": f"{scheme} {token}".encode("latin-1")})
    if answer.status_code == 200:
        return 200, ""
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    return answer.status_code, answer.json()["details"]["code"]


class TestVerify:
    """The access token of a request"""

    async def test_anonymous(self, app: ModularApp, shops: Shops) -> None:
        """Requirement 1: without a token every route off the open list answers 401."""
        person = await shops.person()
        lines = (Path(__file__).parents[2] / "app" / "open_routes.txt").read_text().splitlines()
        opened = {line.removesuffix(" open") for line in lines if line.endswith(" open")}
        for path, item in app.openapi()["paths"].items():
            for method in item:
                concrete = re.sub(r"{\w+}", str(uuid4()), path)
                answer = await person.client.request(method.upper(), concrete, json={})
                assert f"{method.upper()} {path}" in opened or answer.status_code == 401, (method, path)

    async def test_untouched(self, settings: Settings, shops: Shops) -> None:
        """The forgery that changes nothing is valid: what the others change is what is refused."""
        person = await shops.person()
        assert await status(person, forged(settings, person, headers={}, claims={})) == (200, "")
        assert await status(person, person.token, "bEARER") == (200, "")

    @pytest.mark.parametrize("name", HEADERS)
    async def test_header(self, settings: Settings, shops: Shops, name: str) -> None:
        """Requirement 2: nothing in a token's header chooses how it is checked."""
        person = await shops.person()
        token = forged(settings, person, headers=HEADERS[name], claims={})
        assert await status(person, token) == (401, "unauthenticated")

    async def test_nothing_is_fetched(self, settings: Settings, shops: Shops, free_tcp_port: int) -> None:
        """Requirement 2: an address in a token's header is connected to by nobody."""
        person, calls = await shops.person(), list[str]()

        def called(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            calls.append("called")
            writer.close()

        async with await asyncio.start_server(called, "127.0.0.1", free_tcp_port) as server:
            host, port = server.sockets[0].getsockname()
            url = f"http://{host}:{port}/keys"
            for headers in ({"jku": url}, {"x5u": url}, {"kid": url}, {"jwk": {"kty": "oct", "jku": url}}):
                assert (await status(person, forged(settings, person, headers=headers, claims={})))[0] == 401
            assert (await status(person, forged(settings, person, headers={}, claims={"iss": url})))[0] == 401
            reader, writer = await asyncio.open_connection(host, port)
            assert await reader.read() == b""
            writer.close()
        assert calls == ["called"], "by this test alone, which shows that a call would have been seen"

    @pytest.mark.parametrize("name", CLAIMS)
    async def test_claims(self, settings: Settings, shops: Shops, name: str) -> None:
        """Requirement 2: every claim is there, of its type, and ours - even under a right signature."""
        person = await shops.person()
        token = forged(settings, person, headers={}, claims=CLAIMS[name])
        assert await status(person, token) == (401, "unauthenticated")

    async def test_expired(self, settings: Settings, shops: Shops, clock: MovableClock) -> None:
        """Requirement 2: an expired token says that it is expired, so that the client refreshes; by the injected clock."""
        person = await shops.person()
        assert await status(person, forged(settings, person, headers={}, claims={"exp": NOW - 1})) == (
            401,
            "token_expired",
        )
        clock.advance(seconds=settings.auth.access_seconds + 1)
        assert await status(person, person.token) == (401, "token_expired")

    async def test_signature(self, settings: Settings, shops: Shops) -> None:
        """Requirement 2: another key, no signature, one changed character: refused."""
        person, other = await shops.person(), await shops.person()
        head, payload, signature = person.token.split(".")
        tokens = [
            forged(settings, person, headers={}, claims={}, key=OTHER_KEY),
            f"{head}.{payload}.",
            f"{head}.{payload}",
        ]
        tokens += [f"{head}.{other.token.split('.')[1]}.{signature}", f"{head}.{payload}.{signature[::-1]}"]
        for token in tokens:
            assert await status(person, token) == (401, "unauthenticated")

    @pytest.mark.parametrize("token", GARBAGE)
    async def test_garbage(self, shops: Shops, token: str) -> None:
        """Requirement 24: what is no token at all is 401."""
        assert await status(await shops.person(), token) == (401, "unauthenticated")

    @pytest.mark.parametrize("scheme", ["", "Basic", "Token", "Bearer:", "BearerBearer", "Negotiate"])
    async def test_scheme(self, shops: Shops, scheme: str) -> None:
        """Only the scheme Bearer counts."""
        person = await shops.person()
        assert (await status(person, person.token, scheme))[0] == 401

    async def test_refresh_token(self, shops: Shops) -> None:
        """Requirement 3: a refresh token is no access token, and an access token no refresh token."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        assert await status(person, tokens["refresh_token"]) == (401, "unauthenticated")
        answer = await person.client.post(f"{API}/auth/refresh", json={"refresh_token": tokens["access_token"][:200]})
        assert answer.status_code == 401

    async def test_foreign_session(self, settings: Settings, shops: Shops) -> None:
        """A token of one person with the session of another is no token of either."""
        person, other = await shops.person(), await shops.person()
        token = forged(settings, person, headers={}, claims={"sid": str(other.session_id)})
        assert await status(person, token) == (401, "session_ended")

    async def test_not_in_the_query(self, shops: Shops) -> None:
        """Requirement 35: a token in the address is not read."""
        person = await shops.person()
        for name in ("access_token", "token"):
            assert (await person.client.get(f"{API}/me?{name}={person.token}")).status_code == 401
