"""The guiding parts of Start: the steps of a month, the legend, the index of tabs, and the hidden sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment

from recon_xl import __version__
from recon_xl.contract.catalogue import ALL_TABLES, TEMPLATE_SHEET
from recon_xl.contract.journal import JOURNAL
from recon_xl.contract.model import Group
from recon_xl.contract.places import LAYOUT_SHEET
from recon_xl.scaffold import conditional, page

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

STEPS = (
    ("1  Import", "Sources", "Bring in vendor invoices, planned billing and counts."),
    ("2  Map", "Mapping Gaps", "Fill in customers, products, prices and tax that have no row yet."),
    ("3  Run", "Settings", "Set the period, then press Run (or: recon-xl run)."),
    ("4  Review", "Exceptions", "Work through the gaps; set Disposition, Owner, Due and Note."),
    ("5  Drafts", "Drafts", "Check held drafts, approve, export."),
    ("6  Tie-out", "Tie-out", "Every control OK, or explained. Then the month is closed."),
)
FIRST_STEP_ROW = 6
GUIDE_ROW = 61
GROUP_WORDS = {
    Group.MAPPING: "Mapping (blue): you fill",
    Group.SOURCE: "Sources (grey): imported",
    Group.RESULT: "Results (orange): by run",
    Group.DRAFT: "Drafts (green): by run",
}
HIDDEN = (
    (TEMPLATE_SHEET, "The pattern that every draft tab is copied from. Unhide it to change the look of drafts."),
    (
        JOURNAL.sheet,
        "What each step changed, for Undo and Redo, and the log that `recon-xl verify` proves. Only a program shows it.",
    ),
    (LAYOUT_SHEET, "Where every table stands, for the ribbon's buttons. Only a program can show it; it holds no data."),
)

CELL_LEGEND = (
    ("You fill", "Header Input", "A column that you fill; it survives every run. Its cells are in blue type."),
    ("Imported", "Header Imported", "Filled by an import, as the vendor or tool printed it; do not edit."),
    ("By run", "Header Output", "Written anew by every run."),
    ("Value to type", "Input Cell", "A single value to type."),
    ("Total or check", "Calc", "A formula: totals and checks."),
    ("Estimated", "Estimated", "An amount that is estimated, not calculated."),
    ("Link", "Link", "Jumps to another place in this workbook."),
)
SIGN_LEGEND = (
    ("Variance", "billed - expected: negative = underbilled, positive = overbilled. Negatives are in (parentheses)."),
    ("At stake", "the money that a finding is about, never negative; its direction says who gains by the mistake."),
    ("Totals", "follow the filter; a table with several currencies says 'by currency' instead of adding them."),
    ("Input total", "a control sum of rows and amounts; it means nothing by itself, it shows that something changed."),
    ("Percent", "stored as percentages: type 20% or 20 in a percent column for twenty percent."),
)
LEGEND_LETTERS = "BDFGIJK"
CLOSING = (
    "Need help? The user guide comes with recon-xl; the changes of each version are in its CHANGELOG. "
    "Nothing in this workbook leaves your computer."
)


def add_steps(sheet: Worksheet) -> None:
    """Write the steps, each linked to its tab."""
    for offset, (name, target, words) in enumerate(STEPS):
        row = FIRST_STEP_ROW + offset
        page.link(sheet, f"F{row}", name, target)
        page.put(sheet, f"G{row}", words, "Body")


def add_guide(sheet: Worksheet) -> None:
    """Write the index of tabs, the hidden sheets, the legend and the closing lines."""
    row = _index(sheet, GUIDE_ROW)
    row = _hidden(sheet, row + 1)
    row = _legend(sheet, row + 1)
    page.put(sheet, f"A{row + 1}", f"recon-xl {__version__}", "Label")
    page.put(sheet, f"B{row + 1}", CLOSING, "Note")


def _heading(sheet: Worksheet, row: int, text: str) -> None:
    page.fill_style(sheet, f"A{row}:K{row}", "Heading")
    sheet[f"A{row}"].value = text
    sheet.row_dimensions[row].height = 20


def _index(sheet: Worksheet, row: int) -> int:
    _heading(sheet, row, "Tabs")
    for table in ALL_TABLES:
        row += 1
        page.link(sheet, f"A{row}", table.name, table.sheet)
        page.put(sheet, f"B{row}", GROUP_WORDS[table.group], "Note")
        page.put(sheet, f"C{row}", table.purpose, "Body")
    return row + 1


def _hidden(sheet: Worksheet, row: int) -> int:
    _heading(sheet, row, "Hidden sheets")
    for name, words in HIDDEN:
        row += 1
        page.put(sheet, f"A{row}", name, "Label")
        page.put(sheet, f"B{row}", "Hidden", "Note")
        page.put(sheet, f"C{row}", words, "Body")
    return row + 1


def _legend(sheet: Worksheet, row: int) -> int:
    _heading(sheet, row, "Legend: colours, words and signs")
    for name, style, words in CELL_LEGEND:
        row += 1
        page.put(sheet, f"A{row}", name, style, alignment=Alignment(vertical="center"))
        page.put(sheet, f"B{row}", words, "Body")
    for word, words in SIGN_LEGEND:
        row += 1
        page.put(sheet, f"A{row}", word, "Label")
        page.put(sheet, f"B{row}", words, "Body")
    return _marks(sheet, row) + 1


def _marks(sheet: Worksheet, row: int) -> int:
    """Show each watched word as it looks on its tab."""
    for tab, columns in conditional.WATCHED.items():
        for column, words in columns.items():
            row += 1
            page.put(sheet, f"A{row}", f"{tab}: {column}", "Label")
            for letter, word in zip(LEGEND_LETTERS, words, strict=False):
                sign, look = conditional.MARKS[word]
                page.put(sheet, f"{letter}{row}", word, look, number_format=conditional.marked(sign))
    return row
