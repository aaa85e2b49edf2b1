"""Where a run writes: addresses above the tables, on Start, and on a draft tab; formulas of totals rows and checks.

The template builder puts labels, styles and formulas around these cells; a run fills them
and never touches anything else outside the tables.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import accumulate, starmap, takewhile

from recon_xl.contract.catalogue import table as table_of
from recon_xl.contract.model import HEADER_ROW, Group, Kind, Table
from recon_xl.core import control

TITLE_CELL = "A1"  # The tab's name
PURPOSE_CELL = "A2"  # What the tab is for
CHECK_LABEL_CELL = "A3"  # The word before the master check
CHECK_CELL = "B3"
"""The master check on every data tab: the formula `MasterCheck`; a run refreshes its cached value."""
CHECK_SPILL_CELL = "C3"  # Stays empty, so that the check may run over where column B is narrow
BACK_CELL = "E3"  # The link back to Start
NOTES_ROW = 4  # A small line under the title block: unit, and who fills each column
FIRST_ROW = HEADER_ROW + 1  # Data begin here on every data tab
LAST_ROW = 1_048_576
"""Validations and conditional formats reach to here, so that no run needs to change them."""

NO_RUN = control.NO_RUN
NOTHING = control.NOTHING
ALL_OK = control.ALL_OK
OPEN = "OPEN"
SIGNED = "SIGNED OFF"
TOTAL_LABEL = "Total"
BY_CURRENCY = "by currency"  # Stands in a totals row instead of a sum when the table holds several currencies

LINK_COLUMNS = {"Exceptions": "Links", "Drafts": "Tab", "Draft Lines": "Link"}
"""Table -> the column that holds links."""

WITHOUT_SUMS = frozenset({"Tie-out"})
"""Tables whose rows prove different things: adding them up would let one gap hide another."""

WITHOUT_TOTALS = frozenset({"Run Log"})
"""Result tables without a totals row."""


@dataclass(frozen=True, slots=True)
class Block:
    """A small grid on Start: its column letters in order, its first row, and how many rows it may fill."""

    columns: tuple[str, ...]
    first_row: int
    max_rows: int

    @property
    def last_row(self) -> int:
        """The last row that may be filled."""
        return self.first_row + self.max_rows - 1

    def cell(self, row: int, column: int) -> str:
        """The address of a zero-based row and column: `START.causes.cell(0, 2)`."""
        if not 0 <= row < self.max_rows:
            raise IndexError(f"row {row} of a block of {self.max_rows}")
        return f"{self.columns[column]}{self.first_row + row}"


@dataclass(frozen=True, slots=True)
class StartLayout:
    """The cells of Start that a run writes. Each holds one value; unused block rows stay blank."""

    banner: str = "A3"  # Formula, blank unless inputs changed since the last run; only its cached value is written
    company: str = "B6"
    period: str = "B7"  # Text YYYY-MM: the period of the last run
    run_status: str = "B8"  # CLEAN, FINDINGS or NOT RECONCILABLE
    master_check: str = "B9"  # Formula over Tie-out; only its cached value is written. See `master_check_text`
    exceptions: str = "B10"  # Number of findings on Exceptions
    controls: str = "B11"  # Text such as `14 of 15 hold`
    input_total_now: str = "B12"  # Formula, see `input_total_formula`; only its cached value is written
    input_total: str = "B13"
    """The input total as the run found it, a number to the cent; the banner compares it with the one now."""
    run_id: str = "G14"
    run_time: str = "G15"  # A date with time, UTC
    run_user: str = "G16"
    run_version: str = "G17"
    run_duration: str = "G18"  # Text such as `3.2 s`
    run_inputs: str = "G19"  # Hash of everything that the run read
    coverage: str = "B21"  # One sentence: what was looked at and what was not
    sources: str = "B22"  # One line: rows and files by source tab
    sign_off: Block = Block(("A", "B", "C", "D"), 17, 2)
    """Role, Name, Initials, Date of preparer and reviewer: the user's, a run leaves them alone."""
    sign_off_status: str = "B19"  # Formula, see `sign_off_formula`; only its cached value is written
    at_stake: Block = Block(("A", "B", "C", "D"), 26, 12)  # Currency, Direction, Findings, At Stake
    drafts: Block = Block(("F", "G", "H", "I", "J", "K"), 26, 8)  # Currency, Drafts, Held, Net, Tax, Total
    causes: Block = Block(("A", "C", "D"), 44, 8)
    """Rule title (spills into B), Findings, At Stake in base currency; largest first. Feeds the chart."""

    def single_cells(self) -> dict[str, str]:
        """Name -> address of every single cell."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if isinstance(value, str)}


START = StartLayout()


@dataclass(frozen=True, slots=True)
class DraftColumns:
    """The column letters of a line on a draft tab. A to G are printed; Why and Source stand beside the page."""

    product: str = "A"
    description: str = "B"
    quantity: str = "C"
    unit_price: str = "D"
    net: str = "E"
    tax_code: str = "F"
    tax: str = "G"
    why: str = "I"
    source: str = "J"  # A link to the first source row


@dataclass(frozen=True, slots=True)
class DraftLayout:
    """The hidden sheet Draft Template. A draft tab is its clone: single cells set, rows from `first_row` on replaced.

    The rows from `first_row` on are prototypes. A clone drops them and writes, in this
    order, as many copies as it needs: `line`, `net_total`, one `tax_total` for each tax
    code and rate, `total`; with held lines a `held_heading` and one `held_line` each; and
    `footer` last. A copy keeps the prototype's cell styles and row height (none: fits itself).
    """

    company: str = "A1"
    heading: str = "G1"  # DRAFT INVOICE or DRAFT CREDIT MEMO
    customer: str = "A5"
    contact: str = "A6"
    email: str = "A7"
    number: str = "E4"
    date: str = "E5"
    due: str = "E6"
    terms: str = "E7"  # Text such as `30 days`
    po: str = "E8"
    period: str = "E9"
    currency: str = "E10"
    status: str = "B11"
    hold_reason: str = "B12"  # Blank unless the draft is held
    check: str = "I2"  # The master check, beside the printed page; a run refreshes its cached value
    columns: DraftColumns = DraftColumns()
    header_row: int = 14
    first_row: int = 15
    line: int = 15
    net_total: int = 16  # Label in the description column, amount in net
    tax_total: int = 17  # Label (code, rate, reason for 0) in description, taxable net in unit price, tax in net
    total: int = 18  # Label with the currency in the description column, amount in net
    held_heading: int = 19  # Text in the product column
    held_line: int = 20
    """Columns as in `line`, outside the net; the reason stands in the why column and in the description."""
    footer: int = 21  # Text in the product column
    last_column: str = "J"

    def print_area(self, last_row: int) -> str:
        """The print area of a clone that ends in this row; its print title is the header row."""
        return f"$A$1:${self.columns.tax}${last_row}"


DRAFT = DraftLayout()

INVOICE, CREDIT_MEMO, VOID = "DRAFT INVOICE", "DRAFT CREDIT MEMO", "VOID"
DRAFT_HEADINGS = frozenset({INVOICE, CREDIT_MEMO, VOID})
"""What the heading of a draft tab says; by it a later run knows its own tabs."""

DRAFT_WIDTHS = {"A": 25, "B": 33, "C": 10, "D": 13, "E": 15, "F": 10, "G": 13, "H": 3, "I": 60, "J": 16}
"""Column letter -> characters, on a draft tab."""

INPUT_FIGURES: tuple[tuple[str, str, str], ...] = (
    ("Vendor Lines", "Customer Id", "COUNTA"), ("Vendor Lines", "Subtotal", "SUM"),
    ("Billed Lines", "Customer", "COUNTA"), ("Billed Lines", "Quantity", "SUM"),
    ("Billed Lines", "Amount", "SUM"), ("Counts", "Customer", "COUNTA"),
    ("Counts", "Count", "SUM"), ("Sources", "Control Total", "SUM"),
    ("Customers", "Customer", "COUNTA"), ("Products", "Billing Product", "COUNTA"),
    ("Agreements", "Price", "SUM"), ("Price Rules", "Markup", "SUM"),
    ("Profiles", "Percentage Off RRP", "SUM"), ("Sell Prices", "Price", "SUM"),
    ("Tax", "Rate", "SUM"), ("FX Rates", "Rate", "SUM"),
    ("Daily Usage", "Customer Id", "COUNTA"), ("Usage History", "Cost", "SUM"), ("Settings", "Value", "SUM"),
    ("Agreements", "Start", "SUM"), ("Agreements", "End", "SUM"), ("Agreements", "Included", "SUM"),
    ("Agreements", "Minimum", "SUM"), ("Agreements", "Maximum", "SUM"), ("Purchase Orders", "Amount", "SUM"),
    ("Purchase Orders", "End", "SUM"), ("Price List", "Unit Price", "SUM"), ("Price List", "ERP Price", "SUM"),
    ("Subscriptions", "Quantity", "SUM"), ("Subscriptions", "End", "SUM"),
)  # fmt: skip
"""Table, column, COUNTA (cells that are not empty) or SUM (of cells stored as numbers, percentages as
fractions). Added up, rounded to the cent: the auditor's hash total. It means nothing by itself; it shows a change."""


