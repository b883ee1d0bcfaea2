"""Use cases of tenants, one class a file."""

from app.tenants.services.members import MemberService
from app.tenants.services.tenants import TenantService

__all__ = ["MemberService", "TenantService"]
