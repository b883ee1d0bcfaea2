"""Permissions of tenants."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class TenantPermission(StrEnum):
    """What may be done with a tenant."""

    MEMBERS_READ = "tenants.members:read"
    MEMBERS_WRITE = "tenants.members:write"
    ROLES_READ = "tenants.roles:read"
    ROLES_WRITE = "tenants.roles:write"
    INVITATIONS_READ = "tenants.invitations:read"
    INVITATIONS_WRITE = "tenants.invitations:write"
    SETTINGS_READ = "tenants.settings:read"
    SETTINGS_WRITE = "tenants.settings:write"
    TENANT_DELETE = "tenants.tenant:delete"
    ACCESS_READ = "tenants.access:read"
    TENANT_TRANSFER = "tenants.tenant:transfer"


PERMISSIONS = (
    Permission(TenantPermission.MEMBERS_READ, "see the members", SystemRole.VIEWER),
    Permission(TenantPermission.MEMBERS_WRITE, "change roles of members and remove them", SystemRole.ADMIN),
    Permission(TenantPermission.ROLES_READ, "see the roles and the permissions that there are", SystemRole.VIEWER),
    Permission(TenantPermission.ROLES_WRITE, "make, change and delete custom roles", SystemRole.ADMIN),
    Permission(TenantPermission.INVITATIONS_READ, "see who is invited", SystemRole.ADMIN),
    Permission(TenantPermission.INVITATIONS_WRITE, "invite people, and take it back", SystemRole.ADMIN),
    Permission(TenantPermission.SETTINGS_READ, "see the tenant", SystemRole.VIEWER),
    Permission(TenantPermission.SETTINGS_WRITE, "change the tenant and its settings", SystemRole.ADMIN),
    Permission(TenantPermission.TENANT_DELETE, "have the tenant deleted, and take that back", SystemRole.OWNER),
    Permission(
        TenantPermission.ACCESS_READ,
        "see why others are allowed or refused, and what would change it",
        SystemRole.ADMIN,
    ),
    Permission(TenantPermission.TENANT_TRANSFER, "hand the tenant over to another owner", SystemRole.OWNER),
)
