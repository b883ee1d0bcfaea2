"""Use cases of the person."""

from app.auth.commons import Commons, Service
from app.auth.identity import IdentityUnits
from app.exceptions import NotFound
from app.users.events import ProfileChanged
from app.users.repository import UserRepository
from app.users.schemas import ActingOut, MembershipOut, MeOut, ProfileUpdate, TenantRef
from app.utils.ids import PLATFORM_TENANT


class MeService(Service):
    """The caller."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` answers whether the caller is an operator and has a second factor; the app role may not read that."""
        super().__init__(commons)
        self.identity = identity
        self.users = UserRepository(self.uow)

    async def update(self, body: ProfileUpdate) -> MeOut:
        """Change what the body names."""
        user_id = self.commons.user_id
        changes: dict[str, str | None] = body.model_dump(include=body.model_fields_set)
        if changes:
            await self.uow.bind_tenant(PLATFORM_TENANT)  # a person's own affairs are no tenant's
            await self.users.update(user_id, changes, self.commons.clock.now())
            if changes.keys() & {"name", "picture"}:
                self.record(ProfileChanged(user_id=user_id))
            self.track("users.profile.changed", f"user:{user_id}", after={"fields": sorted(changes)})
        return await self.me()

    async def me(self) -> MeOut:
        """Who I am, where I belong and what I may do in the chosen tenant."""
        user_id, principal = self.commons.user_id, self.commons.principal
        async with self.identity.unit(self.commons.request_id, read_only=True) as unit:
            marks = await self.identity.directory.marks(unit, user_id)
        profile = await self.users.profile(user_id)
        if profile is None:
            raise NotFound
        profile.mfa_enabled = marks.mfa_enabled
        memberships = [
            MembershipOut(TenantRef(item.id, item.slug, item.name, item.state), item.roles)
            for item in await self.users.memberships(user_id)
            if principal.bound_tenant_id in {None, item.id}
        ]
        acting = None
        if principal.operator_id is not None:
            acting = ActingOut(principal.operator_id, principal.bound_tenant_id, principal.ends_at)
        tenant = self.commons.tenant
        return MeOut(
            user=profile,
            operator=marks.operator,
            impersonation=acting,
            memberships=memberships,
            tenant=TenantRef(tenant.id, tenant.slug, tenant.name, "active") if tenant else None,
            roles=list(self.commons.roles) if tenant else None,
            permissions=sorted(self.commons.permissions) if tenant else None,
            features=sorted(self.commons.features) if tenant else None,
            limits=self.commons.limits if tenant else None,
        )
