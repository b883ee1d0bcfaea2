"""/api-keys."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.exceptions import KeyRevoked
from app.auth.key_permissions import AuthPermission
from app.auth.permissions import access_control
from app.auth.schemas.keys import KeyCreate, KeyOut, KeyQuery, KeyRotate, KeySecretOut
from app.auth.services.keys import KeyService
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/api-keys", tag="api_keys")


@cbv(router)
class KeyViews:
    """What programs sign in with. Keys are made by people: no key makes another."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List API keys")
    @access_control(permission=AuthPermission.API_KEYS_READ)
    async def list_keys(self, query: Annotated[KeyQuery, Query()]) -> Page[KeyOut]:
        """The ended ones included."""
        return await KeyService(self.commons).page(query)

    @router.post("", status_code=201, summary="Make an API key")
    @access_control(permission=AuthPermission.API_KEYS_WRITE, own_hand=True, secret=True)
    async def create_key(self, body: KeyCreate) -> KeySecretOut:
        """The secret is in this answer and never shown again."""
        return await KeyService(self.commons).create(body)

    @router.get("/{key_id}", summary="Get an API key")
    @access_control(permission=AuthPermission.API_KEYS_READ)
    async def get_key(self, key_id: UUID) -> KeyOut:
        """One key, without its secret."""
        return await KeyService(self.commons).get(key_id)

    @router.post("/{key_id}/rotate", summary="Give an API key another secret")
    @access_control(permission=AuthPermission.API_KEYS_WRITE, own_hand=True, secret=True)
    @declares(raises=(KeyRevoked,))
    async def rotate_key(self, key_id: UUID, body: KeyRotate) -> KeySecretOut:
        """The secret before works on for `overlap_seconds`."""
        return await KeyService(self.commons).rotate(key_id, body)

    @router.post("/{key_id}/adopt", summary="Answer for an API key")
    @access_control(permission=AuthPermission.API_KEYS_WRITE, own_hand=True)
    @declares(raises=(KeyRevoked,))
    async def adopt_key(self, key_id: UUID) -> KeyOut:
        """For one whose maker is gone: it holds at most what you hold."""
        return await KeyService(self.commons).adopt(key_id)

    @router.delete("/{key_id}", summary="Revoke an API key")
    @access_control(permission=AuthPermission.API_KEYS_WRITE, own_hand=True)
    @declares(raises=(KeyRevoked,))
    async def revoke_key(self, key_id: UUID) -> DefaultResponse:
        """For good, from the very next request on."""
        await KeyService(self.commons).revoke(key_id)
        return done("The key was revoked.")
