"""Use cases of tenants and members."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.judgement import judge_hand
from app.exceptions import (
    FieldFault,
    MfaEnrollmentRequired,
    NotFound,
    PersonRequired,
    ValidationFailed,
)
from app.tenants.events import TenantCreated
from app.tenants.exceptions import DeletionNotPlanned
from app.tenants.repository import TenantRepository
from app.tenants.schemas import DeletionOut, MyTenantQuery, TenantCreate, TenantOut, TenantUpdate
from app.tenants.services.grants import judge_heir
from app.utils.ids import uuid7
from app.utils.schemas import Page


class TenantService(Service):
    """Tenants of the caller."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the person, and to the tenant where one is chosen."""
        super().__init__(commons)
        self.tenants = TenantRepository(self.uow)

    async def mine(self, query: MyTenantQuery) -> Page[TenantOut]:
        """The caller's tenants; under impersonation the one tenant, and no other."""
        only = self.commons.principal.bound_tenant_id
        return await self.tenants.mine(query, self.commons.cursors, self.commons.user_id, only)

    async def get(self, tenant_id: UUID) -> TenantOut:
        """One of the caller's tenants.

        Raises:
            NotFound: unknown, or the caller is no member.
        """
        found = await self.tenants.mine_one(self.commons.user_id, tenant_id)
        if found is None or self.commons.principal.bound_tenant_id not in {None, tenant_id}:
            raise NotFound("There is no such tenant, or you are not a member of it.")
        return found

    async def current(self) -> TenantOut:
        """The chosen tenant."""
        found = await self.tenants.current()
        if found is None:
            raise NotFound
        return found

    async def update(self, body: TenantUpdate) -> TenantOut:
        """Change what the body names.

        Raises:
            PreconditionRequired, PreconditionFailed, TenantSlugTaken, TooManySlugs.
            PersonRequired, ImpersonationRefused, MfaEnrollmentRequired: of the demand for a second factor.
        """
        tenant, wanted = await self.current(), body.model_dump(include=body.model_fields_set)
        self.commons.if_match.require(tenant.version)
        changes = {name: value for name, value in wanted.items() if getattr(tenant, name) != value}
        if "mfa_required" in changes:
            self._judge_factor(changes["mfa_required"])
        if changes:
            await self._change(tenant, replace(tenant, **changes))
            before = {name: getattr(tenant, name) for name in changes}
            self.track("tenants.tenant.changed", f"tenant:{tenant.id}", before=before, after=changes)
        return await self.current()

    async def plan_deletion(self, confirm: str) -> DeletionOut:
        """Let the time of grace begin; asked again, the date stays.

        Raises:
            ValidationFailed: the slug is not the tenant's.
        """
        tenant = await self._locked()
        if confirm != tenant.slug:
            raise ValidationFailed(errors=[FieldFault("not_the_slug", "is not the tenant's slug", "/confirm")])
        if tenant.deletion_due_at is not None:
            return DeletionOut(tenant.deletion_due_at)
        due = self.commons.clock.now() + timedelta(days=self.commons.settings.tenants.deletion_grace_days)
        await self._change(tenant, replace(tenant, deletion_due_at=due))
        self.track("tenants.deletion.planned", f"tenant:{tenant.id}", after={"due_at": due.isoformat()})
        return DeletionOut(due)

    async def keep(self) -> None:
        """Take the deletion back.

        Raises:
            DeletionNotPlanned.
        """
        tenant = await self._locked()
        if tenant.deletion_due_at is None:
            raise DeletionNotPlanned
        await self._change(tenant, replace(tenant, deletion_due_at=None))
        before = {"due_at": tenant.deletion_due_at.isoformat()}
        self.track("tenants.deletion.taken_back", f"tenant:{tenant.id}", before=before)

    async def create(self, body: TenantCreate) -> TenantOut:
        """Create a tenant; the caller becomes its owner.

        Raises:
            TooManyTenants, TenantSlugTaken.
        """
        owner = self.commons.user_id
        await judge_heir(self.uow, owner, self.commons.settings.tenants.max_owned)
        tenant_id = uuid7()
        await self.uow.bind_tenant(tenant_id)
        await self.tenants.add(tenant_id, body.slug, body.name, owner)
        self.record(TenantCreated(owner_id=owner, slug=body.slug))
        self.track("tenants.tenant.created", f"tenant:{tenant_id}", after={"slug": body.slug, "name": body.name})
        return await self.current()

    async def _locked(self) -> TenantOut:
        """The chosen tenant, for what takes no If-Match: whoever changes it meanwhile is waited for, and not told of to the caller."""
        found = await self.tenants.current(lock=True)
        if found is None:
            raise NotFound
        return found

    async def _change(self, old: TenantOut, new: TenantOut) -> None:
        now = self.commons.clock.now()
        await self.tenants.change(old, new, now, now + timedelta(days=self.commons.settings.tenants.alias_days))

    def _judge_factor(self, required: bool) -> None:
        """Whoever demands a second factor of others has proved their own, and nobody demands it in another's name."""
        principal = self.commons.principal
        judge_hand(principal, "Second factors are for the person alone.")
        if principal.user_id is None:
            raise PersonRequired("Sign in as a person; an API key may not do this.")
        if required and principal.mfa_at is None:
            raise MfaEnrollmentRequired("Sign in with a second factor of your own first.")
