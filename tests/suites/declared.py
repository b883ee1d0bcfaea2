"""Which routes take files, take addresses to call, or answer tables: found in the OpenAPI document, so that none is forgotten."""

import re
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
Operation = tuple[str, str]
Field = tuple[str, str, str]
"""Method, path and the field's JSON Pointer without numbers."""
JSON = re.compile(r"^application/([a-z.+-]+\+)?json$")
BINARY = {"binary", "byte"}
ADDRESS_FORMATS = {"uri", "url", "uri-reference", "iri", "hostname", "ipv4", "ipv6", "idn-hostname"}
ADDRESS_NAME = re.compile(
    r"(^|[_-])(url|uri|href|hook|webhook|callback|endpoint|host|address_to_call)s?($|[_-])(?!secret$)", re.IGNORECASE
)
TABLES = re.compile(r"^(text/csv|text/tab-separated-values|application/vnd\.(ms-excel|openxmlformats|oasis).*)$")


def uploads(document: Document) -> set[Operation]:
    """Operations that read anything but JSON, or a field of bytes."""
    found = set()
    for operation, described in _operations(document):
        content = described.get("requestBody", {}).get("content", {})
        fields = [field for each in content.values() for field in _fields(each.get("schema", {}), document)]
        if any(not JSON.match(media) for media in content) or any(_is_bytes(schema) for _, schema in fields):
            found.add(operation)
    return found


def addresses(document: Document) -> set[Field]:
    """Fields of bodies and parameters of queries that name something to call."""
    found = set()
    for (method, path), described in _operations(document):
        for each in described.get("requestBody", {}).get("content", {}).values():
            for pointer, schema in _fields(each.get("schema", {}), document):
                if _is_address(pointer.rpartition("/")[2], schema):
                    found.add((method, path, pointer))
        for parameter in described.get("parameters", ()):
            if parameter["in"] == "query" and _is_address(parameter["name"], parameter.get("schema", {})):
                found.add((method, path, f"?{parameter['name']}"))
    return found


def tables(document: Document) -> set[Operation]:
    """Operations that answer what a spreadsheet opens."""
    return {
        operation
        for operation, described in _operations(document)
        for answer in described.get("responses", {}).values()
        for media in answer.get("content", {})
        if TABLES.match(media)
    }


def _operations(document: Document) -> Iterator[tuple[Operation, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, described in item.items():
            yield (method.upper(), path), described


def _fields(
    schema: Any, document: Document, pointer: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Any]]:
    """Every field, however deep; a schema within itself is entered once."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name not in above:
            yield from _fields(document["components"]["schemas"][name], document, pointer, above | {name})
        return
    if pointer:
        yield pointer, schema
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _fields(choice, document, pointer, above)
    for name, inner in schema.get("properties", {}).items():
        yield from _fields(inner, document, f"{pointer}/{name}", above)
    if isinstance(schema.get("items"), dict):
        yield from _fields(schema["items"], document, pointer, above)


def _is_bytes(schema: Any) -> bool:
    return schema.get("format") in BINARY or "contentMediaType" in schema or "contentEncoding" in schema


def _is_address(name: str, schema: Any) -> bool:
    choices = [schema, *schema.get("anyOf", ())]
    texts = [choice for choice in choices if choice.get("type") in {"string", "array"}]
    return any(choice.get("format") in ADDRESS_FORMATS for choice in choices) or bool(
        texts and ADDRESS_NAME.search(name)
    )
