"""What leaves: every answer of every test has the security headers, and every success what the OpenAPI document says."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import httpx

from app.extensions.routing import ModularApp
from app.utils.schemas import COUNTED

JSON = "application/json"
SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer carries."""


class Contract:
    """The document of one app; a hook for its client."""

    def __init__(self, app: ModularApp) -> None:
        """The document is made when the first answer is judged."""
        self._app = app

    async def judge(self, response: httpx.Response) -> None:
        """Refuse an answer without the security headers, and a body with a field too many or too few.

        Raises:
            AssertionError: naming what is wrong.
        """
        lacking = {name for name, text in SECURITY.items() if response.headers.get(name) != text}
        assert not lacking, f"{response.request.url.path}: no {lacking}"
        if not response.is_success or response.headers.get("Content-Type") != JSON:
            return
        schema = self._schema(response.request.method, response.request.url.path, response.status_code)
        await response.aread()
        components = self._app.openapi()["components"]["schemas"]
        told = list(faults(response.json(), schema, components)) if schema is not None else []
        assert not told, f"{response.request.method} {response.request.url.path}: {'; '.join(told)}"

    def _schema(self, method: str, path: str, status: int) -> Any:
        for pattern, methods, template in _routes(self._app):
            if method in methods and pattern.match(path):
                item = self._app.openapi()["paths"].get(template, {})
                answers = item.get(method.lower(), {}).get("responses", {})
                return answers[str(status)]["content"][JSON]["schema"] if answers else None
        return None


@lru_cache(maxsize=4)
def _routes(app: ModularApp) -> list[tuple[re.Pattern[str], frozenset[str], str]]:
    """What an app answers, in its order; kept, since a suite asks ten thousand times."""
    return [
        (context.path_regex, frozenset(context.methods or ()), context.path_format or "")
        for context in app.contexts()
        if getattr(context, "path_regex", None) is not None
    ]


def faults(value: Any, schema: Any, components: dict[str, Any], place: str = "") -> Iterator[str]:
    """Where a value has other fields than the schema: neither one more nor one less."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        choices = [list(faults(value, choice, components, place)) for choice in schema["anyOf"]]
        yield from min(choices, key=len)
    elif schema.get("type") == "null":
        yield from () if value is None else (f"{place} is not null",)
    elif value is None:
        yield f"{place} is null"
    elif "properties" in schema:
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        more = set() if schema.get("additionalProperties") else value.keys() - schema["properties"].keys()
        yield from (f"{place}/{name} is not in the document" for name in sorted(more))
        on_demand = COUNTED.keys() if "next_cursor" in value else set()
        lacking = schema["properties"].keys() - value.keys() - on_demand
        yield from (f"{place}/{name} is missing" for name in lacking)
        for name in value.keys() & schema["properties"].keys():
            yield from faults(value[name], schema["properties"][name], components, f"{place}/{name}")
    elif schema.get("type") == "array":
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], components, f"{place}/{number}")
