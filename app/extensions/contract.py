"""Whether an answer is what the document says: status, headers, and every field of the body.

Knows the part of JSON Schema that our models make. Stricter than JSON Schema in one point: a field that the document does not
name is a fault, since nobody has reviewed it. The tests ask it of every answer, a serving process of a sample.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

JSON_TYPES: Final = ("application/json", "application/problem+json")
ANY_TYPE: Final = "*/*"
"""Of a file: its type is that of whoever sent it."""
UNDOCUMENTED: Final = frozenset({
    "cache-control",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "vary",
    "x-accel-buffering",
    "x-content-type-options",
    "x-frame-options",
})  # fmt: skip
"""Headers of the edge and of HTTP itself, which no operation has of its own. So are those of CORS."""
CORS: Final = "access-control-"
CLIENT_FAULT: Final = 400
SERVER_FAULT: Final = 500
SIMULATED: Final = "x-simulated"
"""On an operation that answers whatever error it is asked for."""
KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
ANYTHING: Final[Mapping[str, Any]] = {}
"""The schema that everything fits."""
FORMATS: Final[Mapping[str, Callable[[str], Any]]] = {"uuid": UUID, "date-time": datetime.fromisoformat}


@dataclass(frozen=True, slots=True)
class Answer:
    """What left. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None
    """None: it was not kept, and only status and headers are compared."""


class Contract:
    """One document, to be compared with answers."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """`document` is OpenAPI 3.1, as `make_document` makes it."""
        self._paths = document["paths"]
        self._components = document["components"]
        self._known: dict[int, tuple[Any, Mapping[str, Any]]] = {}

    def operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        """What the document says of a method and a path with its placeholders; None: nothing."""
        found: Mapping[str, Any] | None = self._paths.get(path, {}).get(method.lower())
        return found

    def codes(self, operation: Mapping[str, Any], status: int) -> list[str]:
        """The error codes that the operation answers with that status."""
        response = self._response(operation, status) or {}
        schema = response.get("content", {}).get(JSON_TYPES[1], {}).get("schema", ANYTHING)
        found: list[str] = self._flat(schema).get("properties", {}).get("code", {}).get("enum", [])
        return found

    def faults(self, operation: Mapping[str, Any], answer: Answer) -> Iterator[str]:
        """Where the answer is not what is written; nothing where it is."""
        if operation.get(SIMULATED) and answer.status >= CLIENT_FAULT:
            return
        response = self._response(operation, answer.status)
        if response is None:
            yield f"status {answer.status} is not in the document"
            return
        yield from self._header_faults(response.get("headers", {}), answer.headers)
        content = response.get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0].strip()
        if not content:
            yield from ("a body is not in the document",) if answer.body else ()
        elif ANY_TYPE in content:
            return
        elif kind not in content:
            yield f"the type {kind or 'of no body'} is not in the document"
        elif kind in JSON_TYPES and answer.body is not None:
            yield from self.value_faults(orjson.loads(answer.body), content[kind]["schema"])

    def value_faults(self, value: Any, schema: Any, place: str = "") -> Iterator[str]:
        """Where a value is not what a schema says."""
        schema = self._flat(schema)
        if "anyOf" in schema:
            choices = [list(self.value_faults(value, choice, place)) for choice in schema["anyOf"]]
            yield from min(choices, key=len)
            return
        if "const" in schema and value != schema["const"]:
            yield f"{place} is not {schema['const']}"
        elif "enum" in schema and value not in schema["enum"]:
            yield f"{place} is none of the values in the document"
        elif not _is_of(value, schema.get("type")):
            yield f"{place} is {_named(value)}, not {schema['type']}"
        elif isinstance(value, dict):
            yield from self._object_faults(value, schema, place)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.value_faults(item, schema.get("items", ANYTHING), f"{place}/{number}")
        elif value is not None:
            yield from _plain_faults(value, schema, place)

    def _object_faults(self, value: dict[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
        named = schema.get("properties", {})
        if not schema.get("additionalProperties") and (named or "additionalProperties" in schema):
            yield from (f"{place}/{name} is not in the document" for name in sorted(value.keys() - named.keys()))
        yield from (f"{place}/{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name in value.keys() & named.keys():
            yield from self.value_faults(value[name], named[name], f"{place}/{name}")

    def _header_faults(self, documented: Mapping[str, Any], sent: Mapping[str, str]) -> Iterator[str]:
        known = {name.lower(): self._flat(header) for name, header in documented.items()}
        for name in sorted(sent.keys() - known.keys() - UNDOCUMENTED):
            if not name.startswith(CORS):
                yield f"the header {name} is not in the document"
        for name, header in known.items():
            if name in sent:
                yield from self.value_faults(sent[name], header["schema"], f"the header {name}")
            elif header.get("required"):
                yield f"the header {name} is missing"

    def _response(self, operation: Mapping[str, Any], status: int) -> Mapping[str, Any] | None:
        responses = operation["responses"]
        found = responses.get(str(status)) or (responses.get("default") if status == SERVER_FAULT else None)
        return None if found is None else self._flat(found)

    def _flat(self, schema: Any) -> Mapping[str, Any]:
        """The schema behind references, with what `allOf` puts together as one; made once."""
        known = self._known.get(id(schema))
        if known is None:
            # kept with the schema itself, so that no other takes its id
            known = self._known[id(schema)] = (schema, self._flattened(schema))
        return known[1]

    def _flattened(self, schema: Any) -> Mapping[str, Any]:
        while "$ref" in schema:
            _, _, group, name = schema["$ref"].split("/")
            schema = {**self._components[group][name], **{key: value for key, value in schema.items() if key != "$ref"}}
        found: dict[str, Any] = {key: value for key, value in schema.items() if key != "allOf"}
        for part in map(self._flat, schema.get("allOf", ())):
            mine, other = found.get("properties", {}), part.get("properties", {})
            both = {name: {"allOf": [mine[name], other[name]]} for name in mine.keys() & other.keys()}
            found = {**found, **part, "required": [*found.get("required", ()), *part.get("required", ())]}
            found["properties"] = {**mine, **other, **both}
        return found


def _is_of(value: Any, kind: str | None) -> bool:
    """Whether JSON calls it so; a boolean is no number."""
    if kind is None:
        return True
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _plain_faults(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    """Format, pattern and bounds. The value itself is never told: it may be anybody's."""
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{place} does not have the pattern"
        if not _reads(value, FORMATS.get(schema.get("format", ""))):
            yield f"{place} is no {schema['format']}"
    elif "minimum" in schema and value < schema["minimum"]:
        yield f"{place} is less than {schema['minimum']}"
    elif "maximum" in schema and value > schema["maximum"]:
        yield f"{place} is more than {schema['maximum']}"


def _reads(text: str, reader: Callable[[str], Any] | None) -> bool:
    try:
        return reader is None or reader(text) is not None
    except ValueError:
        return False


def _named(value: Any) -> str:
    """What JSON calls its type."""
    return next(kind for kind, types in KINDS.items() if isinstance(value, types) and _is_of(value, kind))
