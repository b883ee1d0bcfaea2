"""What a refusal says to those who may read it: which grant would change it."""

import logging

from app.auth.commons import Commons
from app.auth.interfaces import Directory
from app.db.errors import DATABASE_FAULTS
from app.exceptions import AppError, Unavailable

logger = logging.getLogger(__name__)

ACCESS_READ = "tenants.access:read"
"""Whoever holds it sees `granted_by`; tenants declares it."""
BY_ROLE = frozenset({"permission", "grant"})
BY_PLAN = "plan"


async def add_grants(error: AppError, commons: Commons, directory: Directory) -> None:
    """Put `granted_by` into the decision of a refusal, while its transaction still stands.

    It stays away for those who may not read it, and where the database does not answer: the refusal is the same.
    """
    decision = error.extra.get("decision")
    if not isinstance(decision, dict) or ACCESS_READ not in commons.permissions or not commons.uow.is_open:
        return
    try:
        grants = await granted_by(decision["rule"], decision["missing"], commons, directory)
    except (Unavailable, *DATABASE_FAULTS) as fault:
        logger.warning("a refusal was not explained", extra={"error": repr(fault)})
        return
    error.extra["decision"] = {**decision, "granted_by": grants}


async def granted_by(rule: str, missing: list[str], commons: Commons, directory: Directory) -> list[str]:
    """The roles that hold all that is missing, the lowest system role first, or the plans that include the module."""
    if rule == BY_PLAN and commons.entitlements is not None:
        return commons.entitlements.plans_with(missing)
    if rule not in BY_ROLE or not missing:
        return []
    book = commons.book
    if not book.permissions.keys() >= set(missing):  # a role itself is what is missing: the owner's
        return [role for role in missing if role in book.roles]
    system = sorted((role for role in book.roles if book.roles[role] >= set(missing)), key=lambda r: len(book.roles[r]))
    return [*system, *await directory.roles_with(commons.uow, missing)]
