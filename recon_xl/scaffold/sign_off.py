"""The sign-off on Start: preparer and reviewer, two people, suspended when something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment

from recon_xl.contract import layout
from recon_xl.contract.layout import START
from recon_xl.contract.model import Kind
from recon_xl.scaffold import conditional, page, styles, validations

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADERS = ("Sign-off", "Name", "Initials", "Date")
ROLES = ("Preparer", "Reviewer")
TIPS = (
    "",
    "Full name. Preparer and reviewer must be two people.",
    "Initials.",
    "Day of signing. A later run, or a change of inputs, suspends it.",
)


def add_sign_off(sheet: Worksheet) -> None:
    """Write the labels, the open cells and the status."""
    block = START.sign_off
    left = Alignment(horizontal="left", vertical="center")
    for letter, name in zip(block.columns, HEADERS, strict=True):
        page.put(sheet, f"{letter}{block.first_row - 1}", name, "Block Header", alignment=left)
    for row, role in enumerate(ROLES):
        page.put(sheet, block.cell(row, 0), role, "Label")
        for position in range(1, len(HEADERS)):
            page.put(sheet, block.cell(row, position), None, "Input Cell", alignment=left)
        sheet[block.cell(row, 3)].number_format = styles.number_format(Kind.DATE)
    for position, letter in enumerate(block.columns[1:], start=1):
        rule = validations.dates() if position == len(TIPS) - 1 else validations.any_value()
        area = f"{letter}{block.first_row}:{letter}{block.last_row}"
        validations.attach(sheet, rule, area, HEADERS[position], TIPS[position])
    status = START.sign_off_status
    page.put(sheet, f"A{status[1:]}", "Sign-off status", "Label")
    page.put(sheet, status, f"={layout.sign_off_formula()}", "Figure", alignment=left)
    conditional.add_sign_off_rules(sheet, status)
