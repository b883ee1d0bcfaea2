"""What is wrong for a value, by its schema: of a field of a body, and of a parameter."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.hostile.cases import CANARY
from tests.hostile.surface import Schema

FORMATS = {"uuid", "date-time", "email"}
LISTED = re.compile(r"\^-?\(([A-Za-z_|]+)\)\(,")
"""The pattern of one or more of these, by comma."""
NO_MOMENTS = {
    "no zone": "2026-01-01T00:00:00", "before time": "0001-01-01T00:00:00+14:00", "after time": "9999-12-31T23:59:59-14:00",
    "1e400": "1e400", "a number": "4102444800", "no day": "2026-02-30T00:00:00Z", "a day alone": "2026-02-03",
}  # fmt: skip


def wrong_values(schema: Schema) -> Iterator[tuple[str, str]]:
    """Names and JSON texts of what a field never takes."""
    if not schema.get("nullable"):
        yield "null", "null"
    kind = schema.get("type")
    if kind == "integer":
        yield from _wrong_integers(schema)
    elif kind == "string":
        yield from _wrong_texts(schema)
    elif kind == "boolean":
        yield from (("one", "1"), ("text", '"true"'), ("list", "[true]"))
    elif kind == "array":
        yield from _wrong_lists(schema)


def _wrong_integers(schema: Schema) -> Iterator[tuple[str, str]]:
    yield from (
        ("true", "true"), ("1.0", "1.0"), ("1e2", "1e2"), ("minus 0.0", "-0.0"), ("half", "0.5"), ("text", '"1"'),
        ("list", "[1]"), ("object", "{}"), ("2^53", str(2**53)), ("2^63", str(2**63)), ("40 digits", "9" * 40),
        ("minus 2^63 - 1", str(-(2**63) - 1)), ("NaN", "NaN"), ("text of 5,000 digits", f'"{"9" * 5000}"'),
    )  # fmt: skip
    for bound, step in (("minimum", -1), ("maximum", 1)):
        if bound in schema:
            yield f"beyond the {bound}", str(int(schema[bound]) + step)


def _wrong_texts(schema: Schema) -> Iterator[tuple[str, str]]:
    yield from (
        ("number", "1"), ("a second", "4102444800"), ("true", "true"), ("list", f'["{CANARY}"]'), ("object", f'{{"{CANARY}": 1}}'),
        ("NUL", f'"{CANARY}\\u0000"'), ("lone surrogate", f'"{CANARY}\\ud800"'),
    )  # fmt: skip
    if schema.get("minLength"):
        yield "empty", '""'
    if "maxLength" in schema:
        yield "too long", json.dumps(CANARY + "x" * schema["maxLength"])
        yield "half a megabyte", json.dumps(CANARY + "x" * 500_000)
    if "enum" in schema or schema.get("format") in FORMATS:
        yield "none of these", f'"{CANARY}"'
    if schema.get("format") == "date-time":
        yield from ((name, f'"{text}"') for name, text in NO_MOMENTS.items())
    if "pattern" in schema:
        yield "line break", f'"{CANARY}\\r\\nX-Evil: 1"'


def _wrong_lists(schema: Schema) -> Iterator[tuple[str, str]]:
    yield from (("text", f'"{CANARY}"'), ("object", f'{{"0": "{CANARY}"}}'), ("number", "1"))
    yield from (("null within", "[null]"), ("list within", f'[["{CANARY}"]]'), ("number within", "[1]"))
    if schema.get("minItems"):
        yield "empty", "[]"
    if "maxItems" in schema:
        yield "too many", json.dumps([f"{CANARY}{number}" for number in range(schema["maxItems"] + 1)])
        yield "50,000", json.dumps([CANARY] * 50_000)


def wrong_parameters(schema: Schema) -> Iterator[tuple[str, str]]:
    """Names and percent-encoded texts of what a parameter never takes."""
    kind, form = schema.get("type"), schema.get("format")
    if kind == "integer":
        yield from (
            ("text", CANARY), ("empty", ""), ("half", "1.5"), ("NaN", "NaN"), ("Infinity", "Infinity"), ("1e999", "1e999"),
            ("hexadecimal", "0x1"), ("2^63", str(2**63)), ("5,000 digits", "9" * 5000), ("true", "true"), ("NUL", "1%00"),
            ("surrogate", "%ED%A0%80"), ("bad escape", "%zz"), ("list", "[1]"), ("underscore", "1_0"), ("plus", "%2B1"),
            ("blank around", "%201"), ("point", "1.0"), ("Arabic digit", "%D9%A3"),
        )  # fmt: skip
        for bound, step in (("minimum", -1), ("maximum", 1)):
            if bound in schema:
                yield f"beyond the {bound}", str(int(schema[bound]) + step)
    elif schema.keys() & {"enum", "const"} or form in FORMATS:
        yield from (("none of these", CANARY), ("empty", ""), ("NUL", f"{CANARY}%00"), ("surrogate", "%ED%A0%80"))
    else:
        yield "NUL", f"{CANARY}%00"
        if LISTED.match(schema.get("pattern", "")):
            yield from (("none of these", CANARY), ("empty", ""), ("SQL", "1;DROP"))
    if form == "date-time":
        yield from ((name, text.replace("+", "%2B")) for name, text in NO_MOMENTS.items())
    if kind == "string" and schema.get("minLength"):
        yield "empty text", ""
    if kind == "string" and schema.get("maxLength", 0) < 7000 and "maxLength" in schema:
        yield "too long", CANARY + "x" * schema["maxLength"]


def right_parameter(schema: Schema) -> Iterator[tuple[str, str]]:
    """Names and texts of what a parameter takes, as far as its schema says it."""
    if schema.get("type") == "integer":
        yield from ((bound, str(int(schema[bound]))) for bound in ("minimum", "maximum") if bound in schema)
    elif "enum" in schema or "const" in schema:
        yield from ((each, each) for each in schema.get("enum", [schema.get("const")]))
    elif found := LISTED.match(schema.get("pattern", "")):
        yield from ((each, each) for each in found[1].split("|"))
    elif schema.get("format") == "date-time":
        yield from (("in Vienna", "2026-01-01T00:00:00%2B01:00"), ("a fraction", "2026-01-01T00:00:00.5Z"))
    elif schema.get("type") == "string" and "pattern" not in schema and "format" not in schema:
        yield from (
            ("letters", "a" * max(1, schema.get("minLength", 1))),
            ("a quote", "%27;--"),
            ("bad UTF-8", "%FF%FE"),
            ("bad escape", "%zz"),
        )


def plain(schema: Any) -> Schema:
    """A parameter's schema without its null."""
    choices = schema.get("anyOf", [schema])
    found: Schema = next(choice for choice in choices if choice.get("type") != "null")
    return found
