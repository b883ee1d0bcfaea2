"""Views of auth: importing this package puts them all on their routers."""

from app.auth.routes.keys import router as keys_router
from app.auth.routes.registration import RecoveryViews, RegistrationViews
from app.auth.routes.router import router
from app.auth.routes.sign_in import AuthViews

__all__ = ["AuthViews", "RecoveryViews", "RegistrationViews", "keys_router", "router"]
