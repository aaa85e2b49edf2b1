"""A workbook of an earlier version gets what it lacks, and keeps what the user put into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook import small

from lossless import proof
from lossless.earlier import TEMPLATE, earlier_book
from lossless.story import call
from lossless.zipped import Edit
from recon_xl.contract import ALL_TABLES, setting_fields
from recon_xl.contract.places import ANCHOR_AREA, LAYOUT_AREA, LAYOUT_SHEET, read_places
from recon_xl.hosts.file import FileHost
from recon_xl.ooxml import open_workbook


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The earlier workbook, the upgraded one, and what was said."""
    folder = tmp_path_factory.mktemp("earlier")
    before, after = earlier_book(folder / "before.xlsx"), folder / "after.xlsx"
    return before, after, call("upgrade", before, "--out", after)


def test_it_says_what_it_adds(upgraded: tuple[Path, Path, str]) -> None:
    """Tabs, columns and settings by name."""
    said = upgraded[2]
    assert "tabs: Usage, Layout" in said
    assert "columns of Counts: " in said
    assert "columns of Draft Lines: " in said
    assert f"settings: {', '.join(one['setting'] for one in setting_fields()[-3:])}" in said


def test_the_workbook_has_every_table_column_and_setting(upgraded: tuple[Path, Path, str]) -> None:
    """As a run reads it."""
    snapshot = FileHost(upgraded[1]).read()
    for table in ALL_TABLES:
        assert set(table.match_headers(list(snapshot.tables[table.name].columns))) == set(table.column_names)
    settings = [str(row[0]) for _number, row in snapshot.tables["Settings"].rows]
    assert settings == [one["setting"] for one in setting_fields()]


def test_what_was_added_looks_and_checks_as_in_a_new_workbook(upgraded: tuple[Path, Path, str]) -> None:
    """Cell styles, widths, drop-downs and totals of the new columns and settings."""
    made, now = load_workbook(TEMPLATE), load_workbook(upgraded[1])
    for tab, last in (("Settings", "B"), ("Counts", "B"), ("Draft Lines", "X")):
        for row in range(5, made[tab].max_row + 1):
            cells = [sheet[f"{last}{row}"] for sheet in (made[tab], now[tab])]
            assert cells[0].style == cells[1].style
            assert cells[0].number_format == cells[1].number_format
    for tab in ("Counts", "Draft Lines", "Settings"):
        assert checked_cells(made[tab]) == checked_cells(now[tab])
        assert made[tab].column_dimensions["B"].width == now[tab].column_dimensions["B"].width
    tables = [next(iter(book["Draft Lines"].tables.values())) for book in (made, now)]
    assert tables[0].ref == tables[1].ref


