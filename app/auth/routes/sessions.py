"""/auth/sessions: where the caller is signed in."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.routes.router import router
from app.auth.schemas import SessionOut
from app.auth.services import SessionService
from app.extensions.pages import PageQuery
from app.extensions.responses import done
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse, Page


@cbv(router)
class SessionViews:
    """The caller's own sessions."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.get("/sessions", summary="List my sessions")
    @access_control(signed_in=True, own_hand=True)
    async def list_sessions(self, query: Annotated[PageQuery, Query()]) -> Page[SessionOut]:
        """Oldest first; those that have ended are not there."""
        return await SessionService(self.commons, self.identity).page(query)

    @router.delete("/sessions", summary="End my other sessions")
    @access_control(signed_in=True, own_hand=True)
    async def end_other_sessions(self) -> DefaultResponse:
        """All but the one that asks, from the very next request on."""
        await SessionService(self.commons, self.identity).end_others()
        return done("Your other sessions were ended.")

    @router.get("/sessions/{session_id}", summary="Get one of my sessions")
    @access_control(signed_in=True, own_hand=True)
    async def get_session(self, session_id: UUID) -> SessionOut:
        """404 for another person's, and for one that has ended."""
        return await SessionService(self.commons, self.identity).get(session_id)

    @router.delete("/sessions/{session_id}", summary="End one of my sessions")
    @access_control(signed_in=True, own_hand=True)
    async def end_session(self, session_id: UUID) -> DefaultResponse:
        """From the very next request on; it may be the one that asks."""
        await SessionService(self.commons, self.identity).end(session_id)
        return done("The session was ended.")
