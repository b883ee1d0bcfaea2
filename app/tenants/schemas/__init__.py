"""Bodies of tenants."""

from app.tenants.schemas.invitations import InvitationAccept, InvitationCreate, InvitationOut, Joined
from app.tenants.schemas.members import MemberOut, MemberUpdate, OwnershipTransfer
from app.tenants.schemas.roles import CustomRoleRow, PermissionOut, RoleCreate, RoleOut, RoleUpdate
from app.tenants.schemas.tenants import Slug, TenantCreate, TenantOut

__all__ = [
    "CustomRoleRow",
    "InvitationAccept",
    "InvitationCreate",
    "InvitationOut",
    "Joined",
    "MemberOut",
    "MemberUpdate",
    "OwnershipTransfer",
    "PermissionOut",
    "RoleCreate",
    "RoleOut",
    "RoleUpdate",
    "Slug",
    "TenantCreate",
    "TenantOut",
]
