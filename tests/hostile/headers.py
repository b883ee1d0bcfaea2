"""Hostile headers, and odd ones that are nobody's business."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from app.extensions.access import Entry
from tests.hostile.calls import HOST, Call
from tests.hostile.cases import CANARY, COMMON, HEAVY, Case, case
from tests.hostile.surface import Surface

SINGLE = ("Host", "Content-Type", "Authorization", "Idempotency-Key", "If-Match", "Content-Length")
MARK = CANARY.encode()
CREDENTIALS: dict[str, bytes | None] = {
    "none": None, "empty": b"", "Basic": b"Basic enE3Y2FuYXJ5", "Bearer alone": b"Bearer", "canary": b"Bearer " + MARK,
    "three parts": b"Bearer a.b.c", "raw bytes": b"Bearer \xff\xfe\x80", "NUL": b"Bearer a\x00b", "8,000 bytes": b"Bearer " + b"A" * 8000,
    "a key of nobody": b"Bearer atr_test_" + MARK, "a key's mark": b"Bearer atr_", "UTF-8": "Bearer \u00fc".encode(),
    "alg none": b"Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ6cTcifQ.", "two in one": b"Bearer a, Bearer b",
}  # fmt: skip
TENANTS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "none": ("tenant_required", ()),
    "empty": ("tenant_invalid", (b"",)),
    "blank": ("tenant_invalid", (b"  ",)),
    "two": ("tenant_invalid", (MARK, MARK)),
    "list": ("tenant_invalid", (MARK + b", " + MARK,)),
    "capitals": ("tenant_invalid", (b"00000000-0000-7000-8000-00000000000A",)),
    "in braces": ("tenant_invalid", (b"{00000000-0000-7000-8000-000000000009}",)),
    "raw bytes": ("tenant_invalid", (b"\xff\xfe",)),
    "NUL": ("tenant_invalid", (b"a\x00b",)),
    "5,000 bytes": ("tenant_invalid", (b"a" * 5000,)),
    "SQL": ("tenant_invalid", (b"' OR 1=1 --",)),
    "wildcard": ("tenant_invalid", (b"*",)),
    "nobody's id": ("tenant_not_found", (b"00000000-0000-7000-8000-000000000009",)),
    "nobody's slug": ("tenant_not_found", (b"nobodys",)),
}
VERSIONS: dict[str, bytes] = {
    "stale": b'"999"', "weak": b'W/"1"', "list": b'"1", "2"', "no quotes": b"1", "canary": b'"' + MARK + b'"', "raw bytes": b'"\xff"',
    "5,000 digits": b'"' + b"9" * 5000 + b'"', "stars": b"**", "open quote": b'"1', "empty": b"",
}  # fmt: skip
KEYS = {
    "empty": b"",
    "blank": b"a b",
    "256": b"x" * 256,
    "raw bytes": b"\xff",
    "UTF-8": "\u00fc".encode(),
    "NUL": b"a\x00b",
}
ODD: tuple[tuple[str, bytes], ...] = (
    ("X-Request-ID", MARK + b"\xff"), ("traceparent", b"00-" + MARK), ("Cookie", b"a=\xff; ;=;" + MARK), ("User-Agent", b"\xff\xfe" * 200),
    ("X-Forwarded-For", b"' OR 1=1, ::1, " + MARK), ("X-HTTP-Method-Override", b"DELETE"), ("X-Method-Override", b"DELETE"),
    ("Range", b"bytes=0-0,-1"), ("Expect", b"100-continue"), ("Origin", b"null"), ("Accept-Language", b"\xff;q=NaN"),
    ("Forwarded", b"for=" + MARK), ("X-Original-URL", b"/api/v1/operator/hub"), ("X-Forwarded-Host", b"evil.example"),
    ("Accept-Encoding", b"zq7;q=99"), ("Content-MD5", MARK), ("If-Modified-Since", b"never"), ("TE", MARK),
)  # fmt: skip
ACCEPTS = (b"", b"\xff", b"*/*;q=NaN", b"application/problem+json;q=1e999", b",,,;;;", b"text/html", b"a" * 5000)


def header_cases(surface: Surface) -> Iterator[Case]:
    """Every case of the headers, in the order of refusals."""
    yield from _anywhere(surface)
    if surface.rule.entry is not Entry.OPEN:
        for name, value in CREDENTIALS.items():
            values: tuple[bytes, ...] = () if value is None else (value,)
            spoil = partial(_having, header="Authorization", values=values)
            yield case("credentials", name, spoil, "unauthenticated", turn=1 if value is None else COMMON)
    if surface.rule.needs_tenant or surface.rule.optional_tenant:
        for name, (code, chosen) in TENANTS.items():
            spoil = partial(_having, header="X-Tenant-ID", values=chosen)
            if code != "tenant_required" or surface.rule.needs_tenant:
                yield case("tenant", name, spoil, code, turn=1 if name in {"none", "nobody's id"} else COMMON)
    if surface.takes("If-Match"):
        yield case("versions", "none", partial(_having, header="If-Match", values=()), "precondition_required")
        for name, value in VERSIONS.items():
            spoil = partial(_having, header="If-Match", values=(value,))
            turn = 1 if name == "stale" else COMMON
            yield case("versions", name, spoil, "precondition_failed", "precondition_required", turn=turn)
    if surface.takes("Idempotency-Key"):
        for name, value in KEYS.items():
            spoil = partial(_having, header="Idempotency-Key", values=(value,))
            yield case("idempotency", name, spoil, "idempotency_key_invalid", turn=COMMON)
        yield case("idempotency", "255", partial(_having, header="Idempotency-Key", values=(b"~" * 255,)))


def _anywhere(surface: Surface) -> Iterator[Case]:
    for header in SINGLE:
        codes = ("bad_host",) if header == "Host" else ("bad_header",)
        yield case("headers", f"two of {header}", partial(_twice, header=header), *codes, turn=COMMON)
    yield case("headers", "no host", _hostless, "bad_host", turn=COMMON)
    if not surface.path.startswith("/health"):
        for host in (b"evil.example", b"", b"testserver.evil.example", b"testserver@evil.example", b"\xff", b"[::1"):
            spoil = partial(_having, header="Host", values=(host,))
            yield case("headers", f"host {host.decode('latin-1')}", spoil, "bad_host", turn=COMMON)
    yield case("headers", "length and chunks", _both, "bad_header", turn=COMMON)
    big = partial(_having, header="X-Big", values=(b"x" * 33_000,))
    yield case("headers", "33,000 bytes", big, "headers_too_large", turn=COMMON)
    many = partial(_having, header="X-Many", values=(b"x" * 40,) * 700)
    yield case("headers", "700 headers", many, "headers_too_large", turn=HEAVY)
    yield case("headers", "odd ones", _odd)
    for accept in ACCEPTS:
        if surface.method == "GET":
            spoil = partial(_having, header="Accept", values=(accept,))
            yield case("headers", f"Accept {accept[:20]!r}", spoil, turn=COMMON)


def _having(call: Call, header: str, values: tuple[bytes, ...]) -> Call:
    return call.having(header, *values)


def _twice(call: Call, header: str) -> Call:
    value = HOST if header == "Host" else b"1"
    return call.having(header, value, value)


def _hostless(call: Call) -> Call:
    return replace(call, bare=True)


def _both(call: Call) -> Call:
    return call.having("Content-Length", str(len(call.raw)).encode()).having("Transfer-Encoding", b"chunked")


def _odd(call: Call) -> Call:
    for name, value in ODD:
        call = call.having(name, value)
    return call
