"""The dependencies of operators' views."""

from starlette.requests import Request

from app.extensions.hub_map import HubMap


async def hub_map_deps(request: Request) -> HubMap:
    """What is routed in this installation; the composition root says how it is made."""
    found: HubMap = request.app.state.hub_map()
    return found
