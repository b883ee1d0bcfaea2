"""A carrier behind an API over HTTP.

    POST <url>/shipments          {reference, order_number, lines: [{sku, name, quantity}]} -> {reference, tracking_number?}
    GET  <url>/shipments/<reference>                                    -> {status, occurred_at, reason?}
    GET  <url>/shipments/<reference>/label                              -> a PDF, or ZPL; told apart by content
    GET  <url>/ping

with `Authorization: Bearer <credential>`, and with `Idempotency-Key` where it is a POST.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final
from urllib.parse import quote, urlsplit
from uuid import UUID

import msgspec

from app.config import Shipping
from app.modules.shipping.interfaces import Booked, CarrierError, CarrierRefusedError, Heard, Parcel
from app.modules.shipping.labels import ENDINGS, Label, read_label
from app.modules.shipping.limits import MAX_LABEL, MAX_REFERENCE
from app.services.http import Answer, ClientStatusError, HttpClients, OutsideError, TargetPolicy

MAX_BYTES: Final = 64 * 1024
"""Of an answer: a few words."""
SECONDS: Final = 15.0
"""For a whole call, its retries included."""
TRANSIENT: Final = frozenset({401, 403, 408, 409, 425, 429})
"""Refusals that say nothing of the parcel: another time, or with other credentials, it may be taken."""
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_REFERENCE, pattern=r"^[^\x00-\x1f\x7f]+$")]


class _Booked(msgspec.Struct):
    reference: Word
    tracking_number: Word | None = None


class _Heard(msgspec.Struct):
    status: Word
    occurred_at: datetime
    reason: str | None = None


class HttpCarrier:
    """One tenant's account. Timeouts, retries with jitter, the breaker and the judgement of addresses are the client's.

    Only the origin that the settings name is called, and a redirect is followed nowhere.
    """

    def __init__(self, settings: Shipping, credential: str, lane: str, http: HttpClients) -> None:
        """`lane` is the tenant, whose troubles with the carrier are no other's."""
        self._url = settings.url.rstrip("/")
        parts = urlsplit(self._url)
        self._client = http.of(TargetPolicy.trusted(f"{parts.scheme}://{parts.netloc}"))
        self._headers = {"Authorization": f"Bearer {credential}"}
        self._lane = lane

    async def book(self, parcel: Parcel) -> Booked:
        """Have the parcel taken.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        lines = [{"sku": line.sku, "name": line.name, "quantity": line.quantity} for line in parcel.lines]
        body = {"reference": str(parcel.key), "order_number": parcel.order_number, "lines": lines}
        told: _Booked = await self._asked("POST", "/shipments", _Booked, body=body, key=parcel.key)
        return Booked(told.reference, told.tracking_number)

    async def track(self, reference: str) -> Heard:
        """How far the shipment has come.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        told: _Heard = await self._asked("GET", f"/shipments/{quote(reference, safe='')}", _Heard)
        at = told.occurred_at
        try:
            moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        except OverflowError as error:
            raise CarrierError("the carrier told of no moment of the calendar in UTC") from error
        return Heard(told.status, moment, told.reason)

    async def label(self, reference: str) -> Label:
        """What it wants on the parcel.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        path = f"/shipments/{quote(reference, safe='')}/label"
        # A lane of their own: a carrier whose labels are broken still takes parcels.
        lane = f"{self._lane}/labels"
        answer = await self._answer("GET", path, accept=", ".join(ENDINGS), max_bytes=MAX_LABEL, lane=lane)
        try:
            return read_label(answer.body)
        except ValueError as error:
            raise CarrierError("the carrier sent a label that is neither PDF nor ZPL") from error

    async def ping(self) -> None:
        """Whether it answers.

        Raises:
            CarrierError: no.
        """
        try:
            await self._asked("GET", "/ping", Any)
        except CarrierRefusedError as error:
            raise CarrierError(str(error)) from error

    async def _asked(self, method: str, path: str, kind: Any, *, body: Any = None, key: UUID | None = None) -> Any:
        """The answer, understood.

        Raises:
            CarrierRefusedError: it is a refusal for good.
            CarrierError: there is none, or none that can be understood.
        """
        answer = await self._answer(method, path, body=body, key=key)
        try:
            return answer.json(kind)
        except OutsideError as error:
            raise CarrierError(f"the carrier could not be asked: {error.reason}") from error

    async def _answer(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        key: UUID | None = None,
        accept: str = "application/json",
        max_bytes: int = MAX_BYTES,
        lane: str | None = None,
    ) -> Answer:
        """The answer, a success.

        Raises:
            CarrierRefusedError: it is a refusal for good.
            CarrierError: there is none.
        """
        try:
            answer: Answer = await self._client.request(
                method,
                self._url + path,
                headers={**self._headers, "Accept": accept},
                json=body,
                idempotency_key=None if key is None else str(key),
                deadline_seconds=SECONDS,
                max_bytes=max_bytes,
                lane=lane or self._lane,
            )
            return answer.checked()
        except ClientStatusError as error:
            kind_of_refusal = CarrierError if error.status_code in TRANSIENT else CarrierRefusedError
            raise kind_of_refusal(f"the carrier answered {error.status_code}") from error
        except OutsideError as error:  # tenants read this: where the carrier's API is, is none of their business
            raise CarrierError(f"the carrier could not be asked: {error.reason}") from error
