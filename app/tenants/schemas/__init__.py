"""Bodies of tenants."""

from app.tenants.schemas.members import MemberOut, MemberUpdate
from app.tenants.schemas.tenants import TenantCreate, TenantOut

__all__ = ["MemberOut", "MemberUpdate", "TenantCreate", "TenantOut"]
