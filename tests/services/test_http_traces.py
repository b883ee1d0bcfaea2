"""Outside calls name the request and the trace that they belong to."""

from typing import Any
from uuid import uuid4

import pytest

from app.extensions.context import RequestContext, current_context
from app.services.http import TargetRefusedError
from tests.services.calling import NOON, calling
from tests.support.failing_server import ok, serving


class TestTrace:
    """Calls name the request they belong to."""

    async def test_request_id(self) -> None:
        """The id of the running request or delivery goes out as X-Request-ID; without one there is none."""
        context: Any = RequestContext(uuid4(), "127.0.0.1", None, NOON)
        async with serving(ok()) as server, calling(server) as caller:
            await caller.client.request("GET", server.url)
            token = current_context.set(context)
            await caller.client.request("GET", server.url)
            current_context.reset(token)
        assert [seen.headers.get("x-request-id") for seen in server.seen] == [None, str(context.request_id)]

    async def test_trace(self) -> None:
        """The trace goes on in every call, each with a parent of its own; without a context none is sent, and none may be set."""
        given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        async with serving(ok()) as server, calling(server) as caller:
            await caller.client.request("GET", server.url)
            token = current_context.set(RequestContext(uuid4(), "127.0.0.1", None, NOON, traceparent=given))
            for _ in range(2):
                await caller.client.request("GET", server.url)
            current_context.reset(token)
            with pytest.raises(TargetRefusedError):
                await caller.client.request("GET", server.url, headers={"Traceparent": given})
        sent = [seen.headers.get("traceparent") for seen in server.seen]
        assert sent[0] is None
        assert [str(text)[:36] for text in sent[1:]] == [given[:36]] * 2
        assert len({given, *sent[1:]}) == 3
