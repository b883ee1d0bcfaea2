"""Use cases of members."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.judgement import refused_grant
from app.extensions.module import SystemRole
from app.tenants.events import MemberRemoved
from app.tenants.exceptions import LastOwner, MemberNotFound
from app.tenants.repository import TenantRepository
from app.tenants.schemas import MemberOut, MemberQuery, MemberUpdate
from app.tenants.services.grants import judge_heir, judge_owner, judge_roles
from app.utils.schemas import Page


class MemberService(Service):
    """Members of the chosen tenant."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.tenants = TenantRepository(self.uow)

    async def page(self, query: MemberQuery) -> Page[MemberOut]:
        """The members."""
        return await self.tenants.members(query, self.commons.cursors)

    async def get(self, user_id: UUID, *, lock: bool = False) -> MemberOut:
        """One member; locked until the commit where asked.

        Raises:
            MemberNotFound.
        """
        found = await self.tenants.member(user_id, lock=lock)
        if found is None:
            raise MemberNotFound("Nobody of that id is a member here.")
        return found

    async def set_roles(self, user_id: UUID, body: MemberUpdate) -> MemberOut:
        """Give a member other roles.

        Raises:
            MemberNotFound, ValidationFailed, PermissionDenied (nobody grants what they lack), LastOwner, TooManyTenants.
        """
        owners = await self.tenants.lock_owners()
        member = await self.get(user_id)
        roles = sorted(set(body.roles))
        await judge_roles(self.commons, roles, held=member.roles)
        self.commons.if_match.require(member.version)
        self._keep_an_owner(owners, user_id, SystemRole.OWNER in roles)
        await self._judge_heir(member, roles)
        await self.tenants.set_roles(user_id, roles, version=member.version)
        self.track("tenants.member.changed", f"user:{user_id}", before={"roles": member.roles}, after={"roles": roles})
        return await self.get(user_id)

    async def remove(self, user_id: UUID) -> None:
        """End a membership; it is refused from the very next request on.

        Raises:
            MemberNotFound, PermissionDenied, LastOwner.
        """
        owners = await self.tenants.lock_owners()
        member = await self.get(user_id)
        judge_owner(self.commons, member.roles)
        self.commons.if_match.require(member.version)
        self._keep_an_owner(owners, user_id, False)
        await self._end(member, "tenants.member.removed")

    async def leave(self) -> None:
        """End the caller's own membership.

        Raises:
            LastOwner.
        """
        owners = await self.tenants.lock_owners()
        self._keep_an_owner(owners, self.commons.user_id, False)
        await self._end(await self.get(self.commons.user_id), "tenants.member.left")

    async def transfer(self, user_id: UUID) -> MemberOut:
        """Make another member the owner in the caller's place, who becomes an admin.

        Raises:
            MemberNotFound.
            PermissionDenied: the caller is no owner, or no longer.
            TooManyTenants: the other owns as many as a person may.
            ImpersonationRefused: an operator acts as an owner.
        """
        owners = await self.tenants.lock_owners()
        judge_owner(self.commons, [SystemRole.OWNER])
        if self.commons.user_id not in owners:
            raise refused_grant("only an owner gives or takes the role owner", ["owner"])
        # No If-Match is taken: whoever changes the heir meanwhile is waited for. The giver is locked, as an owner.
        heir, giver = await self.get(user_id, lock=True), await self.get(self.commons.user_id)
        if user_id == self.commons.user_id or heir.state != "active":
            raise MemberNotFound("Name another member who is active.")
        roles = sorted({*heir.roles, SystemRole.OWNER})
        await self._judge_heir(heir, roles)
        await self.tenants.set_roles(user_id, roles, version=heir.version)
        kept = {role for role in giver.roles if role != SystemRole.OWNER} | {SystemRole.ADMIN}
        await self.tenants.set_roles(giver.user_id, sorted(kept), version=giver.version)
        after = {"from": str(giver.user_id), "to": str(user_id)}
        self.track("tenants.tenant.transferred", f"tenant:{self.commons.tenant_id}", after=after)
        return await self.get(user_id)

    async def _judge_heir(self, member: MemberOut, roles: list[str]) -> None:
        if SystemRole.OWNER in set(roles) - set(member.roles):
            await judge_heir(self.uow, member.user_id, self.commons.settings.tenants.max_owned)

    async def _end(self, member: MemberOut, action: str) -> None:
        await self.tenants.remove(member.user_id)
        self.record(MemberRemoved(user_id=member.user_id))
        self.track(action, f"user:{member.user_id}", before={"roles": member.roles})

    @staticmethod
    def _keep_an_owner(owners: set[UUID], user_id: UUID, stays_owner: bool) -> None:
        if owners == {user_id} and not stays_owner:
            raise LastOwner("Make somebody else an owner first.")
