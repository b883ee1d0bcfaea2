"""Settings of shipping."""

from pydantic import Field

from app.config.section import Section


class Shipping(Section):
    """Who carries what was sold: which carriers tenants may choose from."""

    local: bool = Field(default=False, description="offer the made-up carrier `local`, which production refuses")
    folder: str = Field(default=".atrium/shipping", description="of the local carrier: where it notes what it carries")
    url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$",
        description="address of the API of the carrier `http`; empty: it is not offered",
    )
