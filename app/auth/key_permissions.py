"""Permissions of auth; `permissions.py` holds access_control, by the platform's habit."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class AuthPermission(StrEnum):
    """What may be done with API keys."""

    API_KEYS_READ = "auth.api_keys:read"
    API_KEYS_WRITE = "auth.api_keys:write"


PERMISSIONS = (
    Permission(AuthPermission.API_KEYS_READ, "see API keys", SystemRole.ADMIN),
    Permission(AuthPermission.API_KEYS_WRITE, "make, rotate, adopt and revoke API keys", SystemRole.ADMIN),
)
