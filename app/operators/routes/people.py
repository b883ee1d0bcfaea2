"""/operator: people."""

from uuid import UUID

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps, system_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.extensions.responses import done
from app.extensions.views import cbv
from app.operators.routes.base import router
from app.operators.services import PeopleDesk, by_operator
from app.utils.schemas import DefaultResponse


@cbv(router)
class OperatedPeopleViews:
    """People."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)
    system: SystemUnits = Depends(system_deps)

    @router.post("/users/{user_id}/disable", summary="Disable a person")
    @access_control(superuser=True, fresh=True)
    async def disable_user(self, user_id: UUID) -> DefaultResponse:
        """Sessions, memberships and API keys count no more, from the next request on."""
        await self._desk().disable(user_id)
        return done("The person is disabled.")

    @router.post("/users/{user_id}/enable", summary="Enable a person")
    @access_control(superuser=True, fresh=True)
    async def enable_user(self, user_id: UUID) -> DefaultResponse:
        """They sign in again, with the memberships they had."""
        await self._desk().enable(user_id)
        return done("The person is enabled.")

    def _desk(self) -> PeopleDesk:
        return PeopleDesk(self.system, self.identity, by_operator(self.commons), self.commons.settings)
