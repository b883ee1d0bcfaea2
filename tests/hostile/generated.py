"""Requests that schemathesis makes from the OpenAPI document: data that it calls right, and data that it calls wrong.

It draws and shrinks in a thread; each request runs in the loop of the suite, where the app and its connections live.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import anyio.from_thread
import anyio.to_thread
import httpx
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, reject, seed, settings
from hypothesis.errors import Flaky, Unsatisfiable
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi import checks as documented

from app.extensions.routing import ModularApp
from tests.hostile.calls import Call, send
from tests.hostile.judge import documented as as_documented
from tests.hostile.legal import legal
from tests.hostile.stored import stored
from tests.hostile.surface import Surface
from tests.hostile.world import World

BASE = "http://testserver"
OURS = {"authorization", "x-tenant-id", "if-match"}
"""Headers that the legal request has and no data is drawn for."""
NEVER_WRONG = {*OURS, "if-none-match"}
"""Headers of which no wrong data is drawn: the last is right whatever it says."""
UNREAD = {"malformed_json", "unsupported_media_type", "bad_request", "bad_header", "body_too_large"}
"""What right data is never told."""
ALWAYS: list[CheckFunction] = [
    documented.status_code_conformance,
    documented.content_type_conformance,
    documented.response_headers_conformance,
    documented.response_schema_conformance,
]
Case: TypeAlias = schemathesis.Case[Any]  # generic in the operation, whose own parameters are private


@lru_cache(maxsize=2)
def read_document(app: ModularApp) -> BaseSchema:
    """The app's document, as schemathesis has it: a copy, into which it writes the links that it finds."""
    load_all_checks()
    return schemathesis.openapi.from_dict(deepcopy(app.openapi()))


@dataclass
class Draw:
    """Both kinds of data for one operation."""

    app: ModularApp
    world: World
    surface: Surface
    operation: APIOperation  # type: ignore[type-arg]  # generic in five private types
    address: str
    examples: int
    number: int
    """The seed."""
    shrinks: bool = False
    """Whether what fails is made as small as it can be, which takes long."""
    answers: dict[str, int] = field(default_factory=dict)
    """How often each answer came, by kind of data and code."""

    async def all(self) -> list[str]:
        """Draw, send and judge; returns what was wrong, each with the smallest request that shows it."""
        if self.surface.rule.upload:
            return []  # the bytes of a file are no data that could be drawn: the suite of uploads sends those
        unspoilt = await legal(self.world, self.surface)
        told = await self._try(schemathesis.GenerationMode.POSITIVE, unspoilt)
        if self.surface.item is not None:
            return told  # a wrong item is refused in an answer that is a success: the corpus sends those
        if self.surface.body is None and {each["name"].lower() for each in self.surface.parameters} <= NEVER_WRONG:
            return told  # nothing could be wrong, which schemathesis would learn after hundreds of drawings
        unspoilt = await legal(self.world, self.surface)
        before = await stored(self.world.rows)
        told += await self._try(schemathesis.GenerationMode.NEGATIVE, unspoilt)
        after = await stored(self.world.rows)
        return told + [f"wrong data was stored in {name}" for name in before if before[name] != after[name]]

    async def _try(self, mode: schemathesis.GenerationMode, unspoilt: Call) -> list[str]:
        try:
            await anyio.to_thread.run_sync(self._draw, mode, unspoilt)
        except Unsatisfiable:
            return []  # the operation takes nothing that could be wrong
        except (AssertionError, Flaky) as error:
            return [f"{mode.value}: {error}"]
        return []

    def _draw(self, mode: schemathesis.GenerationMode, unspoilt: Call) -> None:
        headers = {name.decode(): value.decode() for name, value in unspoilt.headers if name.decode() in OURS}
        fixed = mode.is_positive or bool(self.surface.body or self.surface.of("query"))
        strategy = self.operation.as_strategy(
            mode,
            headers=headers,
            cookies=_cookies(self.surface),
            path_parameters=unspoilt.values if fixed and unspoilt.values else None,
        )

        phases = [Phase.generate, Phase.shrink] if self.shrinks else [Phase.generate]

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        )
        @seed(self.number)
        @given(strategy)
        def each(case: Case) -> None:
            call = to_call(case, self.surface)
            if call is None:
                reject()
            self._judge(case, call, anyio.from_thread.run(self._send, call))

        each()

    async def _send(self, call: Call) -> httpx.Response:
        answer = await send(self.app, call, self.address)
        assert not (told := await as_documented(self.app, answer)), told
        return answer

    def _judge(self, case: Case, call: Call, answer: httpx.Response) -> None:
        code = "" if answer.is_success or not answer.content else _code(answer.json())
        wrong = case.meta is not None and case.meta.generation.mode.is_negative
        kind = f"{'wrong' if wrong else 'right'} {answer.status_code} {code}"
        self.answers[kind] = self.answers.get(kind, 0) + 1
        shown = f"{call.method} {call.wired()[0]!r} {call.raw[:500]!r}: {answer.status_code} {answer.text[:500]}"
        assert answer.status_code < 500, shown
        checks = [*ALWAYS, *([documented.negative_data_rejection] if wrong else [])]
        try:
            case.validate_response(answer, checks=checks)
        except (FailureGroup, Failure) as error:
            raise AssertionError(f"{shown}: {error}") from None
        assert wrong or code not in UNREAD, shown


def _cookies(surface: Surface) -> dict[str, str] | None:
    """Fixed: what is drawn for a cookie holds semicolons, and is another cookie on the wire."""
    return {each["name"]: "none" for each in surface.of("cookie")} or None


def _code(told: Any) -> str:
    return str(told.get("details", told).get("code", ""))


def to_call(case: Case, surface: Surface) -> Call | None:
    """The request as a client would send it; None where no client can."""
    kwargs = case.as_transport_kwargs(base_url=BASE)
    try:
        made = requests.Request(**kwargs).prepare()
        headers = tuple((name.lower().encode("latin-1"), _bytes(value)) for name, value in made.headers.items())
    except (ValueError, requests.RequestException):
        return None
    parts = urlsplit(made.url or "")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    content = made.body.encode() if isinstance(made.body, str) else _bytes(made.body or b"")
    kept = tuple(header for header in headers if header[0] != b"content-length")
    return Call(surface.method, surface.path, content=content, headers=kept, target=target.encode("latin-1"))


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("latin-1")
