"""A cell becomes a value of its column's kind: parsed exactly, or a problem; never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import cast

from recon_xl.contract import Column, Kind
from recon_xl.core.cells import Cell, DateText, ErrorText, NumberText, PercentText
from recon_xl.core.money import ZERO
from recon_xl.core.repeated import Repeated, distinct_of
from recon_xl.intake.amounts import amount_text, percent_points, stored_number, within_contract
from recon_xl.intake.dates import moment_of, moment_of_serial, month_of, month_of_serial
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.quickcells import TEXTS, Quick, quick_readers
from recon_xl.intake.texts import plain_number, raw_text, strip_text

Typed = Decimal | int | str | bool | date | datetime | None
Parser = Callable[[Cell, str, bool], Typed]

_EXCEL_ERRORS = "#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #GETTING_DATA #NOVALUE"
_ERROR_WORDS = frozenset(_EXCEL_ERRORS.split())
_EXCEL_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE).fullmatch
_is_plain = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,18})?").fullmatch  # most amounts of a file; within every limit
_FLAGS = {"yes": True, "true": True, "y": True, "1": True, "no": False, "false": False, "n": False, "0": False}
_WHOLE_ID = 10**15
_CURRENCY_UNIT = "ISO 4217"
_CURRENCY_COLUMNS = frozenset({"Currency", "Billing Currency", "Pricing Currency"})
_is_code = re.compile(r"[A-Za-z]{3}").fullmatch


def parse_cell(kind: Kind, cell: Cell, locale: str, *, choices: Sequence[str] = (), date1904: bool = False) -> Typed:
    """The value of one cell, None for a blank; raises `CellProblem` for what cannot be read without guessing."""
    if cell is None or (isinstance(cell, str) and not strip_text(cell)):
        return None
    if isinstance(cell, ErrorText):
        if cell == "#NOVALUE":
            raise CellProblem("a formula that was never calculated", _EXPECTED[kind])
        raise CellProblem(f"the Excel error {cell}", _EXPECTED[kind])
    if kind is Kind.CHOICE:
        return _choice(cell, choices)
    return _PARSERS[kind](cell, locale, date1904)


def parse_column(
    column: Column, cells: Sequence[Cell], locale: str, *, date1904: bool = False
) -> tuple[list[Typed], list[tuple[int, CellProblem]]]:
    """All cells of a column; an unreadable cell is None and stands in the list of (index, problem).

    Each distinct cell is parsed once: most columns of a vendor file repeat a few texts.
    """
    if isinstance(cells, Repeated):
        values, problems = parse_column(column, cells.distinct, locale, date1904=date1904)
        told = dict(problems)
        return cells.spread(values), [
            (index, told[place]) for index, place in enumerate(cells.places) if place in told
        ] if told else []
    parse = partial(parse_cell, column.kind, locale=locale, choices=column.choices, date1904=date1904)
    is_currency = column.unit == _CURRENCY_UNIT or column.name in _CURRENCY_COLUMNS
    quick: Mapping[type, Quick] = {} if is_currency else quick_readers(column.kind, locale)
    # "5" and NumberText("5") are equal to a dict and different to us, so columns that may hold both are keyed by type as well.
    distinct = distinct_cells(cells)
    mixed = len(distinct) > 1
    keys: Sequence[Hashable] = [*zip(map(type, cells), cells, strict=True)] if mixed else cells
    known: dict[Hashable, Typed] = {None: None}
    bad: dict[Hashable, CellProblem] = {}
    for kind, found in distinct.items():
        plain = quick[kind](cast("set[str]", found)) if kind in quick else {}
        if column.kind in TEXTS and not mixed and len(plain) == len(found):
            return list(cells), []  # a plain text is its own value
        known.update(plain if not mixed else {(kind, cell): value for cell, value in plain.items()})
        for cell in found.difference(plain):
            key = (kind, cell) if mixed else cell
            known[key] = None
            try:
                value = parse(cell)
                known[key] = currency_code(value) if is_currency else value
            except CellProblem as problem:
                bad[key] = problem
    values = list(map(known.__getitem__, keys))
    return values, [(index, bad[key]) for index, key in enumerate(keys) if key in bad] if bad else []


def distinct_cells(cells: Sequence[Cell]) -> dict[type, set[Cell]]:
    """The distinct cells by type; blanks are left out where all others are of one type."""
    cells = distinct_of(cells)
    kinds = {*map(type, cells)}
    only = kinds - {type(None)}
    if len(only) < 2:
        found = {*cells}
        found.discard(None)
        return dict.fromkeys(only, found)
    distinct: dict[type, set[Cell]] = {kind: set() for kind in kinds}
    for kind, cell in {*zip(map(type, cells), cells, strict=True)}:
        distinct[kind].add(cell)
    return distinct


def currency_code(value: Typed) -> Typed:
    """`usd` is USD; what is no code of three letters stays as it is."""
    return value.upper() if isinstance(value, str) and _is_code(value) else value


def date_as_text(cell: DateText, *, date1904: bool = False) -> str:
    """A date cell as `2026-10-31`, with its time of day where it has one; as stored where there is no such day."""
    try:
        moment = moment_of_serial(NumberText(cell), date1904=date1904)
    except CellProblem:
        return f"day {cell}"
    return (moment.date() if moment.time() == time() else moment).isoformat()


def _shown_date(cell: DateText, *, date1904: bool = False) -> str:
    return f"the date {date_as_text(cell, date1904=date1904)}"


def _identity(cell: Cell, _locale: str, date1904: bool) -> str:
    if type(cell) is str and cell.isalnum() and cell.isascii():
        return cell  # the common case, kept short; the checks below are for marks
    if isinstance(cell, bool):
        raise CellProblem(raw_text(cell), "text, not a logical value")
    if isinstance(cell, DateText):
        raise CellProblem(_shown_date(cell, date1904=date1904), "text: Excel has made a date of it")
    if isinstance(cell, NumberText):
        number = stored_number(cell)
        if "e" in cell.lower() or abs(number) >= _WHOLE_ID:
            raise CellProblem(f"the number {cell}", "an id stored as text: a number keeps only 15 digits")
        return plain_number(number)
    text = strip_text(raw_text(cell))
    if _EXCEL_SCIENTIFIC(text):
        raise CellProblem(repr(text), "the whole id: Excel has shortened it to a scientific number")
    if text in _ERROR_WORDS:
        raise CellProblem(f"the Excel error {text}", "text")
    return text


def _text(cell: Cell, _locale: str, date1904: bool) -> str:
    if isinstance(cell, DateText):
        return date_as_text(cell, date1904=date1904)
    return plain_number(stored_number(cell)) if isinstance(cell, NumberText) else raw_text(cell)


def _amount(cell: Cell, locale: str, date1904: bool) -> Decimal:
    if type(cell) is str and _is_plain(cell) and LOCALES[locale].decimal == ".":
        return Decimal(cell) or ZERO
    if isinstance(cell, bool):
        raise CellProblem(raw_text(cell), "an amount")
    if isinstance(cell, DateText):
        raise CellProblem(_shown_date(cell, date1904=date1904), "an amount")
    if isinstance(cell, NumberText):
        return stored_number(cell)
    return amount_text(strip_text(raw_text(cell)), locale)


def _bounded(cell: Cell, locale: str, date1904: bool) -> Decimal:
    if type(cell) is str and _is_plain(cell) and LOCALES[locale].decimal == ".":
        return Decimal(cell) or ZERO
    return within_contract(_amount(cell, locale, date1904), raw_text(cell))


def _percent(cell: Cell, locale: str, date1904: bool) -> Decimal:
    if isinstance(cell, PercentText):
        return percent_points(cell)
    if isinstance(cell, str) and not isinstance(cell, NumberText):
        cell = strip_text(cell)
        cell = strip_text(cell.removesuffix("%"))
    return _amount(cell, locale, date1904)


def _integer(cell: Cell, locale: str, date1904: bool) -> int:
    value = _amount(cell, locale, date1904)
    if value != value.to_integral_value():
        raise CellProblem(repr(raw_text(cell)), "a whole number")
    return int(value)


def _moment(cell: Cell, locale: str, date1904: bool) -> datetime:
    if isinstance(cell, bool) or cell is None or isinstance(cell, PercentText):
        raise CellProblem(raw_text(cell), "a date")
    if isinstance(cell, NumberText):
        return moment_of_serial(NumberText(cell), date1904=date1904)
    return moment_of(strip_text(cell), locale)


def _date(cell: Cell, locale: str, date1904: bool) -> date:
    return _moment(cell, locale, date1904).date()


def _month(cell: Cell, locale: str, date1904: bool) -> str:
    if isinstance(cell, bool) or cell is None or isinstance(cell, PercentText):
        raise CellProblem(raw_text(cell), "a month such as 2026-10")
    if isinstance(cell, NumberText):
        return month_of_serial(NumberText(cell), date1904=date1904)
    return month_of(strip_text(cell), locale)


def _flag(cell: Cell, _locale: str, _date1904: bool) -> bool:
    if isinstance(cell, bool):
        return cell
    text = plain_number(stored_number(cell)) if isinstance(cell, NumberText) else strip_text(raw_text(cell))
    if text.lower() not in _FLAGS:
        raise CellProblem(repr(text), "Yes or No")
    return _FLAGS[text.lower()]


def _choice(cell: Cell, choices: Sequence[str]) -> str:
    text = strip_text(_text(cell, "", False))
    declared = {choice.casefold(): choice for choice in choices}
    if choices and text.casefold() not in declared:
        raise CellProblem(repr(text), f"one of {', '.join(choices)}")
    return declared.get(text.casefold(), text)


_PARSERS: dict[Kind, Parser] = {
    Kind.ID: _identity,
    Kind.LIST: _identity,
    Kind.TEXT: _text,
    Kind.NOTE: _text,
    Kind.FLAG: _flag,
    Kind.INTEGER: _integer,
    Kind.QUANTITY: _bounded,
    Kind.MONEY: _bounded,
    Kind.PRICE: _amount,
    Kind.RATE: _amount,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.TIME: _moment,
    Kind.MONTH: _month,
}
_EXPECTED: dict[Kind, str] = {
    Kind.ID: "text", Kind.LIST: "text", Kind.TEXT: "text", Kind.NOTE: "text", Kind.CHOICE: "one of the listed words",
    Kind.FLAG: "Yes or No", Kind.INTEGER: "a whole number", Kind.QUANTITY: "a quantity", Kind.MONEY: "an amount",
    Kind.PRICE: "a price", Kind.RATE: "a rate", Kind.PERCENT: "a percentage", Kind.DATE: "a date",
    Kind.TIME: "a date and time", Kind.MONTH: "a month such as 2026-10",
}  # fmt: skip
