"""Access tokens (RFC 9068 profile of JWT) and the opaque refresh tokens beside them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt

from app.config import Auth
from app.exceptions import TokenExpired, Unauthenticated
from app.extensions.clock import Clock
from app.utils.ids import parse_uuid, uuid7

TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type, not a secret
ALLOWED_HEADERS = frozenset({"alg", "kid", "typ"})
MAX_TOKEN = 4096
REMEMBERED = 4096
REQUIRED = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp"]


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


class TokenMaker:
    """Signs with the first key, verifies with all."""

    def __init__(self, settings: Auth, clock: Clock) -> None:
        """Keys come from `auth.keys`."""
        # A signature that was good stays good, and checking it was the dearest single step of a list request: the last ones
        # are remembered. Times are checked at each use, and the session is read from the database each time.
        self._signed = lru_cache(maxsize=REMEMBERED)(self._check_signature)
        self._settings = settings
        self._clock = clock
        self._keys = {key.kid: key for key in settings.keys}

    def access_token(self, user_id: UUID, session_id: UUID, *, seconds: float | None = None) -> str:
        """A signed access token of the session; `seconds` is for a session that has no refresh token."""
        key = self._settings.keys[0]
        now = self._clock.now()
        claims = {
            "iss": self._settings.issuer,
            "aud": self._settings.audience,
            "sub": str(user_id),
            "sid": str(session_id),
            "jti": str(uuid7()),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=seconds or self._settings.access_seconds)).timestamp()),
        }
        headers = {"kid": key.kid, "typ": TOKEN_TYPE}
        return jwt.encode(claims, key.secret.get_secret_value(), algorithm=key.alg, headers=headers)

    def verify(self, token: str) -> Identity:
        """The identity in an access token; nothing is fetched and nothing in the token chooses how it is checked.

        Raises:
            TokenExpired: it was valid.
            Unauthenticated: it is not one of ours.
        """
        if len(token) > MAX_TOKEN:
            raise Unauthenticated("The access token is not valid.")
        signed = self._signed(token)
        now = self._clock.now().timestamp()
        if signed.expires <= now:
            raise TokenExpired("Refresh the access token.")
        if signed.valid_from > now + 1:
            raise Unauthenticated("The access token is not valid yet.")
        return signed.identity

    def _check_signature(self, token: str) -> _Signed:
        """Everything but the time."""
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys.get(str(header.get("kid")))
            if key is None or header.get("typ") != TOKEN_TYPE or not ALLOWED_HEADERS.issuperset(header):
                raise Unauthenticated("The access token is not valid.")
            claims = jwt.decode(
                token,
                key.secret.get_secret_value(),
                algorithms=[key.alg],
                audience=self._settings.audience,
                issuer=self._settings.issuer,
                options={"require": REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as error:
            raise Unauthenticated("The access token is not valid.") from error
        if any(type(claims[name]) is not int for name in ("iat", "nbf", "exp")):
            raise Unauthenticated("The access token is not valid.")
        user_id, session_id = parse_uuid(str(claims["sub"])), parse_uuid(str(claims["sid"]))
        if user_id is None or session_id is None:
            raise Unauthenticated("The access token is not valid.")
        return _Signed(Identity(user_id, session_id), claims["nbf"], claims["exp"])


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
