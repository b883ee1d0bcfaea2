"""Errors of tenants."""

from app.exceptions import Conflict, NotFound


class TenantSlugTaken(Conflict):
    """Another tenant has the slug."""

    code, title = "tenant_slug_taken", "The slug is taken"


class TooManyTenants(Conflict):
    """A person owns only so many tenants."""

    code, title = "too_many_tenants", "You own too many tenants"


class MemberNotFound(NotFound):
    """Nobody of that id is a member here."""


class LastOwner(Conflict):
    """A tenant always has an owner."""

    code, title = "last_owner", "The last owner stays"
