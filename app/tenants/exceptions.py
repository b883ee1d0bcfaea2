"""Errors of tenants."""

from app.exceptions import BadRequest, Conflict, Forbidden, NotFound


class TenantSlugTaken(Conflict):
    """Another tenant has the slug."""

    code, title = "tenant_slug_taken", "The slug is taken"


class TooManySlugs(Conflict):
    """A tenant answers to only so many earlier slugs."""

    code, title = "too_many_slugs", "Too many earlier slugs"


class DeletionNotPlanned(Conflict):
    """Nobody asked for the tenant's deletion."""

    code, title = "deletion_not_planned", "No deletion is planned"


class TooManyTenants(Conflict):
    """A person owns only so many tenants."""

    code, title = "too_many_tenants", "Owner of too many tenants"


class MemberNotFound(NotFound):
    """Nobody of that id is a member here."""


class LastOwner(Conflict):
    """A tenant always has an owner."""

    code, title = "last_owner", "The last owner stays"


class RoleKeyTaken(Conflict):
    """The tenant has a role of that key."""

    code, title = "role_key_taken", "The key is taken"


class RoleInUse(Conflict):
    """Members or open invitations hold the role."""

    code, title = "role_in_use", "The role is in use"


class SystemRoleFixed(Conflict):
    """The system roles live in code and are the same everywhere."""

    code, title = "system_role_fixed", "System roles do not change"


class AlreadyMember(Conflict):
    """The person belongs to the tenant already."""

    code, title = "already_member", "Already a member"


class InvitationPending(Conflict):
    """The address has an open invitation."""

    code, title = "invitation_pending", "Already invited"


class InvitationEnded(Conflict):
    """The invitation was accepted or revoked before."""

    code, title = "invitation_ended", "The invitation has ended"


class InvitationInvalid(BadRequest):
    """An invitation's token that is unknown, replaced, used, revoked or expired: one answer."""

    code, title = "invitation_invalid", "The invitation does not work"

    def __init__(
        self, detail: str = "The invitation was accepted, revoked, replaced, or has expired; ask for another."
    ) -> None:
        """One sentence for all causes."""
        super().__init__(detail)


class InvitationForAnother(Forbidden):
    """The invitation is for another address than that of whoever is signed in."""

    code, title = "invitation_for_another", "The invitation is for somebody else"


class SignInFirst(Conflict):
    """The invited address has an account: it is accepted by whoever signs in with it."""

    code, title = "sign_in_first", "Sign in first"
