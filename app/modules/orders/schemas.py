"""Bodies of carts and orders. Amounts are in minor units of the currency."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.extensions.incoming import read_secret
from app.modules.orders.limits import MAX_QUANTITY, MAX_REASON, MAX_RECIPIENT, MAX_REFERENCE
from app.utils.schemas import SAFE_INTEGER, UNCHANGED, BaseSchema

Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217; all that is put in is sold in it")]
Quantity = Annotated[int, Field(strict=True, ge=1, le=MAX_QUANTITY, description="pieces")]
Percent = Annotated[int, Field(strict=True, ge=0, le=100, description="per cent off the whole")]
VariantId = Annotated[UUID, Field(description="a variant; a product without variants is its own")]
CARD_NUMBER = re.compile(
    r"[0-9]{12}|(?<![A-Za-z0-9])(?:[0-9]{4}(?:[-_][0-9]{4}){3}|[0-9]{4}[-_][0-9]{6}[-_][0-9]{5})(?![A-Za-z0-9])"
)
"""Twelve digits in a row, or groups of them as they stand on cards."""


def _no_card_number(source: str) -> str:
    if CARD_NUMBER.search(source):
        raise ValueError("looks like the number of a card: send the gateway's name for it")
    return source


Source = Annotated[
    str,
    AfterValidator(_no_card_number),
    Field(
        pattern="^[A-Za-z0-9_-]{3,255}$",
        description="the gateway's name for a card, never its number: what has twelve digits in a row is refused. The local gateway has `card_accept`, `card_decline`,"
        " `card_timeout`, and `card_lost`, whose first answer is lost",
    ),
]


class CartCreate(BaseSchema):
    """A new cart."""

    model_config = ConfigDict(json_schema_extra={"example": {"currency": "EUR"}})

    currency: Currency


class CartUpdate(BaseSchema):
    """A merge patch (RFC 7396)."""

    model_config = ConfigDict(json_schema_extra={"example": {"discount_percent": 10}})

    discount_percent: Percent = UNCHANGED


class LineCreate(BaseSchema):
    """What is put into a cart."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"variant_id": "019ab3c4-0000-7000-8000-00000000000a", "quantity": 2}}
    )

    variant_id: VariantId
    quantity: Quantity


class LineUpdate(BaseSchema):
    """Another number of pieces (a merge patch)."""

    model_config = ConfigDict(json_schema_extra={"example": {"quantity": 3}})

    quantity: Quantity = UNCHANGED


class PaymentCreate(BaseSchema):
    """From what the total is taken. Without a source the charge that is under way is taken up, with the one that it has."""

    model_config = ConfigDict(json_schema_extra={"example": {"source": "card_accept"}})

    source: Source = UNCHANGED


class Settlement(BaseSchema):
    """What the task that asks the gateway is about."""

    order_id: UUID
    payment_id: UUID


class Unpaid(BaseSchema):
    """Which orders the task cancels, where they are still not paid."""

    order_ids: Annotated[list[UUID], Field(max_length=100)]


class OrderRules(BaseSchema):
    """What a tenant decides for its orders."""

    invoice_locale: Annotated[Literal["en", "de"], Field(description="the language of invoices, as they are made")] = (
        "en"
    )


class InvoiceCreate(BaseSchema):
    """For whom an invoice is."""

    model_config = ConfigDict(json_schema_extra={"example": {"recipient": "Ada Example\nSample Street 1\n12345 Town"}})

    recipient: Annotated[
        str, Field(max_length=MAX_RECIPIENT, description="name and address, by lines; empty: as it was, or none")
    ] = ""


class Invoicing(BaseSchema):
    """What the task that prints an invoice is about."""

    order_id: UUID


class GatewayMessage(BaseSchema):
    """What the gateway tells of one payment; what else it says is passed over."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "payment_id": "019ab3c4-0000-7000-8000-00000000000a",
                "kind": "charge",
                "outcome": "accepted",
                "amount": 810,
                "currency": "EUR",
                "reference": "ch_019ab3c4",
            }
        },
    )

    payment_id: Annotated[UUID, Field(description="the key under which it was asked")]
    kind: Annotated[str, Field(min_length=1, max_length=40, description="charge or refund; any other changes nothing")]
    outcome: Annotated[
        str, Field(min_length=1, max_length=40, description="accepted or declined; any other changes nothing")
    ]
    amount: Annotated[int, Field(strict=True, ge=0, le=SAFE_INTEGER, description="in minor units")]
    currency: Currency
    reference: Annotated[
        str | None,
        Field(max_length=MAX_REFERENCE, description="the gateway's name for it; a refund names the charge by it"),
    ] = None
    reason: Annotated[str | None, Field(max_length=MAX_REASON, description="why it was declined")] = None


def _secret(text: str) -> str:
    read_secret(text)
    return text


class EndpointPut(BaseSchema):
    """What the gateway signs its messages with. It is never shown again."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"webhook_secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}
    )

    webhook_secret: Annotated[
        str,
        AfterValidator(_secret),
        Field(
            pattern="^whsec_[A-Za-z0-9+/]{32,86}={0,2}$",
            description="as Standard Webhooks writes it: 24 to 64 bytes",
        ),
    ]


