"""What the OpenAPI document and the rules say of every operation: all that a case is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.extensions.access import AccessRule
from app.extensions.routing import ModularApp
from tests.support.routes import Operation, rules

Schema = dict[str, Any]
BATCH = "/batch"
"""How the path of a batch ends."""


@dataclass(frozen=True)
class Surface:
    """One operation as a client may see it."""

    method: str
    path: str
    rule: AccessRule
    parameters: tuple[Schema, ...]
    body: Schema | None
    """The body's schema, resolved; None where no body is read."""
    body_required: bool
    properties: dict[str, Schema]
    """Of the body, each resolved; empty for a body of any fields."""
    item: Schema | None
    """Of a batch, what each of its items is, resolved; None of what is no batch."""
    described: Schema
    """What the document says of the operation."""

    @property
    def operation(self) -> Operation:
        """Method and path."""
        return self.method, self.path

    @property
    def name(self) -> str:
        """As tests and tables call it."""
        return f"{self.method} {self.path}"

    @property
    def free(self) -> bool:
        """Whether the body takes any field."""
        return self.body is not None and self.body.get("additionalProperties") is not False

    def of(self, place: str) -> list[Schema]:
        """The parameters in `path`, `query` or `header`."""
        return [each for each in self.parameters if each["in"] == place]

    def takes(self, header: str) -> bool:
        """Whether the header is among the parameters."""
        return any(each["name"] == header for each in self.of("header"))


def surfaces(app: ModularApp) -> Iterator[Surface]:
    """Every operation of the document, in its order."""
    document, ruled = app.openapi(), rules(app)
    schemas = document["components"]["schemas"]
    for path, item in document["paths"].items():
        for method, described in item.items():
            content = described.get("requestBody", {}).get("content", {}).get("application/json")
            body: Schema | None = content and content["schema"]
            whole = None if body is None else resolved(body, schemas)[0]
            yield Surface(
                method.upper(),
                path,
                ruled[method.upper(), path],
                tuple(described.get("parameters", ())),
                whole,
                body is not None and described["requestBody"].get("required", False),
                dict((whole or {}).get("properties", {})),
                resolved(whole["properties"]["items"]["items"], schemas)[0] if whole and path.endswith(BATCH) else None,
                described,
            )


def resolved(schema: Schema, schemas: dict[str, Schema]) -> tuple[Schema, bool]:
    """The schema behind references and unions with null, its properties too; and whether null is allowed."""
    choices = schema.get("anyOf", [schema])
    nullable = any(choice.get("type") == "null" for choice in choices)
    chosen = next(choice for choice in choices if choice.get("type") != "null")
    if "$ref" in chosen:
        chosen = schemas[chosen["$ref"].rsplit("/", 1)[1]]
    inner = {}
    for name, each in chosen.get("properties", {}).items():
        part, may_be_null = resolved(each, schemas)
        inner[name] = {**part, "nullable": may_be_null}
    return ({**chosen, "properties": inner} if inner else chosen), nullable
