"""Tokens of invitations: tenant and invitation, so that a request is bound before anything is searched, and a secret."""

import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from app.auth.tokens import new_secret, secret_hash

FORM = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class InvitationClaim:
    """What a token says of itself; that it is true is for the database to say."""

    tenant_id: UUID
    invitation_id: UUID
    token_hash: bytes

    def matches(self, token_hash: bytes | None) -> bool:
        """Whether the stored hash is of this token."""
        return token_hash is not None and hmac.compare_digest(token_hash, self.token_hash)


def make_token(tenant_id: UUID, invitation_id: UUID) -> tuple[str, bytes]:
    """A new token and the hash that is stored."""
    secret = new_secret()
    return f"{tenant_id.hex}{invitation_id.hex}{secret}", secret_hash(secret)


def read_token(text: str) -> InvitationClaim | None:
    """The claim of a well-formed token, or None."""
    found = FORM.fullmatch(text)
    return None if found is None else InvitationClaim(UUID(found[1]), UUID(found[2]), secret_hash(found[3]))
