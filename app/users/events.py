"""Facts about persons."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import Event


@dataclass(frozen=True, slots=True)
class ProfileChanged(Event):
    """What others see of a person has changed; what it is now stands in the person's row."""

    name: ClassVar[str] = "users.profile_changed"
    user_id: UUID
