"""Views of auth: importing this package puts them all on their routers."""

from app.auth.routes.registration import RecoveryViews, RegistrationViews
from app.auth.routes.router import router
from app.auth.routes.sign_in import AuthViews

__all__ = ["AuthViews", "RecoveryViews", "RegistrationViews", "router"]
