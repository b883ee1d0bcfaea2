"""People as operators keep them: made without a mail, disabled and enabled, rid of a lost factor, made operators and unmade."""

from datetime import timedelta
from uuid import UUID

from app.auth.events import MfaDisabled
from app.auth.exceptions import MfaOff
from app.auth.identity import IdentityUnits
from app.auth.repository import FactorRepository, PeopleRepository, TokenRepository, lock_operator
from app.auth.system import SystemUnits
from app.config import Settings
from app.operators.exceptions import PersonNotFound
from app.operators.repository import KnownPerson, OperatedPeople
from app.operators.services.desk import Acting, Desk

GRANT = "INSERT INTO operators (user_id, created_at) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING"
REVOKE = "DELETE FROM operators WHERE user_id = $1"
END_ACTING = "UPDATE sessions SET ended_at = $2 WHERE operator_id = $1 AND ended_at IS NULL"


class PeopleDesk(Desk):
    """What concerns a person and no tenant stands in the platform's log."""

    def __init__(self, units: SystemUnits, identity: IdentityUnits, acting: Acting, settings: Settings) -> None:
        """`identity` is for what only sign-in's role may write: passwords, tokens, operators."""
        super().__init__(units, acting, settings)
        self.identity = identity

    async def find(self, email: str) -> KnownPerson:
        """Whose address it is.

        Raises:
            PersonNotFound.
        """
        async with self.unit(read_only=True) as uow:
            person = await OperatedPeople(uow).by_email(email)
        if person is None:
            raise PersonNotFound(f"Nobody has the address {email}.")
        return person

    async def create(self, email: str, name: str, password: str | None) -> tuple[UUID, str | None]:
        """A new person, whose address is taken for proved; without a password, with a link to choose one.

        Raises:
            AddressTaken.
        """
        now = self.clock.now()
        password_hash = None if password is None else await self.identity.vault.hash(password)
        async with self.identity.unit(self.acting.request_id) as uow:
            people = PeopleRepository(uow)
            user_id = await people.add_person(email, name, password_hash, now)
            await people.drop_registrations(email)
            self.note(uow, "operators.user.created", f"user:{user_id}")
            if password is not None:
                return user_id, None
            until = now + timedelta(seconds=self.identity.settings.reset_seconds)
            token = await TokenRepository(uow).make("reset_password", user_id, now, until)
        return user_id, f"{self.settings.web.base_url}/reset-password#token={token}"

    async def disable(self, user_id: UUID) -> None:
        """End everything that the person may do, in one transaction: sessions, memberships and with them API keys.

        Raises:
            PersonNotFound.
        """
        await self._set_state(user_id, "disabled")

    async def enable(self, user_id: UUID) -> None:
        """Let the person sign in again, with the memberships they had; ended sessions stay ended.

        Raises:
            PersonNotFound.
        """
        await self._set_state(user_id, "active")

    async def reset_mfa(self, user_id: UUID) -> None:
        """Remove the second factor and the recovery codes of somebody who lost both, and end their sessions; a mail tells them.

        Raises:
            MfaOff: they have none.
        """
        async with self.identity.unit(self.acting.request_id) as uow:
            await lock_operator(uow, user_id)  # the person may be one: nothing in their name begins meanwhile
            if not await FactorRepository(uow).remove(user_id):
                raise MfaOff("They have no second factor.")
            await TokenRepository(uow).forget("mfa", user_id)
            await OperatedPeople(uow).end_sessions(user_id, self.clock.now())
            uow.record(MfaDisabled(user_id=user_id))
            self.note(uow, "operators.user.mfa_reset", f"user:{user_id}")

    async def grant(self, user_id: UUID) -> None:
        """Make the person an operator."""
        async with self.identity.unit(self.acting.request_id) as uow:
            if await uow.connection.execute(GRANT, user_id, self.clock.now()) == "INSERT 0 1":
                self.note(uow, "operators.operator.granted", f"user:{user_id}")

    async def revoke(self, user_id: UUID) -> None:
        """Take that away; in whosever name the operator acts, it ends with it."""
        async with self.identity.unit(self.acting.request_id) as uow:
            await lock_operator(uow, user_id)
            if await uow.connection.execute(REVOKE, user_id) == "DELETE 1":
                self.note(uow, "operators.operator.revoked", f"user:{user_id}")
            await uow.connection.execute(END_ACTING, user_id, self.clock.now())

    async def _set_state(self, user_id: UUID, state: str) -> None:
        now = self.clock.now()
        async with self.unit() as uow:
            people = OperatedPeople(uow)
            if await people.get(user_id) is None:
                raise PersonNotFound("There is no such person.")
            await lock_operator(uow, user_id)  # the person may be one: nothing in their name begins meanwhile
            changed = await people.set_state(user_id, state, now)
            if state != "active":
                await people.end_sessions(user_id, now)
            if changed:
                self.note(uow, f"operators.user.{'enabled' if state == 'active' else 'disabled'}", f"user:{user_id}")
