"""Idempotency-Key: a write that is sent again is done once, and answered with the first answer.

As draft-ietf-httpapi-idempotency-key-header and Stripe have it; the rows stand in `app/db/idempotency.py`.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.exceptions import (
    IdempotencyInProgress,
    IdempotencyKeyInvalid,
    IdempotencyKeyNotTaken,
    IdempotencyKeyReused,
    IdempotencyKeyUsed,
)
from app.extensions.access import AccessRule, Entry
from app.extensions.clock import Clock
from app.extensions.responses import JSON, VARY

HEADER: Final = "idempotency-key"
METHODS: Final = frozenset({"POST", "PATCH"})
IGNORING: Final = "/api/v1/auth/"
"""Below it a key is ignored, as on open routes: what is answered there are tokens, which are kept nowhere."""
KEY: Final = re.compile(r"[!-~]{1,255}")
KEPT_FOR: Final = timedelta(hours=24)
SUCCESS: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Kept:
    """The first answer. `body` is None where it held a secret; then `subject` names the resource."""

    request_hash: bytes
    status: int
    body: bytes | None
    etag: str | None
    location: str | None
    subject: str | None


class Rows(Protocol):
    """Where answers are kept, in the transaction of the unit of work."""

    async def lock(self, uow: Any, scope: bytes) -> bool:
        """Whether the scope is this transaction's until its end; never waits."""

    async def find(self, uow: Any, scope: bytes, now: datetime) -> Kept | None:
        """What was answered, unless its time is over."""

    async def keep(self, uow: Any, scope: bytes, kept: Kept, *, now: datetime, until: datetime) -> bool:
        """Write the answer; False where another stands there by now."""


class Once:
    """One request that carries a key: its scope, its hash, and what becomes of them."""

    def __init__(self, rows: Rows, clock: Clock, request: Request, rule: AccessRule, *, raw: bytes, actor: str) -> None:
        """`raw` is the body as it came, `actor` who is asking."""
        self._rows = rows
        self._clock = clock
        self._secret = rule.secret
        key = request.headers[HEADER]
        self._scope = _digest(actor, request.method, request.scope["path"], key)
        self._hash = hashlib.sha256(raw + b"\n" + request.scope["query_string"]).digest()

    async def first(self, uow: Any) -> Response | None:
        """None if nobody was before; else the first answer again.

        Raises:
            IdempotencyInProgress: a twin is being answered now.
            IdempotencyKeyReused: the key was used with another body or query.
            IdempotencyKeyUsed: it was used, and its answer held a secret.
        """
        if not await self._rows.lock(uow, self._scope):
            raise IdempotencyInProgress
        kept = await self._rows.find(uow, self._scope, self._clock.now())
        if kept is None:
            return None
        if kept.request_hash != self._hash:
            raise IdempotencyKeyReused
        if kept.body is None:
            raise IdempotencyKeyUsed(extra={"id": kept.subject})
        return _again(kept, kept.body)

    async def keep(self, uow: Any, response: Response) -> None:
        """Keep the answer with the effect, if it is a success.

        Raises:
            IdempotencyInProgress: somebody else has answered meanwhile; nothing of this request happens then.
        """
        if response.status_code not in SUCCESS:
            return
        body = bytes(response.body)
        kept = Kept(
            self._hash,
            response.status_code,
            None if self._secret else body,
            response.headers.get("etag"),
            response.headers.get("location"),
            _subject(body) if self._secret else None,
        )
        now = self._clock.now()
        if not await self._rows.keep(uow, self._scope, kept, now=now, until=now + KEPT_FOR):
            raise IdempotencyInProgress


def has_key(request: Request, rule: AccessRule) -> bool:
    """Whether the request carries a key that means something here: on writes in a tenant. Open routes look at none.

    Raises:
        IdempotencyKeyInvalid: it is not 1 to 255 visible ASCII characters.
        IdempotencyKeyNotTaken: the write would be done again with it, which its sender believes it is not.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return False
    if refuses_key(rule, request.method, request.scope["path"]):
        raise IdempotencyKeyNotTaken("Send it without Idempotency-Key, and look before you send it again.")
    if not takes_key(rule, request.method):
        return False
    if not KEY.fullmatch(key):
        raise IdempotencyKeyInvalid("Send 1 to 255 visible ASCII characters.")
    return True


def takes_key(rule: AccessRule, method: str) -> bool:
    """Whether a route keeps its answers for a retry: writes in a tenant do, whose transaction is the request's own."""
    return rule.needs_tenant and method in METHODS


def refuses_key(rule: AccessRule, method: str, path: str) -> bool:
    """Whether a key is refused: writes of somebody known, outside a tenant, are done again when they are sent again."""
    known = rule.entry is not Entry.OPEN and not path.startswith(IGNORING)
    return known and method in METHODS and not rule.needs_tenant


def _again(kept: Kept, body: bytes) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": VARY, "Idempotent-Replayed": "true"}
    if kept.etag is not None:
        headers["ETag"] = kept.etag
    if kept.location is not None:
        headers["Location"] = kept.location
    return Response(body, status_code=kept.status, headers=headers, media_type=JSON)


def _digest(*parts: str) -> bytes:
    """No part can pass for two: none holds a line feed."""
    return hashlib.sha256("\n".join(parts).encode()).digest()


def _subject(body: bytes) -> str | None:
    found = orjson.loads(body)
    key = found.get("id") if isinstance(found, dict) else None
    return str(key) if key is not None else None
