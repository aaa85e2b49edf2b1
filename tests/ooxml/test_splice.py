"""The pieces of the splice: formats appended, parts spelled anew, sheets brought into another workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import splicestyles
from recon_xl.ooxml.splicesheet import in_1904, restyled, with_table_id
from recon_xl.ooxml.splicestyles import EMPTY_STYLES, StyleGraft
from recon_xl.ooxml.splicexml import plain_form, sections

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"
OURS = zipfile.ZipFile(TEMPLATE).read("xl/styles.xml")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def items(styles: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of a list's formats."""
    return next(([item.attrs for item in one.items] for one in sections(styles, "styles") if one.name == name), [])


def theirs(**parts: str) -> bytes:
    """A user's style part in which some lists have more entries."""
    text = EMPTY_STYLES.decode()
    for name, entries in parts.items():
        text = text.replace(f"</{name}>", f"{entries}</{name}>")
    return text.encode()


def test_formats_are_appended_once() -> None:
    """The user's keep their places; a second graft finds all of ours."""
    first = StyleGraft(OURS, EMPTY_STYLES, "own.xlsx")
    second = StyleGraft(OURS, first.result, "own.xlsx")
    assert second.result == first.result
    assert (second.cell_formats, second.diff_formats) == (first.cell_formats, first.diff_formats)
    assert items(first.result, "cellXfs")[0] == items(EMPTY_STYLES, "cellXfs")[0]
    assert len(items(first.result, "dxfs")) == len(set(first.diff_formats.values()))


def test_lists_that_were_missing_stand_where_the_file_format_wants_them() -> None:
    """Number formats come first, formats of rules after the named styles."""
    found = [one.name for one in sections(StyleGraft(OURS, EMPTY_STYLES, "own.xlsx").result, "styles")]
    assert found == ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"]


def test_an_empty_tag_is_filled() -> None:
    """`<dxfs count="0"/>`, as LibreOffice writes it."""
    styles = EMPTY_STYLES.replace(b"</styleSheet>", b'<dxfs count="0"/></styleSheet>')
    graft = StyleGraft(OURS, styles, "own.xlsx")
    assert len(items(graft.result, "dxfs")) == len(set(graft.diff_formats.values()))
    assert b'<dxfs count="0"' not in graft.result


def test_a_named_style_of_the_users_stays_what_it_is() -> None:
    """Ours gets a name of its own, without the number that Excel knows its own styles by."""
    styles = theirs(
        cellStyleXfs='<xf numFmtId="0" fontId="0" fillId="1" borderId="0"/>',
        cellStyles='<cellStyle name="Notiz" xfId="1" builtinId="10"/><cellStyle name="heading" xfId="1"/>',
    )
    graft = StyleGraft(OURS, styles, "own.xlsx")
    names = {item["name"]: item for item in items(graft.result, "cellStyles")}
    assert names["Notiz"]["xfId"] == names["heading"]["xfId"] == "1"
    assert "builtinId" not in names["Note (recon-xl)"]
    assert "Heading (recon-xl)" in names
    assert StyleGraft(OURS, graft.result, "own.xlsx").result == graft.result


def test_in_a_workbook_of_ours_a_style_is_meant_by_its_name() -> None:
    """Excel spells the styles anew at every save: no twins come in."""
    once = StyleGraft(OURS, EMPTY_STYLES, "own.xlsx").result
    saved = once.replace(b'<name val="Calibri"/>', b'<name val="Calibri"/><family val="2"/>')
    again = StyleGraft(OURS, saved, "own.xlsx", is_ours=True)
    assert not any("(recon-xl)" in item["name"] for item in items(again.result, "cellStyles"))


def test_number_formats_never_share_a_number() -> None:
    """Neither with the user's list, nor with formats inside the user's rules."""
    styles = theirs().replace(
        b"<fonts",
        b'<numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts><fonts',
    )
    rule = b'<dxfs count="1"><dxf><numFmt numFmtId="300" formatCode="0.0"/></dxf></dxfs></styleSheet>'
    result = StyleGraft(OURS, styles.replace(b"</styleSheet>", rule), "own.xlsx").result
    pairs = {(item["numFmtId"], item["formatCode"]) for item in items(result, "numFmts")}
    numbers = [number for number, _code in pairs]
    assert len(numbers) == len(set(numbers))
    assert "300" not in numbers
    assert ("170", "0.000") in pairs


def test_more_formats_than_excel_allows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.setattr(splicestyles, "MAX_CELL_FORMATS", 50)
    with pytest.raises(WorkbookError, match="more than 50 cell formats"):
        StyleGraft(OURS, EMPTY_STYLES, "own.xlsx")


def test_a_part_in_excels_spelling_comes_back_as_it_is() -> None:
    """The very same object: nothing is rewritten that need not be."""
    assert plain_form(OURS, "styles") is OURS


def test_another_spelling_says_the_same_and_declares_the_same() -> None:
    """Prefix, single quotes, a comment, UTF-16; a namespace that only `Ignorable` names stays declared."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:q="urn:q" mc:Ignorable="q"'
    text = f"<?xml version='1.0' encoding='UTF-16'?><x:a xmlns:x='{MAIN}' {mc}><!-- c --><x:b q:k='1 &amp; \"2\"'>t</x:b><x:c/></x:a>"
    spelled = plain_form(text.encode("utf-16"), "part").decode()
    assert spelled.endswith(f'<a xmlns="{MAIN}" {mc}><b q:k="1 &amp; &quot;2&quot;">t</b><c/></a>')


def test_two_namespaces_that_both_want_no_prefix_are_refused() -> None:
    """Nobody writes that; to guess would be to change the meaning."""
    with pytest.raises(WorkbookError, match="two namespaces"):
        plain_form(f'<x:a xmlns:x="{MAIN}" xmlns="urn:q"/>'.encode(), "part")


def test_a_document_type_is_refused() -> None:
    """No entity is ever expanded."""
    with pytest.raises(WorkbookError, match="DOCTYPE"):
        plain_form(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "part")


def test_a_sheet_gets_the_numbers_of_the_other_workbook() -> None:
    """Cells, rows, columns, rules; cells without a style get ours, because the other's first format is any."""
    sheet = '<col min="1" style="2"/><row r="1" s="2"><c r="A1" s="1"/><c r="B1" t="s"/></row><cfRule dxfId="0"/>'
    wanted = (
        '<col min="1" style="9"/><row r="1" s="9"><c r="A1" s="8"/><c s="7" r="B1" t="s"/></row><cfRule dxfId="5"/>'
    )
    assert restyled(sheet, {0: 7, 1: 8, 2: 9}, {0: 5}) == wanted
    assert restyled('<sheetView tabSelected="1" workbookViewId="0"/>', {0: 0}, {}) == '<sheetView workbookViewId="0"/>'


def test_days_in_checks_follow_the_date_system() -> None:
    """2026-10-03 is 46298 days from 1900 and 44836 from 1904; other numbers are not days."""
    days = '<dataValidation type="date" sqref="A1"><formula1>46298</formula1></dataValidation>'
    numbers = '<dataValidation type="whole" sqref="A2"><formula1>46298</formula1></dataValidation>'
    assert in_1904(days + numbers) == days.replace("46298", "44836") + numbers


def test_a_table_gets_an_id_of_its_own() -> None:
    """The ids of its columns stay."""
    assert (
        with_table_id('<table name="T" id="2"><tableColumn id="1"/>', 9)
        == '<table name="T" id="9"><tableColumn id="1"/>'
    )
