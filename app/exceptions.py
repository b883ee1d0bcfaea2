"""Every error that Atrium answers on purpose.

    AppError
    ├── BadRequest 400 ── MalformedJson, TenantRequired, TenantInvalid, InvalidCursor, BadHost, BadHeader,
    │                    IdempotencyKeyInvalid, IdempotencyKeyNotTaken
    ├── Unauthenticated 401 ── TokenExpired, SessionEnded, StepUpRequired, KeyOwnerGone
    ├── Forbidden 403 ── PermissionDenied, PersonRequired, ImpersonationRefused, MfaEnrollmentRequired, TenantSuspended,
    │                   FeatureNotInPlan, CsrfFailed
    ├── NotFound 404 ── TenantNotFound
    ├── MethodNotAllowed 405
    ├── RequestTimeout 408
    ├── Conflict 409 ── RefreshInProgress, IdempotencyInProgress, IdempotencyKeyUsed, TooManyTasks, TaskUnknown,
    │                   <Noun><Field>Taken of the modules
    ├── PreconditionFailed 412
    ├── BodyTooLarge 413
    ├── UriTooLong 414
    ├── UnsupportedMediaType 415
    ├── ValidationFailed 422 ── IdempotencyKeyReused
    ├── PreconditionRequired 428
    ├── RateLimited 429
    ├── HeadersTooLarge 431
    ├── InternalError 500
    └── Unavailable 503 ── OutcomeUnknown

A module's own errors derive from these in its `exceptions.py`. `code` is stable: clients switch on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.utils.quotas import Quota


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault of the input: where (exactly one of pointer, parameter and header), a code and a sentence."""

    code: str
    message: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None

    def as_dict(self) -> dict[str, str]:
        """The fault as the problem document spells it."""
        pairs = (("pointer", self.pointer), ("parameter", self.parameter), ("header", self.header))
        place = {name: value for name, value in pairs if value is not None}
        return {**place, "code": self.code, "message": self.message}


def pointer_to(*path: str | int) -> str:
    """The JSON Pointer (RFC 6901) of a value in a body; of a name at most 100 characters, for it may be the client's."""
    return "".join("/" + str(part)[:100].replace("~", "~0").replace("/", "~1") for part in path)


class AppError(Exception):
    """An error with an HTTP status, a stable code and a title; `detail` says what happened and what to do."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Something went wrong"
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """`extra` are further members of the problem document; `headers` go out with the answer."""
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class BadRequest(AppError):
    """The request cannot be understood."""

    status, code, title = 400, "bad_request", "Bad request"


class BadHost(BadRequest):
    """The Host header is missing, repeated or not ours."""

    code, title = "bad_host", "Unknown host"


class BadHeader(BadRequest):
    """A header is malformed."""

    code, title = "bad_header", "Malformed header"


class IdempotencyKeyInvalid(BadRequest):
    """Idempotency-Key is not 1 to 255 visible ASCII characters."""

    code, title = "idempotency_key_invalid", "Malformed Idempotency-Key"


class IdempotencyKeyNotTaken(BadRequest):
    """The operation keeps no answers for a retry, so that a key would promise what does not hold."""

    code, title = "idempotency_key_not_taken", "Idempotency-Key is not taken here"


class MalformedJson(BadRequest):
    """The body is not JSON as RFC 8259 and our limits have it."""

    code, title = "malformed_json", "Malformed JSON"


class InvalidCursor(BadRequest):
    """The cursor is not one of ours for this list, tenant, filter and sort."""

    code, title = "invalid_cursor", "Invalid cursor"


class TenantRequired(BadRequest):
    """The route needs a tenant and the request names none."""

    code, title = "tenant_required", "Choose a tenant"


class TenantInvalid(BadRequest):
    """X-Tenant-ID is neither one canonical UUID nor one slug."""

    code, title = "tenant_invalid", "Malformed X-Tenant-ID"


class Unauthenticated(AppError):
    """No credentials, or none that count."""

    status, code, title = 401, "unauthenticated", "Sign in first"

    def __init__(self, detail: str | None = None, *, extra: Mapping[str, Any] | None = None) -> None:
        """Every 401 names the scheme (RFC 9110, 11.6.1)."""
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer realm="atrium"'}, extra=extra)


class TokenExpired(Unauthenticated):
    """The access token's time is over: refresh it."""

    code, title = "token_expired", "The access token has expired"


class SessionEnded(Unauthenticated):
    """The session behind the token was ended: sign in again."""

    code, title = "session_ended", "The session has ended"


class StepUpRequired(Unauthenticated):
    """The sign-in is too old for something this sensitive: prove the password again (RFC 9470)."""

    code, title = "step_up_required", "Sign in afresh"


class KeyOwnerGone(Unauthenticated):
    """Whoever made the API key does not belong to the tenant any more; an admin may adopt the key."""

    code, title = "key_owner_gone", "The key's owner is gone"


class Forbidden(AppError):
    """Known, and not allowed."""

    status, code, title = 403, "forbidden", "Not allowed"


class PermissionDenied(Forbidden):
    """The access rule of the route refused."""

    code, title = "permission_denied", "Permission denied"


class PersonRequired(Forbidden):
    """Only a signed-in person may do this, not an API key."""

    code, title = "person_required", "Only a person may do this"


class ImpersonationRefused(Forbidden):
    """An operator who acts as somebody does not touch passwords, factors, keys, ownership and deletion, and invites nobody."""

    code, title = "impersonation_refused", "Not while acting as somebody else"


class MfaEnrollmentRequired(Forbidden):
    """The tenant, or the platform of its operators, demands a second factor, and this session has proved none."""

    code, title = "mfa_enrollment_required", "A second factor is required"


