"""What a change of the OpenAPI document breaks: everything that a client which was written against the old one may stumble over.

Requests may only ask for less, answers may only say more. A parameter or a field that we no longer take counts as well, since
what is unknown is refused here; so does an error code or a value that no longer comes, since clients switch on them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

Document = Mapping[str, Any]
Schema = Mapping[str, Any]
NARROWER_IF_MORE: Final = ("minLength", "minimum", "minItems")
NARROWER_IF_LESS: Final = ("maxLength", "maximum", "maxItems")
EXACT: Final = ("type", "format", "pattern", "const")
NOTHING: Final[Schema] = {}
SUCCESS, PROBLEM = "2", "application/problem+json"


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that breaks: of which operation or event, and what it is."""

    operation: str
    what: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.what}"


def breaks(old: Document, new: Document) -> list[Break]:
    """All of them, in the old document's order; each once."""
    return list(dict.fromkeys(chain(_Comparison(old, new).operations(), _Comparison(old, new).webhooks())))


class _Comparison:
    """Two documents, each with its own components."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old, self._new = old, new
        self._met: set[tuple[str, str, bool]] = set()

    def operations(self) -> Iterator[Break]:
        for path, item in self._old.get("paths", NOTHING).items():
            for method, old in item.items():
                new = self._new.get("paths", NOTHING).get(path, NOTHING).get(method)
                name = old["operationId"]
                if new is None:
                    yield Break(name, f"{method.upper()} {path} is gone")
                    continue
                for what in self._operation(old, new):
                    yield Break(name, what)

    def webhooks(self) -> Iterator[Break]:
        for name, item in self._old.get("webhooks", NOTHING).items():
            new = self._new.get("webhooks", NOTHING).get(name)
            if new is None:
                yield Break(name, "the event is told no more")
                continue
            for what in self._bodies(item["post"]["requestBody"], new["post"]["requestBody"], "payload", taken=False):
                yield Break(name, what)

    def _operation(self, old: Schema, new: Schema) -> Iterator[str]:
        self._met.clear()
        if old["operationId"] != new["operationId"]:
            yield f"the operationId is {new['operationId']} now"
        if _demands(new) and not _demands(old):
            yield "it asks for credentials now"
        for mark in ("x-permission", "x-superuser"):
            if new.get(mark) and new.get(mark) != old.get(mark):
                yield f"it asks for {mark} {new[mark]} now"
        yield from self._parameters(old.get("parameters", ()), new.get("parameters", ()))
        yield from self._request(old.get("requestBody"), new.get("requestBody"))
        yield from self._responses(old["responses"], new["responses"])

    def _parameters(self, old: Any, new: Any) -> Iterator[str]:
        before = {(each["in"], each["name"]): each for each in old}
        after = {(each["in"], each["name"]): each for each in new}
        for (place, name), parameter in before.items():
            if (place, name) not in after:
                yield f"the {place} parameter {name} is taken no more"
            else:
                schemas = parameter.get("schema", NOTHING), after[place, name].get("schema", NOTHING)
                yield from self._schema(*schemas, f"the {place} parameter {name}", taken=True)
        for (place, name), parameter in after.items():
            if parameter.get("required") and not before.get((place, name), NOTHING).get("required"):
                yield f"the {place} parameter {name} is required now"

    def _request(self, old: Schema | None, new: Schema | None) -> Iterator[str]:
        if new is not None and new.get("required") and not (old or NOTHING).get("required"):
            yield "a body is required now"
        if old is not None and new is None:
            yield "it takes no body any more"
        if old is not None and new is not None:
            yield from self._bodies(old, new, "request", taken=True)

    def _responses(self, old: Schema, new: Schema) -> Iterator[str]:
        for status, response in old.items():
            before = self._flat(response, self._old)
            if status not in new:
                yield f"the answer {status} comes no more"
                continue
            after = self._flat(new[status], self._new)
            if status.startswith(SUCCESS):
                yield from self._bodies(before, after, f"answer {status}", taken=False)
            else:
                yield from (f"the error {code} ({status}) comes no more" for code in self._lost_codes(before, after))
            lost = before.get("headers", NOTHING).keys() - after.get("headers", NOTHING).keys()
            yield from (f"the answer {status} has no header {name} any more" for name in sorted(lost))

    def _lost_codes(self, before: Schema, after: Schema) -> list[str]:
        def codes(response: Schema, document: Document) -> set[str]:
            schema = response.get("content", NOTHING).get(PROBLEM, NOTHING).get("schema", NOTHING)
            return set(self._flat(schema, document).get("properties", NOTHING).get("code", NOTHING).get("enum", ()))

        return sorted(codes(before, self._old) - codes(after, self._new))

    def _bodies(self, old: Schema, new: Schema, place: str, *, taken: bool) -> Iterator[str]:
        for kind, content in old.get("content", NOTHING).items():
            if kind not in new.get("content", NOTHING):
                yield f"the {place} is no {kind} any more"
            else:
                yield from self._schema(content["schema"], new["content"][kind]["schema"], f"the {place}", taken=taken)

    def _schema(self, old: Schema, new: Schema, place: str, *, taken: bool) -> Iterator[str]:
        """`taken`: by a request, which must not become narrower; else of an answer, which must not become wider."""
        pair = (old.get("$ref", ""), new.get("$ref", ""), taken)
        if pair[0] and pair in self._met:
            return
        self._met.add(pair)
        before, nullable = self._without_null(self._flat(old, self._old), self._old)
        after, nullable_now = self._without_null(self._flat(new, self._new), self._new)
        if nullable != nullable_now and nullable is taken:
            yield f"{place} {'may not be null any more' if taken else 'may be null now'}"
        yield from self._values(before, after, place, taken=taken)
        yield from self._fields(before, after, place, taken=taken)
        if "items" in before and "items" in after:
            yield from self._schema(before["items"], after["items"], f"{place}[]", taken=taken)

    def _values(self, before: Schema, after: Schema, place: str, *, taken: bool) -> Iterator[str]:
        for key in EXACT:
            gained_only = not taken and key not in before  # an answer that says more of itself
            lost_only = taken and key not in after  # a request that asks for less
            if before.get(key) != after.get(key) and not gained_only and not lost_only:
                yield f"{place} has the {key} {after.get(key, 'of anything')} now, not {before.get(key, 'of anything')}"
        gone = [value for value in before.get("enum", ()) if value not in after.get("enum", before["enum"])]
        yield from (f"{place} is never {value} any more" for value in gone)
        if taken and "enum" in after and "enum" not in before:
            yield f"{place} takes only some values now"
        if taken:
            yield from _narrowed(before, after, place)

    def _fields(self, before: Schema, after: Schema, place: str, *, taken: bool) -> Iterator[str]:
        old, new = before.get("properties", NOTHING), after.get("properties", NOTHING)
        if (
            taken
            and "properties" in after
            and before.get("additionalProperties")
            and not after.get("additionalProperties")
        ):
            yield f"{place} takes no other fields any more"
        for name, schema in old.items():
            if name not in new:
                if not after.get("additionalProperties"):
                    yield f"{place}.{name} is gone"
                continue
            yield from self._schema(schema, new[name], f"{place}.{name}", taken=taken)
        was, now = set(before.get("required", ())), set(after.get("required", ()))
        if taken:
            yield from (f"{place}.{name} is required now" for name in sorted(now - was))
        else:
            yield from (f"{place}.{name} may be missing now" for name in sorted((was - now) & new.keys()))

    def _without_null(self, schema: Schema, document: Document) -> tuple[Schema, bool]:
        """What it is where it is something, and whether it may be null."""
        choices = schema.get("anyOf", ())
        others = [choice for choice in choices if choice.get("type") != "null"]
        if len(others) == len(choices) or len(others) != 1:
            return schema, False
        beside = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**self._flat(others[0], document), **beside}, True

    def _flat(self, schema: Schema, document: Document) -> Schema:
        """Behind references, with what `allOf` puts together as one."""
        while "$ref" in schema:
            _, _, group, name = schema["$ref"].split("/")
            schema = document["components"][group][name]
        parts = [self._flat(part, document) for part in schema.get("allOf", ())]
        if not parts:
            return schema
        properties = {name: value for part in parts for name, value in part.get("properties", NOTHING).items()}
        return {**parts[0], "properties": properties}


def _demands(operation: Schema) -> bool:
    """Whether it asks for credentials of everybody; an empty requirement among others lets anybody come without."""
    security = operation.get("security", ())
    return bool(security) and {} not in security


def _narrowed(before: Schema, after: Schema, place: str) -> Iterator[str]:
    """Bounds of what is taken that are closer than they were."""
    for key in NARROWER_IF_MORE:
        if key in after and after[key] > before.get(key, float("-inf")):
            yield f"{place} has the {key} {after[key]} now"
    for key in NARROWER_IF_LESS:
        if key in after and after[key] < before.get(key, float("inf")):
            yield f"{place} has the {key} {after[key]} now"
