"""The OpenAPI document: FastAPI's, with what the guarded route class adds to every operation."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext

from app.exceptions import IdempotencyKeyNotTaken, NotFound, RateLimited, TenantRequired, catalogue
from app.extensions.access import AccessRule, Entry, rule_of
from app.extensions.conditional import IF_MATCH, WIDENED
from app.extensions.declared import NOTHING, Declared, declared_of
from app.extensions.events import Event
from app.extensions.idempotency import refuses_key, takes_key
from app.extensions.openapi_errors import (
    Inputs,
    error_response,
    example_envelope,
    possible,
    response_name,
    unexpected,
)
from app.extensions.openapi_examples import fields_of, give_examples
from app.extensions.openapi_headers import (
    IDEMPOTENCY,
    IDEMPOTENCY_OF_SECRET,
    IF_NONE_MATCH,
    LIMITS,
    RESPONSE,
    TENANT_IF_ANY,
    TENANT_OF_CALLER,
    TENANT_OF_PERSON,
    of_error,
    reference,
)
from app.extensions.openapi_webhooks import webhooks
from app.extensions.routing import GuardedRoute, ModularApp
from app.utils.schemas import COUNTED

BEARER = "bearer"
DEFAULT = {"$ref": "#/components/responses/Unexpected"}
OK = range(200, 300)
CREATED = "201"


def install_openapi(app: ModularApp, events: Iterable[type[Event]] = ()) -> None:
    """Let the app's document say what the routes do; it is made once, when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = make_document(app, events)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def make_document(app: ModularApp, events: Iterable[type[Event]] = ()) -> dict[str, Any]:
    """The document of all routes: security, headers, permissions, errors, events and examples; `events` may be told outside.

    Raises:
        LookupError: a body has a field that nobody gave an example.
    """
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        webhooks=None,
        separate_input_output_schemas=False,
    )
    components = document.setdefault("components", {})
    components["securitySchemes"] = {BEARER: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    components["responses"] = {"Unexpected": unexpected()}
    components["headers"] = RESPONSE
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
                _complete(operations[method.lower()], rule, context, method, components)
    document["webhooks"] = webhooks(events, schemas)
    _promise_fields(document["paths"], schemas)
    return document


def _promise_fields(paths: dict[str, Any], schemas: dict[str, Any]) -> None:
    """What only leaves has all its fields, always: a default is what may be left out of a request, not of an answer."""
    operations = [operation for item in paths.values() for operation in item.values()]
    taken = _named([operation.get("requestBody", {}) for operation in operations], schemas)
    answers = [answer for each in operations for status, answer in each["responses"].items() if status[0] == "2"]
    for name in _named(answers, schemas) - taken:
        if "properties" in schemas[name]:
            fields = schemas[name]["properties"]
            schemas[name]["required"] = [each for each in fields if "next_cursor" not in fields or each not in COUNTED]


def _named(value: Any, schemas: dict[str, Any]) -> set[str]:
    """The schemas that are referred to, however deep."""
    found: set[str] = set()
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += item
        elif isinstance(item, dict):
            pending += item.values()
            prefix, _, name = str(item.get("$ref", "")).rpartition("/")
            if prefix == "#/components/schemas" and name not in found:
                found.add(name)
                pending.append(schemas[name])
    return found


def _complete(
    operation: dict[str, Any], rule: AccessRule, context: RouteContext, method: str, components: dict[str, Any]
) -> None:
    declared = declared_of(context.endpoint) if context.endpoint is not None else NOTHING
    if refuses_key(rule, method, context.path_format or ""):
        declared = replace(declared, raises=(*declared.raises, IdempotencyKeyNotTaken))
    parameters = operation.setdefault("parameters", [])
    parameters += _chosen(rule, declared)
    if rule.entry is not Entry.OPEN or rule.optional_person:
        operation["security"] = [{BEARER: []}, *([{}] if rule.optional_person else [])]
    if takes_key(rule, method):
        parameters.append(IDEMPOTENCY_OF_SECRET if rule.secret else IDEMPOTENCY)
    if isinstance(context.original_route, GuardedRoute) and context.original_route.demands_if_match:
        parameters.append(IF_MATCH)
    if rule.permission is not None:
        operation["x-permission"] = rule.permission
    if rule.entry is Entry.SUPERUSER:
        operation["x-superuser"] = True
    if declared.emits:
        operation["x-events"] = sorted(event.name for event in declared.emits)
    operation["summary"] = operation.get("summary") or str(context.name)
    _succeed(operation, rule, declared, method, components["schemas"])
    _fail(operation, rule, declared, method, components["responses"])
    give_examples(operation, components["schemas"])
    if not parameters:
        del operation["parameters"]


def _chosen(rule: AccessRule, declared: Declared) -> list[dict[str, Any]]:
    """X-Tenant-ID, where it counts; required where nobody may leave it out."""
    if rule.needs_tenant:
        return [TENANT_OF_PERSON if rule.own_hand else TENANT_OF_CALLER]
    if rule.optional_tenant:
        return [TENANT_OF_PERSON if TenantRequired in declared.raises else TENANT_IF_ANY]
    return []


def _succeed(
    operation: dict[str, Any], rule: AccessRule, declared: Declared, method: str, schemas: dict[str, Any]
) -> None:
    """What its success carries, and 304 where it has an ETag that a reader may know."""
    status = next(status for status in operation["responses"] if int(status) in OK)
    success = operation["responses"][status]
    fields = fields_of(success, schemas)
    names = ["X-Request-ID", *declared.headers]
    if _is_limited(rule, declared):
        names += LIMITS
    if takes_key(rule, method) and not rule.secret:
        names.append("Idempotent-Replayed")
    if fields.get("version", {}).get("type") == "integer":
        names.append("ETag")
    if status == CREATED and fields.keys() & {"id", "key"}:
        names.append("Location")
    if "next_cursor" in fields:
        names.append("Link")
    widened = {parameter["name"] for parameter in operation["parameters"]} & WIDENED
    success["headers"] = reference(*{"ETag-Some" if name == "ETag" and widened else name for name in names})
    if method == "GET" and "ETag" in names:
        operation["parameters"].append(IF_NONE_MATCH)
        unchanged = [name for name in names if name not in {"Link", "Location"}]
        operation["responses"]["304"] = {
            "description": "Still the version that is known.",
            "headers": reference(*unchanged),
        }


def _fail(operation: dict[str, Any], rule: AccessRule, declared: Declared, method: str, shared: dict[str, Any]) -> None:
    """The errors that it can answer; operations with the same ones share them."""
    taken = {parameter["name"] for parameter in operation["parameters"]}
    inputs = Inputs(
        method,
        body="requestBody" in operation,
        if_match="If-Match" in taken,
        cursor="cursor" in taken,
        path=any(parameter["in"] == "path" for parameter in operation["parameters"]),
    )
    limited = _is_limited(rule, declared)
    responses = operation["responses"]
    responses.pop("422", None)
    for status, codes in possible(rule, declared, inputs).items():
        name = response_name(status, codes) + (".limited" if limited else "")
        shared[name] = shared.get(name) or error_response(status, codes, of_error(status, limited=limited))
        responses[str(status)] = {"$ref": f"#/components/responses/{name}"}
    responses["default"] = DEFAULT


def _is_limited(rule: AccessRule, declared: Declared) -> bool:
    """Whether the answers tell what a limit leaves: every route that is not open is counted, and what declares it."""
    return rule.entry is not Entry.OPEN or any(issubclass(error, RateLimited) for error in declared.raises)


def _envelope_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["status", "msg", "details"],
        "examples": [example_envelope(NotFound.status, NotFound)],
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
    declared = {name: schema for error in catalogue().values() for name, schema in error.members.items()}
    return {
        "type": "object",
        "required": list(properties),
        "properties": {**properties, **_problem_extras(), **declared},
    }


def _problem_extras() -> dict[str, Any]:
    """What some codes of the platform itself add to the problem; a module's errors declare it (`AppError.members`)."""
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
    tenant = {"type": "object", "properties": {name: {"type": "string"} for name in ("id", "slug", "name")}}
    return {
        "decision": decision,
        "violated-policies": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Of a 429: the windows that are used up, by their names in RateLimit-Policy.",
        },
        "tenants": {"type": "array", "items": tenant, "description": "Of `tenant_required` and `last_owner`."},
        "id": {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "Of `idempotency_key_used`: what the first request made.",
        },
        "mfa_token": {"type": "string", "description": "Of `mfa_required`: what goes with the code."},
        "expires_in": {"type": "integer", "description": "Of `mfa_required`: how many seconds the token counts."},
        "methods": {"type": "array", "items": {"type": "string"}, "description": "Of `mfa_required`."},
        "checks": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Of `/health/ready`: how each server is.",
        },
    }
