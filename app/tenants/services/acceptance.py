"""Accepting an invitation: as whoever is signed in with its address, or as a new person."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.events import AddressVerified
from app.auth.exceptions import AddressTaken
from app.auth.identity import IdentityUnits
from app.auth.judgement import judge_hand
from app.auth.repository import PeopleRepository
from app.db.uow import UnitOfWork
from app.exceptions import TenantSuspended
from app.extensions.module import SystemRole
from app.tenants.events import MemberJoined
from app.tenants.exceptions import InvitationForAnother, InvitationInvalid, SignInFirst
from app.tenants.invitation_tokens import InvitationClaim, read_token
from app.tenants.repository import InvitationRepository, InvitationRow, TenantRepository
from app.tenants.schemas import InvitationAccept, Joined, TenantOut
from app.tenants.services.grants import judge_heir
from app.utils.ids import PLATFORM_TENANT


class AcceptanceService(Service):
    """Works with short units of its own: who accepts is no member yet, and a hash is computed in between."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` makes new persons, and units bound to the inviting tenant."""
        super().__init__(commons)
        self.identity = identity

    async def accept(self, body: InvitationAccept) -> Joined:
        """Join. Roles come from the row, as they were judged when it was written.

        Raises:
            InvitationInvalid: used, revoked, replaced, expired or never given out.
            InvitationForAnother: signed in with another address.
            SignInFirst: the address has an account, and nobody is signed in.
            TenantSuspended, AlreadyMember.
            TooManyTenants: invited as an owner by one tenant more than a person may own.
            RateLimited: too many tries with this token, by this person or, of nobody yet, from this network address.
            ImpersonationRefused: an operator acts as the person.
        """
        judge_hand(self.commons.principal, "Invitations are for the person alone.")
        claim = read_token(body.token)
        if claim is None or claim.tenant_id == PLATFORM_TENANT:
            raise InvitationInvalid
        await self.uow.rollback()  # its connection is not needed below, and is not held while others are waited for
        asker = str(self.commons.principal.user_id or self.commons.address or "")
        self.commons.told.update(await self.identity.mail_limiter.take("accept", claim.token_hash.hex(), asker))
        async with self.identity.tenant_unit(self.commons.request_id, claim.tenant_id, read_only=True) as uow:
            email = (await self._find(uow, claim)).email
            await self._active(uow)
        user_id = self.commons.principal.user_id
        if user_id is not None:
            if (self.commons.principal.email or "").lower() != email.lower():
                raise InvitationForAnother("You are signed in with another address than the invited one.")
        else:
            user_id = await self._new_person(email, body)
        return await self._join(claim, user_id)

    async def _new_person(self, email: str, body: InvitationAccept) -> UUID:
        """Whoever has the mail's token has proved the address: no other mail is needed."""
        if body.password is None or body.name is None:
            raise SignInFirst("Sign in with the invited address, or send name and password as a new person.")
        password_hash = await self.identity.vault.hash(body.password.get_secret_value())
        now = self.commons.clock.now()
        try:
            async with self.identity.unit(self.commons.request_id) as uow:
                people = PeopleRepository(uow)
                user_id = await people.add_person(email, body.name, password_hash, now)
                await people.drop_registrations(email)
                uow.record(AddressVerified(user_id=user_id))
                self.track("auth.registration.verified", f"user:{user_id}", after={"by": "invitation"}, uow=uow)
        except AddressTaken as error:
            raise SignInFirst("The address has an account: sign in with it, then accept.") from error
        return user_id

    async def _join(self, claim: InvitationClaim, user_id: UUID) -> Joined:
        unit = self.identity.tenant_unit(self.commons.request_id, claim.tenant_id, user_id)
        async with unit as uow:
            uow.actor = f"user:{user_id}"
            row = await self._find(uow, claim, lock=True)
            if SystemRole.OWNER in row.roles:
                await judge_heir(uow, user_id, self.commons.settings.tenants.max_owned)
            now, invitations = self.commons.clock.now(), InvitationRepository(uow)
            await invitations.join(user_id, row.roles, now)
            await invitations.end(row.id, "accepted", now, user_id)
            uow.record(MemberJoined(user_id=user_id))
            self.track("tenants.invitation.accepted", f"invitation:{row.id}", after={"user_id": str(user_id)}, uow=uow)
            tenant = await self._active(uow)
        return Joined(tenant.id, tenant.slug, row.roles)

    @staticmethod
    async def _active(uow: UnitOfWork) -> TenantOut:
        """The tenant; asked before a person is made, and again at the end, for it may be suspended in between."""
        tenant = await TenantRepository(uow).current()
        if tenant is None or tenant.state != "active":
            raise TenantSuspended("Ask the operators of the platform.")
        return tenant

    async def _find(self, uow: UnitOfWork, claim: InvitationClaim, *, lock: bool = False) -> InvitationRow:
        """The open invitation that the claim is true of."""
        row = await InvitationRepository(uow).get(claim.invitation_id, lock=lock)
        alive = row is not None and row.state == "pending" and row.expires_at > self.commons.clock.now()
        if row is None or not alive or not claim.matches(row.token_hash):
            raise InvitationInvalid
        return row
