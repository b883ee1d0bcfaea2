"""Access tokens (RFC 9068 profile of JWT) and the opaque refresh tokens beside them."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
import orjson

from app.auth.signing import TrustedKey, signing_key, trusted_key
from app.config import Auth
from app.exceptions import TokenExpired, Unauthenticated
from app.extensions.clock import Clock
from app.utils.ids import parse_uuid, uuid7

TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type, not a secret
INVALID = "The access token is not valid."
MAX_TOKEN = 4096
REMEMBERED = 4096
REMEMBERED_HEADERS = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What a valid access token says; that its session still stands is for the database to say."""

    user_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class _Signed:
    """What a good signature vouches for; times in seconds since 1970."""

    identity: Identity
    valid_from: int
    expires: int
    trusted_until: float
    """When the key that signed stops to verify."""


class TokenMaker:
    """Signs with the first key, verifies with all, each until its end."""

    def __init__(self, settings: Auth, clock: Clock) -> None:
        """Keys come from `auth.keys`."""
        # A signature that was good stays good: the last ones are remembered, and so are the headers of our own tokens, which
        # are few. Times are checked at each use, and the session is read from the database each time.
        self._signed = lru_cache(maxsize=REMEMBERED)(self._check_signature)
        self._trusted = lru_cache(maxsize=REMEMBERED_HEADERS)(self._check_header)
        self._settings = settings
        self._clock = clock
        self._keys = {key.kid: trusted_key(key) for key in settings.keys}
        self._signing = signing_key(settings.keys[0])

    def access_token(self, user_id: UUID, session_id: UUID, *, seconds: float | None = None) -> str:
        """A signed access token of the session; `seconds` is how long it is valid, where that is not `auth.access_seconds`."""
        key = self._settings.keys[0]
        now = self._clock.now()
        seconds = self._settings.access_seconds if seconds is None else seconds
        claims = {
            "iss": self._settings.issuer,
            "aud": self._settings.audience,
            "sub": str(user_id),
            "sid": str(session_id),
            "jti": str(uuid7()),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=seconds)).timestamp()),
        }
        headers = {"kid": key.kid, "typ": TOKEN_TYPE}
        return jwt.encode(claims, self._signing, algorithm=key.alg, headers=headers)

    def verify(self, token: str) -> Identity:
        """The identity in an access token; nothing is fetched and nothing in the token chooses how it is checked.

        Raises:
            TokenExpired: it was valid.
            Unauthenticated: it is not one of ours.
        """
        if len(token) > MAX_TOKEN:
            raise Unauthenticated(INVALID)
        signed = self._signed(token)
        now = self._clock.now().timestamp()
        if signed.trusted_until <= now:
            raise Unauthenticated(INVALID)
        if signed.expires <= now:
            raise TokenExpired("Refresh the access token.")
        if signed.valid_from > now + 1:
            raise Unauthenticated("The access token is not valid yet.")
        return signed.identity

    def _check_signature(self, token: str) -> _Signed:
        """Everything but the time. The signature comes before the claims: nothing is read of what is not ours.

        PyJWT's algorithm compares in constant time; PyJWT's reader goes over a token three times, character by character,
        which in a busy process costs 160 µs, and this 15.
        """
        signing_input, _, signature = token.rpartition(".")
        header, _, payload = signing_input.partition(".")
        try:
            key = self._trusted(header)
            is_ours = key.algorithm.verify(signing_input.encode("ascii"), key.prepared, _decoded(signature))
            claims = orjson.loads(_decoded(payload)) if is_ours else None
        except ValueError as error:  # base64, UTF-8 and JSON alike
            raise Unauthenticated(INVALID) from error
        if not isinstance(claims, dict):
            raise Unauthenticated(INVALID)
        return self._read_claims(claims, key)

    def _check_header(self, header: str) -> TrustedKey:
        """The key that the header names. It can name one of ours and nothing else: no algorithm but that key's, no other member.

        Raises:
            Unauthenticated, ValueError.
        """
        members = orjson.loads(_decoded(header))
        if not isinstance(members, dict) or not isinstance(members.get("kid"), str):
            raise Unauthenticated(INVALID)
        key = self._keys.get(members["kid"])
        if key is None or members != {"alg": key.alg, "kid": key.kid, "typ": TOKEN_TYPE}:
            raise Unauthenticated(INVALID)
        return key

    def _read_claims(self, claims: dict[str, Any], key: TrustedKey) -> _Signed:
        if claims.get("iss") != self._settings.issuer or claims.get("aud") != self._settings.audience:
            raise Unauthenticated(INVALID)
        if any(type(claims.get(name)) is not int for name in ("iat", "nbf", "exp")):
            raise Unauthenticated(INVALID)
        user_id, session_id = (parse_uuid(str(claims.get(name))) for name in ("sub", "sid"))
        if user_id is None or session_id is None:
            raise Unauthenticated(INVALID)
        return _Signed(Identity(user_id, session_id), claims["nbf"], claims["exp"], key.until)

    def public_keys(self) -> list[dict[str, str]]:
        """The keys that verify now and may be shown, as JSON Web Keys (RFC 8037)."""
        now = self._clock.now().timestamp()
        return [key.public for key in self._keys.values() if key.public is not None and now < key.until]


def _decoded(part: str) -> bytes:
    """One part of a token. Raises ValueError for what is not base64url."""
    return base64.b64decode(part.encode("ascii") + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)


def new_secret() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """How a random secret is stored: SHA-256 is enough where the secret has 256 bits."""
    return hashlib.sha256(secret.encode()).digest()


def idle_deadline(refreshed_at: datetime, created_at: datetime, settings: Auth) -> datetime:
    """When a session ends of itself: unused for too long, or too old."""
    return min(
        refreshed_at + timedelta(seconds=settings.session_idle_seconds),
        created_at + timedelta(seconds=settings.session_absolute_seconds),
    )
