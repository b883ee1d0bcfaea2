"""Statements of auth."""

from app.auth.repository.changes import ChangeRepository
from app.auth.repository.factors import Factor, FactorRepository
from app.auth.repository.operators import lock_operator
from app.auth.repository.own_sessions import OwnSession, OwnSessionRepository
from app.auth.repository.people import Account, PeopleRepository
from app.auth.repository.proofs import ProofRepository
from app.auth.repository.sessions import EndedSession, SessionRepository, SessionRow
from app.auth.repository.tokens import TokenRepository

__all__ = [
    "Account",
    "ChangeRepository",
    "EndedSession",
    "Factor",
    "FactorRepository",
    "OwnSession",
    "OwnSessionRepository",
    "PeopleRepository",
    "ProofRepository",
    "SessionRepository",
    "SessionRow",
    "TokenRepository",
    "lock_operator",
]
