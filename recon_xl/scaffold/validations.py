"""Drop-down lists and checks on typed cells: stop style, with the column's help as input message.

Rules reach to the last row, so that no run has to stretch them. Imported columns and columns
of a run are not checked: their values come from a file or an engine. Every header shows the help of its column.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from recon_xl.contract import layout
from recon_xl.contract.mapping import CUSTOMERS, PRODUCTS, SETTINGS
from recon_xl.contract.model import HEADER_ROW, Column, Group, Kind, Owner, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CURRENCY_UNIT = "ISO 4217"
LISTS = {CUSTOMERS.key[0]: ("CustomerList", CUSTOMERS), PRODUCTS.key[0]: ("ProductList", PRODUCTS)}
"""Column -> defined name of its list, and the tab that the list stands on."""
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
MAX_TITLE, MAX_TEXT, MAX_LIST = 32, 225, 255


def add_validations(sheet: Worksheet, table: Table) -> None:
    """Check every column that the user fills, and show its help on every header."""
    for position, column in enumerate(table.columns, start=1):
        letter = layout.column_letter(position)
        attach(sheet, any_value(), f"{letter}{HEADER_ROW}", column.name, column.help)
        rule = _rule_for(table, column)
        if rule is not None:
            attach(sheet, rule, f"{letter}{layout.FIRST_ROW}:{letter}{layout.LAST_ROW}", column.name, column.help)


def attach(sheet: Worksheet, rule: DataValidation, area: str, title: str, tip: str) -> None:
    """Put a rule on an area, with its input message."""
    rule.promptTitle = title[:MAX_TITLE]
    rule.prompt = tip[:MAX_TEXT]
    rule.showInputMessage = True
    rule.add(area)
    sheet.add_data_validation(rule)


def _rule_for(table: Table, column: Column) -> DataValidation | None:
    if column.owner is not Owner.USER or table is SETTINGS:
        return None
    if column.choices:
        return list_of(column.choices)
    if column.name in LISTS and table.group is Group.MAPPING and table is not LISTS[column.name][1]:
        return _list_from(*LISTS[column.name])
    if column.unit == CURRENCY_UNIT:
        return currency()
    if column.kind in {Kind.DATE, Kind.TIME}:
        return dates()
    return numbers(whole=column.kind is Kind.INTEGER) if column.is_numeric else None


def list_of(choices: tuple[str, ...]) -> DataValidation:
    """One of these words, from a drop-down."""
    formula = f'"{",".join(choices)}"'
    if len(formula) > MAX_LIST:
        raise ValueError(f"a drop-down list of {len(formula)} characters; Excel allows {MAX_LIST}")
    return _stop("list", f"Choose one of: {', '.join(choices)}.", formula1=formula)


def _list_from(name: str, source: Table) -> DataValidation:
    """Offer the rows of a mapping tab; another value is questioned, not refused."""
    rule = _stop("list", f"Not on the {source.name} tab. Keep it only if you will add it there.", formula1=name)
    rule.errorStyle = "warning"
    return rule


def currency() -> DataValidation:
    """Three letters."""
    return _stop("textLength", "Type the three letters of the currency, such as USD.", operator="equal", formula1="3")


def dates() -> DataValidation:
    """A real date."""
    first, last = (str(int(to_excel(day))) for day in (FIRST_DAY, LAST_DAY))
    words = f"Type a date between {FIRST_DAY} and {LAST_DAY}."
    return _stop("date", words, operator="between", formula1=first, formula2=last)


def numbers(*, whole: bool = False) -> DataValidation:
    """A number, not text that looks like one."""
    kind, words = ("whole", "Type a whole number.") if whole else ("decimal", "Type a number, without currency signs.")
    return _stop(kind, words, operator="between", formula1="-1000000000000", formula2="1000000000000")


def any_value() -> DataValidation:
    """No check: only the input message."""
    return DataValidation(allow_blank=True)


def _stop(kind: str, words: str, **more: str) -> DataValidation:
    rule = DataValidation(type=kind, allow_blank=True, errorStyle="stop", **more)
    rule.showErrorMessage = True
    rule.errorTitle = "Not allowed here"
    rule.error = words[:MAX_TEXT]
    return rule
