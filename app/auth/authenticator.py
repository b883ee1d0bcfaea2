"""Who is asking, and may they: called by the guarded route class in the order of refusals of the API."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request

from app.auth.commons import Commons, Principal, TenantContext
from app.auth.identity import IdentityUnits
from app.auth.interfaces import Directory, Entitlements, Standing
from app.auth.tokens import Identity, TokenMaker
from app.config import Settings
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.exceptions import (
    AppError,
    FeatureNotInPlan,
    PermissionDenied,
    SessionEnded,
    TenantInvalid,
    TenantNotFound,
    TenantRequired,
    TenantSuspended,
    Unauthenticated,
)
from app.extensions.access import AccessRule, Entry
from app.extensions.cache import Cache
from app.extensions.clock import Clock
from app.extensions.conditional import IfMatch
from app.extensions.context import context_of
from app.extensions.interfaces import AfterCommit, InlineHandlers
from app.extensions.pagination import CursorCodec
from app.utils.ids import PLATFORM_TENANT, parse_uuid
from app.utils.slugs import is_slug

READING = frozenset({"GET", "HEAD"})
BEARER = "bearer "


class RequestAuthenticator:
    """One per process; holds nothing of any request."""

    def __init__(
        self,
        *,
        pool: Pool,
        identity: IdentityUnits,
        directory: Directory,
        entitlements: Entitlements,
        roles: Mapping[str, frozenset[str]],
        clock: Clock,
        hub: InlineHandlers,
        after_commit: AfterCommit,
        cursors: CursorCodec,
        caches: Cache,
        settings: Settings,
    ) -> None:
        """`roles` maps a role's key to the permissions it holds."""
        self._pool = pool
        self._identity = identity
        self._tokens: TokenMaker = identity.tokens
        self._directory = directory
        self._entitlements = entitlements
        self._roles = roles
        self._clock = clock
        self._hub = hub
        self._after_commit = after_commit
        self._cursors = cursors
        self._caches = caches
        self._settings = settings

    def identify(self, request: Request, rule: AccessRule) -> Identity | None:
        """The identity in the access token; None on open routes, whatever the header says.

        Raises:
            Unauthenticated: no or bad token on a route that is not open.
        """
        if rule.entry is Entry.OPEN:
            return None
        value = request.headers.get("authorization", "")
        if value[: len(BEARER)].lower() != BEARER:
            raise Unauthenticated("Send Authorization: Bearer <access token>.")
        return self._tokens.verify(value[len(BEARER) :].strip())

    async def admit(self, request: Request, rule: AccessRule, identity: Identity | None) -> tuple[UnitOfWork, Commons]:
        """Open and bind the unit of work; judge session, tenant and static rule.

        Raises:
            AppError: in the order of refusals; the unit of work is rolled back then.
        """
        context = context_of(request.scope)
        uow = UnitOfWork(
            self._pool,
            clock=self._clock,
            request_id=context.request_id,
            hub=self._hub,
            after_commit=self._after_commit,
            read_only=request.method in READING,
        )
        if identity is None:
            return uow, self._commons(request, rule, uow, Principal("anonymous"), None, ())
        try:
            commons = await self._judge(request, rule, identity, uow)
        except BaseException as error:
            await uow.rollback()
            explained = uow.explain(error)
            if explained is not None:
                raise explained from error
            raise
        return uow, commons

    async def _judge(self, request: Request, rule: AccessRule, identity: Identity, uow: UnitOfWork) -> Commons:
        selected = _selector(request, rule)
        tenant_id = selected if isinstance(selected, UUID) else None
        await uow.begin(user_id=identity.user_id, tenant_id=tenant_id)
        if isinstance(selected, str):
            tenant_id = await self._directory.tenant_by_slug(uow, selected)
            if tenant_id is not None:
                await uow.bind_tenant(tenant_id)
        standing = await self._directory.standing(uow, user_id=identity.user_id, session_id=identity.session_id)
        if standing is None or standing.ended_at is not None or standing.user_state != "active":
            raise SessionEnded("Sign in again.")
        principal = Principal("user", identity.user_id, identity.session_id, standing.email)
        uow.actor = principal.actor
        context = context_of(request.scope)
        context.actor = principal.actor
        if isinstance(selected, AppError):
            raise await self._with_choices(selected, uow)
        if rule.entry is Entry.SUPERUSER:
            await self._judge_operator(context.request_id, identity.user_id)
        if selected is None:
            return self._commons(request, rule, uow, principal, None, ())
        tenant = _proved_tenant(standing)
        context.tenant_id = tenant.id
        commons = self._commons(request, rule, uow, principal, tenant, tuple(standing.roles or ()))
        self._judge_rule(rule, commons, tenant)
        return commons

    async def _judge_operator(self, request_id: UUID, user_id: UUID) -> None:
        async with self._identity.unit(request_id, read_only=True) as unit:
            if not await self._directory.is_operator(unit, user_id):
                raise _denied("superuser", "only operators of the platform may do this", [])

    def _judge_rule(self, rule: AccessRule, commons: Commons, tenant: TenantContext) -> None:
        if rule.permission is not None and rule.permission not in commons.permissions:
            raise _denied("permission", f"your roles here do not hold {rule.permission}", [rule.permission])
        if rule.module is not None and rule.module not in self._entitlements.features(tenant.plan):
            reason = f"the plan {tenant.plan} does not include {rule.module}"
            decision = _decision("plan", reason, [rule.module])
            raise FeatureNotInPlan(f"Not allowed: {reason}.", extra={"decision": decision})

    async def _with_choices(self, error: AppError, uow: UnitOfWork) -> AppError:
        """`tenant_required` lists the tenants to choose from."""
        if isinstance(error, TenantRequired):
            choices = await self._directory.choices(uow)
            error.extra["tenants"] = [{"id": str(item.id), "slug": item.slug, "name": item.name} for item in choices]
        return error

    def _commons(
        self,
        request: Request,
        rule: AccessRule,
        uow: UnitOfWork,
        principal: Principal,
        tenant: TenantContext | None,
        roles: tuple[str, ...],
    ) -> Commons:
        context = context_of(request.scope)
        return Commons(
            principal=principal,
            tenant=tenant,
            roles=roles,
            permissions=frozenset().union(*(self._roles.get(role, frozenset()) for role in roles)),
            uow=uow,
            clock=self._clock,
            request_id=context.request_id,
            cursors=self._cursors,
            caches=self._caches,
            settings=self._settings,
            arrived_at=context.arrived_at,
            rule=rule,
            if_match=IfMatch(request.headers.get("if-match")),
            address=context.address,
            user_agent=context.user_agent,
            entitlements=self._entitlements,
        )


def _selector(request: Request, rule: AccessRule) -> UUID | str | AppError | None:
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


def _proved_tenant(standing: Standing) -> TenantContext:
    """Unknown, the platform's and not-a-member are one answer.

    Raises:
        TenantNotFound, TenantSuspended.
    """
    if standing.roles is None or standing.tenant_id is None or standing.tenant_id == PLATFORM_TENANT:
        raise TenantNotFound("There is no such tenant, or you are not a member of it.")
    if standing.tenant_state != "active":
        raise TenantSuspended("Ask the operators of the platform.")
    return TenantContext(standing.tenant_id, standing.slug or "", standing.tenant_name or "", standing.plan or "")


def _denied(rule: str, reason: str, missing: list[str]) -> PermissionDenied:
    return PermissionDenied(f"Not allowed: {reason}.", extra={"decision": _decision(rule, reason, missing)})


def _decision(rule: str, reason: str, missing: list[str]) -> dict[str, object]:
    return {"allowed": False, "rule": rule, "reason": reason, "missing": missing}
