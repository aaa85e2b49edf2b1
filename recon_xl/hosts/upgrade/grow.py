"""What the tabs lack that a workbook has already: columns, settings, checks, drop-downs, formats, and their places on Layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recon_xl.contract import EVERY_TABLE, Table
from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.mapping import SETTINGS
from recon_xl.contract.places import (
    LAYOUT_SHEET,
)
from recon_xl.core.cells import Value
from recon_xl.hosts.upgrade.layout import fill_layout
from recon_xl.hosts.upgrade.plan import SETTING, Plan
from recon_xl.hosts.upgrade.start import renew_start
from recon_xl.ooxml.book import TableInfo, read_book
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.sheettext import SheetText
from recon_xl.ooxml.splice import Splice
from recon_xl.ooxml.splicecolumns import widened, with_columns
from recon_xl.ooxml.splicerules import Places, with_rules
from recon_xl.ooxml.splicexml import plain_form
from recon_xl.ooxml.tablepart import resized


@dataclass(frozen=True, slots=True)
class Grown:
    """The edited workbook, the tabs that were brought up to the template, and what stayed although it differs."""

    editor: WorkbookEditor
    renewed: tuple[str, ...]
    notes: tuple[str, ...]


def grow(splice: Splice, plan: Plan) -> Grown:
    """Bring the tabs that were there up to the template."""
    old = [table for table in EVERY_TABLE if table.sheet not in plan.sheets]
    for table in old:
        if table.name in plan.columns:
            _add_columns(splice, table, plan.columns[table.name])
    if plan.settings:
        _add_settings(splice, plan.settings)
    rules = tuple(table.sheet for table in old if _add_rules(splice, table)) if plan.is_ours else ()
    start, notes = renew_start(splice, plan)
    if plan.is_ours and (plan.columns or plan.sheets):
        _renew_layout(splice, plan)
    editor = WorkbookEditor(splice.target)
    if plan.sheets or plan.columns or plan.settings:
        fill_layout(editor, date1904=read_book(splice.target).date1904)
    return Grown(editor, (*((START_SHEET,) if start else ()), *rules), notes)


@dataclass(frozen=True, slots=True)
class _Both:
    """A table with its sheet, in the workbook and in the template; the template's is styled for the workbook."""

    info: TableInfo
    part: str
    sheet: SheetText
    made: TableInfo
    made_sheet: SheetText
    made_part: str


def _both(splice: Splice, table: Table) -> _Both:
    book, ours = read_book(splice.target), splice.scaffold_book
    info = next(info for name, info in book.tables.items() if name.casefold() == table.excel_name.casefold())
    made = ours.tables[table.excel_name]
    part = book.sheet(info.sheet, splice.target.where).part
    text = splice.sheet_text(ours.sheet(made.sheet, ""), splice.styles)
    return _Both(
        info, part, SheetText.parse(splice.target.read(part), f"{splice.target.where} > {info.sheet}"),
        made, SheetText.parse(text.encode(), made.sheet), splice.part_text(made.part),
    )  # fmt: skip


def _add_columns(splice: Splice, table: Table, names: tuple[str, ...]) -> None:
    both = _both(splice, table)
    columns = [both.made.first_col + both.made.columns.index(name) for name in names]
    sheet, wider = with_columns(both.sheet, both.info, both.made_sheet, both.made, columns)
    splice.target.replace(both.part, sheet.pieces())
    text = plain_form(splice.target.read(wider.part), f"{splice.target.where} > {wider.part}").decode()
    splice.target.replace(wider.part, resized(widened(text, wider, both.made_part, names).encode(), wider))


