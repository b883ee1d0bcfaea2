"""Bodies and parameters of mock."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.extensions.pages import PageQuery

Simulate = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=200,
        description="`delay:<milliseconds>`, `error:<status or code>`, `flaky:<share of 503>`, by comma",
        examples=["delay:1500", "error:permission_denied", "error:422", "delay:300,flaky:0.3"],
    ),
]


class MockQuery(PageQuery):
    """The parameters of a list."""

    simulate: Simulate = None


class MockItem(BaseModel):
    """A resource as every resource is: its own fields, and what the platform adds."""

    model_config = ConfigDict(extra="allow")

    id: UUID = Field(description="made by the server")
    version: int = Field(description="counts changes; it is the ETag")
    created_at: datetime = Field(description="when it was made")
    updated_at: datetime = Field(description="when it was changed last")
