"""How a file writes amounts and dates: what its own cells prove, against the locale that was declared for it.

`1,234` is 1234 here and 1.234 there, `10/3/2026` is October here and March there. The declared locale decides, unless
another cell of the same file cannot be so: then the whole file is asked about, because one program wrote all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from recon_xl.contract import Kind
from recon_xl.core.cells import DateText, NumberText
from recon_xl.core.errors import InputError
from recon_xl.intake.dates import moment_of_serial
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.values import parse_column

_AMOUNTS = frozenset({Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE, Kind.PERCENT, Kind.INTEGER})
_DATES = frozenset({Kind.DATE, Kind.TIME})
_CANDIDATES = {",": ("de-DE", "fr-FR"), ".": ("en-US", "en-GB")}
_GROUPS = " \u00a0\u2009\u202f'\u2019"
_BARE = re.compile(rf"[^0-9.,{_GROUPS}]+")


def _certain(mark: str, other: str) -> re.Pattern[str]:
    """Digits that can only have `mark` as the decimal mark; `1,234` is not among them, `12,50` and `1.234.567` are."""
    mark, other = re.escape(mark), re.escape(other)
    decimals = rf"[0-9]*{mark}(?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0|[0-9]{{4,}})?{mark}[0-9]{{3}}"
    grouped = rf"[1-9][0-9]{{0,2}}(?:[{other}{_GROUPS}][0-9]{{3}})+{mark}[0-9]*"
    return re.compile(rf"{decimals}|{grouped}|[1-9][0-9]{{0,2}}(?:{other}[0-9]{{3}}){{2,}}")


_MARKS = {",": _certain(",", "."), ".": _certain(".", ",")}
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}").fullmatch
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}(?:[T ].*)?").fullmatch
Reading = Literal["for", "against", "either"]


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell that proves something, or may be read in two ways."""

    where: str
    text: str


Found = dict[Reading, Witness]
"""The first cell that fits the locale alone, the first that cannot, the first that may be either."""


def settled_locale(
    sheet: FileSheet, recognition: Recognition, locale: str, *, is_declared: bool
) -> tuple[str, str | None]:
    """The locale to read a sheet in, and a note where its own cells decided; `InputError` where it has to be asked."""
    _refuse_dates(sheet, recognition, locale)
    _refuse_swapped_dates(sheet, recognition)
    found = _look(sheet, recognition, _AMOUNTS, lambda text: _amount(text, LOCALES[locale].decimal))
    if not is_declared and "against" in found and "for" not in found:
        other = next(
            (name for mark, names in _CANDIDATES.items() if mark != LOCALES[locale].decimal for name in names
             if not _unlike(sheet, recognition, name)), None,
        )  # fmt: skip
        if other is not None:
            told = found["against"]
            return other, (
                f"{sheet.where}: read as {other}, because {told.text!r} ({told.where}) has a decimal "
                f"{_word(LOCALES[other].decimal)}; set File Locale on Settings if your files are always so."
            )
    if "either" in found and ("against" in found or not (is_declared or "for" in found)):
        raise _ask_amount(sheet, locale, found)
    if "against" in found and "for" not in found:
        raise _contradicted(sheet, locale, found["against"])
    return locale, None


def proofs(sheet: FileSheet, recognition: Recognition, locale: str) -> list[str]:
    """What the sheet's own texts prove about decimal marks and the order of day and month, a sentence each."""
    chosen = LOCALES[locale]
    amounts = _look(sheet, recognition, _AMOUNTS, lambda text: _amount(text, chosen.decimal))
    dates = _look(sheet, recognition, _DATES, lambda text: _date(text, chosen.date_order))
    told = []
    if seen := amounts.get("for"):
        told.append(f"decimal {_word(chosen.decimal)}: {seen.text!r} ({seen.where})")
    if chosen.date_mark == "/" and (seen := dates.get("for")):
        order = "month first" if chosen.date_order == "MDY" else "day first"
        told.append(f"{order}: {seen.text!r} ({seen.where})")
    return told


def _look(
    sheet: FileSheet, recognition: Recognition, kinds: frozenset[Kind], read: Callable[[str], Reading | None]
) -> Found:
    """The first witness of each reading, over all columns of some kinds; every distinct text is read once."""
    found: Found = {}
    for column in recognition.table.columns:
        if column.kind not in kinds or column.name not in recognition.positions:
            continue
        position = recognition.positions[column.name]
        texts = {cell for _, cells in sheet.rows if type(cell := cells[position]) is str}  # not numbers, not errors
        readings = {text: reading for text in texts if (reading := read(text.strip())) and reading not in found}
        if readings:
            for number, cells in sheet.rows:
                cell = cells[position]
                if type(cell) is str and (seen := readings.get(cell)) and seen not in found:
                    found[seen] = Witness(sheet.address(number, position), cell)
    return found


def _amount(text: str, mark: str) -> Reading | None:
    if "." not in text and "," not in text:
        return None
    digits = _BARE.sub("", text).strip(_GROUPS)
    if _EITHER(digits):
        return "either"
    if _MARKS[mark].fullmatch(digits):
        return "for"
    return "against" if _MARKS["," if mark == "." else "."].fullmatch(digits) else None


