"""Everything that is kept of a person, for the person."""

from app.auth.commons import Commons, Service
from app.auth.identity import IdentityUnits
from app.exceptions import NotFound
from app.users.repository import PersonalDataRepository, UserRepository
from app.users.schemas import MembershipOut, PersonalData, TenantRef
from app.utils.ids import PLATFORM_TENANT


class PersonalDataService(Service):
    """Reads tenant by tenant as the app role: what the person did elsewhere, where they are no member any more, stays there."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` makes the units of the tenants, and reads what only sign-in's role may."""
        super().__init__(commons)
        self.identity = identity

    async def collect(self) -> PersonalData:
        """Profile, memberships, sessions, what signs in, API keys made, and what the audit logs say the person did."""
        user_id, users, request_id = self.commons.user_id, UserRepository(self.uow), self.commons.request_id
        profile = await users.profile(user_id)
        if profile is None:
            raise NotFound
        memberships = await users.memberships(user_id)
        sessions = await PersonalDataRepository(self.uow).sessions(user_id)
        await self.uow.rollback()  # its connection is not held while others are waited for
        async with self.identity.unit(request_id, read_only=True) as uow:
            sign_in = await PersonalDataRepository(uow).sign_in(user_id)
        keys, acts = [], []
        for tenant_id in (PLATFORM_TENANT, *(item.id for item in memberships if item.state == "active")):
            async with self.identity.tenant_unit(request_id, tenant_id, user_id, read_only=True) as uow:
                data = PersonalDataRepository(uow)
                keys += await data.keys(user_id)
                acts += await data.acts(user_id)
        return PersonalData(
            user=profile,
            memberships=[
                MembershipOut(TenantRef(item.id, item.slug, item.name, item.state), item.roles) for item in memberships
            ],
            sign_in=sign_in,
            sessions=sessions,
            api_keys=keys,
            acts=acts,
        )
