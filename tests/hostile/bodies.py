"""Hostile bodies: what is no JSON, JSON of the wrong shape, other types and codings, and their legal neighbours."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from tests.api.test_surface import PLATFORMS
from tests.hostile.calls import Call
from tests.hostile.cases import CANARY, COMMON, HEAVY, Case, Spoil, case
from tests.hostile.fields import wrong_values
from tests.hostile.surface import Surface

MIB = 1_048_576
LARGE = {"100,000 deep", "100,000 deep, unclosed", "half a megabyte", "50,000"}
EXTRA = "zq7extra"
"""A field that nobody knows; where any field may be, it is one more."""
RAW: dict[str, str] = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "minus Infinity": "-Infinity",
    "1e999": "1e999",
    "minus 1e999": "-1e999",
    "5,000 digits": "9" * 5000,
    "41 digits": "9" * 41,
    "5,000 digits behind the point": "1." + "9" * 5000,
    "lone high surrogate": f'"{CANARY} \\ud800"',
    "lone low surrogate": f'"{CANARY} \\udc00x"',
    "surrogate in a key": f'{{"{CANARY} \\ud800": 1}}',
    "65 deep": "[" * 64 + "]" * 64,
    "100,000 deep": "[" * 100_000 + "]" * 100_000,
    "duplicate keys within": f'{{"a": 1, "a": "{CANARY}"}}',
    "raw control character": f'"{CANARY}\n"',
    "leading zero": "0450",
    "hexadecimal": "0x1",
    "undefined": "undefined",
    "unclosed": f'"{CANARY}',
}
"""Values that no JSON text of ours has: 400, wherever they stand."""
READ: dict[str, str] = {
    "40 digits": "9" * 40,
    "1e308": "1e308",
    "pair of surrogates": '"\\ud83c\\udf75"',
    "64 deep": "[" * 63 + "]" * 63,
    "U+FFFF": '"\\uffff"',
    "minus zero": "-0",
    "duplicate keys apart": '[{"a": 1}, {"a": 1}]',
}
"""The legal side of those limits: read, so that it is the field that is refused, and not the text."""
TYPES: dict[str, bytes | None] = {
    "no type": None,
    "empty type": b"",
    "text/plain": b"text/plain",
    "text/json": b"text/json",
    "a form": b"application/x-www-form-urlencoded",
    "multipart": b"multipart/form-data; boundary=x",
    "any": b"*/*",
    "UTF-16": b"application/json; charset=utf-16",
    "latin-1": b"application/json; charset=latin-1",
    "almost JSON": b"application/jsonx",
    "two in one": b"application/json, text/plain",
    "bytes": b"application/octet-stream",
    "raw bytes": b"\xff\xfe",
}
LEGAL_TYPES = (b"APPLICATION/JSON", b'application/json; charset="UTF-8"', b"application/merge-patch+json")


def body_cases(surface: Surface) -> Iterator[Case]:
    """Every case of the body; of an operation that reads none, that one is passed over."""
    if surface.body is None:
        if not surface.rule.upload:  # there any bytes may be right
            yield case("body", "where none is read", partial(_odd, content=b'{"zq7canary": NaN'))
        yield case(
            "body", "too large, where none is read", partial(_padded, size=MIB + 1), "body_too_large", turn=HEAVY
        )
        return
    yield from _unreadable(surface)
    yield from _unknown(surface)
    yield from _typed()
    yield from _wrong_shape(surface)
    yield from _items(surface)
    yield from _cleared(surface)
    yield from _legal()


def _unreadable(surface: Surface) -> Iterator[Case]:
    if surface.body_required:
        yield case("body", "nothing", lambda call: call.holding(b""), "malformed_json")
    for name, text in RAW.items():
        yield case("body", name, partial(_with, text=text), "malformed_json", turn=_turn(name))
    for name, change in _TEXTS.items():
        yield case("body", name, partial(_changed, change=change), "malformed_json", turn=_turn(name))


def _unknown(surface: Surface) -> Iterator[Case]:
    yield case("body", "NUL in a key", partial(_with, text='{"zq7\\u0000": 1}'), "validation_failed")
    yield case("body", "NUL in a text", partial(_with, text=f'"{CANARY}\\u0000"'), "validation_failed")
    if surface.free:
        return
    for name, text in READ.items():
        spoil = partial(_with, text=text)
        yield case("body", f"{name} in a field too many", spoil, "validation_failed", turn=COMMON)
    yield from _assigned(surface, COMMON)
    yield case("body", "10,000 fields too many", _crowded, "validation_failed", turn=HEAVY)


def _assigned(surface: Surface, turn: int = 1) -> Iterator[Case]:
    for field in sorted(PLATFORMS - surface.properties.keys()):
        spoil = partial(_with, text=f'"{CANARY}"', field=field)
        yield case("mass assignment", field, spoil, "validation_failed", turn=turn)


def _typed() -> Iterator[Case]:
    for name, value in TYPES.items():
        values = () if value is None else (value,)
        yield case("media type", name, partial(_typed_as, values=values), "unsupported_media_type", turn=COMMON)
    for coding in (b"gzip", b"br", b"deflate", b"identity, gzip", b"zq7canary"):
        spoil = partial(_coded, coding=coding)
        yield case("media type", f"coded as {coding.decode()}", spoil, "unsupported_media_type", turn=COMMON)
    yield case("body", "over 1 MiB", partial(_padded, size=MIB + 1), "body_too_large", turn=HEAVY)
    for length in (b"9" * 30, str(MIB + 1).encode()):
        spoil = partial(_long, length=length)
        yield case("body", f"a length of {len(length)} digits, over 1 MiB", spoil, "body_too_large", turn=COMMON)
    for length in (b"two", b"-1", b"0x2", b"1_0", b"\xd9\xa3"):
        yield case("body", f"a length of {length!r}", partial(_long, length=length), "bad_request", turn=COMMON)


def _wrong_shape(surface: Surface) -> Iterator[Case]:
    for name, alone in (("a list", b"[]"), ("a text", b'"zq7canary"'), ("a number", b"1"), ("true", b"true")):
        yield case("shape", f"{name} alone", partial(_held, content=alone), "validation_failed")
    if surface.body_required:
        yield case("shape", "null alone", lambda call: call.holding(b"null"), "validation_failed")
    for field in (surface.body or {}).get("required", ()):
        yield case("shape", f"no {field}", partial(_without, field=field), "validation_failed")
    for field, schema in surface.properties.items():
        for name, text in wrong_values(schema):
            spoil = partial(_with, text=text, field=field)
            turn = HEAVY if name in LARGE else 1
            yield case("field", f"{field}: {name}", spoil, "validation_failed", "malformed_json", turn=turn)


def _items(surface: Surface) -> Iterator[Case]:
    """What is wrong for the single operation, as the one item of a batch: that item's problem, and nothing is stored."""
    if surface.item is None:
        return
    alone = replace(surface, body=surface.item, properties=surface.item["properties"], body_required=True, item=None)
    for each in (*_wrong_shape(alone), *_assigned(alone)):
        yield replace(each, name=f"in an item, {each.name}", spoil=partial(_in_item, spoil=each.spoil), in_item=True)


