"""The comparison of two documents names what breaks clients, and nothing else."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tools.breaking import breaks
from tools.openapi import SNAPSHOT, accepted, refused

Change = Callable[[Any], Any]
ORDER = {
    "type": "object",
    "required": ["id", "state", "note"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "state": {"enum": ["open", "paid"]},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
    },
}
LINE = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}
MAKE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["number"],
    "properties": {
        "number": {"type": "string", "maxLength": 20},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
}
PROBLEM = {"properties": {"code": {"enum": ["order_paid", "conflict"]}}}


def document() -> dict[str, Any]:
    """One operation and one event, with a little of everything."""
    operation = {
        "operationId": "orders_create_order",
        "x-permission": "orders.order:write",
        "parameters": [
            {"in": "query", "name": "q", "schema": {"type": "string"}},
            {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}},
        ],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Make"}}}},
        "responses": {
            "201": {
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
            },
            "409": {"$ref": "#/components/responses/409"},
        },
    }
    payload = {"type": "object", "properties": {"data": {"$ref": "#/components/schemas/Order"}}}
    body = {"content": {"application/json": {"schema": payload}}}
    problem = {"content": {"application/problem+json": {"schema": {"allOf": [{"type": "object"}, PROBLEM]}}}}
    return copy.deepcopy(
        {
            "paths": {"/orders": {"post": operation}},
            "webhooks": {"orders.made": {"post": {"requestBody": body}}},
            "components": {"schemas": {"Order": ORDER, "Make": MAKE, "Line": LINE}, "responses": {"409": problem}},
        }
    )


def post(new: Any) -> Any:
    """The operation."""
    return new["paths"]["/orders"]["post"]


def model(new: Any, name: str) -> Any:
    """A model."""
    return new["components"]["schemas"][name]


BREAKING: dict[str, Change] = {
    "POST /orders is gone": lambda new: new["paths"]["/orders"].pop("post"),
    "the operationId is x now": lambda new: post(new).update(operationId="x"),
    "it asks for credentials now": lambda new: post(new).update(security=[{"bearer": []}]),
    "it asks for x-permission y now": lambda new: post(new).update({"x-permission": "y"}),
    "the query parameter q is taken no more": lambda new: post(new)["parameters"].pop(0),
    "the query parameter q is required now": lambda new: post(new)["parameters"][0].update(required=True),
    "the query parameter q has the type integer now, not string": lambda new: post(new)["parameters"][0].update(
        schema={"type": "integer"}
    ),
    "the header parameter X-New is required now": lambda new: post(new)["parameters"].append(
        {"in": "header", "name": "X-New", "required": True}
    ),
    "a body is required now": lambda new: post(new)["requestBody"].update(required=True),
    "it takes no body any more": lambda new: post(new).pop("requestBody"),
    "the request.note is gone": lambda new: model(new, "Make")["properties"].pop("note"),
    "the request.kind is required now": lambda new: model(new, "Make")["required"].append("kind"),
    "the request.kind is never b any more": lambda new: model(new, "Make")["properties"]["kind"].update(enum=["a"]),
    "the request.number takes only some values now": lambda new: model(new, "Make")["properties"]["number"].update(
        enum=["1"]
    ),
    "the request.number has the maxLength 10 now": lambda new: model(new, "Make")["properties"]["number"].update(
        maxLength=10
    ),
    "the request.number has the minLength 2 now": lambda new: model(new, "Make")["properties"]["number"].update(
        minLength=2
    ),
    "the request.number has the pattern ^A now, not of anything": lambda new: model(new, "Make")["properties"][
        "number"
    ].update(pattern="^A"),
    "the request.note may not be null any more": lambda new: model(new, "Make")["properties"].update(
        note={"type": "string"}
    ),
    "the answer 201 comes no more": lambda new: post(new)["responses"].update(
        {"200": post(new)["responses"].pop("201")}
    ),
    "the answer 201 has no header ETag any more": lambda new: post(new)["responses"]["201"]["headers"].clear(),
    "the answer 201 is no application/json any more": lambda new: post(new)["responses"]["201"]["content"].clear(),
    "the answer 201.state is gone": lambda new: model(new, "Order")["properties"].pop("state"),
    "the answer 201.id has the type integer now, not string": lambda new: model(new, "Order")["properties"][
        "id"
    ].update(type="integer"),
    "the answer 201.id has the format of anything now, not uuid": lambda new: model(new, "Order")["properties"][
        "id"
    ].pop("format"),
    "the answer 201.id may be null now": lambda new: model(new, "Order")["properties"].update(
        id={"anyOf": [ORDER["properties"]["id"], {"type": "null"}]}  # type: ignore[index]  # a schema
    ),
    "the answer 201.id may be missing now": lambda new: model(new, "Order")["required"].remove("id"),
    "the answer 201.state is never paid any more": lambda new: model(new, "Order")["properties"]["state"].update(
        enum=["open"]
    ),
    "the answer 201.lines[].count is gone": lambda new: model(new, "Line")["properties"].clear(),
    "the error order_paid (409) comes no more": lambda new: new["components"]["responses"]["409"]["content"][
        "application/problem+json"
    ]["schema"]["allOf"][1]["properties"]["code"].update(enum=["conflict"]),
    "the answer 409 comes no more": lambda new: post(new)["responses"].pop("409"),
    "the event is told no more": lambda new: new["webhooks"].clear(),
    "the payload.data.note is gone": lambda new: model(new, "Order")["properties"].pop("note"),
}
HARMLESS: dict[str, Change] = {
    "another operation": lambda new: new["paths"].update({"/more": {"get": {"operationId": "m", "responses": {}}}}),
    "another optional parameter": lambda new: post(new)["parameters"].append({"in": "query", "name": "sort"}),
    "a parameter that is no longer required": lambda new: post(new)["parameters"][1].pop("required"),
    "another field of the answer": lambda new: model(new, "Order")["properties"].update(more={"type": "string"}),
    "another optional field of the request": lambda new: model(new, "Make")["properties"].update(
        more={"type": "string"}
    ),
    "another value in the request": lambda new: model(new, "Make")["properties"]["kind"].update(enum=["a", "b", "c"]),
    "another error": lambda new: post(new)["responses"].update({"410": {}}),
    "a longer text in the request": lambda new: model(new, "Make")["properties"]["number"].update(maxLength=40),
    "a request that asks for less": lambda new: model(new, "Make")["required"].clear(),
    "null in the request": lambda new: model(new, "Make")["properties"].update(
        number={"anyOf": [{"type": "string", "maxLength": 20}, {"type": "null"}]}
    ),
    "an answer that is never null": lambda new: model(new, "Order")["properties"].update(note={"type": "string"}),
    "a permission that is asked for no more": lambda new: post(new).pop("x-permission"),
    "credentials that may be left out": lambda new: post(new).update(security=[{"bearer": []}, {}]),
    "other words": lambda new: post(new).update(summary="Otherwise"),
}


@pytest.mark.parametrize("what", BREAKING)
def test_breaking(what: str) -> None:
    """Each kind of break is named in words that say where it is."""
    new = document()
    BREAKING[what](new)
    assert what in [each.what for each in breaks(document(), new)]


@pytest.mark.parametrize("what", HARMLESS)
def test_harmless(what: str) -> None:
    """What only adds, or asks for less, is no break."""
    new = document()
    HARMLESS[what](new)
    assert breaks(document(), new) == []


def test_own_document() -> None:
    """The snapshot breaks nothing of itself, and everything where it is gone."""
    snapshot = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    count = sum(len(item) for item in snapshot["paths"].values())
    assert breaks(snapshot, snapshot) == []
    assert len(breaks(snapshot, {})) == count + len(snapshot["webhooks"])


def test_announced() -> None:
    """A break that the changelog announces under Unreleased is taken; one of another operation, or of an old release, is not."""
    new = document()
    new["paths"]["/orders"].pop("post")
    new["webhooks"].clear()
    changelog = (
        "## [Unreleased]\n### Changed\n- **Breaking**: `orders_create_order`\n  is gone.\n- `else` is better.\n"
        "## [0.1.0]\n- **Breaking**: `orders.made` is gone.\n"
    )
    assert accepted(changelog) == {"orders_create_order"}
    assert [each.operation for each in refused(breaks(document(), new), accepted(changelog))] == ["orders.made"]
