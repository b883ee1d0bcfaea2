"""Labels: what a carrier wants on the parcel. Judged by what it is, and not by what it says it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PDF, ZPL = "application/pdf", "application/zpl"
ENDINGS: Mapping[str, str] = {PDF: "pdf", ZPL: "zpl"}
"""The kinds of labels, and how a file of each is called."""
UNPRINTED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""The control characters, but tabs and ends of lines."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is printed."""

    media_type: str
    content: bytes


def read_label(content: bytes) -> Label:
    """The label that these bytes are: a PDF, or ZPL in UTF-8.

    Raises:
        ValueError: they are none.
    """
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return Label(PDF, content)
    text = content.decode()
    if text.lstrip().startswith("^XA") and text.rstrip().endswith("^XZ") and not UNPRINTED.search(text):
        return Label(ZPL, content)
    raise ValueError("neither a PDF nor ZPL")
