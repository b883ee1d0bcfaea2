"""Schedules as operators see them: when they come, how they ended, and one run now."""

from collections.abc import Sequence
from uuid import UUID

from app.db import schedules
from app.db.schedules import LastRun
from app.db.uow import UnitOfWork
from app.exceptions import FieldFault, TenantNotFound, TenantSuspended, ValidationFailed
from app.extensions.cron import next_after
from app.extensions.pages import page_in_memory
from app.extensions.pagination import CursorCodec
from app.extensions.schedules import Schedule, ScheduleDue
from app.operators.exceptions import ScheduleNotFound
from app.operators.repository import OperatedTenants
from app.operators.schemas import ScheduleOut, ScheduleQuery, ScheduleRunOut, StartedRun
from app.operators.services.desk import Desk
from app.utils.ids import PLATFORM_TENANT
from app.utils.schemas import Page


class ScheduleDesk(Desk):
    """A run stands in the log of the tenant that it is of; one of the installation in the platform's."""

    async def page(self, query: ScheduleQuery, cursors: CursorCodec) -> Page[ScheduleOut]:
        """The schedules as `all` has them, page by page.

        Raises:
            TenantNotFound, InvalidCursor.
        """
        bound, found = ("schedules", query.tenant_id), self.units.hub.schedules.values()
        page = await page_in_memory(query, cursors, bound, found, lambda item: item.name)
        described = {item.name: item for item in await self._described(page.data, query.tenant_id)}
        return page.each(lambda item: described[item.name])

    async def all(self, tenant_id: UUID | None = None) -> list[ScheduleOut]:
        """Every schedule of the installed modules, by name; with the last run of those per tenant in this tenant.

        Raises:
            TenantNotFound.
        """
        found = self.units.hub.schedules
        return await self._described([found[name] for name in sorted(found)], tenant_id)

    async def run(self, name: str, tenant_id: UUID | None = None) -> StartedRun:
        """Fire it now; of any number at once each is a run of its own.

        Raises:
            ScheduleNotFound, TenantNotFound, TenantSuspended.
            ValidationFailed: a tenant is named where it has none of its own, or missing where it has.
        """
        schedule = self.units.hub.schedules.get(name)
        if schedule is None:
            raise ScheduleNotFound("There is no such schedule.")
        if schedule.per_tenant is (tenant_id is None):
            said = "must name the tenant" if schedule.per_tenant else "must be left out: it is the installation's own"
            raise ValidationFailed(errors=[FieldFault("schedule_tenant", said, "/tenant_id")])
        whose = tenant_id or PLATFORM_TENANT
        async with self.unit(whose) as uow:
            if tenant_id is not None:
                await _judge(uow, tenant_id)
            uow.actor = self.acting.actor
            due = await schedules.free_moment(uow.connection, whose, name, self.clock.now())
            event_id = uow.record(ScheduleDue(name, due))
            await schedules.write_by_hand(uow.connection, whose, name, due, self.acting.actor, event_id)
            self.note(uow, "operators.schedule.run", f"schedule:{name}", after={"due_at": due.isoformat()})
        return StartedRun(name, tenant_id, due, event_id)

    async def _described(self, found: Sequence[Schedule], tenant_id: UUID | None) -> list[ScheduleOut]:
        """Of any number of schedules the last runs are read in a statement for the platform's and one for the tenant's."""
        async with self.unit(read_only=True) as uow:
            if tenant_id is not None and await OperatedTenants(uow).get(tenant_id) is None:
                raise TenantNotFound("There is no such tenant.")
            ours = {item.name: item.handler for item in found if not item.per_tenant}
            runs = await schedules.last_runs(uow.connection, PLATFORM_TENANT, ours)
            if tenant_id is not None:
                theirs = {item.name: item.handler for item in found if item.per_tenant}
                runs |= await schedules.last_runs(uow.connection, tenant_id, theirs)
        return [self._describe(item, runs.get(item.name)) for item in found]

    def _describe(self, schedule: Schedule, last: LastRun | None) -> ScheduleOut:
        return ScheduleOut(
            schedule.name,
            schedule.cron,
            schedule.time_zone,
            schedule.per_tenant,
            schedule.missed,
            next_after(schedule, self.clock.now()),
            None if last is None else _shown(last),
        )


def _shown(last: LastRun) -> ScheduleRunOut:
    known = "skipped" if last.outcome == "skipped" else last.state
    return ScheduleRunOut(last.due_at, last.actor, known or "unknown", last.event_id)


async def _judge(uow: UnitOfWork, tenant_id: UUID) -> None:
    # Held until the commit: a tenant that is purged meanwhile has no run.
    tenant = await OperatedTenants(uow).get(tenant_id, lock=True)
    if tenant is None:
        raise TenantNotFound("There is no such tenant.")
    if tenant.state != "active":
        raise TenantSuspended("The tenant is suspended: what it has to do waits until it is resumed.")
