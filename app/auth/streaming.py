"""Answers that are read as they leave: no connection is held between their parts, and each part is judged afresh."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.auth.commons import Commons
from app.db.errors import CONNECT_ERRORS
from app.exceptions import RateLimited
from app.extensions.access import AccessRule, RouteClass
from app.extensions.interfaces import UnitOfWork
from app.extensions.responses import VARY, PartsResponse, disposition
from app.extensions.routing import Platform

MAX_STREAMS = 5
PAUSE_SECONDS = 1.0
"""How long a stream rests whose reader has used up a window."""


class Streams:
    """How many streams each principal has open in this process."""

    def __init__(self, most: int = MAX_STREAMS) -> None:
        """`most` for one principal."""
        self._most = most
        self._open: dict[str, int] = {}

    @contextmanager
    def one_of(self, actor: str) -> Iterator[None]:
        """Counts for as long as the block runs.

        Raises:
            RateLimited: the principal has as many as are allowed.
        """
        count = self._open.get(actor, 0)
        if count >= self._most:
            raise RateLimited(f"At most {self._most} downloads and streams at once.", retry_after=5)
        self._open[actor] = count + 1
        try:
            yield
        finally:
            self._open[actor] -= 1
            if not self._open[actor]:
                del self._open[actor]


class Reader:
    """Opens short read-only units of the request's own rule and credentials, long after its own unit of work has ended."""

    def __init__(self, request: Request, rule: AccessRule, actor: str) -> None:
        """`rule` is the route's, with `stream`.

        Raises:
            TypeError: the route is not declared a stream.
        """
        if not rule.stream:
            raise TypeError("a route that streams says so: access_control(..., stream=True)")
        self._platform: Platform = request.app.state.platform
        self._request = request
        self._rule = replace(rule, rate=RouteClass.READ)  # its parts are reads, however heavy the whole is
        self._identity = self._platform.authenticator.identify(request, rule)
        self.streams: Streams = request.app.state.streams
        self.actor = actor

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Commons]:
        """A transaction of its own: session, membership and rule are judged as at any request; keep it short.

        For a download: it has an end, so its token is good to the end, and where a window is used up it waits.

        Raises:
            AppError: the caller may not any more. The stream breaks off, and the client sees that it is not whole.
        """
        async with self._opened(await self._admitted()) as commons:
            yield commons

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Commons]:
        """The same for what is looked at again and again: the token is judged each time too, else it would be good for ever.

        Raises:
            RateLimited, Unavailable: not now.
            AppError: the caller may not any more, or not with this token.
        """
        identity = self._platform.authenticator.identify(self._request, self._rule)
        async with self._opened(
            await self._platform.authenticator.admit(self._request, self._rule, identity)
        ) as commons:
            yield commons

    @asynccontextmanager
    async def _opened(self, admitted: tuple[UnitOfWork, Commons]) -> AsyncIterator[Commons]:
        uow, commons = admitted
        try:
            yield commons
            await uow.commit()
        except CONNECT_ERRORS as error:
            explained = uow.explain(error)
            if explained is None:
                raise
            raise explained from error
        finally:
            await uow.rollback()  # of nothing, where it was committed

    async def _admitted(self) -> tuple[UnitOfWork, Commons]:
        while True:
            try:
                return await self._platform.authenticator.admit(self._request, self._rule, self._identity)
            except RateLimited:
                await asyncio.sleep(PAUSE_SECONDS)


class JudgedStream(PartsResponse):
    """A download, or a stream of events, whose parts come from a reader. It is sent after the request's unit of work has ended."""

    def __init__(
        self, reader: Reader, parts: AsyncGenerator[bytes, None], *, media_type: str, filename: str | None
    ) -> None:
        """`filename` is plain ASCII without quotes, None for what is no download; `parts` yields between its units, never inside one."""
        headers = {
            "Cache-Control": "no-store",
            "Vary": VARY,
        }
        if filename is None:
            headers["X-Accel-Buffering"] = "no"  # nginx would hold back what is meant to arrive as it happens
        else:
            headers["Content-Disposition"] = disposition(filename)
        super().__init__(parts, media_type=media_type, headers=headers)
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counted from here on, so that an answer that never leaves is never counted.

        Raises:
            RateLimited: too many at once; nothing has been sent then.
        """
        with self._reader.streams.one_of(self._reader.actor):
            await super().__call__(scope, receive, send)
