"""Every contract table has its tab, laid out as accountants expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recon_xl.contract import ALL_TABLES, Group, Kind, Owner, Table, layout, setting_fields, table
from recon_xl.contract.catalogue import START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.journal import JOURNAL
from recon_xl.contract.model import HEADER_ROW
from recon_xl.contract.places import LAYOUT_SHEET
from recon_xl.scaffold import styles, tables

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

EVERY = pytest.mark.parametrize("one", ALL_TABLES, ids=lambda one: one.name)


def test_tab_order(template: Workbook) -> None:
    """Start first, the contract's tabs in their order, and three hidden sheets, which Start lists."""
    assert [
        START_SHEET,
        *(one.sheet for one in ALL_TABLES),
        TEMPLATE_SHEET,
        LAYOUT_SHEET,
        JOURNAL.sheet,
    ] == template.sheetnames
    hidden = [sheet.title for sheet in template if sheet.sheet_state != "visible"]
    assert hidden == [TEMPLATE_SHEET, LAYOUT_SHEET, JOURNAL.sheet]
    words = [cell.value for cell in template[START_SHEET]["A"]]
    assert set(hidden) <= set(words)


@EVERY
def test_head_of_a_tab(template: Workbook, one: Table) -> None:
    """Title, purpose, master check, a way back, and a note on every column stand above the table."""
    sheet = template[one.sheet]
    assert one.name == sheet[layout.TITLE_CELL].value
    assert one.purpose == sheet[layout.PURPOSE_CELL].value
    assert sheet[layout.CHECK_CELL].value == "=MasterCheck"
    assert f"'{START_SHEET}'!A1" == sheet[layout.BACK_CELL].hyperlink.location
    for position, column in enumerate(one.columns, start=1):
        note = sheet.cell(layout.NOTES_ROW, position).value
        assert note.startswith(column.unit), column.name


@EVERY
def test_the_real_table(template: Workbook, one: Table) -> None:
    """A banded, filtered table of the contract's name and headers, with one first data row."""
    sheet = template[one.sheet]
    excel = sheet.tables[one.excel_name]
    last = layout.column_letter(len(one.columns))
    rows = len(setting_fields()) if one.name == "Settings" else 1
    total = int(layout.has_totals(one))
    assert f"A{HEADER_ROW}:{last}{HEADER_ROW + rows + total}" == excel.ref
    assert f"A{HEADER_ROW}:{last}{HEADER_ROW + rows}" == excel.autoFilter.ref
    assert list(one.column_names) == [column.name for column in excel.tableColumns]
    assert list(one.column_names) == [cell.value for cell in sheet[HEADER_ROW]][: len(one.columns)]
    assert (total or None) == excel.totalsRowCount
    assert excel.tableStyleInfo.showRowStripes


@EVERY
def test_cells_and_columns_look_the_same(template: Workbook, one: Table) -> None:
    """A row typed below the table looks like the first data row, by kind and by who fills it."""
    sheet = template[one.sheet]
    for position, column in enumerate(one.columns, start=1):
        letter = layout.column_letter(position)
        typed = sheet.column_dimensions[letter]
        assert styles.number_format(column.kind) == typed.number_format, column.name
        assert styles.cell_style(one, column) == template._named_styles[typed._style.xfId].name
        assert column.width + 0.71 == pytest.approx(typed.width)
        if one.name != "Settings":
            assert typed._style == sheet[f"{letter}{layout.FIRST_ROW}"]._style, column.name


@EVERY
def test_ids_are_text_and_numbers_stand_right(template: Workbook, one: Table) -> None:
    """Leading zeros stay, numbers line up, notes wrap, and everything is at the top of its row."""
    for position, column in enumerate(one.columns, start=1):
        dimension = template[one.sheet].column_dimensions[layout.column_letter(position)]
        if column.kind in {Kind.ID, Kind.LIST, Kind.MONTH}:
            assert dimension.number_format == "@"
        assert ("right" if column.is_numeric else "left") == dimension.alignment.horizontal
        assert (column.kind is Kind.NOTE) == bool(dimension.alignment.wrap_text)
        assert dimension.alignment.vertical == "top"