def column_letter(position: int) -> str:
    """The letters of a one-based column: 1 is A, 27 is AA."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_HIGHEST = 409.0
"""Points: Excel makes no row higher."""


def fitted_height(wrapped: Iterable[tuple[str, int]]) -> float | None:
    """The row height, in points, that shows these wrapped texts in columns of these widths; None for a single line.

    Excel fits rows without a height by itself; LibreOffice and previewers do not. Write it
    without `customHeight`, so that Excel goes on fitting the row when a text changes.
    """
    lines = max(starmap(_lines, wrapped), default=1)
    return None if lines == 1 else min(13.5 * lines + 2, _HIGHEST)


@lru_cache(maxsize=8192)
def _lines(text: str, width: int) -> int:
    """Widths count digits; running text in 10 points needs less room."""
    room = int(width * 1.2)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(_wrapped(part, room) for part in text.split("\n"))


def _wrapped(text: str, room: int) -> int:
    """How many lines `textwrap` makes of a text; words with a space between, as most texts are, are cut line by line."""
    lines, at = 1, 0
    is_plain = text.isprintable() and "  " not in text and text == text.strip(" ")
    while is_plain and len(text) - at > room:
        space = text.rfind(" ", at, at + room + 1)
        word = text[space + 1 :].partition(" ")[0]
        is_plain = space > 0 and len(word) <= room
        at, lines = space + 1 + _stays(word, at + room - space - 1), lines + 1
    return lines if is_plain else len(textwrap.wrap(text, room)) or 1


def _stays(word: str, room: int) -> int:
    """How much of a word that does not fit into the rest of a line stays there: what ends with a hyphen, mostly."""
    ends = accumulate(map(len, _pieces(word))) if "-" in word else ()
    return max(takewhile(room.__ge__, ends), default=0)


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """What a word may be cut into where a line ends."""
    return tuple(textwrap.wrap(word, 1, break_long_words=False))


def letter_of(table: Table, name: str) -> str:
    """The column letter of a contract column in a fresh workbook: tables begin in column A."""
    return column_letter(table.column_names.index(name) + 1)


def structured(table: Table, name: str) -> str:
    """A structured reference to a column: `TieOut[Check]`."""
    return f"{table.excel_name}[{table.column(name).name}]"


def has_totals(table: Table) -> bool:
    """Result and draft tables end in a totals row, except the log."""
    return table.group in {Group.RESULT, Group.DRAFT} and table.name not in WITHOUT_TOTALS


def totals_formulas(table: Table) -> dict[str, str]:
    """Column -> formula (without `=`) of the totals row; the first column holds `TOTAL_LABEL` instead.

    The second column counts the rows shown. Money is added only while the table holds one
    currency; both follow the filter.
    """
    if not has_totals(table):
        return {}
    first, second = table.column_names[:2]
    formulas = {second: f"SUBTOTAL(103,{structured(table, first)})"}
    if table.name not in WITHOUT_SUMS:
        money = (column.name for column in table.columns if column.kind is Kind.MONEY)
        formulas |= {name: _sum_of_one_currency(table, name) for name in money}
    return formulas


def _sum_of_one_currency(table: Table, name: str) -> str:
    codes = structured(table, "Currency")
    one = f'IFERROR(INDEX({codes},MATCH("?*",{codes},0)),"?*")'
    return f'IF(COUNTIF({codes},{one})=COUNTA({codes}),SUBTOTAL(109,{structured(table, name)}),"{BY_CURRENCY}")'


def master_check_formula() -> str:
    """The master check over Tie-out: whatever is neither OK nor NOT CHECKED is a failure.

    A control of an earlier run that only stands there for the user's notes is none.
    """
    tie_out = table_of("Tie-out")
    checks = structured(tie_out, "Check")
    every = f'(COUNTA({structured(tie_out, "Control")})-COUNTIF({checks},"RESOLVED"))'
    unchecked = f'COUNTIF({checks},"NOT CHECKED")'
    fails = f'({every}-COUNTIF({checks},"OK")-{unchecked})'
    both = f'{fails}&" FAIL, "&{unchecked}&" NOT CHECKED"'
    failing = f'IF({unchecked}>0,{both},IF({fails}=1,"1 CHECK FAILS",{fails}&" CHECKS FAIL"))'
    return (
        f'IF({every}=0,IF({START.run_id}="","{NO_RUN}","{NOTHING}"),IF({fails}>0,{failing},'
        f'IF({unchecked}>0,{unchecked}&" NOT CHECKED","{ALL_OK}")))'
    )


def sign_off_formula() -> str:
    """Whether the month is signed off by two people, and nothing changed since."""
    start = START
    block = start.sign_off
    preparer, reviewer = block.cell(0, 1), block.cell(1, 1)
    dates = f"{block.cell(0, 3)}:{block.cell(1, 3)}"
    return (
        f'IF(COUNTA({preparer},{reviewer})+COUNT({dates})<4,"{OPEN}",'
        f'IF(TRIM({preparer})=TRIM({reviewer}),"PREPARER AND REVIEWER MUST DIFFER",'
        f'IF(OR({start.banner}<>"",INT(N({start.run_time}))>MIN({dates})),"SUSPENDED: changed since it was signed",'
        f'"{SIGNED}")))'
    )


def input_total_formula() -> str:
    """The hash total of the inputs as they stand, see `INPUT_FIGURES`."""
    terms = (f"{function}({structured(table_of(name), column)})" for name, column, function in INPUT_FIGURES)
    return f"ROUND({'+'.join(terms)},2)"


def banner_formula() -> str:
    """Says so when inputs or the period changed since the last run; blank otherwise."""
    start = START
    changed = f"ABS({start.input_total_now}-{start.input_total})>=0.005"
    return (
        f'IF({start.run_id}="","",IF(ISERROR({start.input_total_now}),'
        f'"AN INPUT CELL HOLDS AN ERROR VALUE: correct it, then run again.",'
        f'IF({changed},"INPUTS CHANGED SINCE THE LAST RUN: run again before you rely on these figures.",'
        f'IF(Period<>{start.period},"THE PERIOD ON SETTINGS IS NOT THE PERIOD OF THE LAST RUN: run again.",""))))'
    )
