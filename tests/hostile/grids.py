"""Sheets that lie about the grid, and XML made to cost a parser more than its length."""

from __future__ import annotations

import random

from .model import SHEET, STYLES, WORKBOOK, Case, changed, with_strings, zipped

_END = "</row></sheetData>"
_COMMENT = "<!-- through the parser -->"


def _row(number: str) -> Case:
    words = "row number" if len(number) < 11 else ""
    return Case(f"row-{number}", changed(SHEET, '<row r="2">', f'<row r="{number}">'), words)


def _column(name: str) -> Case:
    return Case(f"column-{name[:9]}", changed(SHEET, 'r="D2"', f'r="{name}2"'), "addressed")


def _in_sheet(name: str, xml: str, words: str | None, *, after: str = "") -> Case:
    """Something behind the last cell of the last row; `after` comes behind the sheet data."""
    return Case(name, changed(SHEET, _END, f"{xml}</row></sheetData>{after}"), words)


def _strings(name: str, strings: str, words: str | None) -> Case:
    return Case(name, lambda: zipped(with_strings(strings)), words)


def _index(raw: str) -> Case:
    content = with_strings("<si><t>Backup</t></si>")
    return Case(
        f"string-{raw[:12]}", changed(SHEET, "<v>0</v>", f"<v>{raw}</v>", content), "that its type 's' does not allow"
    )


def _styles(name: str, xml: str, words: str | None) -> Case:
    return Case(name, changed(STYLES, "<cellXfs", f"{xml}<cellXfs"), words)


_FORMATS = "".join(f'<xf numFmtId="{n % 60}" fontId="0" fillId="0" borderId="0"/>' for n in range(70_000))
_MERGES = "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(3, 1_000_003))
_LONG = random.Random(1).randbytes(1_500_000).hex()  # noqa: S311 - filling, not secrets
_DEEP = "<d>" * 100_000

CASES = [
    *(_row(number) for number in ("0", "1048577", "999999999", "9999999999", "99999999999999999999")),
    *(_column(name) for name in ("XFE", "AAAA", "ABCDEFGHI", "A" * 5000, "1", "d")),
    Case("row-twice", changed(SHEET, _END, '</row><row r="2"><c r="D2"><v>99</v></c></row></sheetData>'), "row 2 stored twice"),
    Case("row-twice-out-of-order",
         changed(SHEET, _END, '</row><row r="9"><c r="A9"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>'
                 '<row r="9"><c r="A9"><v>1</v></c></row></sheetData>'), "row 9 stored twice"),
    _in_sheet("cell-twice", '<c r="D2"><v>99</v></c>', "the same cell twice"),
    _in_sheet("cell-at-the-edge", '<c r="XFD2"/>', None),
    _in_sheet("cells-beyond-the-grid", "<c/>" * 20_000, "cells in a row"),
    _in_sheet("cells-without-an-end", "<c x='1'>" * 300_000, ""),
    _in_sheet("cells-without-a-bracket", "<c " * 300_000, ""),
    _in_sheet("cells-with-false-ends", "/>" * 200_000 + "<c " * 200_000 + ">", ""),
    _in_sheet("texts-without-a-bracket", '<c r="E2" t="inlineStr"><is>' + "<t " * 300_000 + "><x></is></c>", ""),
    _in_sheet("hints-without-an-end", '<c r="E2" t="inlineStr"><is>' + "<rPh>" * 300_000 + "</is></c>", ""),
    _in_sheet("deep-row", f"{_COMMENT}{_DEEP}", ""),
    _in_sheet("long-attribute-in-a-cell", f'<c r="E2" x="{_LONG}"/>', None),
    _in_sheet("long-attribute-through-the-parser", f'{_COMMENT}<c r="E2" x="{_LONG}"/>', "of more than"),
    _in_sheet("million-merges", "", None, after=f"<mergeCells>{_MERGES}</mergeCells>"),
    _in_sheet("merge-beyond-the-grid", "", None, after='<mergeCells><mergeCell ref="A3:XFD9999999"/></mergeCells>'),
    _in_sheet("no-end-of-rows", "</row>" * 10, ""),
    Case("dimension-of-the-whole-grid", changed(SHEET, "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'), None),
    Case("dimension-of-nonsense", changed(SHEET, "<sheetData>", '<dimension ref="ZZZZ0:-1"/><sheetData>'), None),
    Case("columns-without-end", changed(SHEET, "<sheetData>", '<cols><col min="1" max="999999999"/></cols><sheetData>'), None),
    Case("style-beyond", changed(SHEET, '<c r="D2">', '<c r="D2" s="999999999">'), None),
    Case("style-negative", changed(SHEET, '<c r="D2">', '<c r="D2" s="-1">'), None),
    Case("number-of-a-megabyte", changed(SHEET, "<v>12.5</v>", f"<v>{'9' * 1_000_000}</v>"), ""),
    Case("number-of-nonsense", changed(SHEET, "<v>12.5</v>", "<v>0x10</v>"), "stored as a number"),
    Case("text-of-a-megabyte", changed(SHEET, "Backup", "B" * 1_100_000), ""),
    Case("rows-as-text", changed(SHEET, "Backup", "&lt;row r=&quot;7&quot;&gt;"), ""),
    *(_index(raw) for raw in ("-1", "1", "999999999", "9" * 400, "0x0", "1.5", "\u0660")),
    _strings("strings-without-an-end", "<si>" * 500_000, ""),
    _strings("strings-with-false-ends", "<si/>" * 3 + "<si x='/>' " * 200_000, ""),
    _strings("strings-of-nothing", "<si><t>Backup</t></si>" + "<si/>" * 300_000, None),
    _strings("strings-with-hints", "<si><t>Back</t><rPh sb='0' eb='1'><t>x</t></rPh><r><t>up</t></r></si>", None),
    _strings("strings-with-open-hints", "<si><t>Backup</t>" + "<rPh " * 200_000 + "</si>", ""),
    _strings("strings-with-half-a-character", "<si><t>_xD800_</t></si>", "cannot be decoded"),
    _strings("strings-with-an-entity", "<si><t>&nbsp;</t></si>", ""),
    _styles("format-of-brackets", f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 1_000_000}"/></numFmts>', None),
    _styles("format-of-backslashes", f'<numFmts><numFmt numFmtId="164" formatCode="{chr(92) * 900_000}"/></numFmts>', None),
    _styles("styles-too-many", "<x>" + "<a/>" * 10 + "</x>", None),
    Case("styles-70000", changed(STYLES, "</cellXfs>", f"{_FORMATS}</cellXfs>"), None),
    Case("deep-workbook", changed(WORKBOOK, "<sheets>", f"{_DEEP}<sheets>"), "nested more than 256 deep"),
    Case("long-attribute-in-workbook", changed(WORKBOOK, "<sheets>", f'<x y="{"x" * 8_000_000}"/><sheets>'), ""),
    Case("long-text-in-workbook", changed(WORKBOOK, "<sheets>", f"<x>{'xy ' * 2_000_000}</x><sheets>"), ""),
    Case("many-sheets", changed(WORKBOOK, "<sheets>", "<sheets>" + '<sheet name="x" sheetId="9" r:id="rId77"/>' * 50_000), None),
    Case("same-sheet-often", changed(WORKBOOK, "</sheets>", '<sheet name="x" sheetId="9" r:id="rId1"/>' * 2 + "</sheets>"), ""),
]  # fmt: skip