@dataclass(slots=True)
class EndpointOut:
    """Where the gateway tells the tenant of payments, without the secret."""

    is_configured: Annotated[bool, Field(description="whether the tenant has given a secret")]
    webhook_path: Annotated[
        str | None,
        Field(description="where the gateway sends its messages", examples=["/api/v1/payments/webhooks/..."]),
    ]
    updated_at: Annotated[datetime | None, Field(description="when the secret was last given")]
    version: Annotated[int, Field(description="another one after every change; also the ETag; 0 before the first")]


@dataclass(slots=True)
class LineOut:
    """A line of a cart or an order, with what was known of the product when it was put in."""

    id: Annotated[UUID, Field(description="the line's id")]
    variant_id: Annotated[UUID, Field(description="what is bought")]
    product_id: Annotated[UUID, Field(description="the product that it is a variant of")]
    sku: Annotated[str, Field(description="the variant's number", examples=["TEA-01"])]
    name: Annotated[str, Field(description="what customers read", examples=["Green tea"])]
    price: Annotated[int, Field(description="of one piece", examples=[450])]
    quantity: Annotated[int, Field(description="pieces", examples=[2])]
    total: Annotated[int, Field(description="of all pieces", examples=[900])]


@dataclass(slots=True)
class CartListed:
    """A cart in a list."""

    id: Annotated[UUID, Field(description="the cart's id; once placed, the order's")]
    currency: Annotated[str, Field(description="ISO 4217", examples=["EUR"])]
    discount_percent: Annotated[int, Field(description="per cent off the whole", examples=[10])]
    subtotal: Annotated[int, Field(description="the sum of the lines", examples=[900])]
    discount: Annotated[
        int, Field(description="what the discount takes off; a half goes to the even one", examples=[90])
    ]
    total: Annotated[int, Field(description="what is to be paid", examples=[810])]
    version: Annotated[int, Field(description="another one after every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class CartOut(CartListed):
    """A cart."""

    lines: Annotated[list[LineOut], Field(description="what is in it, in the order of putting in")]


@dataclass(slots=True)
class OrderListed:
    """An order in a list."""

    id: Annotated[UUID, Field(description="the order's id")]
    number: Annotated[int, Field(description="counts the tenant's orders from 1, without gaps", examples=[17])]
    state: Annotated[
        str, Field(description="placed, paid, shipped, delivered, cancelled or refunded", examples=["placed"])
    ]
    buyer_id: Annotated[UUID, Field(description="the person who placed it")]
    currency: Annotated[str, Field(description="ISO 4217", examples=["EUR"])]
    discount_percent: Annotated[int, Field(description="per cent off the whole", examples=[10])]
    subtotal: Annotated[int, Field(description="the sum of the lines", examples=[900])]
    discount: Annotated[
        int, Field(description="what the discount takes off; a half goes to the even one", examples=[90])
    ]
    total: Annotated[int, Field(description="what is to be paid", examples=[810])]
    placed_at: Annotated[datetime, Field(description="when it was placed")]
    version: Annotated[int, Field(description="another one after every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when its cart was made")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class PaymentOut:
    """A charge or a refund."""

    id: Annotated[UUID, Field(description="the payment's id, by which the gateway does it once")]
    kind: Annotated[str, Field(description="charge or refund", examples=["charge"])]
    state: Annotated[str, Field(description="pending, accepted or declined", examples=["accepted"])]
    amount: Annotated[int, Field(description="in minor units of the order's currency", examples=[810])]
    reference: Annotated[str | None, Field(description="the gateway's name for it", examples=["ch_019ab3c4"])]
    reason: Annotated[str | None, Field(description="why it was declined", examples=["insufficient_funds"])]
    created_at: Annotated[datetime, Field(description="when it was begun")]
    settled_at: Annotated[datetime | None, Field(description="when the gateway had answered")]


@dataclass(slots=True)
class OrderOut(OrderListed):
    """An order."""

    lines: Annotated[list[LineOut], Field(description="what was ordered, at the prices of then")]
    payments: Annotated[list[PaymentOut], Field(description="charges and refunds, the oldest first")]