def checked_cells(sheet: Any) -> set[tuple[object, ...]]:
    """What each check asks of which column and row; a check over four cells is four checks of one."""
    rules = [(rule, area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges]
    return {
        (rule.type, rule.formula1, column, row)
        for rule, area in rules
        for column in range(area.min_col, area.max_col + 1)
        for row in ({area.min_row, area.max_row} if is_long(area) else range(area.min_row, area.max_row + 1))
    }


def is_long(area: Any) -> bool:
    """True for a check over all rows of a table."""
    return bool(area.max_row - area.min_row > 1000)


def test_start_is_of_this_version_and_keeps_what_was_filled(upgraded: tuple[Path, Path, str]) -> None:
    """Its list of tabs is whole, its chart is there, and the sign-off stands."""
    made, now = load_workbook(TEMPLATE)["Start"], load_workbook(upgraded[1])["Start"]
    assert "brought up to date: Start" in upgraded[2]
    assert [now.cell(row, 1).value for row in range(20, 121)] == [made.cell(row, 1).value for row in range(20, 121)]
    assert now["B17"].value == "A. Preparer"
    assert len(now._charts) == len(made._charts) == 1


def test_a_start_with_something_of_the_users_stays(tmp_path: Path) -> None:
    """And the upgrade says what stands there, and how to get the new one."""
    book = load_workbook(earlier_book(tmp_path / "before.xlsx"))
    book["Start"]["N3"] = "ask Fabrikam"
    book.save(tmp_path / "before.xlsx")
    said = call("upgrade", tmp_path / "before.xlsx", "--out", tmp_path / "after.xlsx")
    assert "holds something of yours (N3), so it stays as it is" in said
    assert load_workbook(tmp_path / "after.xlsx")["Start"]["N3"].value == "ask Fabrikam"


def test_what_the_user_wrote_is_there(upgraded: tuple[Path, Path, str]) -> None:
    """Rows, a note beside a table, an own tab in front, the period."""
    now = load_workbook(upgraded[1])
    assert now.sheetnames[0] == "Our notes"
    assert [now["Customers"][ref].value for ref in ("A6", "B6", "V9")] == ["Contoso", "CON", "beside the table"]
    assert now["Settings"]["B7"].value == "2026-10"
    assert proof.new_faults(upgraded[0], upgraded[1]) == []


def test_a_second_upgrade_changes_nothing(upgraded: tuple[Path, Path, str], tmp_path: Path) -> None:
    """The same bytes, not even written; a copy where one is asked for."""
    book = upgraded[1]
    held, when = book.read_bytes(), book.stat().st_mtime_ns
    assert "lacks nothing" in call("upgrade", book)
    assert (book.read_bytes(), book.stat().st_mtime_ns) == (held, when)
    call("upgrade", book, "--out", tmp_path / "copy.xlsx")
    assert (tmp_path / "copy.xlsx").read_bytes() == held


def test_a_month_is_closed_in_it(upgraded: tuple[Path, Path, str], tmp_path: Path) -> None:
    """Import and run find everything that they write into."""
    book = tmp_path / "month.xlsx"
    book.write_bytes(upgraded[1].read_bytes())
    call("import", book, *small.write_files(tmp_path / "files"), "--replace")
    assert "24.00 USD" in call("run", book, expected=1)


def test_layout_says_where_every_table_stands(upgraded: tuple[Path, Path, str]) -> None:
    """As the button reads it: the tables, wider or new, and how many sheets there are."""
    values, formulas = (load_workbook(upgraded[1], data_only=shown) for shown in (True, False))
    rows = [[cell.value for cell in row] for row in values[LAYOUT_SHEET][LAYOUT_AREA]]
    places = read_places(rows, [[cell.value for cell in row] for row in formulas[LAYOUT_SHEET][ANCHOR_AREA]])
    with open_workbook(upgraded[1]) as book:
        for table in ALL_TABLES:
            info, place = book.tables[table.excel_name], places.tables[table.name]
            stands = (info.sheet, info.first_row, info.first_col, info.last_col, info.last_data_row)
            assert stands == (place.sheet, place.header_row, place.first_column, place.last_column, place.last_data_row)
            assert place.is_as_made
    assert places.sheet_count == len(values.sheetnames)


def test_rules_in_another_programs_spelling_are_the_same_rules(tmp_path: Path) -> None:
    """LibreOffice escapes the quotes in formulas: no rule comes in twice."""
    book = tmp_path / "own.xlsx"
    book.write_bytes(TEMPLATE.read_bytes())
    edit = Edit(book)
    for name in [name for name in edit.parts if name.startswith("xl/worksheets/sheet")]:
        text = edit.parts[name].decode()
        escaped = re.sub(r"(?<=<formula>)[^<]*", lambda match: match[0].replace('"', "&quot;"), text)
        edit.parts[name] = escaped.encode()
    assert "lacks nothing" in call("upgrade", edit.save(), "--dry-run")


def test_the_template_itself_lacks_nothing() -> None:
    """Nor does the sample workbook."""
    for name in ("month_end.xlsx", "month_end_sample.xlsx"):
        assert "lacks nothing" in call("upgrade", TEMPLATE.with_name(name), "--dry-run")
