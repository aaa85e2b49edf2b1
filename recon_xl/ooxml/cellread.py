"""Turns the raw XML of cells into `Cell` values: the one place that interprets what a workbook stores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from recon_xl.core.cells import Cell, DateText, ErrorText, NumberText, PercentText
from recon_xl.core.errors import InputError
from recon_xl.ooxml.address import COLUMN_NUMBERS, MAX_COLUMN, MAX_ROW, cell_ref
from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.rawxml import NotPlainError, read_part
from recon_xl.ooxml.xmltext import excel_unescape, unescape

# Groups: address, style, type, other attributes, then one of: stored value, inline text, any other content.
_CELL = re.compile(
    r'<c(?: r="([^"]*)")?(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?([^>]*?)'
    r'(?:/>|>(?:<v>([^<]+)</v>|<is><t(?: xml:space="preserve")?>([^<]+)</t></is>|(.*?))</c>)',
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# None of these looks past the next "<" for the end of a tag, so that broken tags cost no more than their length.
_LAST_CELLS = re.compile(r"(?:[^<]++|<(?!c)|<c[^<>]*+(?<=/)>)*+").fullmatch
_VALUE = re.compile(r"<v(?:\s[^<>]*+)?>([^<]*+)</v>|<v\s*+/>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>|<phoneticPr\b[^<>]*+>", re.DOTALL)
_NO_PHONETIC = re.compile(r"<rPh\b[^<>]*+(?<=/)>|<phoneticPr\b[^<>]*+>")
_TEXT = re.compile(r"<t(?:\s[^<>]*+)?>([^<]*+)</t>")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_NO_TEXT = re.compile(r"<si(?:\s[^<>]*+|/)(?<=/)>")
_SHARED = re.compile(r"<si(?:\s[^<>]*)?(?:/>|>(?:<t(?: xml:space=\"preserve\")?>([^<]*)</t>|(.*?))</si>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads rows of one sheet: `where` is `file > sheet`; numbers in `percent` styles become `PercentText`.

    Numbers in `dates` styles become `DateText`. `formulas` collects the addresses of cells with a formula.
    """

    where: str
    strings: Sequence[str]
    percent: frozenset[str]
    dates: frozenset[str] = frozenset()
    formulas: list[str] = field(default_factory=list)

    def row(self, number: int, inner: str) -> list[Cell]:
        """All cells of a row from column A on; a gap is None. Refuses what cannot be read without guessing."""
        cells: list[Cell] = []
        found = self._found(number, inner)
        row_text = str(number)
        cut = -len(row_text)
        for usual_ref, usual_style, usual_kind, other, value, text, body in found:
            ref, style, kind = usual_ref, usual_style, usual_kind
            if other:
                ref, style, kind = _attributes(ref, style, kind, other)
            if text and "&" not in text and "_x" not in text:
                cell: Cell = text
            elif value or text:
                cell = self._value(number, ref, style, kind, value or text)
            else:
                cell = self._unusual(number, ref, style, kind, body) if body else None
            column = COLUMN_NUMBERS.get(ref[:cut]) if ref else len(cells) + 1
            if column is None or column > MAX_COLUMN or (ref and ref[cut:] != row_text):
                raise self._refuse(ref, f"a cell addressed {ref!r} in row {number}", "an address inside the grid")
            if column == len(cells) + 1:
                cells.append(cell)
            else:
                self._place(cells, number, column, cell)
        return cells

    def _found(self, number: int, inner: str) -> list[tuple[str, ...]]:
        """The pieces of each cell; every `<c` is one of them."""
        count = inner.count("<c")
        if not 1 <= number <= MAX_ROW:
            raise self._refuse(f"row {number}", f"row number {number}", f"a row between 1 and {MAX_ROW:,}")
        if count > MAX_COLUMN:
            raise self._refuse(f"row {number}", f"{count:,} cells in a row", f"{MAX_COLUMN:,} at most")
        # Where no cell ends any more, each that begins would be searched for its end.
        if not _LAST_CELLS(inner, inner.rfind("</c>") + 1):
            raise NotPlainError
        found: list[tuple[str, ...]] = _CELL.findall(inner)
        if len(found) != count:
            raise NotPlainError
        return found

    def _place(self, cells: list[Cell], number: int, column: int, cell: Cell) -> None:
        """Put a cell after a gap, or between cells already read when they are out of order."""
        cells.extend([None] * (column - len(cells)))
        if cells[column - 1] is not None:
            ref = cell_ref(number, column)
            raise self._refuse(ref, "the same cell twice", "each cell once")
        cells[column - 1] = cell

    def _value(self, number: int, ref: str, style: str, kind: str, raw: str) -> Cell:
        """Return the meaning of a stored value of the given type."""
        if kind in {"", "n"}:
            return self._number(number, ref, style, raw)
        try:
            if kind == "s":
                return self.strings[_index(raw)]
            if kind == "b":
                return {"1": True, "true": True, "0": False, "false": False}[raw.strip()]
            decoded = excel_unescape(unescape(raw))
        except (ValueError, KeyError, IndexError, OverflowError) as error:
            found = f"a stored value {raw[:40]!r} that its type {kind!r} does not allow"
            raise self._refuse(ref or f"row {number}", found, "a value that Excel can show") from error
        return ErrorText(decoded) if kind == "e" else decoded

    def _number(self, number: int, ref: str, style: str, raw: str) -> Cell:
        if not _NUMBER(raw) and not _NUMBER(raw := raw.strip()):
            raise self._refuse(ref or f"row {number}", f"{raw[:40]!r} stored as a number", "digits")
        if style in self.percent:
            return PercentText(raw)
        return DateText(raw) if style in self.dates else NumberText(raw)

    def _unusual(self, number: int, ref: str, style: str, kind: str, body: str) -> Cell:
        """Return a cell with a formula, rich text or an empty value."""
        if kind == "inlineStr":
            return self._value(number, ref, style, kind, plain_text(body))
        if "<f" in body:
            self.formulas.append(ref)
        match = _VALUE.search(body)
        value = (match[1] or "") if match else ""
        if value.strip() or (value and kind not in {"", "n"}):
            return self._value(number, ref, style, kind, value)
        if "<f" not in body:
            return "" if kind == "str" else None
        return "" if kind == "str" and match else ErrorText("#NOVALUE")

    def _refuse(self, ref: str, found: str, expected: str) -> InputError:
        return InputError(
            where=f"{self.where} > {ref}",
            found=found,
            expected=expected,
            todo="Open the file in Excel, check the cell, and save it again.",
        )


