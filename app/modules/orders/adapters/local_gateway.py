"""The local twin of a payment gateway: what it has done stands in files, and its cards are named after what they do."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson

from app.config import Payments
from app.extensions.outside import refuse_inside_transaction
from app.modules.orders.interfaces import GatewayError
from app.modules.orders.models import Receipt
from app.modules.orders.money import Money

DECLINED = {"card_decline": "insufficient_funds"}
SILENT, LOST = "card_timeout", "card_lost"
TAKEN = {"card_accept", LOST}


class LocalGateway:
    """Remembers by key what it was asked and what it answered: the same key again moves no money.

    `card_timeout` never answers, and nothing is taken. `card_lost` is charged, and the first answer does not arrive: only who
    asks again, with the same key, learns of it and pays once.
    """

    def __init__(self, settings: Payments) -> None:
        """The folder is made when the first charge comes."""
        self._folder = Path(settings.folder)

    async def charge(self, key: UUID, amount: Money, source: str) -> Receipt:
        """Take the amount from the card.

        Raises:
            GatewayError: no answer.
        """
        if source == SILENT:
            refuse_inside_transaction("the payment gateway")
            raise GatewayError("the gateway did not answer in time")
        reason = None if source in TAKEN else DECLINED.get(source, "unknown_source")
        is_first, receipt = await self._done(key, "charge", amount, source, reason)
        if is_first and source == LOST:
            raise GatewayError("the gateway's answer was lost")
        return receipt

    async def refund(self, key: UUID, amount: Money, reference: str) -> Receipt:
        """Give the amount of the charge back.

        Raises:
            GatewayError: no answer.
        """
        _, receipt = await self._done(key, "refund", amount, reference, None)
        return receipt

    async def ping(self) -> None:
        """Whether the folder can be made.

        Raises:
            GatewayError: no.
        """
        refuse_inside_transaction("the payment gateway")
        try:
            await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise GatewayError(f"{self._folder}: {error.strerror}") from error

    async def _done(self, key: UUID, kind: str, amount: Money, source: str, reason: str | None) -> tuple[bool, Receipt]:
        """Whether it was done now, and the answer of the first time.

        Raises:
            GatewayError: the folder cannot be written to, or the key was used for something else.
        """
        refuse_inside_transaction("the payment gateway")
        asked = {"kind": kind, "amount": amount.amount, "currency": amount.currency, "source": source}
        reference = None if reason else f"{kind[:2]}_{uuid4().hex}"
        entry = {**asked, "reference": reference, "reason": reason}
        try:
            is_first, stored = await asyncio.to_thread(self._write_once, f"{key}.json", entry)
        except OSError as error:
            raise GatewayError(f"{self._folder}: {error.strerror}") from error
        if {name: stored[name] for name in asked} != asked:
            raise GatewayError(f"the key {key} was used for something else")
        return is_first, Receipt(stored["reason"] is None, stored["reference"], stored["reason"])

    def _write_once(self, name: str, entry: Mapping[str, Any]) -> tuple[bool, Mapping[str, Any]]:
        """The entry of that name, written whole unless there is one: of two at once one writes, and both read the same."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target, part = self._folder / name, self._folder / f"{name}.{uuid4().hex}.part"
        part.write_bytes(orjson.dumps(entry))
        try:
            os.link(part, target)
        except FileExistsError:
            return False, orjson.loads(target.read_bytes())
        finally:
            part.unlink()
        return True, entry