class FeatureNotInPlan(Forbidden):
    """The tenant's plan does not include the module."""

    code, title = "feature_not_in_plan", "Not in the plan"


class TenantSuspended(Forbidden):
    """The tenant is suspended."""

    code, title = "tenant_suspended", "The tenant is suspended"


class CsrfFailed(Forbidden):
    """A cookie was used without its CSRF token or from a foreign origin."""

    code, title = "csrf_failed", "CSRF check failed"


class NotFound(AppError):
    """It is not there, or not yours to know of."""

    status, code, title = 404, "not_found", "Not found"


class TenantNotFound(NotFound):
    """The tenant does not exist, or the caller is no member: the same answer."""

    code, title = "tenant_not_found", "Tenant not found"


class MethodNotAllowed(AppError):
    """The path exists, the method does not; `Allow` names those that do."""

    status, code, title = 405, "method_not_allowed", "Method not allowed"

    def __init__(self, detail: str | None = None, *, allowed: Sequence[str] = ()) -> None:
        """`allowed` are the methods that the path has; every 405 says so (RFC 9110, 15.5.6)."""
        super().__init__(detail, headers={"Allow": ", ".join(allowed)})


class RequestTimeout(AppError):
    """The body came too slowly."""

    status, code, title, retryable = 408, "request_timeout", "The body came too slowly", True


class Conflict(AppError):
    """The state of things does not allow it."""

    status, code, title = 409, "conflict", "Conflict"


class RefreshInProgress(Conflict):
    """Another request is rotating this refresh token right now."""

    code, title, retryable = "refresh_in_progress", "Another refresh is in progress", True


class IdempotencyInProgress(Conflict):
    """A request with the same Idempotency-Key is being answered right now."""

    code, title, retryable = "idempotency_in_progress", "The same request is being answered", True

    def __init__(self, detail: str = "Send it again in a moment.") -> None:
        """To be sent again in a second: then there is an answer, or the key is free."""
        super().__init__(detail, headers={"Retry-After": "1"})


class IdempotencyKeyUsed(Conflict):
    """The request was answered before, with a secret that is kept nowhere; `id` names what it made."""

    code, title = "idempotency_key_used", "Done before, and its secret is shown once"


class TooManyTasks(Conflict):
    """The tenant has as many unfinished tasks as it may."""

    code, title, retryable = "too_many_tasks", "Too many unfinished tasks", True


class TaskUnknown(Conflict):
    """What a task is to wait for is no task of the tenant."""

    code, title = "task_unknown", "There is no such task to wait for"


class PreconditionFailed(AppError):
    """The resource has changed since."""

    status, code, title = 412, "precondition_failed", "The resource has changed"


class BodyTooLarge(AppError):
    """The body is larger than allowed."""

    status, code, title = 413, "body_too_large", "The body is too large"


class UriTooLong(AppError):
    """The request target is longer than allowed."""

    status, code, title = 414, "uri_too_long", "The address is too long"


class UnsupportedMediaType(AppError):
    """The body is not of a type that this route reads."""

    status, code, title = 415, "unsupported_media_type", "Unsupported media type"


class ValidationFailed(AppError):
    """The input was understood and is not valid; `errors` says where."""

    status, code, title = 422, "validation_failed", "The input is not valid"


class IdempotencyKeyReused(ValidationFailed):
    """The Idempotency-Key was used before, for another body or query."""

    code, title = "idempotency_key_reused", "The key belongs to another request"


class PreconditionRequired(AppError):
    """If-Match is needed."""

    status, code, title = 428, "precondition_required", "If-Match is required"


class RateLimited(AppError):
    """Too many requests."""

    status, code, title, retryable = 429, "rate_limited", "Too many requests", True

    def __init__(
        self, detail: str | None = None, *, retry_after: int = 1, quota: Quota | None = None, left: int = 0
    ) -> None:
        """`retry_after` is in seconds; `quota` is the one that does not suffice, where it is of a window of time."""
        told = {} if quota is None else quota.headers(left, retry_after)
        # The member and its name are the draft's, for problems of this kind.
        extra = {} if quota is None else {"violated-policies": [quota.name]}
        super().__init__(detail, headers={**told, "Retry-After": str(retry_after)}, extra=extra)


class HeadersTooLarge(AppError):
    """The headers are larger than allowed."""

    status, code, title = 431, "headers_too_large", "The headers are too large"


class InternalError(AppError):
    """A fault of ours."""

    status, code, title, retryable = 500, "internal_error", "Something went wrong on our side", True


class Unavailable(AppError):
    """Not now: a server behind us is away or we are full."""

    status, code, title, retryable = 503, "unavailable", "Not available right now", True

    def __init__(self, detail: str | None = None, *, retry_after: int = 1) -> None:
        """`retry_after` is in seconds."""
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class OutcomeUnknown(Unavailable):
    """The connection to the database broke during the commit: it may have happened or not.

    Where an Idempotency-Key was sent, the same request with the same key does it once. Where none was, look first.
    """

    code, title = "outcome_unknown", "Whether it was done is not known"


class OutcomeLost(OutcomeUnknown):
    """The same where no key was sent that could find it out: doing it again may be doing it twice."""

    retryable = False


def catalogue() -> dict[str, type[AppError]]:
    """Every error code that is loaded, with the class that names it.

    Raises:
        ValueError: two classes name one code.
    """
    found: dict[str, type[AppError]] = {}
    pending = AppError.__subclasses__()
    while pending:
        error = pending.pop()
        pending.extend(error.__subclasses__())
        if "code" in vars(error) and found.setdefault(error.code, error) is not error:
            raise ValueError(f"two errors have the code {error.code}: {error}, {found[error.code]}")
    return dict(sorted(found.items()))
