"""Which errors an operation can answer: by its access rule, its inputs and what it declares. No more, so that clients may rely on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.exceptions import (
    AppError,
    BadHeader,
    BadHost,
    BadRequest,
    BodyTooLarge,
    Conflict,
    FeatureNotInPlan,
    HeadersTooLarge,
    IdempotencyInProgress,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    IdempotencyKeyUsed,
    ImpersonationRefused,
    InternalError,
    InvalidCursor,
    KeyOwnerGone,
    MalformedJson,
    MfaEnrollmentRequired,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    PersonRequired,
    PreconditionFailed,
    PreconditionRequired,
    RateLimited,
    RequestTimeout,
    SessionEnded,
    StepUpRequired,
    TenantInvalid,
    TenantNotFound,
    TenantRequired,
    TenantSuspended,
    TokenExpired,
    Unauthenticated,
    Unavailable,
    UnsupportedMediaType,
    UriTooLong,
    ValidationFailed,
    catalogue,
)
from app.extensions.access import AccessRule, Entry
from app.extensions.declared import Declared
from app.extensions.idempotency import takes_key
from app.extensions.openapi_headers import LIMITS, reference

Kind = type[AppError]
EDGE: tuple[Kind, ...] = (
    BadHeader, BadHost, BadRequest, RequestTimeout, BodyTooLarge, UriTooLong, ValidationFailed, HeadersTooLarge, Unavailable,
)  # fmt: skip
"""What any request may meet: the edge, its body, a parameter that nobody declared, a server behind us that is away."""
CREDENTIALS: tuple[Kind, ...] = (Unauthenticated, TokenExpired, SessionEnded, KeyOwnerGone, TenantSuspended)
"""Of whatever is signed in. A key stands for its tenant, which may be suspended, whatever it asks for."""
CHOSEN: tuple[Kind, ...] = (TenantInvalid, TenantNotFound, TenantSuspended, MfaEnrollmentRequired)
"""Where X-Tenant-ID counts."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an operation takes, as far as errors come of it."""

    method: str
    body: bool
    if_match: bool
    cursor: bool
    path: bool
    """Something of its path names an object."""


def possible(rule: AccessRule, declared: Declared, inputs: Inputs) -> dict[int, tuple[str, ...]]:
    """The codes by status, both in order."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for error in (*EDGE, *_of_rule(rule), *_of_inputs(rule, inputs), *declared.raises):
        found[error.status].add(error.code)
    return {status: tuple(sorted(found[status])) for status in sorted(found)}


def _of_rule(rule: AccessRule) -> Iterator[Kind]:
    operator = rule.entry is Entry.SUPERUSER
    brings: tuple[tuple[bool, tuple[Kind, ...]], ...] = (
        (rule.entry is not Entry.OPEN or rule.optional_person, CREDENTIALS),
        (rule.entry in {Entry.SIGNED_IN, Entry.SUPERUSER} or rule.own_hand or rule.optional_person, (PersonRequired,)),
        (rule.entry is not Entry.OPEN, (RateLimited,)),
        (rule.needs_tenant, (TenantRequired, PermissionDenied)),
        (rule.needs_tenant or rule.optional_tenant, CHOSEN),
        (rule.module is not None, (FeatureNotInPlan,)),
        (rule.own_hand or operator, (ImpersonationRefused,)),
        (rule.fresh, (StepUpRequired,)),
        (operator, (PermissionDenied, MfaEnrollmentRequired)),
        (rule.check is not None, (PermissionDenied,)),
    )
    for holds, errors in brings:
        if holds:
            yield from errors


def _of_inputs(rule: AccessRule, inputs: Inputs) -> Iterator[Kind]:
    if inputs.body:
        yield from (MalformedJson, UnsupportedMediaType)
    if inputs.path:
        yield NotFound
    if inputs.cursor:
        yield InvalidCursor
    if inputs.if_match:
        yield from (PreconditionRequired, PreconditionFailed)
    if inputs.method not in {"GET", "HEAD"}:
        yield Conflict  # the database refuses what contradicts what is stored
        yield OutcomeUnknown
    if takes_key(rule, inputs.method):
        yield from (IdempotencyKeyInvalid, IdempotencyInProgress, IdempotencyKeyReused)
        if rule.secret:
            yield IdempotencyKeyUsed


def response_name(status: int, codes: tuple[str, ...]) -> str:
    """Under which name the response stands among the components: operations with the same errors share it."""
    return ".".join((str(status), *codes))


def error_response(status: int, codes: tuple[str, ...], headers: Mapping[str, Any]) -> dict[str, Any]:
    """The response of one status: the problem, whose code is one of these, in the envelope that Accept chooses."""
    known = catalogue()
    errors = [known[code] for code in codes]
    narrowed = {"type": "object", "properties": {"code": {"enum": list(codes)}}}
    return {
        "description": "; ".join(f"{error.title} (`{error.code}`)" for error in errors) + ".",
        "headers": dict(headers),
        "content": {
            "application/json": {
                "schema": {
                    "allOf": [
                        {"$ref": "#/components/schemas/ErrorEnvelope"},
                        {"type": "object", "properties": {"details": narrowed}},
                    ]
                },
                "example": example_envelope(status, errors[0]),
            },
            "application/problem+json": {
                "schema": {"allOf": [{"$ref": "#/components/schemas/Problem"}, narrowed]},
                "example": example_problem(status, errors[0]),
            },
        },
    }


def example_problem(status: int, error: Kind) -> dict[str, Any]:
    """A problem of that kind, made up."""
    request_id = "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
    return {
        "type": f"/problems/{error.code}",
        "title": error.title,
        "status": status,
        "detail": error.title,
        "instance": f"urn:uuid:{request_id}",
        "code": error.code,
        "request_id": request_id,
        "retryable": error.retryable,
        "errors": [],
    }


def example_envelope(status: int, error: Kind) -> dict[str, Any]:
    """The same, as it comes without an Accept that asks for problems."""
    problem = example_problem(status, error)
    return {"status": False, "msg": problem["detail"], "details": problem}


def unexpected() -> dict[str, Any]:
    """The response that no operation names: a fault of ours."""
    return {
        "description": "A fault of ours, or a status that this document does not know.",
        "headers": reference("X-Request-ID", *LIMITS),
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/ErrorEnvelope"},
                "example": example_envelope(InternalError.status, InternalError),
            },
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example_problem(InternalError.status, InternalError),
            },
        },
    }