def _add_settings(splice: Splice, titles: tuple[str, ...]) -> None:
    """Rows at the end of the table, formatted as in the template."""
    both = _both(splice, SETTINGS)
    made = {str(row[0]): (number, row) for number, row in _rows(both.made_sheet, both.made)}
    width = range(len(both.made.columns))
    editor = WorkbookEditor(splice.target)
    rows: list[list[Value]] = [[_value(made[title][1], place) for place in width] for title in titles]
    editor.edit_rows(both.info.name, columns=both.made.columns, append=rows)
    package = editor.package()
    last = editor.tables[both.info.name].last_data_row
    pairs = {last - len(titles) + number: made[title][0] for number, title in enumerate(titles, 1)}
    sheet = SheetText.parse(package.read(both.part), both.sheet.where)
    package.replace(both.part, _dressed(sheet, both, pairs).pieces())


def _dressed(sheet: SheetText, both: _Both, pairs: dict[int, int]) -> SheetText:
    """Rows with the look of the template's: row of the sheet -> row of the template."""
    before, rows, after = sheet.split(min(pairs), max(pairs))
    _before, patterns, _after = both.made_sheet.split(both.made.first_data_row, both.made.last_data_row)
    by_number = {row.number: row for row in patterns}
    out = []
    for row in rows:
        pattern = by_number[pairs[row.number]]
        styles = {cell.column: cell.style for cell in both.made_sheet.cells(pattern)}
        shift = both.info.first_col - both.made.first_col
        cells = [
            cell._replace(attrs=f' s="{style}"{_without_style(cell.attrs)}')
            if (style := styles.get(cell.column - shift))
            else cell
            for cell in sheet.cells(row)
        ]
        inner = "".join(cell.xml(row.number) for cell in cells)
        out.append(row._replace(attrs=pattern.attrs, inner=inner).xml())
    return sheet.with_rows(before, out, after)


def _without_style(attrs: str) -> str:
    head, mark, rest = attrs.partition(' s="')
    return head + rest.partition('"')[2] if mark else attrs


def _value(row: list[Value], place: int) -> Value:
    return row[place] if place < len(row) else None


def _rows(sheet: SheetText, info: TableInfo) -> Iterator[tuple[int, list[Value]]]:
    """The rows of a table of the template, whose cells are text."""
    reader = CellReader(sheet.where, [], frozenset())
    _before, rows, _after = sheet.split(info.first_data_row, info.last_data_row)
    for row in rows:
        yield row.number, [str(cell) if cell is not None else None for cell in reader.row(row.number, row.inner)]


def _add_rules(splice: Splice, table: Table) -> bool:
    both = _both(splice, table)
    at = {name: both.info.first_col + place for name, place in table.match_headers(list(both.info.columns)).items()}
    columns = {both.made.first_col + place: at[name] for place, name in enumerate(both.made.columns) if name in at}
    rows = _setting_rows(splice, both) if table.name == SETTINGS.name else {both.made.first_row: both.info.first_row}
    sheet = with_rules(both.sheet, both.made_sheet, Places(columns, rows))
    if sheet == both.sheet:
        return False
    splice.target.replace(both.part, sheet.pieces())
    return True


def _setting_rows(splice: Splice, both: _Both) -> dict[int, int]:
    """Row of the template -> row of the workbook, for each setting, and for the header."""
    reader = CellReader(both.sheet.where, splice.strings, frozenset())
    place = both.info.first_col - 1 + both.info.columns.index(SETTING)
    _before, rows, _after = both.sheet.split(both.info.first_data_row, both.info.last_data_row)
    cells = ((row.number, reader.row(row.number, row.inner)) for row in rows)
    there = {str(row[place]).strip().casefold(): number for number, row in cells if len(row) > place}
    made = {str(row[0]).casefold(): number for number, row in _rows(both.made_sheet, both.made)}
    found = {number: there[title] for title, number in made.items() if title in there}
    return {both.made.first_row: both.info.first_row, **found}


def _renew_layout(splice: Splice, plan: Plan) -> None:
    """The hidden Layout sheet is a program's alone: it is as the template has it."""
    if LAYOUT_SHEET in plan.sheets:
        return
    sheet = splice.scaffold_book.sheet(LAYOUT_SHEET, "")
    part = read_book(splice.target).sheet(LAYOUT_SHEET, splice.target.where).part
    splice.target.replace(part, splice.sheet_text(sheet, splice.styles).encode())
