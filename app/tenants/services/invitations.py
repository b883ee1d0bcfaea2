"""Use cases of invitations, as the tenant's admins see them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.identity import IdentityUnits
from app.auth.judgement import judge_hand
from app.auth.repository.briefs import people_of
from app.exceptions import FieldFault, NotFound, Unauthenticated, ValidationFailed
from app.extensions.pages import expand
from app.tenants.events import InvitationSent
from app.tenants.exceptions import InvitationEnded
from app.tenants.repository import InvitationRepository, InvitationRow
from app.tenants.schemas import InvitationCreate, InvitationOut, InvitationQuery, MemberRules
from app.tenants.services.grants import judge_roles
from app.tenants.services.settings import settings_of
from app.utils.schemas import Page


class InvitationService(Service):
    """Invitations of the chosen tenant. The mail leaves through a delivery, and its token is made there."""

    def __init__(self, commons: Commons, identity: IdentityUnits) -> None:
        """`identity` has the limits on mail."""
        super().__init__(commons)
        self.identity = identity
        self.invitations = InvitationRepository(self.uow)

    async def page(self, query: InvitationQuery) -> Page[InvitationOut]:
        """The invitations."""
        page = await self.invitations.page(query, self.commons.cursors, self.commons.clock.now())
        found = page.each(self._out)
        await expand(query.expand, found.data, {"inviter": self._name_inviters})
        return found

    async def get(self, key: UUID) -> InvitationOut:
        """One invitation.

        Raises:
            NotFound.
        """
        return self._out(await self._find(key))

    async def create(self, body: InvitationCreate) -> InvitationOut:
        """Invite an address, known to the platform or not.

        Raises:
            ValidationFailed, PermissionDenied (nobody grants what they lack), AlreadyMember, InvitationPending, RateLimited.
            ImpersonationRefused: an operator acts as somebody; who is let in would stay.
        """
        by = self.commons.principal.person_id
        if by is None:
            raise Unauthenticated
        email, now = str(body.email), self.commons.clock.now()
        await self._judge(email)
        await judge_roles(self.commons, body.roles)
        rules = await settings_of(self.commons, "tenants", MemberRules)
        if rules.invited_domains and email.rsplit("@", 1)[1] not in rules.invited_domains:
            allowed = ", ".join(rules.invited_domains)
            raise ValidationFailed(errors=[FieldFault("domain_not_allowed", f"is not of {allowed}", "/email")])
        key = await self.invitations.add(email, sorted(set(body.roles)), by, now, self._until())
        self.record(InvitationSent(invitation_id=key))
        self.track("tenants.invitation.created", f"invitation:{key}", after={"roles": body.roles})
        return await self.get(key)

    async def resend(self, key: UUID) -> InvitationOut:
        """Mail it again with a new token and a new time; the link of the mail before works no more.

        Raises:
            NotFound, InvitationEnded, RateLimited, ImpersonationRefused.
        """
        await self._judge((await self._find(key)).email)
        await self._open(key)
        await self.invitations.extend(key, self._until())
        self.record(InvitationSent(invitation_id=key))
        self.track("tenants.invitation.resent", f"invitation:{key}")
        return await self.get(key)

    async def revoke(self, key: UUID) -> None:
        """Take it back; its link is dead from the commit on.

        Raises:
            NotFound, InvitationEnded.
        """
        await self._open(key)
        await self.invitations.end(key, "revoked", self.commons.clock.now())
        self.track("tenants.invitation.revoked", f"invitation:{key}")

    async def _judge(self, email: str) -> None:
        """Whether an invitation may be mailed; asked before anything is written or locked, for no row waits for Redis."""
        judge_hand(self.commons.principal, "Inviting is for the person alone.")
        person_id = str(self.commons.principal.person_id)
        self.commons.told.update(await self.identity.mail_limiter.take("invite", email, person_id))

    async def _find(self, key: UUID, *, lock: bool = False) -> InvitationRow:
        row = await self.invitations.get(key, lock=lock)
        if row is None:
            raise NotFound("There is no such invitation.")
        return row

    async def _open(self, key: UUID) -> InvitationRow:
        row = await self._find(key, lock=True)
        if row.state != "pending":
            raise InvitationEnded(f"It was {row.state} before.")
        return row

    def _until(self) -> datetime:
        return self.commons.clock.now() + timedelta(seconds=self.commons.settings.auth.invitation_seconds)

    def _out(self, row: InvitationRow) -> InvitationOut:
        expired = row.state == "pending" and row.expires_at <= self.commons.clock.now()
        state = "expired" if expired else row.state
        return InvitationOut(row.id, row.email, row.roles, state, row.invited_by, row.created_at, row.expires_at, None)

    async def _name_inviters(self, items: Sequence[InvitationOut]) -> None:
        people = await people_of(self.uow, (item.invited_by for item in items))
        for item in items:
            item.inviter = people.get(item.invited_by)
