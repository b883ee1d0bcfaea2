"""The dependencies of core's views."""

import re

from starlette.requests import Request

from app.core.readiness import Readiness
from app.exceptions import BadHeader, FieldFault
from app.extensions.bells import TaskBells
from app.extensions.body import Incoming
from app.extensions.routing import Platform

EVENT_ID = re.compile(r"[0-9]{1,18}")


async def readiness_deps(request: Request) -> Readiness:
    """The process's own verdict on itself, made by the composition root."""
    readiness: Readiness = request.app.state.readiness
    return readiness


async def bells_deps(request: Request) -> TaskBells:
    """What rings when a task has changed, made by the composition root."""
    bells: TaskBells = request.app.state.runtime.bells
    return bells


async def incoming_deps(request: Request) -> Incoming:
    """The body of a route that takes a file."""
    platform: Platform = request.app.state.platform
    return Incoming(request, pause_seconds=platform.body_seconds)


async def last_event_deps(request: Request) -> int:
    """The revision that Last-Event-ID names; 0 where the client has seen none.

    Raises:
        BadHeader: it is no id of ours, or there are two.
    """
    given = request.headers.getlist("last-event-id")
    if not given:
        return 0
    if len(given) > 1 or not EVENT_ID.fullmatch(given[0]):
        fault = FieldFault("invalid", "is the id of an event of this stream", header="Last-Event-ID")
        raise BadHeader("Last-Event-ID is 1 to 18 digits, once.", errors=[fault])
    return int(given[0])
