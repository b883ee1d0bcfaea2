"""Somebody who asks the API, signs in anew where that has ended, and comes again until it is known what became of a wish."""

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx2

from app.simulation.journal import NO_ANSWER, NOT_REACHED, Journal, Told

API: Final = "/api/v1"
PATIENCE_SECONDS: Final = 40.0
"""How long somebody who wants to know comes again: longer than any one process is away."""
AGAIN_SECONDS, LONGEST_SECONDS = 0.2, 2.0
"""Before somebody comes again: longer from time to time."""
LATER: Final = frozenset((HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
IN_PROGRESS: Final = "idempotency_in_progress"
UNKNOWN: Final = "outcome_unknown"
FIRST_REFUSAL: Final = 400


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody knows in the end: `status` is 0 where no answer came."""

    told: Told
    status: int = 0
    body: Any = None

    @property
    def code(self) -> str:
        """Of a refusal: which one."""
        details = self.body.get("details") if isinstance(self.body, dict) else None
        return str(details.get("code", "")) if isinstance(details, dict) else ""


class Caller:
    """A person in one shop, over a client that all share."""

    def __init__(self, client: httpx2.AsyncClient, journal: Journal, email: str, password: str, shop: str) -> None:
        """`shop` is the tenant's slug."""
        self._client = client
        self._journal = journal
        self._credentials = {"email": email, "password": password}
        self._shop = shop
        self._token = ""
        self._signing_in = asyncio.Lock()

    async def get(self, path: str) -> Reply:
        """Read something, and come again until it is to be read."""
        return await self._until_known("GET", path, {}, {}, PATIENCE_SECONDS)

    async def write(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        once: str | None = None,
        version: int | str | None = None,
        patience: float = PATIENCE_SECONDS,
    ) -> Reply:
        """Have something done: `once` is the Idempotency-Key, `version` what is expected there (If-Match).

        Without patience the first answer counts, also where none comes: then nobody knows.
        """
        headers = {} if once is None else {"Idempotency-Key": once}
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        return await self._until_known(method, path, headers, {} if body is None else {"json": body}, patience)

    async def _until_known(
        self, method: str, path: str, headers: dict[str, str], options: dict[str, Any], patience: float
    ) -> Reply:
        deadline = time.monotonic() + patience
        doubt, pause = False, AGAIN_SECONDS
        while True:
            if not self._token:
                await self._sign_in()
            signed = {**headers, "Authorization": f"Bearer {self._token}", "X-Tenant-ID": self._shop}
            reply = await ask(self._client, self._journal, method, API + path, {**options, "headers": signed})
            doubt = doubt or reply.told == "unknown"
            if reply.status == HTTPStatus.UNAUTHORIZED:
                self._token = ""
            elif reply.told == "ok" or (reply.status >= FIRST_REFUSAL and not _may_come_again(reply)):
                return reply
            if time.monotonic() > deadline:
                return Reply("unknown" if doubt else "refused", reply.status, reply.body)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_SECONDS)

    async def _sign_in(self) -> None:
        """Once for all that this person is doing at the time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        async with self._signing_in:
            while not self._token and time.monotonic() <= deadline:
                options = {"json": self._credentials}
                reply = await ask(self._client, self._journal, "POST", f"{API}/auth/login", options)
                if reply.told == "ok":
                    self._token = str(reply.body["access_token"])
                else:
                    await asyncio.sleep(AGAIN_SECONDS)


async def ask(client: httpx2.AsyncClient, journal: Journal, method: str, path: str, options: dict[str, Any]) -> Reply:
    """One request. A connection that was not to be had is a refusal: nothing was sent; any other silence leaves it unknown."""
    began = time.monotonic()
    try:
        answer = await client.request(method, path, **options)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
        journal.unanswered(NOT_REACHED)
        return Reply("refused")
    except httpx2.TransportError:
        journal.unanswered(NO_ANSWER)
        return Reply("unknown")
    journal.answered(f"{method} {path}", answer.status_code, time.monotonic() - began)
    body = answer.json() if "json" in answer.headers.get("content-type", "") else None
    if answer.is_success:
        return Reply("ok", answer.status_code, body)
    refused = Reply("refused", answer.status_code, body)
    is_known = answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR or (
        answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and refused.code != UNKNOWN
    )
    return refused if is_known else Reply("unknown", answer.status_code, body)


def _may_come_again(reply: Reply) -> bool:
    """Whether waiting helps."""
    return reply.status in LATER or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.code == IN_PROGRESS
