"""Second factors and recovery codes, on the identity role's connection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork

FACTOR = "SELECT secret, last_step, confirmed_at FROM totp_factors WHERE user_id = $1"
IS_ON = "SELECT 1 FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL"
ENROL = """
INSERT INTO totp_factors (user_id, secret, created_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET secret = $2, created_at = $3, last_step = 0 WHERE totp_factors.confirmed_at IS NULL
RETURNING user_id
"""
CONFIRM = """
UPDATE totp_factors SET confirmed_at = $3, last_step = $4
WHERE user_id = $1 AND secret = $2 AND confirmed_at IS NULL AND last_step < $4 RETURNING user_id
"""
TAKE_STEP = """
UPDATE totp_factors SET last_step = $2, secret = $3
WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2 RETURNING user_id
"""
REMOVE = "DELETE FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL RETURNING user_id"
ADD_CODE = "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)"
USE_CODE = """
UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING user_id
"""
DROP_CODES = "DELETE FROM recovery_codes WHERE user_id = $1"
COUNT_CODES = "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL"


@dataclass(frozen=True, slots=True)
class Factor:
    """An authenticator: its secret as it is stored, the time step of the last code, and since when it counts."""

    secret: bytes
    last_step: int
    confirmed_at: datetime | None


class FactorRepository:
    """A person's authenticator and recovery codes. What may happen once is one statement: of two at once one gets it."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the identity role."""
        self.uow = uow

    async def get(self, user_id: UUID) -> Factor | None:
        """The authenticator, whether or not it is confirmed."""
        row = await self.uow.connection.fetchrow(FACTOR, user_id)
        return None if row is None else Factor(*row)

    async def is_on(self, user_id: UUID) -> bool:
        """Whether sign-in asks the person for a second factor."""
        return await self.uow.connection.fetchrow(IS_ON, user_id) is not None

    async def enrol(self, user_id: UUID, secret: bytes, now: datetime) -> bool:
        """Keep a new secret until it is confirmed; False where one is confirmed already."""
        return await self._did(ENROL, user_id, secret, now)

    async def confirm(self, user_id: UUID, secret: bytes, now: datetime, step: int) -> bool:
        """Let that very secret count from now on, its first code used."""
        return await self._did(CONFIRM, user_id, secret, now, step)

    async def take_step(self, user_id: UUID, step: int, secret: bytes) -> bool:
        """Use up the code of a time step and all before it; False where it was used. The secret may be sealed anew."""
        return await self._did(TAKE_STEP, user_id, step, secret)

    async def remove(self, user_id: UUID) -> bool:
        """Remove the authenticator and the recovery codes; False where none is confirmed."""
        removed = await self._did(REMOVE, user_id)
        if removed:
            await self.uow.connection.execute(DROP_CODES, user_id)
        return removed

    async def replace_codes(self, user_id: UUID, hashes: Iterable[bytes]) -> None:
        """These recovery codes, and no others."""
        await self.uow.connection.execute(DROP_CODES, user_id)
        await self.uow.connection.executemany(ADD_CODE, [(user_id, code_hash) for code_hash in hashes])

    async def use_code(self, user_id: UUID, code_hash: bytes, now: datetime) -> bool:
        """Use up a recovery code; False where there is no such one."""
        return await self._did(USE_CODE, user_id, code_hash, now)

    async def count_codes(self, user_id: UUID) -> int:
        """How many recovery codes are left."""
        row = await self.uow.connection.fetchrow(COUNT_CODES, user_id)
        return int(row[0])

    async def _did(self, statement: str, *arguments: object) -> bool:
        return await self.uow.connection.fetchrow(statement, *arguments) is not None
