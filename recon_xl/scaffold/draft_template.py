"""The hidden sheet that every draft tab is copied from: one page wide, marked DRAFT, with a prototype of each row."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment

from recon_xl.contract.catalogue import TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, DRAFT_WIDTHS, LAST_ROW
from recon_xl.contract.model import Group, Kind
from recon_xl.contract.results import DRAFTS
from recon_xl.scaffold import conditional, page, styles

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FOOTER = "DRAFT - not a tax invoice"
HEADERS: dict[str, tuple[str, Kind]] = {
    "product": ("Product", Kind.TEXT),
    "description": ("Description", Kind.NOTE),
    "quantity": ("Quantity", Kind.QUANTITY),
    "unit_price": ("Unit Price", Kind.PRICE),
    "net": ("Net", Kind.MONEY),
    "tax_code": ("Tax Code", Kind.ID),
    "tax": ("Tax", Kind.MONEY),
    "why": ("Why (not printed)", Kind.NOTE),
    "source": ("Source", Kind.TEXT),
}
FACTS = (
    (DRAFT.number, "Number", Kind.ID),
    (DRAFT.date, "Date", Kind.DATE),
    (DRAFT.due, "Due", Kind.DATE),
    (DRAFT.terms, "Terms", Kind.TEXT),
    (DRAFT.po, "PO", Kind.ID),
    (DRAFT.period, "Period", Kind.MONTH),
    (DRAFT.currency, "Currency", Kind.ID),
)
NUMBERS = frozenset({Kind.QUANTITY, Kind.PRICE, Kind.MONEY})
MONEY = "#,##0.00#_);(#,##0.00#)"
"""A third decimal shows where the currency has one, so that dinars add up on paper; conditional formats do the rest, such as yen."""
PROTOTYPE_WORDS = {
    f"{DRAFT.columns.product}{DRAFT.line}": "One row for each draft line",
    f"{DRAFT.columns.description}{DRAFT.net_total}": "Net total",
    f"{DRAFT.columns.description}{DRAFT.tax_total}": "One row for each tax code and rate, with the reason for a rate of 0",
    f"{DRAFT.columns.description}{DRAFT.total}": "Total and currency",
    f"{DRAFT.columns.product}{DRAFT.held_heading}": "Held, outside the net",
    f"{DRAFT.columns.product}{DRAFT.held_line}": "One row for each held line",
    f"{DRAFT.columns.product}{DRAFT.footer}": FOOTER,
}
"""What the prototype rows say on the template itself; a clone writes its own words."""
COLUMNS: dict[str, str] = asdict(DRAFT.columns)


def add_draft_template(workbook: Workbook) -> Worksheet:
    """Add the hidden template sheet."""
    sheet = workbook.create_sheet(TEMPLATE_SHEET)
    sheet.sheet_properties.tabColor = f"FF{styles.TAB_COLOURS[Group.DRAFT]}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_state = "hidden"
    page.widths(sheet, dict(DRAFT_WIDTHS))
    _head(sheet)
    _facts(sheet)
    _status(sheet)
    _prototypes(sheet)
    _printed(sheet)
    return sheet


def _head(sheet: Worksheet) -> None:
    right = Alignment(horizontal="right", vertical="center")
    page.put(sheet, DRAFT.company, None, "Title")
    page.put(sheet, DRAFT.heading, "DRAFT INVOICE", "Title", alignment=right)
    page.fill_style(sheet, "A2:G2", "Heading")
    page.put(sheet, "G2", FOOTER, "Heading", alignment=right)
    sheet.row_dimensions[1].height = 28
    sheet.row_dimensions[2].height = 20
    page.put(sheet, "A4", "To", "Label")
    page.put(sheet, DRAFT.customer, None, "Figure")
    page.put(sheet, DRAFT.contact, None, "Body")
    page.put(sheet, DRAFT.email, None, "Body")
    page.link(sheet, "I1", f"Back to {DRAFTS.name}", DRAFTS.sheet)
    page.put(sheet, DRAFT.check, "=MasterCheck", "Figure")
    conditional.add_check_rules(sheet, DRAFT.check)


def _facts(sheet: Worksheet) -> None:
    left = Alignment(horizontal="left", vertical="center")
    for address, label, kind in FACTS:
        page.put(sheet, f"D{address[1:]}", label, "Label")
        page.put(sheet, address, None, "Body", number_format=styles.number_format(kind), alignment=left)


def _status(sheet: Worksheet) -> None:
    for address, label in ((DRAFT.status, "Status"), (DRAFT.hold_reason, "Hold reason")):
        page.put(sheet, f"A{address[1:]}", label, "Label")
        page.put(sheet, address, None, "Body", alignment=Alignment(horizontal="left", vertical="center"))
    conditional.add_word_rule(sheet, DRAFT.status, "Held")


def _prototypes(sheet: Worksheet) -> None:
    for name, (text, kind) in HEADERS.items():
        where = f"{COLUMNS[name]}{DRAFT.header_row}"
        page.put(sheet, where, text, "Block Header", alignment=_side(kind, vertical="center", indent=kind in NUMBERS))
        for row in (DRAFT.line, DRAFT.held_line):
            _cell(sheet, name, row, "Note" if row == DRAFT.held_line else "Output")
        for row in (DRAFT.net_total, DRAFT.tax_total, DRAFT.total):
            _total_cell(sheet, name, row)
    amounts = " ".join(f"{COLUMNS[name]}{DRAFT.first_row}:{COLUMNS[name]}{LAST_ROW}" for name in ("net", "tax"))
    conditional.add_minor_unit_rules(sheet, amounts, f"${DRAFT.currency[0]}${DRAFT.currency[1:]}")
    page.fill_style(sheet, f"A{DRAFT.held_heading}:G{DRAFT.held_heading}", "Heading")
    across = Alignment(horizontal="centerContinuous", vertical="center")
    page.fill_style(sheet, f"A{DRAFT.footer}:G{DRAFT.footer}", "Note", across)
    for address, words in PROTOTYPE_WORDS.items():
        sheet[address].value = words
    for row, height in ((DRAFT.header_row, 20), (DRAFT.total, 20), (DRAFT.held_heading, 30), (DRAFT.footer, 30)):
        sheet.row_dimensions[row].height = height


def _cell(sheet: Worksheet, name: str, row: int, style: str) -> None:
    kind = HEADERS[name][1]
    wrapped = _side(kind, vertical="top", wrap_text=kind in {Kind.NOTE, Kind.TEXT})
    look = "Link" if name == "source" else style
    page.put(sheet, f"{COLUMNS[name]}{row}", None, look, number_format=_format(kind), alignment=wrapped)


def _total_cell(sheet: Worksheet, name: str, row: int) -> None:
    if COLUMNS[name] > "G":
        return
    label = name == "description"
    is_tax = row == DRAFT.tax_total
    style = "Output" if is_tax else "Calc"
    # The row of a tax code holds the taxable net under Unit Price, and its reason may need several lines.
    kind = Kind.MONEY if is_tax and name == "unit_price" else HEADERS[name][1]
    shown = "General" if label else _format(kind)
    where = _side(kind, vertical="top" if is_tax else "center", wrap_text=is_tax and label)
    page.put(sheet, f"{COLUMNS[name]}{row}", None, style, number_format=shown, alignment=where)


def _format(kind: Kind) -> str:
    return MONEY if kind is Kind.MONEY else styles.number_format(kind)


def _side(kind: Kind, **more: object) -> Alignment:
    return Alignment(horizontal="right" if kind in NUMBERS else "left", **more)


def _printed(sheet: Worksheet) -> None:
    page.print_setup(sheet, landscape=False, footer=FOOTER)
    sheet.oddHeader.left.text = ""
    page.print_area(sheet, DRAFT.print_area(DRAFT.footer))
    page.print_titles(sheet, DRAFT.header_row)
