"""Documented formulas as calls: literals become what Excel would hand over, results what it would show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl.workbook import Workbook

from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call
from recon_xl.functions.registry import functions

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"[^"]*")|(?P<day>DATE\(\d+,\d+,\d+\))|(?P<iso>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?%?)'
    r"|(?P<error>#[A-Z0-9/]+[!?]?)|(?P<mark>[{};,]))"
)
_CALL = re.compile(r"=(RECON_[A-Z]+)\((.*)\)")
_FIRST_DAY = date(1899, 12, 30)
EXAMPLES = [(one.excel_name, example) for one in functions() for example in one.examples]


def answer(formula: str) -> object:
    """What a documented call gives."""
    matched = _CALL.fullmatch(formula)
    assert matched, formula
    return call(matched[1], arguments(matched[2]))


def arguments(text: str) -> list[object]:
    """The literals between the parentheses; None for one left out."""
    found: list[object] = [None]
    rows: list[list[object]] | None = None
    for part in _tokens(text):
        if part == "{":
            rows = [[]]
        elif part == "}":
            assert rows is not None
            found[-1], rows = tuple(map(tuple, rows)), None
        elif part == ";":
            assert rows is not None
            rows.append([])
        elif part == "," and rows is None:
            found.append(None)
        elif part != "," and rows is None:
            found[-1] = literal(part)
        elif part != "," and rows is not None:
            rows[-1].append(literal(part))
    return [] if found == [None] and not text else found


def result(text: str) -> object:
    """A documented result as the grid shows it."""
    return arguments(text)[0]


def literal(part: str) -> object:
    """One literal: text, a day, a number, a percentage or an error."""
    if part.startswith('"'):
        return part[1:-1]
    if part.startswith("#"):
        return ErrorText(part)
    if part.startswith("DATE"):
        year, month, day = map(int, re.findall(r"\d+", part))
        return serial(date(year, month, day))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", part):
        return serial(date.fromisoformat(part))
    return float(part[:-1]) / 100 if part.endswith("%") else float(part)


def serial(day: date) -> float:
    """Excel's number of a day after February 1900."""
    return float((day - _FIRST_DAY).days)


def column(*cells: object) -> tuple[tuple[object, ...], ...]:
    """Cells below each other, as a range arrives."""
    return tuple((cell,) for cell in cells)


def book_of(formulas: Sequence[str], path: Path) -> Path:
    """A workbook with one formula a row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, formula in enumerate(formulas, 1):
        sheet.cell(row, 1).value = formula
    book.save(path)
    return path


def _tokens(text: str) -> list[str]:
    place, tokens = 0, []
    while place < len(text):
        matched = _TOKEN.match(text, place)
        assert matched, text[place:]
        tokens.append(matched[0].strip())
        place = matched.end()
    return tokens
