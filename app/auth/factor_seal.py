"""How authenticators' secrets are stored: encrypted with `secrets.encryption_key`, which can be changed."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from app.config import Secrets
from app.extensions.sealing import Sealed


@dataclass(frozen=True, slots=True)
class FactorSeal:
    """Encrypts authenticators' secrets, each for its person alone. The first key encrypts, all decrypt."""

    sealed: Sealed

    @classmethod
    def of(cls, settings: Secrets) -> Self:
        """From the settings: the present key, then the ones before it."""
        return cls(Sealed.of(settings, "auth.totp"))

    def close(self, secret: str, user_id: UUID) -> bytes:
        """The secret as it is stored."""
        return self.sealed.close(secret.encode(), user_id.bytes)

    def open(self, sealed: bytes, user_id: UUID) -> str:
        """The secret of the person.

        Raises:
            ValueError: no key of the settings opens it.
        """
        return self.sealed.open(sealed, user_id.bytes).decode()
