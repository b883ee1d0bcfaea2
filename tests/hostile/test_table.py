"""docs/wrong-requests.md says what is sent, and a case that refuses nothing or everything is noticed."""

from collections.abc import Iterable
from dataclasses import replace

import httpx
import pytest

from app.extensions.routing import ModularApp
from tests.hostile import table
from tests.hostile.__main__ import DOCUMENT
from tests.hostile.calls import Call
from tests.hostile.cases import CANARY, HEAVY, Case, case
from tests.hostile.corpus import cases
from tests.hostile.judge import faults
from tests.hostile.legal import legal
from tests.hostile.surface import surfaces
from tests.hostile.world import World
from tools.written import rewritten

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

REFUSED = case("body", "x", lambda call: call, "validation_failed")
SERVED = case("body", "x", lambda call: call)
PROBLEM = {"code": "validation_failed", "status": 422, "request_id": "r", "errors": []}


async def test_current(app: ModularApp) -> None:
    """The table shows the operations and cases that there are; `make docs` writes it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert rewritten(text, table.parts(app)) == text


def families(found: Iterable[Case]) -> set[str]:
    """Of what is refused."""
    return {each.family for each in found if not each.is_control}


def names(found: Iterable[Case]) -> set[tuple[str, str]]:
    """What is sent, whichever field or parameter it is sent in."""
    return {(each.family, each.name.rpartition(": ")[2]) for each in found}


async def test_short_run(app: ModularApp) -> None:
    """The short run sends some of each family to each operation, the large ones apart, and everything to some operation."""
    sent, left = set(), set()
    for surface in surfaces(app):
        whole, short = ([*cases(surface, whole=is_whole)] for is_whole in (True, False))
        assert families(short) >= families(each for each in whole if each.turn < HEAVY), surface.name
        sent |= names(short)
        left |= names(whole)
    assert left - sent == set()


def answer(status: int, told: object, **headers: str) -> httpx.Response:
    """An answer to judge."""
    return httpx.Response(status, json=told, headers={"X-Request-ID": "r", **headers})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (answer(422, PROBLEM), ""),
        (answer(422, {"status": False, "msg": "m", "details": PROBLEM}), ""),
        (answer(200, {}), "was not refused"),
        (answer(500, {**PROBLEM, "status": 500}), "500"),
        (answer(400, PROBLEM), "validation_failed with 400"),
        (answer(409, {**PROBLEM, "code": "conflict", "status": 409}), "409 conflict"),
        (answer(422, {**PROBLEM, "detail": f"{CANARY} is wrong"}), "the value is echoed"),
        (answer(422, PROBLEM, **{"X-Value": CANARY}), "the value is echoed"),
        (answer(422, {**PROBLEM, "detail": "asyncpg.DataError"}), "our insides"),
        (answer(422, {**PROBLEM, "request_id": "another"}), "another request's id"),
        (answer(422, PROBLEM, **{"X-Evil": "1"}), "a header was smuggled in"),
    ],
)
def test_judge_goes_red(given: httpx.Response, told: str) -> None:
    """Each thing that an answer to a wrong request may do wrong is told of."""
    found = list(faults(REFUSED, given))
    assert bool(found) == bool(told)
    assert not told or any(told in each for each in found)


def test_refusing_everything_goes_red() -> None:
    """A control that is refused is told of."""
    assert list(faults(SERVED, answer(200, {}))) == []
    assert "is legal and was refused: 422" in next(faults(SERVED, answer(422, PROBLEM)))


async def test_unexplained_operation_goes_red(app: ModularApp, world: World) -> None:
    """An operation that is added and needs more than its caller fails until its legal request is said."""
    surface = replace(next(each for each in surfaces(app) if each.body_required), path="/api/v1/invoices")
    with pytest.raises(AssertionError, match="what is a legal request"):
        await legal(world, surface)
    assert isinstance(await legal(world, replace(surface, body_required=False)), Call)
