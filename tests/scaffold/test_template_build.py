"""The committed template is what the builder makes, and what Excel accepts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from recon_xl.scaffold import package
from recon_xl.scaffold.__main__ import main
from recon_xl.scaffold.workbook import build, defined_names

if TYPE_CHECKING:
    import pytest
    from openpyxl.workbook import Workbook


def _parts(path: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(path) as package_file:
        return [(entry.filename, entry.date_time, package_file.read(entry)) for entry in package_file.infolist()]


def test_the_committed_template_is_the_built_one(template_path: Path, tmp_path: Path) -> None:
    """Rebuilding gives every part of the committed template, byte for byte."""
    build(tmp_path / "again.xlsx")
    assert _parts(template_path) == _parts(tmp_path / "again.xlsx")


def test_two_builds_are_the_same_file(tmp_path: Path) -> None:
    """The builder depends on nothing but the contract."""
    build(tmp_path / "one.xlsx")
    build(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a folder the command says how it is used; with one it writes both workbooks."""
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 0
    assert {"month_end.xlsx", "month_end_sample.xlsx"} == {path.name for path in tmp_path.iterdir()}


def test_the_committed_sample_is_the_built_one(tmp_path: Path) -> None:
    """Part by part: the sample workbook is imported and reconciled anew."""
    assert main([str(tmp_path)]) == 0
    committed = Path(__file__).parents[2] / "workbook_templates" / "month_end_sample.xlsx"
    parts = []
    for path in (committed, tmp_path / "month_end_sample.xlsx"):
        with zipfile.ZipFile(path) as book:
            parts.append({name: book.read(name) for name in book.namelist()})
    assert parts[0] == parts[1]


def test_every_formula_has_a_cached_value(template_path: Path) -> None:
    """A viewer that does not calculate shows the truth of a blank workbook."""
    for name, _, data in _parts(template_path):
        if name.startswith("xl/worksheets/sheet"):
            cells = re.findall(r"<f>[^<]*</f>(<v>[^<]*</v>)?", data.decode())
            assert all(cells), name


def test_cached_values_are_known_formulas(template: Workbook) -> None:
    """Each cached value belongs to a formula that is in the template."""
    formulas = {
        cell.value[1:] for sheet in template for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }
    assert set(package.cached_values()) <= formulas


def test_no_links_to_the_outside(template_path: Path) -> None:
    """The workbook has no external links, no macros and no connections."""
    names = [name for name, _, _ in _parts(template_path)]
    assert not [name for name in names if re.search("externalLink|vbaProject|connections|queryTable", name)]
    for name, _, data in _parts(template_path):
        assert not name.endswith(".rels") or b'TargetMode="External"' not in data


def test_defined_names_resolve(template: Workbook) -> None:
    """Every name points at a cell that exists, or at a column of a table."""
    columns = {
        f"{excel.name}[{column.name}]"
        for sheet in template
        for excel in sheet.tables.values()
        for column in excel.tableColumns
    }
    assert {"MasterCheck", "Period", "BaseCurrency", "Company", "CustomerList", "ProductList"} == set(defined_names())
    for name, reference in defined_names().items():
        assert reference == template.defined_names[name].attr_text
        if reference not in columns:
            sheet, cell = reference.split("!")
            assert template[sheet][cell.replace("$", "")].style in {"Figure", "Input Cell"}


def test_the_workbook_opens_on_start(template: Workbook) -> None:
    """Start is in front with A1 selected, and no other tab is selected with it."""
    assert template.sheetnames[0] == template.active.title == "Start"
    assert template["Start"].sheet_view.selection[0].activeCell == "A1"
    assert [sheet.title for sheet in template if sheet.sheet_view.tabSelected] == ["Start"]
    assert template.calculation.fullCalcOnLoad is True
