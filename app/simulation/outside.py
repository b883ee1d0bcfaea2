"""Whoever is outside the platform and tells it by signed messages: the carrier and the payment gateway of a shop."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import orjson

from app.extensions.incoming import read_secret, signature
from app.simulation.caller import Reply, ask
from app.simulation.journal import Journal
from app.simulation.shops import Shop


class Outside:
    """Sends messages, as Standard Webhooks has them."""

    def __init__(self, client: httpx2.AsyncClient, journal: Journal, deeds: Path) -> None:
        """`deeds`: where the local gateway notes what it did."""
        self._client = client
        self._journal = journal
        self._deeds = deeds

    def deed(self, payment_id: str) -> Mapping[str, Any] | None:
        """What the gateway has done under that key, if anything."""
        file = self._deeds / f"{payment_id}.json"
        found: Mapping[str, Any] | None = orjson.loads(file.read_bytes()) if file.exists() else None
        return found

    async def carry(self, shop: Shop, reference: str, status: str) -> Reply:
        """The carrier tells how far a parcel has come."""
        return await self._tell(
            shop.carrier,
            shop.secret,
            {"reference": reference, "status": status, "occurred_at": datetime.now(UTC).isoformat()},
        )

    async def settle(self, shop: Shop, payment: Mapping[str, Any]) -> Reply:
        """The gateway tells what became of a payment; of one that it never took, that it is declined."""
        deed = self.deed(payment["id"])
        outcome = {"outcome": "declined", "reason": "the card did not answer"}
        if deed is not None:
            said = "declined" if deed["reason"] else "accepted"
            outcome = {"outcome": said, "reason": deed["reason"], "reference": deed["reference"]}
        about = {"payment_id": payment["id"], "kind": payment["kind"], "amount": payment["amount"], "currency": "EUR"}
        return await self._tell(shop.gateway, shop.secret, {**about, **outcome})

    async def _tell(self, path: str, secret: str, told: Mapping[str, Any]) -> Reply:
        """One message, sent once: whoever is not heard tells it again in his own time."""
        key, at, body = f"msg_{uuid4().hex}", str(int(time.time())), orjson.dumps(told)
        headers = {
            "webhook-id": key,
            "webhook-timestamp": at,
            "webhook-signature": signature(read_secret(secret), key, at, body),
            "content-type": "application/json",
        }
        return await ask(self._client, self._journal, "POST", path, {"content": body, "headers": headers})
