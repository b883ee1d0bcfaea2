"""The dependencies of views: they hand over what the guarded route class has found, and nothing else."""

from starlette.requests import Request

from app.auth.commons import Commons
from app.auth.identity import IdentityUnits
from app.auth.streaming import Reader
from app.auth.system import SystemUnits
from app.exceptions import Unauthenticated
from app.extensions.responses import COMMONS


async def commons_deps(request: Request) -> Commons:
    """The request's Commons.

    Raises:
        Unauthenticated: the guarded route class has not run; there is no going on without it.
    """
    commons = request.scope.get(COMMONS)
    if not isinstance(commons, Commons):
        raise Unauthenticated
    return commons


async def identity_deps(request: Request) -> IdentityUnits:
    """Units of work of the identity role: for sign-in alone (import-linter keeps it out of business modules)."""
    identity: IdentityUnits = request.app.state.identity
    return identity


async def system_deps(request: Request) -> SystemUnits:
    """Units of work of the system role: for operators' routes alone (import-linter keeps it out of business modules)."""
    system: SystemUnits = request.app.state.system
    return system


async def reader_deps(request: Request) -> Reader:
    """The reader of a route that streams: units that are judged afresh, after the request's own has ended.

    Raises:
        Unauthenticated: the guarded route class has not run.
        TypeError: the route is not declared a stream.
    """
    commons = await commons_deps(request)
    if commons.rule is None:
        raise Unauthenticated
    return Reader(request, commons.rule, commons.principal.actor)
