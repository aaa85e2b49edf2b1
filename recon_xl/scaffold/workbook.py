"""The whole workbook: Start, a tab for each contract table, the hidden template, layout and journal, and the defined names."""

from __future__ import annotations

from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from recon_xl.contract import layout
from recon_xl.contract.catalogue import ALL_TABLES, START_SHEET
from recon_xl.contract.mapping import CUSTOMERS, PRODUCTS, SETTINGS
from recon_xl.scaffold import draft_template, journal_sheet, layout_sheet, package, settings_tab, start, styles, tables

SETTING_NAMES = {"Company": "Company", "Period": "Period", "BaseCurrency": "Base Currency"}
"""Defined name -> the setting whose value cell it stands for."""


def build(path: Path) -> None:
    """Write the blank month-end workbook; the same bytes every time."""
    package.save(_workbook(), path)


def _workbook() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    workbook.properties.creator = "recon-xl"
    workbook.properties.title = "Month-end billing reconciliation"
    styles.register(workbook)
    for number, table in enumerate(ALL_TABLES, start=1):
        tables.add_table(workbook, table, number)
    start.add_start(workbook)
    draft_template.add_draft_template(workbook)
    layout_sheet.add_layout_sheet(workbook)
    journal_sheet.add_journal_sheet(workbook, len(ALL_TABLES) + 1)
    for name, reference in defined_names().items():
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == START_SHEET
    return workbook


def defined_names() -> dict[str, str]:
    """Name -> what it refers to."""
    column, row = layout.START.master_check[0], layout.START.master_check[1:]
    lists = {"CustomerList": CUSTOMERS, "ProductList": PRODUCTS}
    return {
        "MasterCheck": f"{START_SHEET}!${column}${row}",
        **{name: f"{SETTINGS.sheet}!{settings_tab.value_cell(title)}" for name, title in SETTING_NAMES.items()},
        **{name: layout.structured(table, table.key[0]) for name, table in lists.items()},
    }
