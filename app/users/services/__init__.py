"""Use cases of the person, one class a file."""

from app.users.services.erasure import ErasureService
from app.users.services.me import MeService
from app.users.services.personal_data import PersonalDataService

__all__ = ["ErasureService", "MeService", "PersonalDataService"]
