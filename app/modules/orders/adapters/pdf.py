"""Invoices as PDF. Imported by whoever prints one: fonts and drawing are of no use to anybody else."""

from datetime import UTC
from decimal import Decimal
from typing import Final

import fontpkg  # type: ignore[import-untyped]  # it carries no types: one function that answers a path
from babel.dates import format_date
from babel.numbers import format_decimal
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from app.modules.orders.invoices import Invoice

FONT: Final = "Noto Sans"
"""Latin, Greek and Cyrillic, by its package; what it has no sign for is an empty box."""
SIZE, TITLE = 10, 18
"""Points."""
HEIGHT = 5
"""Of a line, in millimetres."""
WIDTHS: Final = (14, 46, 10, 15, 15)
ALIGNED: Final = ("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT")
WHOLE: Final = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
THOUSANDTHS: Final = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
"""Currencies whose minor unit is none, or a thousandth (ISO 4217). Babel's data say what people write, which is fewer digits."""
TEXTS: Final = {
    "en": {
        "title": "Invoice {}",
        "date": "Date: {}",
        "columns": ("Item", "Description", "Quantity", "Price", "Amount"),
        "subtotal": "Subtotal",
        "discount": "Discount {} %",
        "total": "Total",
        "page": "Page {}",
    },
    "de": {
        "title": "Rechnung {}",
        "date": "Datum: {}",
        "columns": ("Artikel", "Bezeichnung", "Menge", "Preis", "Betrag"),
        "subtotal": "Zwischensumme",
        "discount": "Rabatt {} %",
        "total": "Summe",
        "page": "Seite {}",
    },
}


class _Paper(FPDF):
    """A4, with a number at the foot of each page, and no mark of the moment at which it was made."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(format="A4")
        self._texts = TEXTS[invoice.locale]
        self.set_creation_date(invoice.issued_at)
        self.set_lang(invoice.locale)
        self.set_title(self.text_of("title", invoice.number))
        self.add_font(FONT, fname=fontpkg.path(FONT))
        self.set_font(FONT, size=SIZE)
        self.add_page()

    def file_id(self) -> None:
        """None: the usual one is made of the clock."""

    def footer(self) -> None:
        """The page's number."""
        self.set_y(-15)
        self.write_line(self.text_of("page", self.page_no()), align="R")

    def text_of(self, name: str, value: object = "") -> str:
        """A phrase in the invoice's language."""
        return str(self._texts[name]).format(value)

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads of the table."""
        return tuple(self._texts["columns"])

    def write_line(self, text: str, *, align: str = "L") -> None:
        """A paragraph over the whole width."""
        self.multi_cell(0, HEIGHT, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def printed(invoice: Invoice) -> bytes:
    """The PDF of an invoice. The date is the one in UTC."""
    paper = _Paper(invoice)
    for names in (invoice.seller, invoice.recipient):
        for name in filter(None, map(_in_one, names.splitlines())):
            paper.write_line(name)
        paper.ln(HEIGHT)
    paper.set_font_size(TITLE)
    paper.cell(text=paper.text_of("title", invoice.number), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_font_size(SIZE)
    date = format_date(invoice.issued_at.astimezone(UTC).date(), format="long", locale=invoice.locale)
    paper.write_line(paper.text_of("date", date))
    paper.ln(HEIGHT)
    _table(paper, invoice)
    paper.ln(HEIGHT)
    for text in _sums(paper, invoice):
        paper.write_line(text, align="R")
    return bytes(paper.output())


def amount(minor: int, currency: str, locale: str) -> str:
    """Whole minor units as people of that language write them, without the currency."""
    digits = 0 if currency in WHOLE else 3 if currency in THOUSANDTHS else 2
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(Decimal(minor).scaleb(-digits), format=pattern, locale=locale)


def _table(paper: _Paper, invoice: Invoice) -> None:
    with paper.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=WIDTHS,
        text_align=ALIGNED,
        line_height=HEIGHT,
        headings_style=FontFace(),
    ) as table:
        table.row(paper.columns)
        for line in invoice.lines:
            price, total = (amount(each, invoice.currency, invoice.locale) for each in (line.price, line.total))
            quantity = format_decimal(line.quantity, locale=invoice.locale)
            table.row((_in_one(line.sku), _in_one(line.name), quantity, price, total))


def _sums(paper: _Paper, invoice: Invoice) -> list[str]:
    sums = [(paper.text_of("total"), invoice.total)]
    if invoice.discount_percent:
        discount = paper.text_of("discount", invoice.discount_percent)
        sums = [(paper.text_of("subtotal"), invoice.subtotal), (discount, -invoice.discount), *sums]
    return [f"{name}: {amount(each, invoice.currency, invoice.locale)} {invoice.currency}" for name, each in sums]


def _in_one(text: str) -> str:
    """Without breaks of lines: a row of the table is never higher than a page."""
    return " ".join(text.split())
