"""An example for every body: what the models say of themselves, put together; where they say nothing, by name and type."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from app.extensions.hub_map import EXAMPLES

MOMENT: Final = "2026-01-31T12:00:00Z"
ID: Final = EXAMPLES[UUID]
FORMATS: Final[Mapping[str, str]] = {
    "uuid": ID,
    "date-time": MOMENT,
    "date": "2026-01-31",
    "email": "nora@acme.example",
    "uri": "https://acme.example/",
}
NAMES: Final[Mapping[str, Any]] = {
    "access_token": "eyJhbGciOiJFZERTQSJ9...",
    "action": "catalog.product.changed",
    "actor": f"user:{ID}",
    "address": "203.0.113.7",
    "at": MOMENT,
    "cause": "41",
    "code": "492039",
    "confirm": "acme",
    "cron": "0 6 * * *",
    "csrf_token": "q3Zr0bJ1",
    "currency": "EUR",
    "current_password": "correct horse battery staple",
    "description": "In a few words.",
    "email": "nora@acme.example",
    "error": "TimeoutError",
    "event": "catalog.product_created",
    "features": "catalog",
    "granted_by": "admin",
    "handler": "catalog.handlers.count_created",
    "id": "42",
    "key": "stock-keeper",
    "kind": "catalog.reprice",
    "lane": "worker",
    "last_used_address": "203.0.113.7",
    "locale": "en",
    "lowest_role": "viewer",
    "member_state": "active",
    "message": "Changing prices",
    "missed": "once",
    "missing": "catalog.products:write",
    "module": "catalog",
    "msg": "Done.",
    "name": "Nora New",
    "new_email": "nora.new@acme.example",
    "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
    "ordering_key": "product:42",
    "password": "correct horse battery staple",
    "permission": "catalog.products:read",
    "permissions": "catalog.products:read",
    "picture": "https://acme.example/nora.png",
    "plan": "standard",
    "prefix": "atr_test_3kTz",
    "priority": "interactive",
    "queue": "default",
    "reason": "asked for by the customer",
    "refresh_token": "r_9sKf2mQx7Lw0",
    "roles": "member",
    "rule": "permission",
    "scopes": "catalog.products:read",
    "secret": "atr_test_3kTz9QmB_x7Lw0...",
    "sku": "TEA-01",
    "slug": "acme",
    "state": "active",
    "status": "active",
    "target": f"product:{ID}",
    "tenant": "acme",
    "time_zone": "Europe/Berlin",
    "title": "Change prices",
    "token": "t_5f2b1c0e9a8d7c6b5a4f3e2d",
    "transport": "body",
    "type": "str",
    "unit": "products",
    "user_agent": "Mozilla/5.0",
}
"""The words of the platform. A module's own words have their `examples` at the field."""
DEEPEST: Final = 12
"""A schema that holds itself ends here."""


def example_of(schema: Any, schemas: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that fits the schema, the same each time; `name` is the field's.

    Raises:
        LookupError: nobody says what a text of that name looks like.
    """
    schema = _resolved(schema, schemas)
    if "examples" in schema:
        return schema["examples"][0]
    for key in ("example", "const"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        return None if depth >= DEEPEST else example_of(choices[0], schemas, name, depth)
    kind = schema.get("type")
    if kind == "object":
        return {key: example_of(inner, schemas, key, depth + 1) for key, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [] if depth >= DEEPEST else [example_of(schema["items"], schemas, name, depth + 1)]
    return _plain(schema, kind, name)


def give_examples(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Put an example beside the schema of what the operation takes and of what its success answers.

    Where a text has none, nothing is guessed and nothing stands there: the check of the installed modules' document names it.
    """
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for place in (operation.get("requestBody", {}), *answers):
        for content in place.get("content", {}).values():
            if not content.keys() & {"example", "examples"}:
                with suppress(LookupError):
                    content["example"] = example_of(content["schema"], schemas)


def fields_of(answer: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an answer's JSON; none where it is no object."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    found: Mapping[str, Any] = _resolved(schema, schemas).get("properties", {})
    return found


def _plain(schema: Mapping[str, Any], kind: Any, name: str) -> Any:
    if kind == "null":
        return None
    if kind == "boolean":
        return schema.get("default", True)
    if kind in {"integer", "number"}:
        return schema.get("default", max(1, schema.get("minimum", 1)))
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if schema.get("default") is not None:
        return schema["default"]
    if kind is None:
        return {}
    if name not in NAMES:
        raise LookupError(f"{name}: give the field `examples`")
    return NAMES[name]


def _resolved(schema: Any, schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself behind references; what stands beside a reference counts first."""
    while "$ref" in schema:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**schemas[schema["$ref"].rsplit("/", 1)[1]], **beside}
    found: Mapping[str, Any] = schema
    return found
