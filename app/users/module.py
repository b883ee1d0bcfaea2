"""The manifest of users."""

from app.auth.events import EmailChanged
from app.extensions.module import Handler, Module
from app.users.events import ProfileChanged
from app.users.handlers import mirror_email, mirror_profile
from app.users.routes import router

MODULE = Module(
    name="users",
    routers=(router,),
    events=(ProfileChanged,),
    handlers=(
        Handler(ProfileChanged, mirror_profile, outside=True),
        Handler(EmailChanged, mirror_email, outside=True),
    ),
    required=True,
)
