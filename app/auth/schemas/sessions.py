"""Bodies of sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field


@dataclass(slots=True)
class SessionOut:
    """A session that stands."""

    id: Annotated[UUID, Field(description="the session's id", examples=["0199a3c1-5f0e-7c44-9f0c-2b9a3a0d5e11"])]
    current: Annotated[bool, Field(description="whether it is the one that asks")]
    transport: Annotated[str, Field(description="body or cookie: where its refresh token travels", examples=["cookie"])]
    address: Annotated[
        str | None, Field(description="network address at which it was opened", examples=["203.0.113.7"])
    ]
    user_agent: Annotated[str | None, Field(description="what opened it said of itself", examples=["Mozilla/5.0"])]
    created_at: Annotated[datetime, Field(description="when it was opened")]
    refreshed_at: Annotated[datetime, Field(description="when it was last refreshed")]
    authenticated_at: Annotated[datetime, Field(description="when the password was last proved in it")]
    mfa: Annotated[bool, Field(description="whether a second factor was proved in it")]
    by_operator: Annotated[bool, Field(description="whether an operator of the platform acts as you in it")]
    expires_at: Annotated[datetime, Field(description="when it ends unless it is refreshed")]
