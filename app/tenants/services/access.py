"""Why somebody is allowed or refused. It stands in tenants, which knows members, roles and plans; auth, below, judges requests
by what tenants' directory says, and cannot look up.
"""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.explaining import granted_by
from app.auth.interfaces import Directory
from app.auth.judgement import denied
from app.exceptions import FieldFault, TenantRequired, ValidationFailed
from app.tenants.permissions import TenantPermission
from app.tenants.repository import RoleRepository, TenantRepository
from app.tenants.schemas import (
    AccessDecision,
    AccessFactor,
    AccessOut,
    AccessQuery,
    AccessTenant,
    MemberOut,
    RoleContribution,
)
from app.tenants.services.members import MemberService

ACTIVE = "active"


class AccessService(Service):
    """Explains the chosen tenant's access control by the rules that requests are judged by."""

    def __init__(self, commons: Commons, directory: Directory) -> None:
        """`directory` finds the roles that hold a permission."""
        super().__init__(commons)
        self.directory = directory
        self.tenants = TenantRepository(self.uow)

    async def explain(self, query: AccessQuery) -> AccessOut:
        """About the caller, or about another member.

        Raises:
            TenantRequired.
            ValidationFailed: there is no such permission.
            PermissionDenied: about somebody else, without tenants.access:read.
            MemberNotFound.
        """
        if self.commons.tenant is None:
            raise TenantRequired("Send X-Tenant-ID: access is a tenant's matter.")
        if query.permission not in self.commons.book.permissions:
            fault = FieldFault("unknown_permission", "is not in the catalogue", parameter="permission")
            raise ValidationFailed(errors=[fault])
        user_id = query.user_id or self.commons.user_id
        if user_id != self.commons.user_id and not self._reads_all:
            reason = f"your roles here do not hold {TenantPermission.ACCESS_READ}"
            raise denied("permission", reason, [str(TenantPermission.ACCESS_READ)])
        member = await MemberService(self.commons).get(user_id)
        tenant = await self._tenant(query.permission)
        roles = await self._roles(member.roles, query.permission)
        mfa = await self._factor(user_id)
        decision = await self._decide(query.permission, member, tenant, roles, mfa)
        return AccessOut(query.permission, user_id, member.state, decision, roles, tenant, mfa)

    @property
    def _reads_all(self) -> bool:
        return TenantPermission.ACCESS_READ in self.commons.permissions

    async def _tenant(self, permission: str) -> AccessTenant:
        current = await self.tenants.current()
        if current is None:
            raise TenantRequired
        module = permission.partition(".")[0]
        included = module not in self.commons.book.optional or module in self.commons.features
        return AccessTenant(current.state, current.plan, module, included)

    async def _roles(self, keys: list[str], permission: str) -> list[RoleContribution]:
        book = self.commons.book.roles
        custom = await RoleRepository(self.uow).permissions_of([key for key in keys if key not in book])
        held = {key: sorted(book[key]) if key in book else self.commons.book.known(custom.get(key, ())) for key in keys}
        return [RoleContribution(key, key in book, permission in has, has) for key, has in held.items()]

    async def _factor(self, user_id: UUID) -> AccessFactor:
        principal = self.commons.principal
        own = user_id == self.commons.user_id and principal.operator_id is None
        return AccessFactor(await self.tenants.mfa_required(), principal.mfa_at is not None if own else None)

    async def _decide(
        self, permission: str, member: MemberOut, tenant: AccessTenant, roles: list[RoleContribution], mfa: AccessFactor
    ) -> AccessDecision:
        """The first layer that refuses, in the order in which requests are judged."""
        if tenant.state != ACTIVE:
            return self._refused("tenant", "the tenant is suspended")
        if member.state != ACTIVE:
            return self._refused("member", "the person is disabled")
        if mfa.required and mfa.proved is False:
            return self._refused("mfa", "a second factor is demanded, and this session has proved none")
        holding = [role.key for role in roles if role.holds]
        if not holding:
            reason = f"none of the roles {', '.join(sorted(member.roles))} holds {permission}"
            return await self._lacking("permission", reason, permission)
        if not tenant.included:
            return await self._lacking(
                "plan", f"the plan {tenant.plan} does not include {tenant.module}", tenant.module
            )
        return AccessDecision(True, "permission", f"{permission} is held by {', '.join(holding)}", [], None)

    def _refused(self, rule: str, reason: str) -> AccessDecision:
        """No grant changes it."""
        return AccessDecision(False, rule, reason, [], [] if self._reads_all else None)

    async def _lacking(self, rule: str, reason: str, missing: str) -> AccessDecision:
        grants = await granted_by(rule, [missing], self.commons, self.directory) if self._reads_all else None
        return AccessDecision(False, rule, reason, [missing], grants)
