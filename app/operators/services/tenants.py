"""Tenants as operators keep them: made, suspended, resumed, given a plan, marked for deletion."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.exceptions import FieldFault, TenantNotFound, ValidationFailed
from app.extensions.conditional import IfMatch
from app.extensions.pagination import CursorCodec
from app.operators import views
from app.operators.repository import OperatedPeople, OperatedTenants
from app.operators.schemas import TenantMake, TenantQuery
from app.operators.services.desk import Desk
from app.tenants.events import TenantCreated
from app.tenants.repository.slugs import take_slug
from app.tenants.schemas import TenantOut
from app.utils.ids import parse_uuid, uuid7
from app.utils.schemas import Page

ANY_VERSION = IfMatch("*")


class TenantDesk(Desk):
    """Every change stands in the log of the tenant that it is about."""

    async def page(self, query: TenantQuery, cursors: CursorCodec) -> Page[TenantOut]:
        """All tenants but the platform's own."""
        async with self.unit(read_only=True) as uow:
            return await views.TENANTS.page(uow, cursors, query)

    async def get(self, tenant_id: UUID) -> TenantOut:
        """One tenant.

        Raises:
            TenantNotFound.
        """
        async with self.unit(read_only=True) as uow:
            return _found(await OperatedTenants(uow).get(tenant_id))

    async def find(self, key: str) -> TenantOut:
        """The tenant of that id or slug.

        Raises:
            TenantNotFound.
        """
        tenant_id = parse_uuid(key)
        async with self.unit(read_only=True) as uow:
            tenants = OperatedTenants(uow)
            return _found(await (tenants.get(tenant_id) if tenant_id else tenants.by_slug(key)))

    async def create(self, body: TenantMake) -> TenantOut:
        """A new tenant for a person, whatever they own already.

        Raises:
            ValidationFailed: no such person or plan.
            TenantSlugTaken.
        """
        self._know_plan(body.plan)
        tenant_id, now = uuid7(), self.clock.now()
        async with self.unit(tenant_id) as uow:
            tenants, owner = OperatedTenants(uow), await OperatedPeople(uow).by_email(str(body.owner))
            if owner is None or owner.state != "active":
                raise ValidationFailed(errors=[FieldFault("unknown_person", "is no active person's address", "/owner")])
            await take_slug(uow, body.slug, tenant_id, now)
            await tenants.add(tenant_id, body.slug, body.name, body.plan, owner.id, now)
            uow.record(TenantCreated(owner_id=owner.id, slug=body.slug))
            after = {"slug": body.slug, "name": body.name, "plan": body.plan, "owner_id": str(owner.id)}
            self.note(uow, "operators.tenant.created", f"tenant:{tenant_id}", after=after)
            return _found(await tenants.get(tenant_id))

    async def suspend(self, tenant_id: UUID, reason: str) -> TenantOut:
        """Let nobody in, from the next request on; deliveries wait until it is resumed.

        Raises:
            TenantNotFound.
        """
        return await self._change(tenant_id, "suspended", {"state": "suspended"}, reason=reason)

    async def resume(self, tenant_id: UUID) -> TenantOut:
        """Let people in again.

        Raises:
            TenantNotFound.
        """
        return await self._change(tenant_id, "resumed", {"state": "active"})

    async def set_plan(self, tenant_id: UUID, plan: str, if_match: IfMatch = ANY_VERSION) -> TenantOut:
        """Give it another plan, in force from the next request on.

        Raises:
            TenantNotFound, ValidationFailed, PreconditionRequired, PreconditionFailed.
        """
        self._know_plan(plan)
        return await self._change(tenant_id, "plan_changed", {"plan": plan}, if_match=if_match)

    async def plan_deletion(self, tenant_id: UUID) -> TenantOut:
        """Let the time of grace begin, as its owner can; a second asking does not begin it anew.

        Raises:
            TenantNotFound.
        """
        due = self.clock.now() + timedelta(days=self.settings.tenants.deletion_grace_days)
        return await self._change(tenant_id, "deletion_planned", {"deletion_due_at": due})

    async def _change(
        self,
        tenant_id: UUID,
        verb: str,
        wanted: Mapping[str, Any],
        *,
        reason: str | None = None,
        if_match: IfMatch = ANY_VERSION,
    ) -> TenantOut:
        async with self.unit(tenant_id) as uow:
            tenants = OperatedTenants(uow)
            tenant = _found(await tenants.get(tenant_id, lock=True))
            if_match.require(tenant.version)
            values = {"state": tenant.state, "plan": tenant.plan, "deletion_due_at": tenant.deletion_due_at}
            planned = tenant.deletion_due_at is not None and "deletion_due_at" in wanted
            if planned or {**values, **wanted} == values:
                return tenant
            await tenants.set(tenant, **{**values, **wanted}, now=self.clock.now())
            before, after = {name: _text(values[name]) for name in wanted}, {k: _text(v) for k, v in wanted.items()}
            told = after if reason is None else {**after, "reason": reason}
            self.note(uow, f"operators.tenant.{verb}", f"tenant:{tenant_id}", before=before, after=told)
            return _found(await tenants.get(tenant_id))

    def _know_plan(self, plan: str) -> None:
        if plan not in self.settings.plans:
            known = ", ".join(sorted(self.settings.plans))
            raise ValidationFailed(errors=[FieldFault("unknown_plan", f"is no plan; there are {known}", "/plan")])


def _found(tenant: TenantOut | None) -> TenantOut:
    if tenant is None:
        raise TenantNotFound("There is no such tenant.")
    return tenant


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
