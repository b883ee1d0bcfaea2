"""Statements of auth."""

from app.auth.repository.people import Account, PeopleRepository
from app.auth.repository.sessions import SessionRepository, SessionRow
from app.auth.repository.tokens import TokenRepository

__all__ = ["Account", "PeopleRepository", "SessionRepository", "SessionRow", "TokenRepository"]
