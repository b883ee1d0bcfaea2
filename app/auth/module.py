"""The manifest of auth."""

from app.auth import events, handlers
from app.auth.key_permissions import PERMISSIONS
from app.auth.routes import keys_router, router, well_known_router
from app.extensions.module import MAIL_QUEUE, Handler, Module

MODULE = Module(
    name="auth",
    required=True,
    routers=(router, keys_router),
    root_routers=(well_known_router,),
    permissions=PERMISSIONS,
    events=(
        events.RegistrationReceived,
        events.AddressVerified,
        events.PasswordForgotten,
        events.PasswordChanged,
        events.EmailChangeRequested,
        events.EmailChanged,
        events.MfaEnabled,
        events.MfaDisabled,
        events.RecoveryCodeUsed,
    ),
    handlers=(
        Handler(events.RegistrationReceived, handlers.mail_registration, outside=True, queue=MAIL_QUEUE),
        Handler(events.PasswordForgotten, handlers.mail_reset, outside=True, queue=MAIL_QUEUE),
        Handler(events.PasswordChanged, handlers.mail_password_changed, outside=True, queue=MAIL_QUEUE),
        Handler(events.EmailChangeRequested, handlers.mail_email_change, outside=True, queue=MAIL_QUEUE),
        Handler(events.EmailChanged, handlers.mail_email_changed, outside=True, queue=MAIL_QUEUE),
        Handler(events.MfaEnabled, handlers.mail_mfa_enabled, outside=True, queue=MAIL_QUEUE),
        Handler(events.MfaDisabled, handlers.mail_mfa_disabled, outside=True, queue=MAIL_QUEUE),
        Handler(events.RecoveryCodeUsed, handlers.mail_recovery_code_used, outside=True, queue=MAIL_QUEUE),
    ),
)
