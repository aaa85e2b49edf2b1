"""The named cell styles and number formats, in a blue and orange that colour-blind readers and printers keep apart.

Nothing is told by colour alone: every coloured cell also holds a word. Inputs are unlocked
and everything else is locked, so that `Protect Sheet`, if the user wants it, does the right thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from recon_xl.contract.layout import LINK_COLUMNS
from recon_xl.contract.model import Column, Group, Kind, Owner, Table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

FONT = "Calibri"
NAVY, BLUE, PALE_BLUE = "1F3864", "0B5394", "DDEBF7"
RUST, BROWN, PALE_ORANGE = "9C3D00", "7F3300", "FCE4D6"
INK, GREY, PALE_GREY, WHITE = "262626", "595959", "EDEDED", "FFFFFF"

TAB_COLOURS = {
    Group.START: NAVY,
    Group.MAPPING: "2E75B6",
    Group.SOURCE: "7F7F7F",
    Group.RESULT: "ED7D31",
    Group.DRAFT: "70AD47",
    Group.TECHNICAL: "A5A5A5",
}

NUMBER_FORMATS = {
    Kind.ID: "@",
    Kind.LIST: "@",
    Kind.MONTH: "@",
    Kind.INTEGER: "#,##0_);(#,##0)",
    Kind.QUANTITY: "General_);(General)",
    Kind.MONEY: "#,##0.00_);(#,##0.00)",
    Kind.PRICE: "#,##0.00####_);(#,##0.00####)",
    Kind.RATE: "0.00########",
    Kind.PERCENT: "0.00%",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm",
}
"""Format by kind; other kinds are General. Text formats keep `0001` and 18-digit ids as typed."""

COUNT_FORMAT = '#,##0" rows"'
BUILTIN_IDS = {"Input": 20, "Output": 21, "Note": 10, "Title": 15}
"""Names that Excel has too: the file says that ours replace them."""


@dataclass(frozen=True)
class Look:
    """What a named style looks like, short enough to read as a table."""

    colour: str = INK
    size: int = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    fill: str = ""
    bottom: str = ""
    top: str = ""
    wrap: bool = False
    vertical: str = "center"
    locked: bool = field(default=True)


LOOKS = {
    "Title": Look(NAVY, 16, bold=True),
    "Heading": Look(NAVY, 12, bold=True, bottom="medium"),
    "Note": Look(GREY, 10),
    "Small Note": Look(GREY, 8, wrap=True, vertical="bottom"),
    "Label": Look(INK, 10, bold=True),
    "Figure": Look(NAVY, 10, bold=True),
    "Body": Look(INK, 10),
    "Block Header": Look(INK, 10, bold=True, fill=PALE_GREY, bottom="thin", wrap=True),
    "Header Input": Look(WHITE, 10, bold=True, fill=BLUE, wrap=True, vertical="top"),
    "Header Imported": Look(WHITE, 10, bold=True, fill=GREY, wrap=True, vertical="top"),
    "Header Output": Look(WHITE, 10, bold=True, fill=RUST, wrap=True, vertical="top"),
    "Input": Look(BLUE, 10, locked=False),
    "Input Cell": Look(BLUE, 10, fill=PALE_BLUE, bottom="thin", locked=False),
    "Imported": Look("404040", 10),
    "Output": Look(INK, 10),
    "Calc": Look(INK, 10, bold=True, top="thin"),
    "Check OK": Look(NAVY, 10, bold=True, fill=PALE_BLUE),
    "Check fail": Look(WHITE, 10, bold=True, fill=RUST),
    "Not checked": Look(BROWN, 10, bold=True, fill=PALE_ORANGE),
    "Estimated": Look(BROWN, 10, italic=True, bottom="dashed"),
    "Link": Look(BLUE, 10, underline=True),
}

_HEADERS = {Owner.USER: "Header Input", Owner.IMPORT: "Header Imported", Owner.RUN: "Header Output"}
_CELLS = {Owner.USER: "Input", Owner.IMPORT: "Imported", Owner.RUN: "Output"}


def register(workbook: Workbook) -> None:
    """Add every named style to the workbook."""
    for name, look in LOOKS.items():
        workbook.add_named_style(_named_style(name, look))


def _named_style(name: str, look: Look) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underline else None,
            color=f"FF{look.colour}",
        ),
        fill=PatternFill("solid", fgColor=f"FF{look.fill}") if look.fill else PatternFill(),
        border=Border(bottom=_side(look.bottom), top=_side(look.top)),
        alignment=Alignment(vertical=look.vertical, wrap_text=look.wrap or None),
        protection=Protection(locked=look.locked),
    )


def _side(style: str) -> Side:
    return Side(style=style, color=f"FF{GREY}") if style else Side()


def header_style(column: Column) -> str:
    """The style of a header: who fills the column."""
    return _HEADERS[column.owner]


def cell_style(table: Table, column: Column) -> str:
    """The style of a data cell: who fills it, or that it is a link."""
    return "Link" if LINK_COLUMNS.get(table.name) == column.name else _CELLS[column.owner]


def number_format(kind: Kind) -> str:
    """The number format of a kind."""
    return NUMBER_FORMATS.get(kind, "General")


def header_alignment(column: Column) -> Alignment:
    """Over its values, and clear of the next header."""
    if column.is_numeric:
        return Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
    return Alignment(horizontal="left", vertical="top", wrap_text=True)


def alignment(column: Column) -> Alignment:
    """Numbers to the right, notes wrapped, everything at the top of its row."""
    if column.is_numeric:
        bare = not number_format(column.kind).endswith(")")
        return Alignment(horizontal="right", vertical="top", indent=1 if bare else 0)
    return Alignment(horizontal="left", vertical="top", wrap_text=True if column.kind is Kind.NOTE else None)
