"""Views of auth: importing this package puts them all on their routers."""

from app.auth.routes.keys import router as keys_router
from app.auth.routes.mfa import MfaViews
from app.auth.routes.registration import RecoveryViews, RegistrationViews
from app.auth.routes.router import router
from app.auth.routes.sessions import SessionViews
from app.auth.routes.sign_in import AuthViews
from app.auth.routes.well_known import router as well_known_router

__all__ = [
    "AuthViews",
    "MfaViews",
    "RecoveryViews",
    "RegistrationViews",
    "SessionViews",
    "keys_router",
    "router",
    "well_known_router",
]
