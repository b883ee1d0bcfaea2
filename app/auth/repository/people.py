"""Persons as sign-in writes them: registrations, addresses, passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.auth.exceptions import AddressTaken
from app.db.errors import mapped
from app.db.uow import UnitOfWork
from app.utils.ids import uuid7

ADD_REGISTRATION = """
INSERT INTO registrations (id, email, name, password_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
REGISTRATION = "SELECT email, name, password_hash FROM registrations WHERE id = $1 AND expires_at > $2"
DROP_REGISTRATIONS = "DELETE FROM registrations WHERE lower(email) = lower($1)"
ADD_PERSON = """
INSERT INTO users (id, email, name, created_at, updated_at, version) VALUES ($1, $2, $3, $4, $4, 1)
"""
ADD_PASSWORD = "INSERT INTO credentials (user_id, password_hash, changed_at) VALUES ($1, $2, $3)"  # noqa: S105 - SQL, not a secret
SET_PASSWORD = """
INSERT INTO credentials (user_id, password_hash, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET password_hash = $2, changed_at = $3
"""  # noqa: S105 - SQL, not a secret
BY_EMAIL = "SELECT id FROM users WHERE lower(email) = lower($1)"
PERSON = """
SELECT u.id, u.email, u.name, u.state, c.password_hash FROM users AS u LEFT JOIN credentials AS c ON c.user_id = u.id
WHERE u.id = $1
"""
SET_EMAIL = "UPDATE users SET email = $2, updated_at = $3, version = version + 1 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody who has not proved the address yet."""

    email: str
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person with an address and, perhaps, a password."""

    id: UUID
    email: str
    name: str
    state: str
    password_hash: str | None


class PeopleRepository:
    """Persons, on the identity role's connection."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the identity role."""
        self.uow = uow

    async def add_registration(self, email: str, name: str, password_hash: str, now: datetime, until: datetime) -> UUID:
        """Keep a registration until then; returns its id."""
        key = uuid7()
        await self.uow.connection.execute(ADD_REGISTRATION, key, email, name, password_hash, now, until)
        return key

    async def registration(self, key: UUID, now: datetime) -> Registration | None:
        """A registration whose time is not over."""
        row = await self.uow.connection.fetchrow(REGISTRATION, key, now)
        return None if row is None else Registration(*row)

    async def drop_registrations(self, email: str) -> None:
        """Remove all registrations of the address."""
        await self.uow.connection.execute(DROP_REGISTRATIONS, email)

    async def add_person(self, email: str, name: str, password_hash: str | None, now: datetime) -> UUID:
        """A new person; returns the id. Without a password they cannot sign in before they have chosen one.

        Raises:
            AddressTaken.
        """
        key = uuid7()
        with mapped({"uq_users_email": AddressTaken}):
            await self.uow.connection.execute(ADD_PERSON, key, email, name, now)
        if password_hash is not None:
            await self.uow.connection.execute(ADD_PASSWORD, key, password_hash, now)
        return key

    async def id_of(self, email: str) -> UUID | None:
        """Whose address it is."""
        row = await self.uow.connection.fetchrow(BY_EMAIL, email)
        return None if row is None else row[0]

    async def account(self, user_id: UUID) -> Account | None:
        """The person of that id."""
        row = await self.uow.connection.fetchrow(PERSON, user_id)
        return None if row is None else Account(*row)

    async def set_password(self, user_id: UUID, password_hash: str, now: datetime) -> None:
        """Give a person another password."""
        await self.uow.connection.execute(SET_PASSWORD, user_id, password_hash, now)

    async def set_email(self, user_id: UUID, email: str, now: datetime) -> None:
        """Give a person another address.

        Raises:
            AddressTaken.
        """
        with mapped({"uq_users_email": AddressTaken}):
            await self.uow.connection.execute(SET_EMAIL, user_id, email, now)
