"""The local twin of a carrier: what it was asked to take stands in files, and its credentials are named after what they do."""

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import orjson

from app.config import Shipping
from app.extensions.outside import refuse_inside_transaction
from app.modules.shipping.interfaces import Booked, CarrierError, CarrierRefusedError, Heard, Parcel
from app.modules.shipping.labels import ZPL, Label

T = TypeVar("T")
REFUSES, SILENT, LOSES = "carrier_refuse", "carrier_silent", "carrier_lost"
WAY = ("inProgress", "delivered")
"""How far a shipment has come at each look at it."""


class LocalCarrier:
    """Remembers by key what it was asked to take: the same key again is the same parcel.

    A parcel comes one step further whenever somebody asks for it. `carrier_refuse` takes none, `carrier_silent` never answers,
    and `carrier_lost` takes it and loses the first answer: only who asks again, with the same key, learns of it.
    """

    def __init__(self, settings: Shipping, credential: str) -> None:
        """The folder is made when the first parcel comes."""
        self._folder = Path(settings.folder)
        self._credential = credential

    async def book(self, parcel: Parcel) -> Booked:
        """Have the parcel taken.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        self._answering()
        if self._credential == REFUSES:
            raise CarrierRefusedError("the carrier takes nothing from here")
        reference = f"P-{parcel.key.hex}"
        entry = {"order_number": parcel.order_number, "pieces": sum(line.quantity for line in parcel.lines)}
        is_first = await self._in_files(lambda: self._write_once(f"{reference}.json", entry))
        if is_first and self._credential == LOSES:
            raise CarrierError("the carrier's answer was lost")
        return Booked(reference, f"T{parcel.key.hex[:12].upper()}")

    async def track(self, reference: str) -> Heard:
        """How far the shipment has come: one step further than at the last look.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        self._answering()
        looks = await self._in_files(lambda: self._looked(reference))
        if looks is None:
            raise CarrierRefusedError("the carrier knows of no such shipment")
        return Heard(WAY[min(looks, len(WAY)) - 1], datetime.now(UTC))

    async def label(self, reference: str) -> Label:
        """What it wants on the parcel: its own name for it, as text and as bars, in ZPL.

        Raises:
            CarrierError, CarrierRefusedError.
        """
        self._answering()
        if not await self._in_files(lambda: self._entry(reference).exists()):
            raise CarrierRefusedError("the carrier knows of no such shipment")
        name = Path(reference).name
        text = f"^XA^CI28^FO40,40^A0N,40,40^FD{name}^FS^FO40,110^BCN,120,Y,N,N^FD{name[:16]}^FS^XZ\n"
        return Label(ZPL, text.encode())

    async def ping(self) -> None:
        """Whether the folder can be made.

        Raises:
            CarrierError: no.
        """
        self._answering()
        await self._in_files(lambda: self._folder.mkdir(mode=0o700, parents=True, exist_ok=True))

    def _answering(self) -> None:
        refuse_inside_transaction("a carrier")
        if self._credential == SILENT:
            raise CarrierError("the carrier did not answer in time")

    async def _in_files(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(work)
        except OSError as error:
            # Tenants read this: where the files are is none of their business.
            raise CarrierError(f"the carrier's files: {error.strerror}") from error

    def _write_once(self, name: str, entry: Mapping[str, Any]) -> bool:
        """Write the entry whole unless there is one of that name; returns whether it was written: of two at once one does."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / f"{name}.{uuid4().hex}.part"
        part.write_bytes(orjson.dumps(entry))
        try:
            os.link(part, self._folder / name)
        except FileExistsError:
            return False
        finally:
            part.unlink()
        return True

    def _entry(self, reference: str) -> Path:
        """Where it stands that the parcel was taken."""
        return self._folder / f"{Path(reference).name}.json"

    def _looked(self, reference: str) -> int | None:
        """How often somebody has asked for it, this time included; None for what was never taken."""
        if not self._entry(reference).exists():
            return None
        looks = self._folder / f"{Path(reference).name}.looks"
        with looks.open("ab") as file:
            file.write(b".")
        return looks.stat().st_size
