"""Bodies of tenants."""

from app.tenants.schemas.access import (
    AccessDecision,
    AccessFactor,
    AccessOut,
    AccessQuery,
    AccessTenant,
    RoleContribution,
)
from app.tenants.schemas.invitations import InvitationAccept, InvitationCreate, InvitationOut, InvitationQuery, Joined
from app.tenants.schemas.members import MemberOut, MemberQuery, MemberUpdate, OwnershipTransfer
from app.tenants.schemas.roles import (
    CustomRoleRow,
    PermissionOut,
    PermissionQuery,
    RoleCreate,
    RoleOut,
    RoleQuery,
    RoleUpdate,
)
from app.tenants.schemas.settings import MemberRules, ModuleSettingsOut
from app.tenants.schemas.tenants import (
    DeletionOut,
    DeletionRequest,
    MyTenantQuery,
    Slug,
    TenantCreate,
    TenantOut,
    TenantUpdate,
)

__all__ = [
    "AccessDecision",
    "AccessFactor",
    "AccessOut",
    "AccessQuery",
    "AccessTenant",
    "CustomRoleRow",
    "DeletionOut",
    "DeletionRequest",
    "InvitationAccept",
    "InvitationCreate",
    "InvitationOut",
    "InvitationQuery",
    "Joined",
    "MemberOut",
    "MemberQuery",
    "MemberRules",
    "MemberUpdate",
    "ModuleSettingsOut",
    "MyTenantQuery",
    "OwnershipTransfer",
    "PermissionOut",
    "PermissionQuery",
    "RoleContribution",
    "RoleCreate",
    "RoleOut",
    "RoleQuery",
    "RoleUpdate",
    "Slug",
    "TenantCreate",
    "TenantOut",
    "TenantUpdate",
]
