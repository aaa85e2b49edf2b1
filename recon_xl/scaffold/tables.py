"""One tab from one contract table: title, check, notes, headers, first data row, totals, and what goes with them."""

from __future__ import annotations

from copy import copy
from itertools import accumulate, takewhile
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableFormula, TableStyleInfo

from recon_xl.contract import layout
from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.model import HEADER_ROW, Column, Kind, Owner, Table
from recon_xl.contract.vendor_tables import VENDOR_LINES
from recon_xl.scaffold import conditional, page, settings_tab, styles, validations

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FROZEN_WIDTH = 74
"""Key columns stay in view up to this many characters, so that the rest has room."""
OWNER_WORDS = {Owner.USER: "you fill", Owner.IMPORT: "imported", Owner.RUN: "by run"}
MOST_USED = frozenset(
    {"Line", "Source", "Source Row", "Period", "Customer Name", "Order Date", "Sku Name", "Product Name", "Unit Price"}
    | {"Quantity", "Tax Total", "Total", "Subscription Id", "Charge Start Date", "Charge End Date", "Billing Frequency"}
    | {column.name for column in VENDOR_LINES.columns if column.required}
)
"""Columns of Vendor Lines that stand outside the outline groups."""


def add_table(workbook: Workbook, table: Table, number: int) -> Worksheet:
    """Add the tab of one contract table; `number` is its table id."""
    sheet = workbook.create_sheet(table.sheet)
    sheet.sheet_properties.tabColor = f"FF{styles.TAB_COLOURS[table.group]}"
    _title(sheet, table)
    for position, column in enumerate(table.columns, start=1):
        _column(sheet, table, column, layout.column_letter(position))
    sheet.row_dimensions[layout.NOTES_ROW].height = 34
    sheet.row_dimensions[HEADER_ROW].height = header_height(table)
    if settings_tab.is_settings(table.name):
        settings_tab.fill_settings(sheet)
    _totals(sheet, table)
    excel_table(sheet, table, number)
    _view(sheet, table)
    conditional.add_rules(sheet, table)
    validations.add_validations(sheet, table)
    return sheet


def _title(sheet: Worksheet, table: Table) -> None:
    page.put(sheet, layout.TITLE_CELL, table.name, "Title")
    page.put(sheet, layout.PURPOSE_CELL, table.purpose, "Note")
    page.put(sheet, layout.CHECK_LABEL_CELL, "Checks", "Label")
    page.put(sheet, layout.CHECK_CELL, "=MasterCheck", "Figure")
    page.link(sheet, layout.BACK_CELL, "Back to Start", START_SHEET)


def _column(sheet: Worksheet, table: Table, column: Column, letter: str) -> None:
    page.put(sheet, f"{letter}{layout.NOTES_ROW}", note_of(column), "Small Note")
    head = styles.header_alignment(column)
    page.put(sheet, f"{letter}{HEADER_ROW}", column.name, styles.header_style(column), alignment=head)
    first = sheet[f"{letter}{layout.FIRST_ROW}"]
    first.style = styles.cell_style(table, column)
    first.number_format = styles.number_format(column.kind)
    first.alignment = styles.alignment(column)
    dimension = sheet.column_dimensions[letter]
    dimension._style = copy(first._style)
    dimension.width = page.padded(column.width)
    if table is VENDOR_LINES and column.name not in MOST_USED:
        dimension.outlineLevel = 1


def header_height(table: Table) -> float:
    """Room for the longest header, and for the filter button under a short one."""
    lines = max(len(wrap(column.name, max(column.width - 2, 1))) for column in table.columns)
    return max(30, 14 * lines + 4)


def note_of(column: Column) -> str:
    """The small line above a header: its unit, and who fills it."""
    owner = "required" if column.owner is Owner.USER and column.required else OWNER_WORDS[column.owner]
    return f"{column.unit}\n{owner}" if column.unit else owner


def _totals(sheet: Worksheet, table: Table) -> None:
    formulas = layout.totals_formulas(table)
    if not formulas:
        return
    row = layout.FIRST_ROW + 1
    counted = next(iter(formulas))
    for position, column in enumerate(table.columns, start=1):
        formula = formulas.get(column.name)
        value = layout.TOTAL_LABEL if position == 1 else f"={formula}" if formula else None
        horizontal = "right" if column.kind is Kind.MONEY else "left"
        shown = styles.number_format(column.kind) if column.kind is Kind.MONEY else "General"
        page.put(
            sheet,
            f"{layout.column_letter(position)}{row}",
            value,
            "Calc",
            number_format=styles.COUNT_FORMAT if column.name == counted else shown,
            alignment=Alignment(horizontal=horizontal, vertical="top"),
        )


def excel_table(sheet: Worksheet, table: Table, number: int) -> None:
    """Make the rows below the headers an Excel table; `number` is its table id."""
    last = layout.column_letter(len(table.columns))
    rows = max(1, sheet.max_row - layout.FIRST_ROW + 1 - layout.has_totals(table))
    body = f"A{HEADER_ROW}:{last}{HEADER_ROW + rows}"
    excel = ExcelTable(id=number, displayName=table.excel_name, name=table.excel_name, ref=body)
    excel.autoFilter = AutoFilter(ref=body)
    excel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    excel.tableColumns = [TableColumn(id=n, name=name) for n, name in enumerate(table.column_names, start=1)]
    if layout.has_totals(table):
        excel.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + rows + 1}"
        excel.totalsRowCount = 1
        _total_functions(excel, table)
    sheet.add_table(excel)


def _total_functions(excel: ExcelTable, table: Table) -> None:
    formulas = layout.totals_formulas(table)
    excel.tableColumns[0].totalsRowLabel = layout.TOTAL_LABEL
    for column in excel.tableColumns:
        if column.name in formulas:
            column.totalsRowFunction = "custom"
            column.totalsRowFormula = TableFormula(attr_text=formulas[column.name])


def frozen_columns(table: Table) -> int:
    """How many leading key columns stay in view: at least one, as far as they leave room."""
    keys = list(takewhile(lambda column: column.name in table.key, table.columns))
    fitting = [total for total in accumulate(column.width for column in keys) if total <= FROZEN_WIDTH]
    return max(1, len(fitting))


def _view(sheet: Worksheet, table: Table) -> None:
    frozen = layout.column_letter(frozen_columns(table) + 1)
    sheet.freeze_panes = f"{frozen}{layout.FIRST_ROW}"
    selected = sheet.sheet_view.selection[-1]
    selected.activeCell = selected.sqref = sheet.freeze_panes
    wide = ceil(sum(column.width for column in table.columns) / page.READABLE_WIDTH)
    page.print_setup(sheet, landscape=True, pages_wide=wide)
    page.print_titles(sheet, HEADER_ROW, layout.column_letter(frozen_columns(table)) if wide > 1 else "")
