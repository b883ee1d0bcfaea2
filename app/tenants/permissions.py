"""Permissions of tenants."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class TenantPermission(StrEnum):
    """What may be done with a tenant."""

    MEMBERS_READ = "tenants.members:read"
    MEMBERS_WRITE = "tenants.members:write"
    SETTINGS_READ = "tenants.settings:read"


PERMISSIONS = (
    Permission(TenantPermission.MEMBERS_READ, "see the members", SystemRole.VIEWER),
    Permission(TenantPermission.MEMBERS_WRITE, "change roles of members and remove them", SystemRole.ADMIN),
    Permission(TenantPermission.SETTINGS_READ, "see the tenant", SystemRole.VIEWER),
)
