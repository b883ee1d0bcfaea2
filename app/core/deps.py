"""The dependencies of core's views."""

import re
from typing import Annotated

from fastapi import Header
from starlette.requests import Request

from app.core.readiness import Readiness
from app.exceptions import BadHeader, FieldFault
from app.extensions.bells import Bells
from app.extensions.body import Incoming
from app.extensions.incoming import SignedMessage
from app.extensions.routing import Platform

MessageId = Annotated[
    str, Header(alias="webhook-id", max_length=200, description="the sender's id of the message; each counts once")
]
SentAt = Annotated[
    str, Header(alias="webhook-timestamp", max_length=20, description="seconds since 1970, at most 5 minutes from now")
]
Signatures = Annotated[
    str,
    Header(
        alias="webhook-signature",
        max_length=2000,
        description="`v1,` and the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`; several by spaces",
    ),
]
EVENT_ID = re.compile(r"[0-9]{1,18}")


async def readiness_deps(request: Request) -> Readiness:
    """The process's own verdict on itself, made by the composition root."""
    readiness: Readiness = request.app.state.readiness
    return readiness


async def bells_deps(request: Request) -> Bells:
    """What rings when something has changed that is watched, made by the composition root."""
    bells: Bells = request.app.state.runtime.bells
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


async def signed_deps(
    request: Request, message_id: MessageId = "", sent_at: SentAt = "", signatures: Signatures = ""
) -> SignedMessage:
    """What came and how it was signed (Standard Webhooks). Nothing of it is proved: `IncomingService.admit` does that."""
    return SignedMessage(message_id, sent_at, signatures, await request.body())
