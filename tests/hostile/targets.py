"""Hostile methods, paths and queries, and their legal neighbours."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tests.hostile.calls import Call
from tests.hostile.cases import CANARY, COMMON, Case, case
from tests.hostile.fields import plain, right_parameter, wrong_parameters
from tests.hostile.surface import Surface

PLACES = {
    "NUL": "a%00b", "NUL alone": "%00", "bad UTF-8": "%FF", "surrogate": "%ED%A0%80", "bad escape": "%zz", "half an escape": "%",
    "dots": "..%2F..", "dots, encoded twice": "%252e%252e%252f", "minus one": "-1", "emoji": "%F0%9F%8D%B5",
    "4,000 letters": "x" * 4000, "SQL": "'%20OR%201=1;--", "almost a UUID": "00000000-0000-7000-8000-00000000000g",
    "line break": f"%0d%0aX-Evil:{CANARY}", "canary": f"{CANARY}%00", "40 digits": "9" * 40, "2^63": str(2**63),
    "blank": "%20", "backslash": "%5C..%5C", "semicolon": ";a=1", "bidi": "%E2%80%AE",
}  # fmt: skip
"""In a path's place: no object, and no fault of ours."""
NOWHERE = ("not_found", "method_not_allowed", "validation_failed")
CURSORS = ("AAAA", f"{CANARY}", "%FF%FE", "%ED%A0%80", "-_" * 30, "A" * 2000, "%C3%A4", "null", "[]", "====")
CHOSEN = {"action": "auth.*", "simulate": "delay:0", "permission": "catalog.products:read"}
"""What a parameter takes whose schema does not say it."""
UNKNOWN = {
    "unknown": f"zq7={CANARY}", "unknown filter": f"zq7[gte]={CANARY}", "tenant": "tenant=00000000-0000-7000-8000-000000000009",
    "NUL in a name": "a%00b=1", "no name": f"={CANARY}", "a list": f"zq7[]={CANARY}", "SQL": "1%3BDROP%20TABLE=1",
    "500 parameters": "&".join(f"p{number}=1" for number in range(500)), "bad escape": "%zz=1",
}  # fmt: skip


def target_cases(surface: Surface) -> Iterator[Case]:
    """Every case of method, path and query."""
    for method in ("BREW", "TRACE", "get", "GETT"):
        yield case("method", method, partial(_by, method=method), "method_not_allowed", turn=COMMON)
    yield from _paths(surface)
    yield case("path", "9,000 bytes", lambda call: call.at("/" + "x" * 9000), "uri_too_long", turn=COMMON)
    yield case("path", "9,000 bytes of query", partial(_asking, query="x=" + "x" * 9000), "uri_too_long", turn=COMMON)
    if not surface.path.startswith("/health"):
        yield from _queries(surface)


def _paths(surface: Surface) -> Iterator[Case]:
    for name, change in (
        ("slash behind", "{path}/"), ("slash in front", "/{path}"), ("NUL behind", "{path}%00"), ("dot behind", "{path}/."),
    ):  # fmt: skip
        yield case("path", name, partial(_moved, change=change), *NOWHERE, turn=COMMON)
    for parameter in surface.of("path"):
        for name, text in PLACES.items():
            spoil = partial(_placed, place=parameter["name"], text=text)
            yield case("path", f"{parameter['name']}: {name}", spoil, *NOWHERE, turn=COMMON)


def _queries(surface: Surface) -> Iterator[Case]:
    for name, query in UNKNOWN.items():
        yield case("query", name, partial(_asking, query=query), "validation_failed", turn=COMMON)
    yield case("query", "nothing in it", partial(_asking, query="&&"))
    for parameter in surface.of("query"):
        name, schema = parameter["name"], plain(parameter["schema"])
        right = CHOSEN.get(name) or next((text for _, text in right_parameter(schema)), None)
        if name == "cursor":
            for text in CURSORS:
                spoil = partial(_asking, query=f"cursor={text}")
                yield case("query", f"cursor: {text[:20]}", spoil, "invalid_cursor", turn=COMMON)
        elif right is not None:
            spoil = partial(_asked, name=name, text=f"{right}&{name}={right}")
            yield case("query", f"{name}: twice", spoil, "validation_failed")
        yield case("query", f"{name}: in capitals", partial(_asking, query=f"{name.upper()}=1"), "validation_failed")
        for kind, text in wrong_parameters(schema):
            yield case("query", f"{name}: {kind}", partial(_asked, name=name, text=text), "validation_failed")
        rights = [("one", CHOSEN[name])] if name in CHOSEN else list(right_parameter(schema))
        for kind, text in rights if name != "cursor" and surface.method == "GET" else ():
            yield case("query", f"{name}: {kind}", partial(_asked, name=name, text=text))


def _by(call: Call, method: str) -> Call:
    return replace(call, method=method)


def _moved(call: Call, change: str) -> Call:
    return call.at(change.format(path=call.path))


def _placed(call: Call, place: str, text: str) -> Call:
    mark = "zq7place"
    return call.at(replace(call, values={**call.values, place: mark}).path.replace(mark, text))


def _asking(call: Call, query: str) -> Call:
    return call.asking(query)


def _asked(call: Call, name: str, text: str) -> Call:
    """With that parameter alone in the place of what the legal request has of it."""
    kept = [part for part in call.query.split("&") if part and part.partition("=")[0] != name]
    return replace(call, query="&".join([*kept, f"{name}={text}"]))
