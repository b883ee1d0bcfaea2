"""Requirement 31: whatever a request carries, a line of the log stays one line."""

import json
import logging
from collections.abc import Iterator

import pytest

from app.extensions.logs import JsonFormatter
from app.extensions.routing import ModularApp
from tests.hostile.calls import Call, send

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

BREAKS = ("\r\n", "\n", "\r", "\x00", "\x1b[2J", "\x85", "\u2028")
FORGED = '{"level":"info","logger":"app.access","message":"forged"}'


class Lines(logging.Handler):
    """The access log's lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.seen.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the access log writes."""
    handler, logger = Lines(), logging.getLogger("app.access")
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield handler.seen
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize("text", BREAKS)
async def test_one_line(app: ModularApp, lines: list[str], text: str) -> None:
    """Requirement 31: line breaks in path, query, headers and method are no line breaks of the log, and forge no entry."""
    evil = f"a{text}{FORGED}".encode()
    escaped = "".join(f"%{byte:02x}" for byte in evil)
    call = Call("GET", "/api/v1/me", headers=(), target=f"/api/v1/{escaped}?q={escaped}".encode())
    for name in (
        "User-Agent",
        "X-Request-ID",
        "traceparent",
        "X-Forwarded-For",
        "X-Tenant-ID",
        "Accept",
        "Authorization",
    ):
        call = call.having(name, evil)
    answer = await send(app, call)
    assert answer.status_code == 404
    assert len(lines) == 1
    assert not {"\n", "\r", "\x00", "\x1b"} & set(lines[0])
    assert json.loads(lines[0])["message"] == "request"
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())
