"""Bodies of shipping."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from app.extensions.incoming import read_secret
from app.modules.shipping.limits import MAX_REASON, MAX_REFERENCE
from app.utils.schemas import BaseSchema, Moment


def _secret(text: str) -> str:
    read_secret(text)
    return text


class CarrierPut(BaseSchema):
    """What a tenant entrusts. Neither secret is ever shown again."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "credential": "carrier_accept",
                "webhook_secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "is_chosen": True,
            }
        }
    )

    credential: Annotated[
        str,
        Field(
            pattern="^[!-~]{8,500}$",
            description="what the carrier knows the tenant by. The local carrier has `carrier_accept`, `carrier_refuse`,"
            " `carrier_silent`, and `carrier_lost`, whose first answer is lost",
        ),
    ]
    webhook_secret: Annotated[
        str,
        AfterValidator(_secret),
        Field(
            pattern="^whsec_[A-Za-z0-9+/]{32,86}={0,2}$",
            description="what the carrier signs its messages with, as Standard Webhooks writes it: 24 to 64 bytes",
        ),
    ]
    is_chosen: Annotated[
        bool, Field(strict=True, description="whether new shipments go to it, and no longer to another")
    ]


@dataclass(slots=True)
class CarrierOut:
    """The tenant's account with a carrier, without its secrets."""

    carrier: Annotated[str, Field(description="its name here", examples=["http"])]
    is_configured: Annotated[bool, Field(description="whether the tenant has entrusted credentials")]
    is_chosen: Annotated[bool, Field(description="whether new shipments go to it")]
    webhook_path: Annotated[
        str | None,
        Field(description="where the carrier is to send its messages", examples=["/api/v1/shipping/webhooks/..."]),
    ]
    updated_at: Annotated[datetime | None, Field(description="when it was last changed")]
    version: Annotated[int, Field(description="another one after every change; also the ETag; 0 before the first")]


@dataclass(slots=True)
class ShipmentOut:
    """A shipment."""

    id: Annotated[UUID, Field(description="the shipment's id")]
    order_id: Annotated[UUID, Field(description="the order that is in it")]
    order_number: Annotated[int, Field(description="the order's number", examples=[17])]
    status: Annotated[str, Field(description="pending, inProgress, delivered or failed", examples=["inProgress"])]
    carrier: Annotated[str | None, Field(description="who takes it; null until one was asked", examples=["http"])]
    reference: Annotated[str | None, Field(description="the carrier's name for it", examples=["P-4711"])]
    tracking_number: Annotated[str | None, Field(description="what the buyer follows it by", examples=["JD0146"])]
    reason: Annotated[str | None, Field(description="why it failed", examples=["address unknown"])]
    version: Annotated[int, Field(description="another one after every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when its order was paid")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class LabelOut:
    """Where the label of a shipment is to be had."""

    media_type: Annotated[str, Field(description="application/pdf or application/zpl", examples=["application/zpl"])]
    href: Annotated[str, Field(description="the label, as an attachment", examples=["/api/v1/files/..."])]
    href_until: Annotated[datetime, Field(description="until when the link leads there")]


class CarrierMessage(BaseSchema):
    """What a carrier tells of one shipment; what else it says is passed over."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {"reference": "P-4711", "status": "inProgress", "occurred_at": "2026-01-31T12:00:00Z"}
        },
    )

    # Not trimmed: to the letter what the carrier calls it.
    reference: Annotated[
        str,
        StringConstraints(strip_whitespace=False),
        Field(min_length=1, max_length=MAX_REFERENCE, description="the carrier's name for it"),
    ]
    status: Annotated[
        str,
        Field(min_length=1, max_length=40, description="inProgress, delivered or failed; any other changes nothing"),
    ]
    occurred_at: Annotated[Moment, Field(description="since when")]
    reason: Annotated[str | None, Field(max_length=MAX_REASON, description="why it failed")] = None


class Booking(BaseSchema):
    """What the task that asks a carrier is about."""

    shipment_id: UUID


class Following(BaseSchema):
    """Of which shipments the task asks how far they have come."""

    shipment_ids: Annotated[list[UUID], Field(max_length=100)]
