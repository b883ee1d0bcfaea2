"""/mock/{collection}: resources that a front end can work with before its backend exists."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Path, Query
from pydantic import JsonValue

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.mock.deps import MockRoom, room_deps
from app.mock.schemas import MockItem, MockQuery, Simulate
from app.mock.services import MockService
from app.utils.schemas import DefaultResponse, Page

Switch = Annotated[Simulate, Query()]
Collection = Annotated[
    str,
    Path(pattern="^[a-z][a-z0-9-]{0,39}$", description="a noun of your choice, in the plural", examples=["invoices"]),
]
Fields = Annotated[
    dict[str, JsonValue],
    Body(
        description="any fields but `id`, `version`, `created_at` and `updated_at`",
        examples=[{"number": "2026-0042", "total": 12900, "currency": "EUR"}],
    ),
]

SIMULATED = {"x-simulated": True}
"""`simulate` has them answer any error that there is."""

mock_router = ModuleRouter(prefix="/mock", tag="mock")


@cbv(mock_router)
class MockViews:
    """Any collection, in memory. Development only; with and without a token."""

    commons: Commons = Depends(commons_deps)
    room: MockRoom = Depends(room_deps)

    @mock_router.get("/{collection}", summary="List mock resources", openapi_extra=SIMULATED)
    @access_control(open=True)
    async def list_items(self, collection: Collection, query: Annotated[MockQuery, Query()]) -> Page[MockItem]:
        """Oldest first, page by page."""
        return await self._service(collection).page(query)

    @mock_router.post("/{collection}", summary="Create a mock resource", status_code=201, openapi_extra=SIMULATED)
    @access_control(open=True)
    async def create_item(self, collection: Collection, fields: Fields, simulate: Switch = None) -> MockItem:
        """Takes any JSON object."""
        return await self._service(collection).create(fields, simulate)

    @mock_router.get("/{collection}/{item_id}", summary="Read a mock resource", openapi_extra=SIMULATED)
    @access_control(open=True)
    async def get_item(self, collection: Collection, item_id: UUID, simulate: Switch = None) -> MockItem:
        """With its ETag."""
        return await self._service(collection).get(item_id, simulate)

    @mock_router.patch("/{collection}/{item_id}", summary="Change a mock resource", openapi_extra=SIMULATED)
    @access_control(open=True)
    async def update_item(
        self, collection: Collection, item_id: UUID, fields: Fields, simulate: Switch = None
    ) -> MockItem:
        """Needs If-Match, as every versioned resource."""
        return await self._service(collection).change(item_id, fields, simulate)

    @mock_router.delete("/{collection}/{item_id}", summary="Delete a mock resource", openapi_extra=SIMULATED)
    @access_control(open=True)
    async def delete_item(self, collection: Collection, item_id: UUID, simulate: Switch = None) -> DefaultResponse:
        """Needs If-Match, as every versioned resource."""
        await self._service(collection).delete(item_id, simulate)
        return done("The resource was deleted.")

    def _service(self, collection: str) -> MockService:
        return MockService(self.commons, self.room.store, self.room.tenant, collection)
