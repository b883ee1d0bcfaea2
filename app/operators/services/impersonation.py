"""Acting as somebody: in one tenant, for at most an hour, before the eyes of the tenant."""

from datetime import timedelta
from uuid import UUID

from app.auth.identity import IdentityUnits
from app.auth.judgement import denied
from app.auth.repository import lock_operator
from app.auth.system import SystemUnits
from app.config import Settings
from app.db.uow import UnitOfWork
from app.exceptions import FieldFault, TenantNotFound, TenantSuspended, ValidationFailed
from app.extensions.pages import PageQuery
from app.extensions.pagination import CursorCodec
from app.operators import views
from app.operators.exceptions import ImpersonationNotFound
from app.operators.repository import OperatedPeople, OperatedTenants
from app.operators.schemas import Impersonate, Impersonation, StartedImpersonation
from app.operators.services.desk import Acting, Desk
from app.utils.ids import uuid7
from app.utils.schemas import Page


class ImpersonationDesk(Desk):
    """Begin and end stand in the tenant's log, and every act between them names both."""

    def __init__(self, units: SystemUnits, identity: IdentityUnits, acting: Acting, settings: Settings) -> None:
        """`identity` makes the access token."""
        super().__init__(units, acting, settings)
        self.identity = identity

    async def page(self, query: PageQuery, cursors: CursorCodec) -> Page[Impersonation]:
        """Those that go on."""
        async with self.unit(read_only=True) as uow:
            return await views.IMPERSONATIONS.page(uow, cursors, query, fixed={"now": self.clock.now()})

    async def start(self, body: Impersonate, operator_id: UUID) -> StartedImpersonation:
        """Open a session as the person, without a refresh token.

        Raises:
            TenantNotFound, TenantSuspended.
            ValidationFailed: the person is no active member there, or is the operator.
            PermissionDenied: the operator's rights were taken away, or the operator disabled, at this very moment.
        """
        now = self.clock.now()
        until = now + timedelta(minutes=body.minutes)
        item = Impersonation(uuid7(), operator_id, body.user_id, body.tenant_id, body.reason, until)
        async with self.unit(body.tenant_id) as uow:
            await self._judge(uow, item)
            await OperatedPeople(uow).impersonate(item, self.acting.address, self.acting.user_agent, now)
            after = {"impersonation_id": str(item.id), "reason": item.reason, "ends_at": until.isoformat()}
            self.note(uow, "operators.impersonation.started", f"user:{item.user_id}", after=after)
        token = self.identity.tokens.access_token(item.user_id, item.id, seconds=body.minutes * 60)
        return StartedImpersonation(item.id, operator_id, item.user_id, item.tenant_id, item.reason, until, token)

    async def end(self, key: UUID) -> None:
        """End it, whoever began it; its token is worthless from the next request on.

        Raises:
            ImpersonationNotFound.
        """
        async with self.unit(read_only=True) as uow:
            row = await uow.connection.fetchrow(
                "SELECT bound_tenant_id FROM sessions WHERE id = $1 AND operator_id IS NOT NULL", key
            )
        if row is None:
            raise ImpersonationNotFound
        async with self.unit(row[0]) as uow:
            item = await OperatedPeople(uow).end_impersonation(key, self.clock.now())
            if item is None:
                raise ImpersonationNotFound
            self.note(
                uow,
                "operators.impersonation.ended",
                f"user:{item.user_id}",
                after={"impersonation_id": str(key), "operator_id": str(item.operator_id)},
            )

    async def _judge(self, uow: UnitOfWork, item: Impersonation) -> None:
        await lock_operator(uow, item.operator_id)
        async with self.identity.unit(self.acting.request_id, read_only=True) as unit:
            if not await self.identity.directory.is_operator(unit, item.operator_id):
                raise denied("superuser", "only operators of the platform may do this", [])
        tenant = await OperatedTenants(uow).get(item.tenant_id)
        if tenant is None:
            raise TenantNotFound("There is no such tenant.")
        if tenant.state != "active":
            raise TenantSuspended("Resume the tenant first.")
        if item.user_id == item.operator_id or not await OperatedPeople(uow).is_member(item.tenant_id, item.user_id):
            fault = FieldFault("not_a_member", "is no other person who is an active member there", "/user_id")
            raise ValidationFailed(errors=[fault])
