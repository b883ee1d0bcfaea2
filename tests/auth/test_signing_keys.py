"""Signing keys: EdDSA and HS256, their end, their rotation, and what is shown of them."""

import base64
import dataclasses
import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pydantic import ValidationError
from typer.testing import CliRunner

from app.auth.tokens import Identity, TokenMaker
from app.config import Auth, Settings, SigningKey, load_settings
from app.exceptions import TokenExpired, Unauthenticated
from app.extensions.routing import ModularApp
from app.manage import keys as command
from app.manage.cli import cli
from app.utils.ids import uuid7
from tests.auth.test_tokens import CLAIMS, HEADERS
from tests.support.clock import MovableClock

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))  # one for all of the test run's processes
PEM = PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
SEED = base64.b64encode(PRIVATE.private_bytes_raw()).decode()
PUBLIC_RAW = PRIVATE.public_key().public_bytes_raw()
PUBLIC_PEM = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
PUBLIC = base64.urlsafe_b64encode(PUBLIC_RAW).decode()
OTHER_KIND = generate_private_key(SECP256R1())
OTHER_PEM = OTHER_KIND.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
SECRET = "0123456789abcdef-0123456789abcdef"
ED = {"kid": "ed", "alg": "EdDSA", "secret": SEED}
HS = {"kid": "hs", "alg": "HS256", "secret": SECRET}


def part(content: dict[str, Any]) -> bytes:
    """One part of a token; what is None is left out."""
    text = json.dumps({name: value for name, value in content.items() if value is not None})
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=")


def with_keys(settings: Settings, *keys: dict[str, Any]) -> Auth:
    """The settings of sign-in with these keys, checked as settings are."""
    plain = {name: getattr(settings.auth, name) for name in Auth.model_fields}
    return Auth.model_validate({**plain, "keys": [dict(key) for key in keys]})


class TestEdDsa:
    """Requirement 2, for EdDSA"""

    @pytest.fixture
    def maker(self, settings: Settings, clock: MovableClock) -> TokenMaker:
        """Signs with Ed25519; verifies HS256 too."""
        return TokenMaker(with_keys(settings, ED, HS), clock)

    def _forged(self, maker: TokenMaker, headers: dict[str, Any], claims: dict[str, Any]) -> str:
        own = maker.access_token(uuid7(), uuid7())
        header = {**jwt.get_unverified_header(own), **headers}
        payload = {**jwt.decode(own, options={"verify_signature": False}), **claims}
        signed = b".".join([part(header), part(payload)])
        return b".".join([signed, base64.urlsafe_b64encode(PRIVATE.sign(signed)).rstrip(b"=")]).decode()

    async def test_untouched(self, maker: TokenMaker) -> None:
        """What the attacks below change is what is refused: the same forgery with nothing changed is valid."""
        assert isinstance(maker.verify(self._forged(maker, {}, {})), Identity)
        assert jwt.get_unverified_header(maker.access_token(uuid7(), uuid7()))["alg"] == "EdDSA"

    @pytest.mark.parametrize("name", HEADERS)
    async def test_header(self, maker: TokenMaker, name: str) -> None:
        """Requirement 2: nothing in a token's header chooses how it is checked."""
        with pytest.raises(Unauthenticated):
            maker.verify(self._forged(maker, HEADERS[name], {}))

    @pytest.mark.parametrize("name", CLAIMS)
    async def test_claims(self, maker: TokenMaker, name: str) -> None:
        """Requirement 2: every claim is there, of its type, and ours."""
        with pytest.raises(Unauthenticated):
            maker.verify(self._forged(maker, {}, CLAIMS[name]))

    @pytest.mark.parametrize("secret", [PUBLIC_PEM, PUBLIC_RAW, PUBLIC.encode(), PUBLIC.rstrip("=").encode()])
    @pytest.mark.parametrize("kid", ["ed", "hs"])
    async def test_public_key_as_secret(self, maker: TokenMaker, secret: bytes, kid: str) -> None:
        """Requirement 2: the public key, which everybody has, is no secret of HS256, under either key's name."""
        own = maker.access_token(uuid7(), uuid7())
        hasher = jwt.get_algorithm_by_name("HS256")
        for alg in ("HS256", "EdDSA"):
            signed = part({"alg": alg, "kid": kid, "typ": "at+jwt"}) + b"." + own.split(".")[1].encode()
            forged = signed + b"." + base64.urlsafe_b64encode(hasher.sign(signed, secret)).rstrip(b"=")
            with pytest.raises(Unauthenticated):
                maker.verify(forged.decode())

    async def test_other_key(self, maker: TokenMaker, settings: Settings, clock: MovableClock) -> None:
        """Requirement 2: another Ed25519 key of the same name is refused."""
        seed = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
        stranger = TokenMaker(with_keys(settings, {**ED, "secret": seed}), clock)
        with pytest.raises(Unauthenticated):
            maker.verify(stranger.access_token(uuid7(), uuid7()))

    @pytest.mark.parametrize("public", [PUBLIC, PUBLIC_PEM.decode()])
    @pytest.mark.parametrize("secret", [SEED, PEM])
    async def test_public_alone(self, settings: Settings, clock: MovableClock, secret: str, public: str) -> None:
        """A key that verifies only needs its public half, in either form."""
        signer = TokenMaker(with_keys(settings, {**ED, "secret": secret, "public": public}), clock)
        verifier = TokenMaker(with_keys(settings, HS, {"kid": "ed", "alg": "EdDSA", "public": public}), clock)
        user_id, session_id = uuid7(), uuid7()
        assert verifier.verify(signer.access_token(user_id, session_id)) == Identity(user_id, session_id)


