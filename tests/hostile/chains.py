"""Chains of requests along the links that schemathesis finds in the document: what one answers, the next is asked about."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import anyio.from_thread
import anyio.to_thread
from hypothesis import HealthCheck, Phase, reject, seed, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

from app.extensions.routing import ModularApp
from tests.hostile.calls import Call, send
from tests.hostile.generated import ALWAYS, Case, read_document, to_call
from tests.hostile.judge import documented as as_documented
from tests.hostile.surface import surfaces
from tests.hostile.world import World

STEPS = 6
"""Requests of one chain, at most."""
LEFT_OUT = (
    "DELETE /api/v1/me",
    "POST /api/v1/auth/logout",
    "DELETE /api/v1/auth/sessions/{session_id}",
    "POST /api/v1/tenants/current/leave",
    "GET /api/v1/tasks/{task_id}/events",
    "GET /api/v1/analytics/live",
)
"""After the first the caller is nobody any more; the last ones end when a task does, and never."""
KEY_SCOPES = ["catalog.products:read", "catalog.products:write", "tenants.members:read", "tenants.roles:read"]


async def walk(app: ModularApp, world: World, role: str, *, seed: int, scenarios: int) -> int:
    """Walk that many chains as that principal; returns the number of requests.

    Raises:
        AssertionError: an answer that the document does not know, or a 5xx.
    """
    walker = Walker(app, await principal(world, role))
    await anyio.to_thread.run_sync(walker.run, seed, scenarios)
    return walker.steps


async def principal(world: World, role: str) -> dict[bytes, bytes]:
    """The headers of a person of that role, of an operator, or of an API key."""
    tenant = {b"x-tenant-id": str(world.shop.id).encode(), b"if-match": b"*"}
    if role == "key":
        body = {"name": "k", "scopes": KEY_SCOPES}
        secret = (await world.made(world.shop.owner, "/api-keys", body))["secret"]
        return {**tenant, b"authorization": f"Bearer {secret}".encode()}
    token = world.staff.token if role == "operator" else getattr(world.shop, role).token
    return {**tenant, b"authorization": f"Bearer {token}".encode()}


@lru_cache(maxsize=2)
def linked(app: ModularApp) -> Any:
    """The state machine of the document: made once, for it takes longer than a walk."""
    document = read_document(app)
    for name in LEFT_OUT:
        document = document.exclude(name=name)
    return document.as_state_machine()


class Walker:
    """One principal's chains."""

    def __init__(self, app: ModularApp, headers: Mapping[bytes, bytes]) -> None:
        self._app = app
        self._headers = headers
        self._surfaces = {surface.name: surface for surface in surfaces(app)}
        self.steps = 0

    def run(self, number: int, scenarios: int) -> None:
        """In a thread; every request runs in the loop of the suite."""
        walker = self

        class Chain(linked(self._app)):  # type: ignore[misc]  # made at run time
            """Asks the app in this process."""

            def call(self, case: Case, **_options: Any) -> Response:
                """One step."""
                call = walker.signed(case)
                if call is None:
                    reject()
                return Response.from_any(anyio.from_thread.run(walker.ask, call))

            def validate_response(self, response: Response, case: Case, **_options: Any) -> None:
                """As the document says it, and no 5xx."""
                assert response.status_code < 500, f"{case.method} {case.formatted_path}: {response.text[:500]}"
                case.validate_response(response, checks=ALWAYS)

        quiet = settings(
            max_examples=scenarios,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seed(number)(Chain)
        try:
            Chain.run(settings=quiet)
        except FailureGroup as group:  # which is no Exception, and would end the loop of the suite
            raise AssertionError(str(group)) from None

    async def ask(self, call: Call) -> Any:
        """The answer to one step."""
        answer = await send(self._app, call)
        self.steps += 1
        assert not (told := await as_documented(self._app, answer)), told
        return answer

    def signed(self, case: Case) -> Call | None:
        """The step as that principal sends it; None where no client can."""
        call = to_call(case, self._surfaces[f"{case.method.upper()} {case.path}"])
        if call is None:
            return None
        kept = [header for header in call.headers if header[0] not in self._headers]
        return replace(call, headers=(*kept, *self._headers.items()))