@EVERY
def test_panes_and_print(template: Workbook, one: Table) -> None:
    """Header and key stay in view; pages fit in width, repeat the header, and are numbered."""
    sheet = template[one.sheet]
    frozen = layout.column_letter(tables.frozen_columns(one) + 1)
    assert f"{frozen}{layout.FIRST_ROW}" == sheet.freeze_panes
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert f"${HEADER_ROW}:${HEADER_ROW}" == sheet.print_title_rows
    assert sheet.oddHeader.right.text == "&A"
    assert sheet.oddFooter.right.text == "Page &P of &N"


@EVERY
def test_tab_colours(template: Workbook, one: Table) -> None:
    """The colour of a tab says which part of the workbook it is."""
    assert f"FF{styles.TAB_COLOURS[one.group]}" == template[one.sheet].sheet_properties.tabColor.rgb
    assert len(set(styles.TAB_COLOURS.values())) == len(Group)


def test_totals_rows(template: Workbook) -> None:
    """A totals row is labelled, and holds the contract's formulas both in the cells and in the table."""
    for one in filter(layout.has_totals, ALL_TABLES):
        sheet = template[one.sheet]
        excel = sheet.tables[one.excel_name]
        assert layout.TOTAL_LABEL == excel.tableColumns[0].totalsRowLabel == sheet["A7"].value
        formulas = layout.totals_formulas(one)
        shown = {name: sheet.cell(7, n).value for n, name in enumerate(one.column_names, start=1) if name in formulas}
        assert {name: f"={formula}" for name, formula in formulas.items()} == shown
        in_table = {c.name: c.totalsRowFormula.attr_text for c in excel.tableColumns if c.totalsRowFormula}
        assert formulas == in_table


def test_no_merged_cells(template: Workbook) -> None:
    """Not one merged cell in the workbook."""
    assert not [sheet.title for sheet in template if sheet.merged_cells.ranges]


def test_every_cell_has_a_named_style(template: Workbook) -> None:
    """Nothing is formatted by hand only: every filled cell carries a named style of ours."""
    for sheet in template:
        bare = [c.coordinate for row in sheet.iter_rows() for c in row if c.value is not None and c.style == "Normal"]
        assert not bare, sheet.title


def test_vendor_lines_outline(template: Workbook) -> None:
    """Columns that are rarely read are grouped, open, and never the ones that a reconciliation rests on."""
    vendor = table("Vendor Lines")
    sheet = template[vendor.sheet]
    assert set(vendor.column_names) >= tables.MOST_USED
    grouped = {
        column.name
        for position, column in enumerate(vendor.columns, start=1)
        if sheet.column_dimensions[layout.column_letter(position)].outlineLevel
    }
    assert set(vendor.column_names) - tables.MOST_USED == grouped
    assert not [letter for letter, dimension in sheet.column_dimensions.items() if dimension.hidden]


def test_settings_are_filled(template: Workbook) -> None:
    """Each setting has its row, and no value yet."""
    sheet = template["Settings"]
    for row, setting in enumerate(setting_fields(), start=layout.FIRST_ROW):
        shown = [sheet.cell(row, position).value for position in range(1, 6)]
        assert [setting["setting"], None, setting["default"] or None, setting["unit"], setting["meaning"]] == shown


def test_only_inputs_are_unlocked(template: Workbook) -> None:
    """If the user protects a sheet, inputs stay open and results do not."""
    for one in ALL_TABLES:
        for position, column in enumerate(one.columns, start=1):
            dimension = template[one.sheet].column_dimensions[layout.column_letter(position)]
            assert (column.owner is not Owner.USER) == dimension.protection.locked


def _locations(sheet: Worksheet) -> set[str]:
    return {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_links_reach_their_tabs(template: Workbook) -> None:
    """Start links to every tab, and no link leads nowhere."""
    assert {f"'{one.sheet}'!A1" for one in ALL_TABLES} <= _locations(template[START_SHEET])
    for sheet in template:
        assert all(place.split("!")[0].strip("'") in template.sheetnames for place in _locations(sheet))
