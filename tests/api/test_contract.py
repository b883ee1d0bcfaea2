"""Requirement 32: every answer has a model, and holds its fields and no other; the hook on the client compares them all."""

from typing import Any

import httpx
import pytest

from app.extensions.contract import Contract
from app.extensions.routing import API, ModularApp
from tests.support.contract import Judge
from tests.support.shops import Shops, product

STREAMS = {
    f"{API}/analytics/live",
    f"{API}/analytics/products/top/export",
    f"{API}/analytics/sales/export",
    f"{API}/audit-log/export",
    f"{API}/files/{{link}}",
    f"{API}/tasks/{{task_id}}/events",
}
"""Text by the line, of which the document says what it is; files, which are somebody's own."""
FREE = {
    "AuditEntryOut.after",
    "AuditEntryOut.before",
    "DefaultResponse.details",
    "DeliveryDetail.payload",
    "CarrierMessage",
    "EventEntry.sample",
    "EventEntry.schema",
    "GatewayMessage",
    "MeOut.limits",
    "MockItem",
    "ModuleSettingsOut.values",
    "Problem.checks",
    "ReadinessOut.checks",
    "TaskOut.result",
    "TaskProgress.partial",
    "UploadOut.fields",
    "UploadOut.headers",
}
"""Reviewed: objects whose fields the document does not name. Masked states, nothing, a plan's numbers, what a front end made up, settings
that were checked, words by the name of a check, an event's masked fields, a payload and its JSON Schema, what a kind of task
hands over, what a store of files wants sent along, what carriers and gateways say beside what is read."""
ITEM = {
    "type": "object",
    "required": ["id", "of"],
    "properties": {"id": {"type": "string"}, "of": {"anyOf": [{"$ref": "#/components/schemas/Of"}, {"type": "null"}]}},
}
PAGE = {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": ITEM}}}
OF = {"Of": {"type": "object", "properties": {"id": {"type": "string"}}}}
DOCUMENT: dict[str, Any] = {"paths": {}, "components": {"schemas": OF}}


def successes(app: ModularApp) -> dict[tuple[str, str], Any]:
    """What every operation answers when it succeeds, by its media type."""
    return {
        (method, path): answer.get("content", {})
        for path, item in app.openapi()["paths"].items()
        for method, operation in item.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }


def free(schema: Any) -> bool:
    """Whether anything may stand there."""
    if isinstance(schema, dict):
        return bool(schema.get("additionalProperties")) or any(free(value) for value in schema.values())
    return isinstance(schema, list) and any(free(value) for value in schema)


async def test_every_operation_has_a_model(app: ModularApp) -> None:
    """Requirement 32: a success is described by a model of its own, never by "anything"."""
    for (method, path), content in successes(app).items():
        if path not in STREAMS:
            assert list(content) == ["application/json"], (method, path)
            assert content["application/json"]["schema"]["$ref"].startswith("#/components/schemas/"), (method, path)


async def test_free_objects_are_reviewed(app: ModularApp) -> None:
    """Requirement 32: where a model holds an object of any shape, that is known."""
    found = set()
    for name, schema in app.openapi()["components"]["schemas"].items():
        found |= {f"{name}.{field}" for field, inner in schema.get("properties", {}).items() if free(inner)}
        found |= {name} if schema.get("additionalProperties") else set()
    assert found == FREE


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"data": [{"id": "a", "of": None}, {"id": "b", "of": {"id": "c"}}]}, []),
        ({"data": [], "total": 1}, ["/total is not in the document"]),
        ({}, ["/data is missing"]),
        ({"data": [{"id": "a"}]}, ["/data/0/of is missing"]),
        (
            {"data": [{"id": "a", "of": {"id": "c", "password_hash": "x"}}]},
            ["/data/0/of/password_hash is not in the document"],
        ),
        ({"data": None}, ["/data is null, not array"]),
    ],
)
def test_goes_red(body: Any, told: list[str]) -> None:
    """Requirement 32: a field too many or too few is named, however deep."""
    assert list(Contract(DOCUMENT).value_faults(body, PAGE)) == told


async def test_hook_goes_red(app: ModularApp, shops: Shops) -> None:
    """Requirement 32: whatever client asks, the answer is looked at, and by the right schema."""
    shop, judge = await shops.shop(), Judge(app)
    answer = await shop.member.post("/products", json=product())
    more = httpx.Response(201, json={**answer.json(), "tenant_id": str(shop.id)})
    more.headers.update({**answer.headers, "Content-Length": more.headers["Content-Length"]})
    with pytest.raises(AssertionError, match="/tenant_id is not in the document"):
        await judge.judge(answer.request, more)


async def test_headers_go_red(app: ModularApp, client: httpx.AsyncClient) -> None:
    """Requirement 33: an answer without one of the security headers is refused, an error too."""
    answer = await client.get(f"{API}/me")
    assert answer.status_code == 401
    del answer.headers["X-Frame-Options"]
    with pytest.raises(AssertionError, match="x-frame-options"):
        await Judge(app).judge(answer.request, answer)
