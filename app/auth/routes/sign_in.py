"""/auth: sign-in, refresh, logout."""

from typing import Annotated

from fastapi import Cookie, Depends, Header

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.exceptions import InvalidCredentials, MfaRequired
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.routes.router import router
from app.auth.schemas import Refresh, SignedIn, SignIn
from app.auth.services import COOKIE, CookieGuard, RenewalService, SignInService
from app.exceptions import CsrfFailed, RateLimited, RefreshInProgress, SessionEnded, TokenExpired, Unauthenticated
from app.extensions.declared import declares
from app.extensions.openapi import BEARER
from app.extensions.responses import done
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse

RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=200)]
CsrfToken = Annotated[str | None, Header(alias="X-CSRF-Token", max_length=200)]
Authorization = Annotated[str | None, Header(alias="Authorization", include_in_schema=False)]
Origin = Annotated[str | None, Header(alias="Origin", max_length=300)]


@cbv(router)
class AuthViews:
    """Who is asking."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.post("/login", summary="Sign in")
    @access_control(open=True)
    @declares(raises=(InvalidCredentials, MfaRequired, RateLimited), headers=("Set-Cookie",))
    async def sign_in(self, body: SignIn) -> SignedIn:
        """Opens a session. With `session_transport: cookie` the refresh token travels in an HttpOnly cookie."""
        return await SignInService(self.commons, self.identity).sign_in(body)

    @router.post("/refresh", summary="Rotate the refresh token")
    @access_control(open=True)
    @declares(
        raises=(CsrfFailed, RateLimited, RefreshInProgress, SessionEnded, Unauthenticated), headers=("Set-Cookie",)
    )
    async def refresh_session(
        self, body: Refresh | None = None, cookie: RefreshCookie = None, csrf: CsrfToken = None, origin: Origin = None
    ) -> SignedIn:
        """Answers new tokens; a token that was used before ends its whole session."""
        token = body.refresh_token if body else None
        return await RenewalService(self.commons, self.identity).refresh(token, CookieGuard(cookie, csrf, origin))

    @router.post("/logout", summary="Sign out", openapi_extra={"security": [{BEARER: []}, {}]})
    @access_control(open=True)
    @declares(raises=(CsrfFailed, SessionEnded, TokenExpired, Unauthenticated), headers=("Set-Cookie",))
    async def sign_out(
        self,
        authorization: Authorization = None,
        cookie: RefreshCookie = None,
        csrf: CsrfToken = None,
        origin: Origin = None,
    ) -> DefaultResponse:
        """Ends the session; its access tokens are refused from now on. By cookie it needs no live access token."""
        scheme, _, token = (authorization or "").partition(" ")
        bearer = token.strip() if scheme.lower() == BEARER else None
        await RenewalService(self.commons, self.identity).sign_out(bearer, CookieGuard(cookie, csrf, origin))
        return done("Signed out.")
