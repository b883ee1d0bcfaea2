"""What is judged of a request once its credentials are read: which tenant, and whether the rule of the route lets it in."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from starlette.requests import Request

from app.auth.commons import Commons, Principal, TenantContext
from app.auth.interfaces import Entitlements, KeyStanding, Standing
from app.auth.keys import KeyClaim
from app.config import Auth
from app.exceptions import (
    AppError,
    FeatureNotInPlan,
    ImpersonationRefused,
    KeyOwnerGone,
    MfaEnrollmentRequired,
    PermissionDenied,
    PersonRequired,
    SessionEnded,
    StepUpRequired,
    TenantInvalid,
    TenantNotFound,
    TenantRequired,
    TenantSuspended,
    Unauthenticated,
)
from app.extensions.access import AccessRule, Entry
from app.extensions.module import AccessBook
from app.utils.ids import PLATFORM_TENANT, parse_uuid
from app.utils.slugs import is_slug

Selected = UUID | str | AppError | None


def selector(request: Request, rule: AccessRule) -> Selected:
    """What X-Tenant-ID selects: an id, a slug, nothing, or the error that is due once the session is proved."""
    if not rule.needs_tenant and not rule.optional_tenant:
        return None
    values = request.headers.getlist("x-tenant-id")
    if not values:
        return TenantRequired("Send X-Tenant-ID with one of your tenants' id or slug.") if rule.needs_tenant else None
    value = values[0]
    if len(values) > 1:
        return TenantInvalid("X-Tenant-ID is given more than once.")
    key = parse_uuid(value)
    if key is not None:
        return key
    if is_slug(value):
        return value
    return TenantInvalid("X-Tenant-ID is one canonical lower-case UUID or one slug.")


def prove_session(standing: Standing | None, user_id: UUID, session_id: UUID, now: datetime) -> Principal:
    """The person behind a session that still stands.

    Raises:
        SessionEnded: it was ended, its time is over, or the person is disabled.
    """
    if standing is None or standing.ended_at is not None or standing.user_state != "active":
        raise SessionEnded("Sign in again.")
    if standing.ends_at is not None and standing.ends_at <= now:
        raise SessionEnded("The time of acting as somebody is over.")
    return Principal(
        "user",
        user_id,
        session_id,
        standing.email,
        operator_id=standing.operator_id,
        bound_tenant_id=standing.bound_tenant_id,
        ends_at=standing.ends_at,
        authenticated_at=standing.authenticated_at,
        mfa_at=standing.mfa_at,
    )


def prove_key(standing: KeyStanding | None, claim: KeyClaim, now: datetime) -> Principal:
    """The key behind a claim, if its secret is right and it still counts.

    Raises:
        Unauthenticated: unknown, wrong, expired or revoked: one answer.
        KeyOwnerGone: who made it is no active member any more.
    """
    if standing is None or not _matches(standing, claim, now):
        raise Unauthenticated("The API key is not valid.")
    if standing.revoked_at is not None or (standing.expires_at is not None and standing.expires_at <= now):
        raise Unauthenticated("The API key is not valid.")
    if standing.roles is None:
        raise KeyOwnerGone("Whoever made this key is no member any more; an admin may adopt it.")
    return Principal("api_key", key_id=claim.key_id, creator_id=standing.created_by)


def prove_tenant(standing: Standing) -> TenantContext:
    """Unknown, the platform's and not-a-member are one answer.

    Raises:
        TenantNotFound, TenantSuspended.
    """
    elsewhere = standing.operator_id is not None and standing.tenant_id != standing.bound_tenant_id
    if standing.roles is None or standing.tenant_id is None or standing.tenant_id == PLATFORM_TENANT or elsewhere:
        raise TenantNotFound("There is no such tenant, or you are not a member of it.")
    if standing.tenant_state != "active":
        raise TenantSuspended("Ask the operators of the platform.", extra=_because("tenant", "the tenant is suspended"))
    return TenantContext(standing.tenant_id, standing.slug or "", standing.tenant_name or "", standing.plan or "")


def prove_key_tenant(standing: KeyStanding, selected: Selected) -> TenantContext:
    """An API key belongs to one tenant; the header is optional, and another tenant's is not there.

    Raises:
        TenantInvalid, TenantNotFound, TenantSuspended.
    """
    if isinstance(selected, TenantInvalid):
        raise selected
    if isinstance(selected, UUID | str) and selected not in {standing.tenant_id, standing.slug}:
        raise TenantNotFound("There is no such tenant, or you are not a member of it.")
    if standing.tenant_state != "active":
        raise TenantSuspended("Ask the operators of the platform.", extra=_because("tenant", "the tenant is suspended"))
    return TenantContext(standing.tenant_id, standing.slug, standing.tenant_name, standing.plan)


def held(roles: Sequence[str], granted: Sequence[str] | None, book: AccessBook) -> frozenset[str]:
    """What the roles hold: system roles by the book, custom ones by what the database said and the book knows."""
    return frozenset(book.known(granted or ())).union(*(book.roles.get(role, frozenset()) for role in roles))


def judge_person(rule: AccessRule, principal: Principal, now: datetime, settings: Auth) -> None:
    """What the rule asks of the person, whatever the tenant.

    Raises:
        PersonRequired: an API key where only a person may.
        ImpersonationRefused: an operator acts as the person.
        StepUpRequired: the password was proved too long ago.
    """
    if principal.key_id is not None and (rule.own_hand or rule.entry is not Entry.PERMISSION):
        reason = "an API key may not do this, a person may"
        raise PersonRequired("Sign in as a person; an API key may not do this.", extra=_because("person", reason))
    if rule.own_hand or rule.entry is Entry.SUPERUSER:
        judge_hand(principal, "Passwords, factors, keys, ownership and deletion are for the person alone.")
    if rule.fresh and (
        principal.authenticated_at is None
        or principal.authenticated_at + timedelta(seconds=settings.fresh_seconds) <= now
    ):
        raise StepUpRequired("Prove your password again: POST /api/v1/auth/step-up.")


def judge_hand(principal: Principal, detail: str) -> None:
    """What nobody does in another's name. Services ask where API keys may do it, or where it depends on the body.

    Raises:
        ImpersonationRefused: an operator acts as the person.
    """
    if principal.operator_id is not None:
        raise ImpersonationRefused(detail, extra=_because("impersonation", "an operator acts as the person"))


def judge_factor(required: bool | None, principal: Principal) -> None:
    """A tenant may demand a second factor of its members; an operator's own is judged where they sign in.

    Raises:
        MfaEnrollmentRequired.
    """
    if required and principal.mfa_at is None and principal.operator_id is None:
        raise MfaEnrollmentRequired(
            "This tenant demands a second factor: POST /api/v1/auth/mfa/totp, then confirm its first code.",
            extra=_because("mfa", "a second factor is demanded, and this session has proved none"),
        )


def judge_rule(rule: AccessRule, commons: Commons, tenant: TenantContext, entitlements: Entitlements) -> None:
    """The static rule: permission, then plan.

    Raises:
        PermissionDenied, FeatureNotInPlan.
    """
    if rule.permission is not None and rule.permission not in commons.permissions:
        holder = "this key's scopes and maker" if commons.principal.key_id is not None else "your roles here"
        raise denied("permission", f"{holder} do not hold {rule.permission}", [rule.permission])
    if rule.module is not None and rule.module not in entitlements.features(tenant.plan):
        reason = f"the plan {tenant.plan} does not include {rule.module}"
        raise FeatureNotInPlan(f"Not allowed: {reason}.", extra=_because("plan", reason, [rule.module]))


def denied(rule: str, reason: str, missing: list[str]) -> PermissionDenied:
    """A refusal with its decision."""
    return PermissionDenied(f"Not allowed: {reason}.", extra=_because(rule, reason, missing))


def decision(rule: str, reason: str, missing: list[str]) -> dict[str, object]:
    """Why something was refused, as the problem says it."""
    return {"allowed": False, "rule": rule, "reason": reason, "missing": missing}


def refused_grant(reason: str, missing: list[str]) -> PermissionDenied:
    """A refusal to give away what one lacks."""
    return denied("grant", reason, missing)


def _because(rule: str, reason: str, missing: Sequence[str] = ()) -> dict[str, object]:
    return {"decision": decision(rule, reason, list(missing))}


def _matches(standing: KeyStanding, claim: KeyClaim, now: datetime) -> bool:
    """The present secret, or the one before it while the overlap of a rotation lasts."""
    if hmac.compare_digest(standing.secret_hash, claim.secret_hash):
        return True
    alive = standing.previous_until is not None and standing.previous_until > now
    return alive and hmac.compare_digest(standing.previous_hash or b"", claim.secret_hash)
