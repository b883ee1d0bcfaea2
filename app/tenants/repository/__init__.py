"""Statements of tenants."""

from app.tenants.repository.invitations import InvitationRepository, InvitationRow
from app.tenants.repository.roles import RoleRepository
from app.tenants.repository.tenants import TenantRepository

__all__ = ["InvitationRepository", "InvitationRow", "RoleRepository", "TenantRepository"]
