"""A person in a few words, for what names one by id."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field


@dataclass(slots=True)
class PersonBrief:
    """A member, as the tenant sees the person."""

    user_id: Annotated[UUID, Field(description="the person's id")]
    name: Annotated[str, Field(description="the display name")]
    email: Annotated[str, Field(description="the address")]