def _date(text: str, order: str) -> Reading | None:
    matched = _SLASHED(text)
    if matched is None or order == "YMD":
        return None
    month, day = (int(matched[1]), int(matched[2])) if order == "MDY" else (int(matched[2]), int(matched[1]))
    if month <= 12 and day <= 12:
        return None if month == day else "either"
    if month <= 12 and day <= 31:
        return "for"
    return "against" if day <= 12 and month <= 31 else None


def _refuse_dates(sheet: FileSheet, recognition: Recognition, locale: str) -> None:
    """`InputError` where a date cannot be of the locale's order, and others may be of either or none proves it."""
    chosen = LOCALES[locale]
    if chosen.date_mark != "/":
        return
    found = _look(sheet, recognition, _DATES, lambda text: _date(text, chosen.date_order))
    if "against" not in found or ("for" in found and "either" not in found):
        return
    told, doubt = found["against"], found.get("either")
    also = f", and {doubt.text!r} ({doubt.where}) may be either" if doubt else ""
    other = "en-GB (fr-FR where decimals have a comma)" if chosen.date_order == "MDY" else "en-US"
    swapped = "day/month/year" if chosen.date_order == "MDY" else "month/day/year"
    raise InputError(
        where=f"{sheet.where} > {told.where}",
        found=f"{told.text!r}, which can only be {swapped}{also}",
        expected=f"one order of day and month, as {locale} writes {chosen.sample_date}",
        todo=f"Say how the file writes dates: --locale {other}, or correct File Locale on Settings; "
        "if it mixes both, export it again.",
    )


def _refuse_swapped_dates(sheet: FileSheet, recognition: Recognition) -> None:
    """`InputError` for a column that Excel has opened in the wrong order of day and month.

    It makes dates, swapped, of those it can, and leaves the others as text: dates with days up to 12 beside texts with
    a part above 12 only.
    """
    if sheet.sheet is None:
        return  # a CSV file has no date cells
    for column in recognition.table.columns:
        if column.kind not in _DATES or column.name not in recognition.positions:
            continue
        position = recognition.positions[column.name]
        dates, texts = [], []
        for number, cells in sheet.rows:
            cell = cells[position]
            if isinstance(cell, DateText):
                dates.append((number, cell))
            elif isinstance(cell, str) and not isinstance(cell, NumberText) and (matched := _SLASHED(cell.strip())):
                texts.append((number, cell, max(int(matched[1]), int(matched[2]))))
        if texts and dates and all(high > 12 for _, _, high in texts) and _days_are_low(dates, sheet.date1904):
            first = texts[0]
            raise InputError(
                where=f"{sheet.where} > {sheet.address(first[0], position)}",
                found=f"the text {first[1]!r} in a column of dates, all of them with days up to 12: "
                "so it looks where Excel has swapped day and month",
                expected="dates only, or texts only",
                todo="Import the vendor's own file, one that Excel has not opened and saved; or make dates of the texts.",
            )


def _days_are_low(dates: list[tuple[int, DateText]], date1904: bool) -> bool:
    try:
        return all(moment_of_serial(NumberText(cell), date1904=date1904).day <= 12 for _, cell in dates)
    except CellProblem:
        return False


def _unlike(sheet: FileSheet, recognition: Recognition, locale: str) -> bool:
    """True where some amount or date of the sheet is not as this locale writes it."""
    for column in recognition.table.columns:
        if column.kind in _AMOUNTS | _DATES and column.name in recognition.positions:
            position = recognition.positions[column.name]
            cells = [cells[position] for _, cells in sheet.rows]
            if parse_column(column, cells, locale, date1904=sheet.date1904)[1]:
                return True
    return False


def _ask_amount(sheet: FileSheet, locale: str, found: Found) -> InputError:
    doubt, against = found["either"], found.get("against")
    digits = _BARE.sub("", doubt.text)
    whole, split = re.sub("[.,]", "", digits), re.sub("[.,]", ".", digits)
    beside = f", beside {against.text!r} ({against.where})" if against else ""
    both = f" and {found['for'].text!r} ({found['for'].where})" if against and "for" in found else ""
    return InputError(
        where=f"{sheet.where} > {doubt.where}",
        found=f"{doubt.text!r}, which may be {whole} or {split}{beside}{both}",
        expected="one way of writing amounts, declared or proved by other cells of the file",
        todo=f"Is it {whole} or {split}? Say how the file writes amounts: --locale en-US (1,234.56) or --locale de-DE "
        "(1.234,56), or set File Locale on Settings.",
    )


def _contradicted(sheet: FileSheet, locale: str, told: Witness) -> InputError:
    """No amount proves the locale, and one cannot be of it: the file is written otherwise."""
    chosen = LOCALES[locale]
    other = "en-US or en-GB" if chosen.decimal == "," else "de-DE or fr-FR"
    return InputError(
        where=f"{sheet.where} > {told.where}",
        found=f"{told.text!r}, which has a decimal {_word('.' if chosen.decimal == ',' else ',')}",
        expected=f"amounts as {locale} writes them, such as {chosen.sample_amount}",
        todo=f"Say how the file writes amounts: --locale {other}, or correct File Locale on Settings; or correct the cell.",
    )


def _word(mark: str) -> str:
    return "comma" if mark == "," else "point"
