"""/.well-known: what others need in order to check our tokens."""

from fastapi import Depends
from starlette.responses import Response

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.schemas.keyset import KeySetOut
from app.extensions.responses import JSON, encode
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv

router = ModuleRouter(prefix="/.well-known", tag="well_known")
KEPT_SECONDS = 300


@cbv(router)
class WellKnownViews:
    """For programs that check access tokens themselves."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.get("/jwks.json", summary="The public keys of access tokens", response_model=KeySetOut)
    @access_control(open=True)
    async def get_keys(self) -> Response:
        """A JSON Web Key Set (RFC 7517); empty where tokens are signed with a secret. It may be kept for five minutes."""
        keys = KeySetOut.model_validate({"keys": self.identity.tokens.public_keys()})
        return Response(encode(keys), media_type=JSON, headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"})
