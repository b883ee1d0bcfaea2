"""The second factor: an authenticator's codes (TOTP, RFC 6238), and recovery codes that stand in for it."""

import hmac
import secrets
from datetime import datetime
from typing import Literal, NoReturn
from uuid import UUID

import pyotp

from app.auth.events import MfaDisabled, MfaEnabled, RecoveryCodeUsed
from app.auth.exceptions import MfaCodeInvalid, MfaOff, MfaOn
from app.auth.repository import Factor, FactorRepository, ProofRepository, SessionRepository, TokenRepository
from app.auth.schemas import MfaOut, RecoveryCodesOut, TotpOut
from app.auth.services.base import IdentityService
from app.auth.tokens import secret_hash
from app.db.uow import UnitOfWork

STEP_SECONDS = 30
DRIFT = 1
"""Steps that a person's clock may be early or late."""
DIGITS = 6
CODES = 10
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32: nothing in it is read as something else."""
GROUPS, GROUP = 5, 5
"""Of 125 random bits: enough to be stored as a plain hash (ASVS 5.0, 6.5.2)."""
Method = Literal["totp", "recovery_code"]


class FactorService(IdentityService):
    """Switches the second factor on and off, and proves it. Every code works once."""

    async def state(self) -> MfaOut:
        """Whether sign-in asks for a second factor."""
        user_id = self.commons.user_id
        async with self._unit(read_only=True) as uow:
            factors = FactorRepository(uow)
            factor = await factors.get(user_id)
            left = await factors.count_codes(user_id)
        since = factor.confirmed_at if factor else None
        return MfaOut(enabled=since is not None, enabled_at=since, recovery_codes_left=left)

    async def enrol(self) -> TotpOut:
        """A secret for an authenticator; it counts once it is confirmed. Asked again before, the secret is another.

        Raises:
            MfaOn: remove the present one first.
        """
        user_id, now = self.commons.user_id, self.commons.clock.now()
        secret = pyotp.random_base32()
        sealed = self.identity.factor_seal.close(secret, user_id)
        async with self._unit() as uow:
            if not await FactorRepository(uow).enrol(user_id, sealed, now):
                raise MfaOn("Switch it off first: DELETE /api/v1/auth/mfa/totp.")
            self.track("auth.mfa.enrolled", f"user:{user_id}", uow=uow)
        brand, email = self.commons.settings.mail.brand, self.commons.principal.email or ""
        return TotpOut(secret=secret, uri=pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=brand))

    async def confirm(self, code: str) -> RecoveryCodesOut:
        """Switch the second factor on by the first code: other sessions end, this one has proved it.

        Raises:
            MfaOn, MfaOff: there is no secret that waits for its first code.
            MfaCodeInvalid: not its code.
            RateLimited: too many wrong ones.
        """
        user_id, session_id, now = self.commons.user_id, self._session_id(), self.commons.clock.now()
        async with self._attempt(f"mfa:{user_id}"):
            async with self._unit(read_only=True) as uow:
                factor = await FactorRepository(uow).get(user_id)
            if factor is None:
                raise MfaOff("Ask for a secret first: POST /api/v1/auth/mfa/totp.")
            if factor.confirmed_at is not None:
                raise MfaOn("It was confirmed before.")
            step = self._step_of(factor, user_id, code, now)
            if step is None:
                await self._refuse_code(user_id)
        codes = _new_codes()
        async with self._unit() as uow:
            factors = FactorRepository(uow)
            if not await factors.confirm(user_id, factor.secret, now, step):
                raise MfaOff("The secret was replaced meanwhile; confirm the newest.")
            await factors.replace_codes(user_id, map(_code_hash, codes))
            await SessionRepository(uow).end_all(user_id, now, but=session_id)
            await ProofRepository(uow).prove_factor(session_id, now)
            await TokenRepository(uow).forget("mfa", user_id)
            uow.record(MfaEnabled(user_id=user_id))
            self.track("auth.mfa.enabled", f"user:{user_id}", uow=uow)
        return RecoveryCodesOut(recovery_codes=codes)

    async def remove(self) -> None:
        """Switch it off. No session counts as proved by it any more.

        Raises:
            MfaOff: it is off.
        """
        user_id = self.commons.user_id
        async with self._unit() as uow:
            if not await FactorRepository(uow).remove(user_id):
                raise MfaOff("It is off.")
            await ProofRepository(uow).forget_factor(user_id)
            await TokenRepository(uow).forget("mfa", user_id)
            uow.record(MfaDisabled(user_id=user_id))
            self.track("auth.mfa.disabled", f"user:{user_id}", uow=uow)

    async def renew_codes(self) -> RecoveryCodesOut:
        """New recovery codes; the ones before are worthless.

        Raises:
            MfaOff: there is nothing to recover.
        """
        user_id, codes = self.commons.user_id, _new_codes()
        async with self._unit() as uow:
            factors = FactorRepository(uow)
            if not await factors.is_on(user_id):
                raise MfaOff("Switch it on first: POST /api/v1/auth/mfa/totp.")
            await factors.replace_codes(user_id, map(_code_hash, codes))
            self.track("auth.mfa.codes_renewed", f"user:{user_id}", uow=uow)
        return RecoveryCodesOut(recovery_codes=codes)

    async def prove(self, user_id: UUID, code: str) -> Method:
        """Use up a code of the person: the authenticator's, or a recovery code, whose use is told by mail.

        Raises:
            MfaCodeInvalid: wrong, used or too old.
            RateLimited: too many wrong ones of this account or from this address.
        """
        async with self._attempt(f"mfa:{user_id}"):
            async with self._unit() as uow:
                method = await self._use(uow, user_id, code)
                if method == "recovery_code":
                    uow.record(RecoveryCodeUsed(user_id=user_id))
                    self.track("auth.mfa.recovery_code_used", f"user:{user_id}", uow=uow)
            if method is None:
                await self._refuse_code(user_id)
        return method

    async def _refuse_code(self, user_id: UUID) -> NoReturn:
        async with self._unit() as uow:
            self.track("auth.mfa.refused", f"user:{user_id}", uow=uow)
        raise MfaCodeInvalid("The code is wrong, was used before or is too old.")

    async def _use(self, uow: UnitOfWork, user_id: UUID, code: str) -> Method | None:
        now, factors = self.commons.clock.now(), FactorRepository(uow)
        factor = await factors.get(user_id)
        if factor is None or factor.confirmed_at is None:
            return None
        if not _is_totp(code):
            return "recovery_code" if await factors.use_code(user_id, _code_hash(code), now) else None
        step = self._step_of(factor, user_id, code, now)
        if step is None:
            return None
        seal = self.identity.factor_seal
        # Sealed anew on this occasion, so that an old key of the settings falls out of use.
        sealed = seal.close(seal.open(factor.secret, user_id), user_id)
        return "totp" if await factors.take_step(user_id, step, sealed) else None

    def _step_of(self, factor: Factor, user_id: UUID, code: str, now: datetime) -> int | None:
        """The time step whose code it is: the present one or a neighbour, and later than the last one that was used."""
        totp = pyotp.TOTP(self.identity.factor_seal.open(factor.secret, user_id))
        present = int(now.timestamp()) // STEP_SECONDS
        steps = range(max(present - DRIFT, factor.last_step + 1), present + DRIFT + 1)
        given = _plain(code).encode()
        matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), given)]
        return matching[0] if matching else None


def _new_codes() -> list[str]:
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)) for _ in range(CODES)
    ]


def _plain(code: str) -> str:
    """As people type it: any letter case, with spaces and hyphens where they like."""
    return "".join(code.lower().replace("-", " ").split())


def _is_totp(code: str) -> bool:
    plain = _plain(code)
    return len(plain) == DIGITS and plain.isascii() and plain.isdigit()


def _code_hash(code: str) -> bytes:
    return secret_hash(_plain(code))
