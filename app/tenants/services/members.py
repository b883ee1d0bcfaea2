"""Use cases of members."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import PermissionDenied
from app.extensions.module import SystemRole
from app.extensions.pages import PageQuery, page_by_id
from app.tenants.events import MemberRemoved
from app.tenants.exceptions import LastOwner, MemberNotFound
from app.tenants.repository import TenantRepository
from app.tenants.schemas import MemberOut, MemberUpdate
from app.utils.schemas import Page


class MemberService(Service):
    """Members of the chosen tenant."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.tenants = TenantRepository(self.uow)

    async def page(self, query: PageQuery) -> Page[MemberOut]:
        """The members."""
        bound = ("members", str(self.commons.tenant_id))

        async def fetch(after: UUID, limit: int) -> list[MemberOut]:
            return await self.tenants.members(after=after, limit=limit)

        return await page_by_id(query, self.commons.cursors, bound, fetch, lambda item: item.user_id)

    async def get(self, user_id: UUID) -> MemberOut:
        """One member.

        Raises:
            MemberNotFound.
        """
        found = await self.tenants.member(user_id)
        if found is None:
            raise MemberNotFound("Nobody of that id is a member here.")
        return found

    async def set_roles(self, user_id: UUID, body: MemberUpdate) -> MemberOut:
        """Give a member other roles.

        Raises:
            MemberNotFound, PermissionDenied (nobody gives or takes the owner's role but an owner), LastOwner.
        """
        owners = await self.tenants.lock_owners()
        member = await self.get(user_id)
        roles = sorted({str(role) for role in body.roles})
        self._judge(member, roles)
        self.commons.if_match.require(member.version)
        if owners == {user_id} and SystemRole.OWNER not in roles:
            raise LastOwner("Make somebody else an owner first.")
        await self.tenants.set_roles(user_id, roles)
        self.track("tenants.member.changed", f"user:{user_id}", before={"roles": member.roles}, after={"roles": roles})
        return await self.get(user_id)

    async def remove(self, user_id: UUID) -> None:
        """End a membership; it is refused from the very next request on.

        Raises:
            MemberNotFound, PermissionDenied, LastOwner.
        """
        owners = await self.tenants.lock_owners()
        member = await self.get(user_id)
        self._judge(member, [])
        self.commons.if_match.require(member.version)
        if owners == {user_id}:
            raise LastOwner("Make somebody else an owner first.")
        await self.tenants.remove(user_id)
        self.record(MemberRemoved(user_id=user_id))
        self.track("tenants.member.removed", f"user:{user_id}", before={"roles": member.roles})

    def _judge(self, member: MemberOut, roles: list[str]) -> None:
        """An owner's role is an owner's business."""
        if SystemRole.OWNER in {*member.roles, *roles} and SystemRole.OWNER not in self.commons.roles:
            decision = {
                "allowed": False,
                "rule": "grant",
                "reason": "only an owner gives or takes the role owner",
                "missing": ["owner"],
            }
            raise PermissionDenied("Only an owner gives or takes the role owner.", extra={"decision": decision})
