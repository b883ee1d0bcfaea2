"""The base of use cases that work with the identity role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn
from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.exceptions import InvalidCredentials
from app.auth.identity import IdentityUnits
from app.db.uow import UnitOfWork
from app.exceptions import Unauthenticated


class IdentityService(Service):
    """Works with units of the identity role, not with the request's own: short ones, around work that holds no connection."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` is the process's one set of what sign-in works with."""
        super().__init__(commons)
        self.identity = identity

    @asynccontextmanager
    async def _unit(self, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        await self._release()
        async with self.identity.unit(self.commons.request_id, read_only=read_only) as uow:
            yield uow

    @asynccontextmanager
    async def _attempt(self, account: str) -> AsyncIterator[None]:
        """Count a proof of the caller before it is tried; `account` names the window beside the network address's.

        Raises:
            RateLimited: too many wrong ones.
        """
        await self._release()
        async with self.identity.limiter.attempt(account, self.commons.address or ""):
            yield

    async def _release(self) -> None:
        """Give the request's own connection back: nothing is written with it, and it waits for nobody."""
        await self.uow.rollback()

    def _session_id(self) -> UUID:
        session_id = self.commons.principal.session_id
        if session_id is None:
            raise Unauthenticated
        return session_id

    async def _refuse(self, user_id: UUID | None, action: str, detail: str) -> NoReturn:
        """Note a wrong password, in a transaction of its own, and say so."""
        async with self._unit() as uow:
            self.track(action, f"user:{user_id}" if user_id else None, uow=uow)
        raise InvalidCredentials(detail)
