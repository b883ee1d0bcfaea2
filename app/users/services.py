"""Use cases of the person."""

from app.auth.commons import Commons, Service
from app.auth.identity import IdentityUnits
from app.exceptions import NotFound
from app.users.repository import UserRepository
from app.users.schemas import MembershipOut, MeOut, TenantRef


class MeService(Service):
    """The caller."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` answers whether the caller is an operator and has a second factor; the app role may not read that."""
        super().__init__(commons)
        self.identity = identity
        self.users = UserRepository(self.uow)

    async def me(self) -> MeOut:
        """Who I am, where I belong and what I may do in the chosen tenant."""
        user_id = self.commons.user_id
        async with self.identity.unit(self.commons.request_id, read_only=True) as unit:
            marks = await self.identity.directory.marks(unit, user_id)
        profile = await self.users.profile(user_id)
        if profile is None:
            raise NotFound
        profile.mfa_enabled = marks.mfa_enabled
        memberships = [
            MembershipOut(TenantRef(item.id, item.slug, item.name, item.state), item.roles)
            for item in await self.users.memberships(user_id)
        ]
        tenant = self.commons.tenant
        return MeOut(
            user=profile,
            operator=marks.operator,
            impersonation=None,
            memberships=memberships,
            tenant=TenantRef(tenant.id, tenant.slug, tenant.name, "active") if tenant else None,
            roles=list(self.commons.roles) if tenant else None,
            permissions=sorted(self.commons.permissions) if tenant else None,
            features=sorted(self.commons.features) if tenant else None,
            limits=self.commons.limits if tenant else None,
        )
