"""Use cases of tenants, one class a file."""

from app.tenants.services.acceptance import AcceptanceService
from app.tenants.services.access import AccessService
from app.tenants.services.invitations import InvitationService
from app.tenants.services.members import MemberService
from app.tenants.services.roles import RoleService
from app.tenants.services.settings import SettingsService
from app.tenants.services.tenants import TenantService

__all__ = [
    "AcceptanceService",
    "AccessService",
    "InvitationService",
    "MemberService",
    "RoleService",
    "SettingsService",
    "TenantService",
]