class TestEnd:
    """Requirement 39: keys rotate with two live"""

    async def test_until(self, settings: Settings, clock: MovableClock) -> None:
        """An old key verifies until its end by the injected clock, and not a moment longer, known tokens included."""
        end = clock.now() + timedelta(seconds=60)
        token = TokenMaker(with_keys(settings, HS), clock).access_token(uuid7(), uuid7())
        maker = TokenMaker(with_keys(settings, ED, {**HS, "until": end}), clock)
        assert isinstance(maker.verify(token), Identity)
        clock.advance(seconds=60)
        with pytest.raises(Unauthenticated) as refused:
            maker.verify(token)
        assert not isinstance(refused.value, TokenExpired)
        assert isinstance(maker.verify(maker.access_token(uuid7(), uuid7())), Identity)

    @pytest.mark.parametrize(
        ("keys", "told"),
        [
            ([{**HS, "secret": "short"}], "at least 32 characters"),
            ([{**HS, "secret": PUBLIC_PEM.decode()}], "no PEM"),
            ([{**HS, "public": PUBLIC}], "no public key"),
            ([{**ED, "secret": "AAAA"}], "32 bytes in base64"),
            ([{**ED, "secret": "-----BEGIN nonsense"}], "no PEM of a private key"),
            ([{**ED, "secret": OTHER_PEM}], "another kind than Ed25519"),
            ([{**ED, "public": base64.b64encode(b"x" * 32).decode()}], "does not belong"),
            ([{"kid": "ed", "alg": "EdDSA"}], "needs secret, or public"),
            ([{"kid": "ed", "alg": "EdDSA", "public": PUBLIC}], "the first key signs"),
            ([{**HS, "until": datetime(2030, 1, 1, tzinfo=UTC)}], "the first key signs"),
            ([HS, {**ED, "kid": "hs"}], "two keys have one kid"),
            ([{**HS, "alg": "none"}], "'HS256' or 'EdDSA'"),
            ([HS, {**ED, "until": datetime(2030, 1, 1)}], "timezone"),  # noqa: DTZ001 - what is refused
        ],
    )
    async def test_unusable(self, settings: Settings, keys: list[dict[str, Any]], told: str) -> None:
        """Keys that could not serve are refused at start, and the reason holds no secret."""
        with pytest.raises(ValidationError) as refused:
            with_keys(settings, *keys)
        text = "\n".join(error["msg"] for error in refused.value.errors(include_input=False))
        assert told in text
        assert not any(key.get("secret") and key["secret"] in text for key in keys)


