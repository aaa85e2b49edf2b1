"""A sheet as text in three pieces, so that a change to some rows leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, Range, parse_range

_PIECE = 1 << 20
_SHEET_DATA = re.compile(r"<sheetData(?:\s[^>]*?)?/?>")
_ROOT = re.compile(r"\ufeff?(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<worksheet[\s>]", re.DOTALL)
_ROW_NUMBER = re.compile(r'\sr="([0-9]+)"')
_ROW_DROPPED = re.compile(r'\s(?:r|spans)="[^"]*"')
_CELL = re.compile(r"<c((?:\s[^>]*?)?)(/>|>.*?</c>)", re.DOTALL)
_CELL_REF = re.compile(r'\sr="([A-Z]{1,3})([0-9]+)"')
_ADDRESS = re.compile(r'(<c\s[^>]*?\br="[A-Z]{1,3})[0-9]+')
_STYLE = re.compile(r'\ss="([0-9]+)"')
_CONTENT = re.compile(r"<f[\s>/]|<is[\s>]|<v(?:\s[^>]*)?>[^<]")
_COL = re.compile(r"<col\s[^>]*>")
_DIMENSION = re.compile(r'(<dimension\s+ref=")([^"]*)(")')


class RawCell(NamedTuple):
    """A cell as text: `attrs` without its address, `rest` from the end of the opening tag on."""

    column: int
    attrs: str
    rest: str

    @property
    def style(self) -> str | None:
        """The style id, None for the default."""
        match = _STYLE.search(self.attrs)
        return match[1] if match else None

    @property
    def is_empty(self) -> bool:
        """True when the cell holds nothing but formatting."""
        return _CONTENT.search(self.rest) is None

    def xml(self, row: int) -> str:
        """Return the cell at the same column of another row."""
        return f'<c r="{COLUMN_LETTERS[self.column]}{row}"{self.attrs}{self.rest}'


class RawRow(NamedTuple):
    """A row as text: `attrs` without its number and spans."""

    number: int
    attrs: str
    inner: str

    @property
    def style(self) -> str | None:
        """The style id that the whole row has, None when it has none."""
        match = _STYLE.search(self.attrs) if "customFormat" in self.attrs else None
        return match[1] if match else None

    def at(self, number: int) -> RawRow:
        """Return the row with its cells addressed to another row; its formulas are left as they are."""
        return RawRow(number, self.attrs, _ADDRESS.sub(rf"\g<1>{number}", self.inner))

    def xml(self) -> str:
        """Return the row element; nothing when the row has neither attributes nor cells."""
        return f'<row r="{self.number}"{self.attrs}>{self.inner}</row>' if self.inner or self.attrs else ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """`head` ends with the opening tag of the sheet data, `tail` begins with its closing tag."""

    where: str
    head: str
    body: str
    tail: str

    @classmethod
    def parse(cls, data: bytes, where: str) -> SheetText:
        """Cut a sheet part; raises `WorkbookError` when it is not in the form that Excel writes."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise foreign_form(where, "a sheet that is not stored as UTF-8") from None
        start = _SHEET_DATA.search(text)
        if start is None or _ROOT.match(text) is None:
            raise foreign_form(where, "a sheet stored in an unusual XML form")
        if start[0].endswith("/>"):
            return cls(where, f"{text[: start.end() - 2]}>", "", f"</sheetData>{text[start.end() :]}")
        end = text.find("</sheetData>", start.end())
        if end < 0 or text.find("<!", start.end(), end) >= 0 or text.find("<?", start.end(), end) >= 0:
            raise foreign_form(where, "comments or CDATA between the cells of a sheet")
        return cls(where, text[: start.end()], text[start.end() : end], text[end:])

    def pieces(self) -> Iterator[bytes]:
        """Yield the sheet part piece by piece."""
        yield self.head.encode()
        yield from in_pieces(self.body)
        yield self.tail.encode()

    def split(self, first_row: int, last_row: int) -> tuple[str, list[RawRow], str]:
        """Return the text before, the rows from first to last, and the text after; nothing beyond them is looked at."""
        before = after = len(self.body)
        rows: list[RawRow] = []
        previous = 0
        for number, start, opened, end in self._scan():
            if number <= previous:
                raise foreign_form(self.where, f"row {number} stored after row {previous}")
            previous = number
            if number >= first_row:
                before = min(before, start)
            if number > last_row:
                after = start
                break
            if number >= first_row:
                rows.append(self._row(number, start, opened, end))
        return self.body[: min(before, after)], rows, self.body[after:]

    def cells(self, row: RawRow) -> list[RawCell]:
        """Return the cells of a row from left to right."""
        found = []
        for attrs, rest in _CELL.findall(row.inner):
            match = _CELL_REF.search(attrs)
            if match is None or match[1] not in COLUMN_NUMBERS or match[2] != str(row.number):
                raise foreign_form(self.where, f"a cell without a proper address in row {row.number}")
            found.append(RawCell(COLUMN_NUMBERS[match[1]], attrs[: match.start()] + attrs[match.end() :], rest))
        if len(found) != row.inner.count("<c"):
            raise foreign_form(self.where, f"cells that cannot be told apart in row {row.number}")
        return sorted(found)

    def with_rows(self, before: str, rows: Iterable[str], after: str) -> SheetText:
        """Return the sheet with the piece between `before` and `after` written anew."""
        return replace(self, body="".join((before, *rows, after)))

    def column_styles(self) -> dict[int, str]:
        """Return the style id of each column that has one of its own."""
        styles: dict[int, str] = {}
        for tag in _COL.findall(self.head):
            values: dict[str, str] = dict(re.findall(r'\s(min|max|style)="([0-9]+)"', tag))
            if values.get("style", "0") != "0" and {"min", "max"} <= values.keys():
                columns = range(int(values["min"]), min(int(values["max"]), len(COLUMN_LETTERS) - 1) + 1)
                styles.update(dict.fromkeys(columns, values["style"]))
        return styles

    @property
    def dimension(self) -> Range | None:
        """The used range that the sheet states."""
        match = _DIMENSION.search(self.head)
        return parse_range(match[2]) if match else None

    def with_dimension(self, used: Range, rest: str | None = None) -> SheetText:
        """Return the sheet with its used range grown to include another range; its last rows may be a text apart, `rest`."""
        old = self.dimension
        if old is None:
            return self
        rows = min(old.first_row, used.first_row), max(last_row(self.body if rest is None else rest), used.last_row)
        columns = min(old.first_col, used.first_col), max(old.last_col, used.last_col)
        area = Range(rows[0], columns[0], rows[1], columns[1])
        return replace(self, head=_DIMENSION.sub(lambda m: f"{m[1]}{area}{m[3]}", self.head, count=1))

    def _scan(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield number, start, end of the opening tag and end of each row."""
        body, position = self.body, 0
        while (start := body.find("<row", position)) >= 0:
            opened = body.find(">", start) + 1
            match = _ROW_NUMBER.search(body, start, opened)
            if match is None or not opened:
                raise foreign_form(self.where, "a row without a number")
            position = opened if body[opened - 2] == "/" else body.find("</row>", opened) + 6
            if position < opened:
                raise foreign_form(self.where, f"row {match[1]} that does not end")
            yield int(match[1]), start, opened, position

    def _row(self, number: int, start: int, opened: int, end: int) -> RawRow:
        closed = self.body[opened - 2] == "/"
        attrs = _ROW_DROPPED.sub("", self.body[start + 4 : opened - (2 if closed else 1)]).rstrip()
        return RawRow(number, attrs, "" if closed else self.body[opened : end - 6])


def in_pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """A text, or a passage of it, a few at a time."""
    end = len(text) if end is None else end
    return (text[at : min(at + _PIECE, end)].encode() for at in range(start, end, _PIECE))


def last_row(rows: str) -> int:
    """The number of the last row of a text; 1 where there is none."""
    start = rows.rfind("<row")
    match = _ROW_NUMBER.search(rows, start) if start >= 0 else None
    return int(match[1]) if match else 1


def foreign_form(where: str, found: str) -> WorkbookError:
    """Return the refusal to patch a sheet that is stored in a way Excel itself never uses."""
    return WorkbookError(
        where=where,
        found=found,
        expected="a sheet as Excel saves it",
        todo="Open the workbook in Excel, save it, and run again.",
    )
