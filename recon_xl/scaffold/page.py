"""What every sheet shares: writing a styled cell, links inside the workbook, print set-up, freeze panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

PADDING = 0.71
"""What Excel adds to a width in characters."""
READABLE_WIDTH = 180
"""Characters on one landscape page that can still be read."""


def put(sheet: Worksheet, address: str, value: object, style: str, **more: object) -> None:
    """Write one cell in a named style; `number_format` and `alignment` go on top of it."""
    cell = sheet[address]
    cell.value = value
    cell.style = style
    for name, setting in more.items():
        setattr(cell, name, setting)


def fill_style(sheet: Worksheet, area: str, style: str, alignment: Alignment | None = None) -> None:
    """Give every cell of an area the named style, such as a line under a heading."""
    for row in sheet[area]:
        for cell in row:
            cell.style = style
            if alignment:
                cell.alignment = alignment


def link(sheet: Worksheet, address: str, text: str, target: str, style: str = "Link") -> None:
    """Write a link to a tab of this workbook."""
    put(sheet, address, text, style)
    sheet[address].hyperlink = Hyperlink(
        ref=address, location=f"'{target}'!A1", display=text, tooltip=f"Go to {target}"
    )
    sheet[address].style = style


def padded(width: float) -> float:
    """The stored width of a column that shows `width` characters."""
    return round(width + PADDING, 2)


def widths(sheet: Worksheet, by_letter: dict[str, float]) -> None:
    """Set column widths in characters."""
    for letter, width in by_letter.items():
        sheet.column_dimensions[letter].width = padded(width)


def print_setup(sheet: Worksheet, *, landscape: bool, pages_wide: int = 1, footer: str = "") -> None:
    """A4, fitted in width, with the tab's name above and `page n of m` below."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddHeader.left.text = "&F"
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.left.text = footer or "recon-xl"
    sheet.oddFooter.right.text = "Page &P of &N"


def print_area(sheet: Worksheet, area: str) -> None:
    """Print only this area, such as `$A$1:$G$90`."""
    name = "_xlnm.Print_Area"
    sheet.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{area}")


def print_titles(sheet: Worksheet, row: int, last_column: str = "") -> None:
    """Repeat the header row on every page, and the columns up to `last_column` where pages lie side by side."""
    name = "_xlnm.Print_Titles"
    columns = [f"'{sheet.title}'!$A:${last_column}"] if last_column else []
    reference = ",".join([*columns, f"'{sheet.title}'!${row}:${row}"])
    sheet.defined_names[name] = DefinedName(name, attr_text=reference)
