"""The CSV files of a month, saved as other programs would save them: the same data in another form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.workbooks import Content, Number, Sheet, book, day

from recon_xl.contract import Kind, table
from recon_xl.intake.files import read_file
from recon_xl.intake.recognise import recognise

_NUMBERS = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE, Kind.PERCENT})
_is_number = re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch
_is_us_date = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})").fullmatch
_is_iso_date = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})").fullmatch
Rows = list[list[str]]
Kinds = list[Kind | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to save a table: the suffix of the file, its bytes, and the locale to import it with."""

    name: str
    suffix: str
    save: Callable[[Rows, Kinds], bytes]
    locale: str | None = None


def converted(path: Path, folder: Path, form: Form) -> Path:
    """A file of the month in another form, under the same name and with the suffix of that form."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    target = folder / f"{path.stem}{form.suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(form.save(rows, _kinds(path)))
    return target


def _kinds(path: Path) -> Kinds:
    """The kind of each column of a file; None for one that is not read."""
    (sheet,) = read_file(path)
    found = recognise(sheet)
    by_place: Mapping[int, str] = {place: name for name, place in found.positions.items()}
    columns = table(found.table.name)
    return [columns.column(by_place[place]).kind if place in by_place else None for place in range(len(sheet.headers))]


def _text(rows: Rows, delimiter: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def _utf16(rows: Rows, _kinds: Kinds) -> bytes:
    return _text(rows, "\t", "utf-16")


def _german(rows: Rows, kinds: Kinds) -> bytes:
    """Semicolons, decimal commas and days first, as a German Excel saves a CSV file."""
    header, *below = rows
    return _text(
        [header, *([_german_cell(*pair) for pair in zip(row, kinds, strict=True)] for row in below)], ";", "cp1252"
    )


def _german_cell(text: str, kind: Kind | None) -> str:
    if kind in _NUMBERS and _is_number(text):
        return text.replace(".", ",")
    found = _day(text) if kind in {Kind.DATE, Kind.TIME} else None
    return text if found is None else f"{found:%d.%m.%Y}"


def _workbook(rows: Rows, kinds: Kinds, *, date1904: bool = False) -> bytes:
    """Numbers as numbers as far as 15 digits go, days as day numbers, everything else as text."""
    header, *below = rows
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    cells = [[_stored(*pair, first) for pair in zip(row, kinds, strict=True)] for row in below]
    return book(Sheet("Export", [list(header), *cells]), date1904=date1904)()


def _workbook_1904(rows: Rows, kinds: Kinds) -> bytes:
    return _workbook(rows, kinds, date1904=True)


def _stored(text: str, kind: Kind | None, first: date) -> Content:
    if not text:
        return None
    if kind in _NUMBERS and _is_number(text) and len(re.sub(r"[^0-9]", "", text).strip("0")) <= 15:
        return Number(text)
    found = _day(text) if kind in {Kind.DATE, Kind.TIME} else None
    return text if found is None else day((found - first).days)


def _day(text: str) -> date | None:
    """The day of a date without a time of day."""
    if matched := _is_us_date(text):
        return date(int(matched[3]), int(matched[1]), int(matched[2]))
    return date.fromisoformat(text) if _is_iso_date(text) else None


UTF16 = Form("utf-16", ".txt", _utf16)
GERMAN = Form("german", ".csv", _german, "de-DE")
XLSX = Form("xlsx", ".xlsx", _workbook)
XLSX_1904 = Form("xlsx 1904", ".xlsx", _workbook_1904)
FORMS = (UTF16, GERMAN, XLSX, XLSX_1904)