def plain_text(body: str) -> str:
    """Return the text of an inline or shared string, still escaped: runs joined, phonetic hints left out."""
    if "<rPh" in body or "<phoneticPr" in body:
        # Behind the last one that ends, each that begins would be searched for its end.
        head, end, tail = body.rpartition("</rPh>")
        body = _PHONETIC.sub("", head + end) + _NO_PHONETIC.sub("", tail)
    return "".join(_TEXT.findall(body))


def read_strings(open_part: Callable[[], IO[bytes]], place: str) -> list[str]:
    """Return the texts of a shared-string part in file order; raises `WorkbookError` when it is damaged."""
    try:
        (strings,) = read_part(open_part, place, lambda blocks: iter([_strings(blocks)]))
    except ValueError as error:
        raise damaged(place, f"text that cannot be decoded ({error})") from error
    return strings


def _strings(blocks: Iterator[str]) -> list[str]:
    strings: list[str] = []
    rest, count = "", 0
    for block in blocks:
        rest += block
        end = rest.rfind("</si>") + 5
        if end < 5:
            continue
        done, rest = rest[:end], rest[end:]
        count += done.count("<si>") + done.count("<si ") + done.count("<si/")
        strings += [excel_unescape(unescape(text or plain_text(body))) for text, body in _SHARED.findall(done)]
    strings += ["" for _ in _NO_TEXT.findall(rest)]
    count += rest.count("<si>") + rest.count("<si ") + rest.count("<si/")
    if count != len(strings):
        raise NotPlainError
    return strings


def _index(raw: str) -> int:
    index = int(raw)
    if index < 0 or not raw.strip().isascii():
        raise ValueError(raw)
    return index


def _attributes(ref: str, style: str, kind: str, other: str) -> tuple[str, str, str]:
    """Address, style and type of a cell whose attributes come in an unusual order or form."""
    found = {match[1]: match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(" " + other)}
    return found.get("r", ref), found.get("s", style), found.get("t", kind)
