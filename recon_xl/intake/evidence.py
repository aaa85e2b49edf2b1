"""How a file writes amounts and dates: what its own cells prove, against the locale that was declared for it.

`1,234` is 1234 here and 1.234 there, `10/3/2026` is October here and March there. The declared locale decides, unless
another cell of the same file cannot be so: then the whole file is asked about, because one program wrote all of it.
"""

from __future__ import annotations

import re

from recon_xl.contract import Kind
from recon_xl.core.errors import InputError
from recon_xl.core.rows import column_of
from recon_xl.intake.dateorder import DATES, proof_of_order, refuse_other_order, refuse_swapped_dates
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.values import parse_column
from recon_xl.intake.witnesses import Found, Reading, Witness, look

_AMOUNTS = frozenset({Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE, Kind.PERCENT, Kind.INTEGER})
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


def settled_locale(
    sheet: FileSheet, recognition: Recognition, locale: str, *, is_declared: bool
) -> tuple[str, str | None]:
    """The locale to read a sheet in, and a note where its own cells decided; `InputError` where it has to be asked."""
    refuse_other_order(sheet, recognition, locale)
    refuse_swapped_dates(sheet, recognition)
    found = look(sheet, recognition, _AMOUNTS, lambda text: _amount(text, LOCALES[locale].decimal))
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
    amounts = look(sheet, recognition, _AMOUNTS, lambda text: _amount(text, chosen.decimal))
    told = []
    if seen := amounts.get("for"):
        told.append(f"decimal {_word(chosen.decimal)}: {seen.text!r} ({seen.where})")
    if seen := proof_of_order(sheet, recognition, locale):
        order = "month first" if chosen.date_order == "MDY" else "day first"
        told.append(f"{order}: {seen.text!r} ({seen.where})")
    return told


def _amount(text: str, mark: str) -> Reading | None:
    if "." not in text and "," not in text:
        return None
    digits = _BARE.sub("", text).strip(_GROUPS)
    if _EITHER(digits):
        return "either"
    if _MARKS[mark].fullmatch(digits):
        return "for"
    return "against" if _MARKS["," if mark == "." else "."].fullmatch(digits) else None


def _unlike(sheet: FileSheet, recognition: Recognition, locale: str) -> bool:
    """True where some amount or date of the sheet is not as this locale writes it."""
    for column in recognition.table.columns:
        if column.kind in _AMOUNTS | DATES and column.name in recognition.positions:
            position = recognition.positions[column.name]
            cells = column_of(sheet.rows, position)
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
