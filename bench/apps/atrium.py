"""Atrium as it serves, and two variants of it with one thing taken away. They exist in the measured process only."""

from collections.abc import Hashable
from unittest.mock import patch
from uuid import UUID

from starlette.requests import Request

from app import main
from app.auth import authenticator
from app.auth.authenticator import RequestAuthenticator
from app.auth.commons import Commons, Principal
from app.auth.rates import RateLimiter
from app.auth.tokens import Identity
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.access import AccessRule
from app.extensions.logs import configure_logs
from app.extensions.routing import ModularApp
from app.modules.catalog.repository import ProductRepository
from bench.data import tenant

ANYBODY = Identity(tenant(1).user_id, tenant(1).session_id)


def atrium(settings: Settings) -> ModularApp:
    """Everything on, the access log to standard error."""
    configure_logs(settings.logs.level)
    return main.build_app(settings)


def unbound(settings: Settings) -> ModularApp:
    """Without policies and binding: a role that looks past them, no BEGIN, no SET LOCAL, no COMMIT. Good for reading only."""
    # Started and never stopped: the process serves nothing else.
    patch.object(authenticator, "UnitOfWork", _Unbound).start()
    patch.object(main, "check_database", _unchecked).start()
    owner = settings.database.model_copy(update={"url": settings.database.owner_url})
    return atrium(settings.model_copy(update={"database": owner}))


def ungated(settings: Settings) -> ModularApp:
    """Without access control: nobody asks who it is, and the transaction is bound to the tenant that the header names."""
    patch.object(main, "RequestAuthenticator", _Ungated).start()
    return atrium(settings)


def uncounted(settings: Settings) -> ModularApp:
    """Without rates: nothing is counted, and nothing told."""
    patch.object(RateLimiter, "take", lambda *_: {}).start()
    return atrium(settings)


def flushed(settings: Settings) -> ModularApp:
    """With the ORM's flush in the place of the compiled insert."""
    patch.object(ProductRepository, "insert", ProductRepository.add).start()
    return atrium(settings)


class _Unbound(UnitOfWork):
    """A unit of work that sends nothing of its own: each statement stands alone."""

    async def begin(self, *, tenant_id: UUID | None = None, user_id: UUID | None = None, line: Hashable = None) -> None:
        """Take a connection, nothing more."""
        self._slot = await self._pool.acquire((user_id or tenant_id) if line is None else line)
        self.tenant_id, self.user_id = tenant_id, user_id

    async def commit(self) -> None:
        """Give it back."""
        if self._slot is not None:
            slot, self._slot = self._slot, None
            self._pool.release(slot, clean=True)


async def _unchecked(*_pools: object) -> None:
    """The check at start would refuse the role, and rightly."""


class _Ungated(RequestAuthenticator):
    """Binds the transaction and judges nothing: no token, session, membership, permission or plan."""

    def identify(self, _request: Request, _rule: AccessRule) -> Identity:
        """Anybody."""
        return ANYBODY

    async def _judge(self, request: Request, rule: AccessRule, identity: Identity, uow: UnitOfWork) -> Commons:
        """The same transaction, to the same message: BEGIN with tenant and user."""
        await uow.begin(tenant_id=UUID(request.headers["x-tenant-id"]), user_id=identity.user_id)
        return self._commons(request, rule, uow, Principal("anonymous"), None, (), frozenset())
