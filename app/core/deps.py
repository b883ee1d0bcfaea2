"""The dependencies of core's views."""

from starlette.requests import Request

from app.core.readiness import Readiness


async def readiness_deps(request: Request) -> Readiness:
    """The process's own verdict on itself, made by the composition root."""
    readiness: Readiness = request.app.state.readiness
    return readiness
