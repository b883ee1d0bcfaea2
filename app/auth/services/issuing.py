"""The tokens of a session as they go out: in the body, or the refresh token in a cookie."""

import math
from datetime import datetime
from uuid import UUID

from app.auth.commons import Commons
from app.auth.identity import IdentityUnits
from app.auth.schemas import SignedIn

COOKIE = "atrium_refresh"
COOKIE_PATH = "/api/v1/auth"


def issue(
    commons: Commons,
    identity: IdentityUnits,
    user_id: UUID,
    session_id: UUID,
    token: str,
    csrf: str | None,
    *,
    created_at: datetime,
) -> SignedIn:
    """The answer that carries the tokens; with `csrf` the refresh token goes in the cookie.

    No token of a session outlives the session's absolute age, which is counted from `created_at`.
    """
    settings = identity.settings
    age = commons.clock.now() - created_at
    left = math.ceil(settings.session_absolute_seconds - age.total_seconds())
    seconds = min(settings.access_seconds, left)
    if csrf is not None:
        set_cookie(commons, identity, token, seconds=min(settings.session_idle_seconds, left))
    return SignedIn(
        access_token=identity.tokens.access_token(user_id, session_id, seconds=seconds),
        expires_in=seconds,
        refresh_token=None if csrf else token,
        csrf_token=csrf,
    )


def set_cookie(commons: Commons, identity: IdentityUnits, token: str, *, seconds: int) -> None:
    """Give the refresh token to the browser, for sign-in's own paths; 0 seconds take it away."""
    secure = "; Secure" if identity.cookie_secure else ""
    cookie = f"{COOKIE}={token}; Max-Age={seconds}; Path={COOKIE_PATH}; HttpOnly; SameSite=Strict{secure}"
    commons.outgoing.append(("Set-Cookie", cookie))
