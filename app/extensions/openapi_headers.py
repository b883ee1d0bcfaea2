"""Headers in the document: what operations take by them and what their answers carry."""

from typing import Any, Final

_CHOOSES: Final = "The tenant's id or slug. It selects; membership is checked each time."
_WRITTEN: Final = (
    "1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: "
)


def _tenant(description: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "string", "examples": ["acme"]}
    return {
        "name": "X-Tenant-ID",
        "in": "header",
        "required": required,
        "description": description,
        "schema": schema,
    }


def _idempotency(again: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["5f2b1c0e-order-17"]}
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": _WRITTEN + again,
        "schema": schema,
    }


TENANT_OF_PERSON: Final = _tenant(_CHOOSES, required=True)
"""Where only people come."""
TENANT_OF_CALLER: Final = _tenant(
    f"{_CHOOSES} With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: "
    "it may be left out, and another's is 404.",
    required=False,
)
"""Where API keys come too."""
TENANT_IF_ANY: Final = _tenant(f"{_CHOOSES} Without it the answer is of no tenant.", required=False)
IDEMPOTENCY: Final = _idempotency(
    "the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422."
)
IDEMPOTENCY_OF_SECRET: Final = _idempotency(
    "409 `idempotency_key_used` with the id of what was made, whose secret is shown once; with another body 422."
)
IF_NONE_MATCH: Final[dict[str, Any]] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that is known; 304 without a body where it is still the present one.",
    "schema": {"type": "string", "examples": ['"1"']},
}


def _header(description: str, schema: dict[str, Any], *, always: bool = False) -> dict[str, Any]:
    return {"description": description, "required": always, "schema": schema}


RESPONSE: Final[dict[str, dict[str, Any]]] = {
    "Content-Disposition": _header("It is a download, with a file name.", {"type": "string"}, always=True),
    "ETag": _header(
        "The version, to be sent as `If-Match` or `If-None-Match`.",
        {"type": "string", "pattern": '^"[0-9]+"$', "examples": ['"1"']},
        always=True,
    ),
    "ETag-Some": _header(
        "The version, where the query asks for no more than that counts.",
        {"type": "string", "pattern": '^"[0-9]+"$', "examples": ['"1"']},
    ),
    "Idempotent-Replayed": _header("`true`: the first answer to this key again.", {"const": "true"}),
    "Link": _header(
        "The next page, where there is one.",
        {"type": "string", "examples": ['</api/v1/products?cursor=...>; rel="next"']},
    ),
    "Location": _header("The path of what was made or begun.", {"type": "string"}, always=True),
    "RateLimit": _header(
        "Of the fullest window: requests that are left, and in how many seconds all are there again.",
        {"type": "string", "examples": ['"person-read";r=2990;t=1']},
    ),
    "RateLimit-Policy": _header(
        "The windows that the request counts in: name, requests, seconds (draft-ietf-httpapi-ratelimit-headers).",
        {"type": "string", "examples": ['"person-read";q=3000;w=60, "tenant-read";q=6000;w=60']},
    ),
    "Retry-After": _header("Seconds to wait.", {"type": "string", "pattern": "^[0-9]+$"}, always=True),
    "Retry-After-Some": _header("Seconds to wait, where waiting helps.", {"type": "string", "pattern": "^[0-9]+$"}),
    "Set-Cookie": _header("The refresh token, where it travels in a cookie.", {"type": "string"}),
    "WWW-Authenticate": _header("The scheme.", {"type": "string", "examples": ['Bearer realm="atrium"']}, always=True),
    "X-Request-ID": _header(
        "The id of the request, for logs and support.", {"type": "string", "format": "uuid"}, always=True
    ),
}
"""By the name among the components, which is the header's own but where one header comes always here and sometimes there."""
LIMITS: Final = ("RateLimit", "RateLimit-Policy")
CONFLICT, UNAUTHENTICATED, RATE_LIMITED, UNAVAILABLE = 409, 401, 429, 503


def reference(*names: str) -> dict[str, Any]:
    """The headers of a response, by reference."""
    return {name.removesuffix("-Some"): {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def of_error(status: int, *, limited: bool) -> dict[str, Any]:
    """What an error of that status carries; `limited`: the operation is counted."""
    names = ["X-Request-ID", *(LIMITS if limited or status == RATE_LIMITED else ())]
    if status == UNAUTHENTICATED:
        names.append("WWW-Authenticate")
    if status in {RATE_LIMITED, UNAVAILABLE}:
        names.append("Retry-After")
    if status == CONFLICT:
        names.append("Retry-After-Some")
    return reference(*names)
