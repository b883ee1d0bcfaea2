"""A person goes: what is theirs is removed, and what must stay names a pseudonym."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.identity import IdentityUnits
from app.auth.repository import lock_operator
from app.exceptions import FieldFault, NotFound, ValidationFailed
from app.tenants.events import MemberRemoved
from app.tenants.exceptions import LastOwner
from app.tenants.repository import TenantRepository
from app.users.repository import MyMembership, PersonalDataRepository, UserRepository


class ErasureService(Service):
    """Works with short units: one of each tenant of the person, then one of the identity role for the rest."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` makes both."""
        super().__init__(commons)
        self.identity = identity

    async def erase(self, confirm: str) -> None:
        """End all memberships, remove everything that signs in, and turn the person's row into a pseudonym.

        Refused before anything is done where the person is the last owner of a tenant. Should that come about in between,
        what has ended so far has ended, and asking again goes on from there.

        Raises:
            ValidationFailed: the address is not the person's.
            LastOwner: naming the tenants.
        """
        user_id, users = self.commons.user_id, UserRepository(self.uow)
        profile = await users.profile(user_id)
        if profile is None:
            raise NotFound
        if confirm.lower() != profile.email.lower():
            raise ValidationFailed(errors=[FieldFault("not_the_address", "is not your address", "/confirm")])
        memberships = await users.memberships(user_id)
        await self.uow.rollback()  # its connection is not needed below, and is not held while others are waited for
        held = [item for item in memberships if await self._is_last_owner(user_id, item)]
        if held:
            raise _last_owner(held)
        for item in memberships:
            await self._leave(user_id, item)
        async with self.identity.unit(self.commons.request_id) as uow:
            await lock_operator(uow, user_id)  # the person may be one: nothing in their name begins meanwhile
            await PersonalDataRepository(uow).erase(user_id, profile.email, self.commons.clock.now())
            self.track("users.user.erased", f"user:{user_id}", uow=uow)

    async def _is_last_owner(self, user_id: UUID, item: MyMembership) -> bool:
        async with self.identity.tenant_unit(self.commons.request_id, item.id, user_id) as uow:
            return await TenantRepository(uow).lock_owners() == {user_id}

    async def _leave(self, user_id: UUID, item: MyMembership) -> None:
        async with self.identity.tenant_unit(self.commons.request_id, item.id, user_id) as uow:
            tenants = TenantRepository(uow)
            if await tenants.lock_owners() == {user_id}:
                raise _last_owner([item])
            await tenants.remove(user_id)
            await PersonalDataRepository(uow).forget_invitations(user_id)
            uow.record(MemberRemoved(user_id=user_id))
            self.track("tenants.member.left", f"user:{user_id}", before={"roles": item.roles}, uow=uow)


def _last_owner(held: list[MyMembership]) -> LastOwner:
    names = ", ".join(item.slug for item in held)
    tenants = [{"id": str(item.id), "slug": item.slug, "name": item.name} for item in held]
    return LastOwner(f"Hand over or delete {names} first: nobody else owns it.", extra={"tenants": tenants})
