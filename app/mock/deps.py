"""The dependencies of mock's views."""

from dataclasses import dataclass

from starlette.requests import Request

from app.exceptions import TenantInvalid
from app.mock.services import MockStore
from app.utils.ids import parse_uuid
from app.utils.slugs import is_slug


@dataclass(frozen=True, slots=True)
class MockRoom:
    """Where a request's resources are."""

    store: MockStore
    tenant: str


async def room_deps(request: Request) -> MockRoom:
    """The app's store, and the tenant that X-Tenant-ID names; without the header a room that all share.

    Raises:
        TenantInvalid: the header is malformed, as on the real routes.
    """
    values = request.headers.getlist("x-tenant-id")
    if len(values) > 1 or any(parse_uuid(value) is None and not is_slug(value) for value in values):
        raise TenantInvalid("X-Tenant-ID is one canonical lower-case UUID or one slug.")
    return MockRoom(request.app.state.mock, values[0] if values else "")
