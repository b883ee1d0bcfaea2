"""/operator: the deliveries of all tenants."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps, system_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.core.exceptions import DeliveryNotDead
from app.core.schemas import Replayed
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.views import cbv
from app.operators.routes.base import router
from app.operators.schemas import (
    Backlog,
    BacklogQuery,
    OperatedDelivery,
    OperatedDeliveryQuery,
    OperatedReplay,
)
from app.operators.services import LetterDesk, by_operator
from app.utils.schemas import DefaultResponse, Page

DeliveryId = Annotated[str, Path(pattern=r"^[0-9]{1,19}$", description="the delivery's id")]


@cbv(router)
class OperatedDeliveryViews:
    """The deliveries of all tenants."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)
    system: SystemUnits = Depends(system_deps)

    @router.get("/deliveries", summary="List the deliveries of all tenants")
    @access_control(superuser=True)
    async def list_operated_deliveries(
        self, query: Annotated[OperatedDeliveryQuery, Query()]
    ) -> Page[OperatedDelivery]:
        """Newest first; of events the names, nothing of what they say."""
        return await self._desk().page(query, self.commons.cursors)

    @router.get("/backlog", summary="See what waits, by tenant and queue")
    @access_control(superuser=True)
    async def list_backlog(self, query: Annotated[BacklogQuery, Query()]) -> Page[Backlog]:
        """How much waits, runs, is set aside and is dead, and for how long the oldest has been due."""
        return await self._desk().backlog(query, self.commons.cursors)

    @router.post("/deliveries/replay", summary="Replay dead deliveries of any tenants")
    @access_control(superuser=True)
    async def replay_operated_deliveries(self, body: OperatedReplay) -> Replayed:
        """Tenant by tenant, at most 1,000 at once; each tenant's audit log says so. Ask again while `has_more`."""
        return await self._desk().replay_all(body)

    @router.post("/deliveries/{tenant_id}/{key}/replay", summary="Replay a tenant's dead delivery")
    @access_control(superuser=True)
    @declares(raises=(DeliveryNotDead,))
    async def replay_operated_delivery(self, tenant_id: UUID, key: DeliveryId) -> DefaultResponse:
        """Due at once, from its first try. One that is not dead: 409 `delivery_not_dead`."""
        await self._desk().replay(tenant_id, key)
        return done("The delivery is due again.")

    def _desk(self) -> LetterDesk:
        return LetterDesk(self.system, self.identity, by_operator(self.commons), self.commons.settings)
