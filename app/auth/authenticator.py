"""Who is asking, and may they: called by the guarded route class in the order of refusals of the API."""

from uuid import UUID

from starlette.requests import Request

from app.auth.commons import Commons, Principal, TenantContext
from app.auth.counting import Counting
from app.auth.explaining import add_grants
from app.auth.identity import IdentityUnits
from app.auth.interfaces import Directory, Entitlements, KeyStanding
from app.auth.judgement import (
    Selected,
    denied,
    held,
    judge_factor,
    judge_person,
    judge_rule,
    prove_key,
    prove_key_tenant,
    prove_session,
    prove_tenant,
    selector,
)
from app.auth.key_uses import KeyUses
from app.auth.keys import MARK, Environment, KeyClaim, read_key
from app.auth.rates import RateLimiter
from app.auth.tokens import Identity, TokenMaker
from app.config import Settings
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.exceptions import AppError, Forbidden, TenantRequired, Unauthenticated
from app.extensions.access import READING, AccessRule, Entry
from app.extensions.cache import Cache
from app.extensions.clock import Clock
from app.extensions.conditional import IfMatch
from app.extensions.context import RequestContext, context_of
from app.extensions.interfaces import AfterCommit, InlineHandlers
from app.extensions.module import AccessBook
from app.extensions.pagination import CursorCodec
from app.services.filesystem import FileSystem

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
        book: AccessBook,
        clock: Clock,
        hub: InlineHandlers,
        after_commit: AfterCommit,
        cursors: CursorCodec,
        caches: Cache,
        files: FileSystem,
        settings: Settings,
        key_uses: KeyUses,
        rates: RateLimiter,
    ) -> None:
        """`book` is what the installed modules say of access."""
        self._pool = pool
        self._identity = identity
        self._tokens: TokenMaker = identity.tokens
        self._directory = directory
        self._entitlements = entitlements
        self._book = book
        self._clock = clock
        self._hub = hub
        self._after_commit = after_commit
        self._cursors = cursors
        self._caches = caches
        self._files = files
        self._settings = settings
        self._key_uses = key_uses
        self._rates = rates
        self._counting = Counting(rates)
        self._key_environment: Environment = "live" if settings.env == "production" else "test"

    def identify(self, request: Request, rule: AccessRule) -> Identity | KeyClaim | None:
        """The identity in the access token, or the claim of an API key; None on open routes, whatever the header says.

        Raises:
            Unauthenticated: no or bad credentials on a route that is not open.
        """
        value = request.headers.get("authorization", "")
        if rule.entry is Entry.OPEN and not (rule.optional_person and value):
            return None
        if value[: len(BEARER)].lower() != BEARER:
            raise Unauthenticated("Send Authorization: Bearer <access token>.")
        token = value[len(BEARER) :].strip()
        if not token.startswith(MARK):
            return self._tokens.verify(token)
        claim = read_key(token, self._key_environment)
        if claim is None:
            raise Unauthenticated("The API key is not valid.")
        return claim

    async def admit(
        self, request: Request, rule: AccessRule, identity: Identity | KeyClaim | None
    ) -> tuple[UnitOfWork, Commons]:
        """Open and bind the unit of work; judge session, tenant and static rule.

        Raises:
            AppError: in the order of refusals; the unit of work is rolled back then.
        """
        context = context_of(request.scope)
        if identity is not None and self._rates.refusing:
            self._counting.refuse_again(request, rule, identity)
        uow = UnitOfWork(
            self._pool,
            clock=self._clock,
            request_id=context.request_id,
            hub=self._hub,
            after_commit=self._after_commit,
            read_only=request.method in READING,
        )
        if identity is None:
            return uow, self._commons(request, rule, uow, Principal("anonymous"), None, (), frozenset())
        try:
            if isinstance(identity, KeyClaim):
                commons = await self._judge_key(request, rule, identity, uow)
            else:
                commons = await self._judge(request, rule, identity, uow)
        except BaseException as error:
            await uow.rollback()
            explained = uow.explain(error)
            if explained is not None:
                raise explained from error
            raise
        return uow, commons

    async def _judge(self, request: Request, rule: AccessRule, identity: Identity, uow: UnitOfWork) -> Commons:
        selected = selector(request, rule)
        tenant_id = selected if isinstance(selected, UUID) else None
        await uow.begin(user_id=identity.user_id, tenant_id=tenant_id)
        if isinstance(selected, str):
            tenant_id = await self._directory.tenant_by_slug(uow, selected)
            if tenant_id is not None:
                await uow.bind_tenant(tenant_id)
        standing = await self._directory.standing(uow, user_id=identity.user_id, session_id=identity.session_id)
        now = self._clock.now()
        principal: Principal | None = None
        tenant: TenantContext | None = None
        try:
            principal = prove_session(standing, identity.user_id, identity.session_id, now)
            context = self._known_as(request, principal, uow)
            if isinstance(selected, AppError):
                raise await self._with_choices(selected, uow, principal)
            if selected is None or standing is None:
                judge_person(rule, principal, now, self._settings.auth)
                if rule.entry is Entry.SUPERUSER:
                    await self._judge_operator(context.request_id, principal)
                commons = self._commons(request, rule, uow, principal, None, (), frozenset())
            else:
                tenant = prove_tenant(standing)
                context.tenant_id = tenant.id
                judge_factor(standing.mfa_required, principal)
                judge_person(rule, principal, now, self._settings.auth)
                roles = tuple(standing.roles or ())
                permissions = held(roles, standing.granted, self._book)
                commons = self._commons(request, rule, uow, principal, tenant, roles, permissions)
                await self._judge_rule(rule, commons, tenant)
        except AppError as error:
            self._counting.count_refused(error, request, rule, identity, principal, tenant)
            raise
        return self._counting.count(request, rule, identity, commons)

    async def _judge_key(self, request: Request, rule: AccessRule, claim: KeyClaim, uow: UnitOfWork) -> Commons:
        """An API key: bound to its tenant first, then found and compared. It holds its scopes as far as its maker does."""
        context = context_of(request.scope)
        # What a key claims is not proved yet: with another's claims one would stand in their line, or in any number of lines.
        await uow.begin(tenant_id=claim.tenant_id, line=context.address)
        standing = await self._directory.key_standing(uow, claim.key_id)
        now = self._clock.now()
        principal: Principal | None = None
        tenant: TenantContext | None = None
        try:
            principal = prove_key(standing, claim, now)
            self._known_as(request, principal, uow)
            if standing is None:
                raise Unauthenticated("The API key is not valid.")
            tenant = prove_key_tenant(standing, await self._without_alias(selector(request, rule), standing, uow))
            context.tenant_id = tenant.id
            judge_person(rule, principal, now, self._settings.auth)
            permissions = held(standing.roles or (), standing.granted, self._book) & frozenset(standing.scopes)
            commons = self._commons(request, rule, uow, principal, tenant, (), permissions)
            await self._judge_rule(rule, commons, tenant)
        except AppError as error:
            self._counting.count_refused(error, request, rule, claim, principal, tenant)
            raise
        self._counting.count(request, rule, claim, commons)
        self._key_uses.note(tenant.id, claim.key_id, now, context.address)
        return commons

    async def _without_alias(self, selected: Selected, standing: KeyStanding, uow: UnitOfWork) -> Selected:
        """A slug that the tenant gave up still selects it."""
        if isinstance(selected, str) and selected != standing.slug:
            return await self._directory.tenant_by_slug(uow, selected) or selected
        return selected

    async def explain_refusal(self, error: AppError, commons: Commons) -> None:
        """Let a refusal say which grant would change it, to those who may read it; called before the rollback."""
        await add_grants(error, commons, self._directory)

    async def _judge_rule(self, rule: AccessRule, commons: Commons, tenant: TenantContext) -> None:
        try:
            judge_rule(rule, commons, tenant, self._entitlements)
        except Forbidden as error:
            await self.explain_refusal(error, commons)
            raise

    def _known_as(self, request: Request, principal: Principal, uow: UnitOfWork) -> RequestContext:
        """From here on logs, events and audit entries name the principal."""
        uow.actor = principal.actor
        context = context_of(request.scope)
        context.actor = principal.actor
        return context

    async def _judge_operator(self, request_id: UUID, principal: Principal) -> None:
        """Operators are rows; in production one needs a second factor too."""
        async with self._identity.unit(request_id, read_only=True) as unit:
            if principal.user_id is None or not await self._directory.is_operator(unit, principal.user_id):
                raise denied("superuser", "only operators of the platform may do this", [])
        judge_factor(self._settings.env == "production", principal)

    async def _with_choices(self, error: AppError, uow: UnitOfWork, principal: Principal) -> AppError:
        """`tenant_required` lists the tenants to choose from."""
        if isinstance(error, TenantRequired):
            bound = principal.bound_tenant_id  # who acts as somebody learns of no other tenant of theirs
            choices = [item for item in await self._directory.choices(uow) if bound in {None, item.id}]
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
        permissions: frozenset[str],
    ) -> Commons:
        context = context_of(request.scope)
        return Commons(
            principal=principal,
            tenant=tenant,
            roles=roles,
            permissions=permissions,
            uow=uow,
            clock=self._clock,
            request_id=context.request_id,
            cursors=self._cursors,
            caches=self._caches,
            files=self._files,
            settings=self._settings,
            arrived_at=context.arrived_at,
            book=self._book,
            rule=rule,
            if_match=IfMatch(request.headers.get("if-match")),
            address=context.address,
            user_agent=context.user_agent,
            entitlements=self._entitlements,
            counter=None if rule.entry is Entry.OPEN else self._rates.take_more,
        )
