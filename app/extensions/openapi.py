"""The OpenAPI document: FastAPI's, with what the guarded route class adds to every operation."""

from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext

from app.exceptions import catalogue
from app.extensions.access import AccessRule, Entry, rule_of
from app.extensions.conditional import IF_MATCH, IF_NONE_MATCH, is_versioned
from app.extensions.idempotency import takes_key
from app.extensions.routing import GuardedRoute, ModularApp

BEARER = "bearer"
ERROR = {"$ref": "#/components/responses/Error"}
TENANT_HEADER = {
    "name": "X-Tenant-ID",
    "in": "header",
    "description": "The tenant's id or slug. It selects; membership is checked each time.",
    "schema": {"type": "string", "examples": ["acme"]},
}
ETAG: dict[str, Any] = {
    "ETag": {"description": "The version, as a strong tag.", "schema": {"type": "string", "examples": ['"1"']}}
}
IDEMPOTENCY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: "
    "the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["5f2b1c0e-order-17"]},
}


def install_openapi(app: ModularApp) -> None:
    """Let the app's document say what the routes do; it is made once, when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = make_document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def make_document(app: ModularApp) -> dict[str, Any]:
    """The document of all routes, with security, headers, permissions and errors."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        separate_input_output_schemas=False,
    )
    components = document.setdefault("components", {})
    components["securitySchemes"] = {BEARER: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    components["responses"] = {"Error": _error_response()}
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = _problem_schema()
    schemas["ErrorEnvelope"] = _envelope_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for context in app.contexts():
        rule = rule_of(context.endpoint) if context.endpoint is not None else None
        operations = document["paths"].get(context.path_format or "", {})
        for method in context.methods or ():
            if rule is not None and method.lower() in operations:
                _complete(operations[method.lower()], rule, context, method)
    return document


def _complete(operation: dict[str, Any], rule: AccessRule, context: RouteContext, method: str) -> None:
    route = context.original_route
    if isinstance(route, GuardedRoute):
        _add_conditions(operation, route, method)
    responses = operation["responses"]
    responses.pop("422", None)
    for status in _statuses(operation, rule, conflicts=takes_key(rule, method)):
        responses[str(status)] = ERROR
    responses["default"] = ERROR
    if rule.entry is not Entry.OPEN:
        operation["security"] = [{BEARER: []}]
    if rule.needs_tenant or rule.optional_tenant:
        operation.setdefault("parameters", []).append({**TENANT_HEADER, "required": rule.needs_tenant})
    if takes_key(rule, method):
        operation.setdefault("parameters", []).append(IDEMPOTENCY)
    if rule.permission is not None:
        operation["x-permission"] = rule.permission
    if rule.entry is Entry.SUPERUSER:
        operation["x-superuser"] = True
    operation["summary"] = operation.get("summary") or str(context.name)


def _add_conditions(operation: dict[str, Any], route: GuardedRoute, method: str) -> None:
    """If-Match, If-None-Match, ETag and 304, as the route's answer and the resource's version have them."""
    if route.demands_if_match:
        operation.setdefault("parameters", []).append(IF_MATCH)
    if not is_versioned(route.response_model):
        return
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            answer["headers"] = ETAG
    if method == "GET":
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        operation["responses"]["304"] = {"description": "It is still what you have read.", "headers": ETAG}


def _statuses(operation: dict[str, Any], rule: AccessRule, *, conflicts: bool) -> list[int]:
    """The errors that an operation can answer by its rule and its inputs; the module's own come on top of `default`."""
    statuses = [409, 422] if conflicts else [422]
    if rule.entry is not Entry.OPEN:
        statuses += [401]
    if rule.needs_tenant:
        statuses += [400, 403, 404]
    if "requestBody" in operation:
        statuses += [400, 413, 415]
    if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", [])):
        statuses += [409, 412, 428]
    return sorted(set(statuses))


def _error_response() -> dict[str, Any]:
    return {
        "description": "A problem (RFC 9457), in the envelope that Accept chooses.",
        "headers": {"X-Request-ID": {"schema": {"type": "string", "format": "uuid"}}},
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ErrorEnvelope"}},
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        },
    }


def _envelope_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["status", "msg", "details"],
        "properties": {
            "status": {"const": False},
            "msg": {"type": "string"},
            "details": {"$ref": "#/components/schemas/Problem"},
        },
    }


def _problem_schema() -> dict[str, Any]:
    fault = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {name: {"type": "string"} for name in ("pointer", "parameter", "header", "code", "message")},
    }
    properties = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string", "enum": list(catalogue())},
        "request_id": {"type": "string", "format": "uuid"},
        "retryable": {"type": "boolean"},
        "errors": {"type": "array", "items": fault},
    }
    decision = {
        "type": "object",
        "description": "Of a 403 by a rule; `granted_by` only for holders of tenants.access:read.",
        "required": ["allowed", "rule", "reason", "missing"],
        "properties": {
            "allowed": {"const": False},
            "rule": {"type": "string"},
            "reason": {"type": "string"},
            "missing": {"type": "array", "items": {"type": "string"}},
            "granted_by": {"type": "array", "items": {"type": "string"}},
        },
    }
    return {"type": "object", "required": list(properties), "properties": {**properties, "decision": decision}}
