"""Bodies of tenants."""

from app.tenants.schemas.access import (
    AccessDecision,
    AccessFactor,
    AccessOut,
    AccessQuery,
    AccessTenant,
    RoleContribution,
)
from app.tenants.schemas.invitations import InvitationAccept, InvitationCreate, InvitationOut, Joined
from app.tenants.schemas.members import MemberOut, MemberUpdate, OwnershipTransfer
from app.tenants.schemas.roles import CustomRoleRow, PermissionOut, RoleCreate, RoleOut, RoleUpdate
from app.tenants.schemas.settings import MemberRules, ModuleSettingsOut
from app.tenants.schemas.tenants import DeletionOut, DeletionRequest, Slug, TenantCreate, TenantOut, TenantUpdate

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
    "Joined",
    "MemberOut",
    "MemberRules",
    "MemberUpdate",
    "ModuleSettingsOut",
    "OwnershipTransfer",
    "PermissionOut",
    "RoleContribution",
    "RoleCreate",
    "RoleOut",
    "RoleUpdate",
    "Slug",
    "TenantCreate",
    "TenantOut",
    "TenantUpdate",
]