def _cleared(surface: Surface) -> Iterator[Case]:
    """A merge patch clears what its document calls nullable."""
    for field, schema in surface.properties.items():
        if surface.method == "PATCH" and schema["nullable"]:
            yield case("field", f"{field}: null, which clears it", partial(_with, text="null", field=field))


def _legal() -> Iterator[Case]:
    for value in LEGAL_TYPES:
        yield case("media type", value.decode(), partial(_typed_as, values=(value,)), turn=COMMON)
    yield case("media type", "coded as identity", _uncoded, turn=COMMON)
    yield case("body", "white space around", lambda call: call.holding(b" \r\n\t" + call.raw + b"\n "), turn=COMMON)
    yield case("body", "everything escaped", lambda call: call.holding(_escaped(call.body).encode()), turn=COMMON)
    yield case("body", "exactly 1 MiB", partial(_padded, size=MIB), turn=HEAVY)


def _turn(name: str) -> int:
    """What is no JSON is refused alike for all operations."""
    return HEAVY if name in LARGE else COMMON


def _text(call: Call) -> str:
    return json.dumps(call.body, ensure_ascii=False)


_TEXTS: dict[str, Callable[[str], bytes]] = {
    "blank": lambda _: b"  ",
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "latin-1": lambda text: f'{{"{CANARY} \u00e4": 1, {text[1:]}'.encode("latin-1"),
    "raw surrogate": lambda text: b'{"zq7canary\xed\xa0\x80": 1, ' + text[1:].encode(),
    "overlong UTF-8": lambda text: b'{"zq7canary\xc0\x80": 1, ' + text[1:].encode(),
    "binary": lambda _: bytes(range(256)) * 4,
    "gzip": lambda text: gzip.compress(text.encode()),
    "duplicate keys": lambda text: f'{{"{EXTRA}": 1, "{EXTRA}": "{CANARY}", {text[1:]}'.encode(),
    "duplicate keys, one escaped": lambda text: f'{{"{EXTRA}": 1, "\\u007aq7extra": 2, {text[1:]}'.encode(),
    "trailing data": lambda text: f"{text}{{}}".encode(),
    "trailing comma": lambda text: f'{{"{EXTRA}": 1,}}'.encode(),
    "comment": lambda text: f"/* {CANARY} */{text}".encode(),
    "single quotes": lambda text: f"{{'{CANARY}': 1}}".encode(),
    "NUL behind": lambda text: text.encode() + b"\x00",
    "half": lambda text: text[: max(1, len(text) // 2)].encode(),
    "a form": lambda _: b"name=zq7canary&price=1",
    "XML": lambda _: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY zq7canary SYSTEM "file:///etc/passwd">]><a/>',
    "100,000 deep, unclosed": lambda _: b'{"zq7canary":' * 70_000,
}
"""The whole text, changed."""


def _held(call: Call, content: bytes) -> Call:
    return call.holding(content)


def _changed(call: Call, change: Callable[[str], bytes]) -> Call:
    return call.holding(change(_text(call)))


def _with(call: Call, text: str, field: str = EXTRA) -> Call:
    """One field written as it stands, in the place of what the legal body has there."""
    kept = {name: value for name, value in call.body.items() if name != field}
    parts = [f"{json.dumps(field)}: {text}", *(f"{json.dumps(name)}: {json.dumps(kept[name])}" for name in kept)]
    return call.holding(("{" + ", ".join(parts) + "}").encode())


def _crowded(call: Call) -> Call:
    return call.holding(b"{" + b",".join(b'"f%d": "zq7canary"' % number for number in range(10_000)) + b"}")


def _without(call: Call, field: str) -> Call:
    return call.holding(json.dumps({name: value for name, value in call.body.items() if name != field}).encode())


def _in_item(call: Call, spoil: Spoil) -> Call:
    return call.holding(b'{"items": [' + spoil(replace(call, body=call.body["items"][0])).raw + b"]}")


def _odd(call: Call, content: bytes) -> Call:
    return call.holding(content).having("Content-Type", b"text/plain")


def _padded(call: Call, size: int) -> Call:
    return call.holding(call.raw + b" " * (size - len(call.raw)))


def _typed_as(call: Call, values: tuple[bytes, ...]) -> Call:
    return call.having("Content-Type", *values)


def _coded(call: Call, coding: bytes) -> Call:
    content = gzip.compress(call.raw) if b"gzip" in coding else call.raw
    return call.holding(content).having("Content-Encoding", coding)


def _uncoded(call: Call) -> Call:
    return call.having("Content-Encoding", b"identity")


def _long(call: Call, length: bytes) -> Call:
    return call.having("Content-Length", length)


def _escaped(value: Any) -> str:
    """JSON in which every character of every text is an escape."""
    if isinstance(value, str):
        return '"' + "".join(f"\\u{unit:04x}" for unit in _units(value)) + '"'
    if isinstance(value, dict):
        return "{" + ",".join(f"{_escaped(name)}:{_escaped(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_escaped, value)) + "]"
    return json.dumps(value)


def _units(text: str) -> list[int]:
    """UTF-16 code units, as JSON escapes them."""
    data = text.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
