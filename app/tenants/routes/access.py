"""/access."""

from typing import Annotated

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.exceptions import NotFound, PermissionDenied, TenantRequired
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.schemas import AccessOut, AccessQuery
from app.tenants.services import AccessService

router = ModuleRouter(prefix="/access", tag="access")


@cbv(router)
class AccessViews:
    """Why."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.get("/explain", summary="Explain why somebody is allowed or refused")
    @access_control(signed_in=True, optional_tenant=True)
    @declares(raises=(NotFound, PermissionDenied, TenantRequired))
    async def get_explanation(self, query: Annotated[AccessQuery, Query()]) -> AccessOut:
        """About oneself any member may ask, whatever they hold; about others only with `tenants.access:read`."""
        return await AccessService(self.commons, self.identity.directory).explain(query)
