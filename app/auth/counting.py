"""What of a request is counted, and as whose: one that passes in its windows, one that is refused in its own."""

from functools import partial

from starlette.requests import Request

from app.auth.commons import Commons, Principal, TenantContext
from app.auth.keys import KeyClaim
from app.auth.rates import RateLimiter
from app.auth.tokens import Identity
from app.exceptions import AppError, TenantInvalid, TenantNotFound, Unavailable
from app.extensions.access import AccessRule
from app.extensions.context import context_of

Credentials = Identity | KeyClaim


class Counting:
    """Between the authenticator, which knows requests, and the limiter, which knows windows."""

    def __init__(self, rates: RateLimiter) -> None:
        """`rates` counts."""
        self._rates = rates

    def refuse_again(self, request: Request, rule: AccessRule, identity: Credentials) -> None:
        """Refuse whoever was refused a moment ago with a window that is full still: before it costs a connection.

        Raises:
            RateLimited: by the same credentials, tenant and route, or by credentials that asked for tenants made up.
        """
        self._rates.refuse_again(identity)
        self._rates.refuse_again(_mark(request, rule, identity))

    def count(self, request: Request, rule: AccessRule, identity: Credentials, commons: Commons) -> Commons:
        """The last of what is judged before the body: the request counts, and its answer tells what is left.

        Raises:
            RateLimited: the principal, the tenant or its owner has used up a window.
        """
        weight, mark = rule.weighs(request.method), partial(_mark, request, rule, identity)
        commons.told.update(self._rates.take(commons.principal, commons.tenant, weight, mark))
        return commons

    def count_refused(
        self,
        error: AppError,
        request: Request,
        rule: AccessRule,
        identity: Credentials,
        principal: Principal | None,
        tenant: TenantContext | None,
    ) -> None:
        """What is refused before that counts too, as whose it is known to be; the refusal stands as it is.

        Of tenants that are made up there are many: there the credentials alone are what comes again.
        """
        if isinstance(error, Unavailable):
            return
        weight = rule.weighs(request.method)
        if principal is None:
            self._rates.take_of_stranger(context_of(request.scope).address, weight, identity)
            return
        made_up = isinstance(error, TenantInvalid | TenantNotFound)
        mark = identity if made_up else _mark(request, rule, identity)
        self._rates.take_refused(principal, tenant, weight, mark)


def _mark(request: Request, rule: AccessRule, identity: Credentials) -> tuple[object, ...]:
    """What two requests have in common that are judged alike, within a moment. Rules live as long as the process."""
    return identity, *request.headers.getlist("x-tenant-id"), id(rule)
