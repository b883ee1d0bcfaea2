"""The one place where errors become answers: a problem (RFC 9457), in the envelope that the client accepts."""

import logging
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.exceptions import (
    AppError,
    BadRequest,
    FieldFault,
    InternalError,
    MethodNotAllowed,
    NotFound,
    ValidationFailed,
    pointer_to,
)
from app.extensions.context import context_of
from app.extensions.responses import COMMONS
from app.extensions.routing import ModularApp

logger = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
JSON = "application/json"
MAX_FAULTS = 100
OF_ERRORS = {"cache-control": "no-store", "vary": "Authorization, X-Tenant-ID, Accept"}


def problem_of(error: AppError, request: Request) -> dict[str, Any]:
    """The problem document; it never holds SQL, a path, a stack or a rejected value."""
    request_id = str(context_of(request.scope).request_id)
    problem: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": f"urn:uuid:{request_id}",
        "code": error.code,
        "request_id": request_id,
        "retryable": error.retryable,
        "errors": [fault.as_dict() for fault in error.errors],
    }
    return {**problem, **error.extra}


def render(request: Request, error: AppError) -> Response:
    """The answer to an error."""
    problem = problem_of(error, request)
    plain = prefers_problem(request.headers.get("accept", ""))
    commons = request.scope.get(COMMONS)
    told = {} if commons is None else commons.told
    body: dict[str, Any] = problem if plain else {"status": False, "msg": error.detail, "details": problem}
    return Response(
        orjson.dumps(body, default=str),
        status_code=error.status,
        media_type=PROBLEM_JSON if plain else JSON,
        headers={**told, **error.headers, **OF_ERRORS},  # a full window is told of before one that has something left
    )


def prefers_problem(accept: str) -> bool:
    """Whether Accept names problem+json with a higher q than application/json."""
    weights = {PROBLEM_JSON: 0.0, JSON: 0.0}
    for item in accept.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if name in weights:
            weights[name] = next((_quality(text[2:]) for text in parameters if text.startswith("q=")), 1.0)
    return weights[PROBLEM_JSON] > weights[JSON]


def install_errors(app: ModularApp) -> None:
    """Render every error of the app here."""
    app.add_exception_handler(AppError, _on_app_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)


async def _on_app_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, AppError):
        raise error
    # Here the request is rolled back already; what was allowed never comes this way.
    request.app.state.platform.refusals.note(context_of(request.scope), request.method, error)
    return _looked_at(request, render(request, error))


async def _on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [_fault(item) for item in error.errors()[:MAX_FAULTS]]
    return _looked_at(request, render(request, ValidationFailed(errors=faults)))


def _looked_at(request: Request, response: Response) -> Response:
    """The same answer, which may be chosen to be compared with the document."""
    request.app.state.platform.drift.look(request, response)
    return response


async def _on_http_error(request: Request, error: Exception) -> Response:
    """What Starlette and FastAPI raise themselves: unknown routes and methods."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == MethodNotAllowed.status and isinstance(request.app, ModularApp):
        allowed = request.app.allowed_methods(request.url.path)
        return render(request, MethodNotAllowed(f"This path answers {', '.join(allowed)}.", allowed=allowed))
    if error.status_code == NotFound.status:
        return render(request, NotFound("There is no such path."))
    if error.status_code < InternalError.status:
        return render(request, BadRequest())
    logger.error("unexpected HTTP error", extra={"status": error.status_code})
    return render(request, InternalError())


def _fault(item: dict[str, Any]) -> FieldFault:
    """One of pydantic's errors as ours; the rejected input is left out."""
    place, *path = item["loc"]
    code, message = str(item["type"]), str(item["msg"])
    if place == "body":
        return FieldFault(code, message, pointer=pointer_to(*path))
    name = str(path[0] if path else place)[:100]
    return FieldFault(code, message, header=name) if place == "header" else FieldFault(code, message, parameter=name)


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
