"""Statements of auth."""

from app.auth.repository.sessions import SessionRepository, SessionRow

__all__ = ["SessionRepository", "SessionRow"]