class TestRotate:
    """`manage keys rotate`"""

    @pytest.fixture
    def folder(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """An installation of its own, which the command reads."""
        monkeypatch.setattr(command, "load_settings", lambda: load_settings(folder=folder))
        return folder

    def _run(self, *arguments: str) -> str:
        result = CliRunner().invoke(cli, ["keys", "rotate", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    @pytest.mark.parametrize("alg", ["HS256", "EdDSA"])
    def test_toml(self, folder: Path, clock: MovableClock, alg: str) -> None:
        """Pasted, the list signs with the new key and verifies tokens of the old one; the new ones are the new key's."""
        old = TokenMaker(load_settings(folder=folder).auth, clock)
        pasted = self._run("--alg", alg)
        assert [key["alg"] for key in tomllib.loads(pasted)["default"]["auth"]["keys"]] == [alg, "HS256"]
        secrets = (folder / ".secrets.toml").read_text(encoding="utf-8")
        lines = [line for line in secrets.splitlines() if not line.startswith(("keys =", "[default.auth]"))]
        (folder / ".secrets.toml").write_text("\n".join([*lines, pasted]), encoding="utf-8")
        new = TokenMaker(load_settings(folder=folder).auth, clock)
        assert isinstance(new.verify(old.access_token(uuid7(), uuid7())), Identity)
        with pytest.raises(Unauthenticated):
            old.verify(new.access_token(uuid7(), uuid7()))
        clock.advance(days=1, seconds=1)
        with pytest.raises(Unauthenticated):
            new.verify(old.access_token(uuid7(), uuid7()))

    def test_variable(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """As a variable it is read as it was printed; a new process sees the same keys."""
        name, _, value = self._run("--env", "--alg", "EdDSA", "--overlap", "60").strip().partition("=")
        before = load_settings(folder=folder).auth.keys
        monkeypatch.setenv(name, value.strip("'"))
        after = load_settings(folder=folder).auth.keys
        assert [key.kid for key in after[1:]] == [key.kid for key in before]
        assert (after[0].alg, after[0].until, after[1].secret) == ("EdDSA", None, before[0].secret)

    def test_old_ones(self) -> None:
        """What has ended is left out, an end that comes sooner stays, and no second rotation lengthens a key's life."""
        now = datetime(2026, 11, 25, tzinfo=UTC)
        soon, over = now + timedelta(seconds=60), now - timedelta(seconds=1)
        old = [
            SigningKey.model_validate({**HS, "kid": kid, "until": until})
            for kid, until in (("a", None), ("b", soon), ("c", over))
        ]
        listed = command.rotated(old, alg=None, overlap_seconds=3600, now=now)
        assert [(key.kid, key.until) for key in listed[1:]] == [("a", now + timedelta(hours=1)), ("b", soon)]
        assert (listed[0].alg, listed[0].until) == ("HS256", None)


class TestKeySet:
    """GET /.well-known/jwks.json"""

    async def test_secret_keys(self, client: httpx.AsyncClient) -> None:
        """Without asymmetric keys the set is empty: nothing of a secret key is shown."""
        answer = await client.get("/.well-known/jwks.json")
        assert (answer.status_code, answer.json()) == (200, {"keys": []})
        assert answer.headers["Cache-Control"] == "public, max-age=300"

    @pytest.fixture
    def served(self, app: ModularApp) -> Iterator[Callable[[TokenMaker], None]]:
        """Lets the app serve with other keys, until the test ends. (`monkeypatch` cannot put back what a State holds.)"""
        before = app.state.identity

        def serve(maker: TokenMaker) -> None:
            app.state.identity = dataclasses.replace(before, tokens=maker)

        yield serve
        app.state.identity = before

    async def test_verifies(
        self,
        served: Callable[[TokenMaker], None],
        client: httpx.AsyncClient,
        settings: Settings,
        clock: MovableClock,
    ) -> None:
        """Whoever knows the set alone can check our tokens; ended keys leave it, and no private half is in it."""
        end = clock.now() + timedelta(seconds=60)
        old = {"kid": "old", "alg": "EdDSA", "public": PUBLIC, "until": end}
        seed = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
        maker = TokenMaker(with_keys(settings, {**ED, "secret": seed}, HS, old), clock)
        served(maker)
        answer = await client.get("/.well-known/jwks.json")
        shown = answer.json()["keys"]
        assert [(key["kid"], set(key)) for key in shown] == [
            (kid, {"kty", "crv", "x", "kid", "alg", "use"}) for kid in ("ed", "old")
        ]
        token = maker.access_token(uuid7(), uuid7())
        audience, issuer = settings.auth.audience, settings.auth.issuer
        claims = jwt.decode(token, jwt.PyJWK(shown[0]), algorithms=["EdDSA"], audience=audience, issuer=issuer)
        assert claims["sub"]
        clock.advance(seconds=60)
        assert [key["kid"] for key in (await client.get("/.well-known/jwks.json")).json()["keys"]] == ["ed"]
