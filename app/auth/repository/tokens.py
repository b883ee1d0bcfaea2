"""One-time tokens: made by whoever writes the mail, stored as a hash, used once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.auth.tokens import new_secret, secret_hash
from app.db.uow import UnitOfWork

Purpose = Literal["verify_email", "reset_password", "change_email", "mfa"]

ADD = """
INSERT INTO one_time_tokens (token_hash, purpose, subject_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
"""
FIND = """
SELECT subject_id, attempts FROM one_time_tokens
WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
"""
TRY = "UPDATE one_time_tokens SET attempts = attempts + 1 WHERE token_hash = $1 RETURNING attempts"
USE = """
UPDATE one_time_tokens SET used_at = $3
WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
RETURNING subject_id
"""
FORGET = "DELETE FROM one_time_tokens WHERE subject_id = $1 AND purpose = $2"


@dataclass(frozen=True, slots=True)
class Found:
    """What a token stands for, and how often something was tried with it."""

    subject_id: UUID
    attempts: int


class TokenRepository:
    """One-time tokens, on the identity role's connection."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the identity role."""
        self.uow = uow

    async def make(self, purpose: Purpose, subject_id: UUID, now: datetime, expires_at: datetime) -> str:
        """A new token; only its hash is kept."""
        token = new_secret()
        await self.uow.connection.execute(ADD, secret_hash(token), purpose, subject_id, now, expires_at)
        return token

    async def find(self, token: str, purpose: Purpose, now: datetime) -> Found | None:
        """What the token stands for, if it still counts."""
        row = await self.uow.connection.fetchrow(FIND, secret_hash(token), purpose, now)
        return None if row is None else Found(row[0], row[1])

    async def count_try(self, token: str) -> int:
        """Note one try with the token; returns how many there were."""
        row = await self.uow.connection.fetchrow(TRY, secret_hash(token))
        return 0 if row is None else int(row[0])

    async def use(self, token: str, purpose: Purpose, now: datetime) -> UUID | None:
        """Use it up and return its subject; of two at once one gets it."""
        row = await self.uow.connection.fetchrow(USE, secret_hash(token), purpose, now)
        return None if row is None else row[0]

    async def forget(self, purpose: Purpose, subject_id: UUID) -> None:
        """Remove all tokens of the subject."""
        await self.uow.connection.execute(FORGET, subject_id, purpose)
