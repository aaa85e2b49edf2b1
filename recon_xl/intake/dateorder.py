"""The order of day and month: what the dates of a file prove, against the locale that was declared for it."""

from __future__ import annotations

import re

from recon_xl.contract import Kind
from recon_xl.core.cells import DateText, NumberText
from recon_xl.core.errors import InputError
from recon_xl.intake.dates import moment_of_serial
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.witnesses import Reading, Witness, look

DATES = frozenset({Kind.DATE, Kind.TIME})
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}(?:[T ].*)?").fullmatch


def refuse_other_order(sheet: FileSheet, recognition: Recognition, locale: str) -> None:
    """`InputError` where a date cannot be of the locale's order, and others may be of either or none proves it."""
    chosen = LOCALES[locale]
    if chosen.date_mark != "/":
        return
    found = look(sheet, recognition, DATES, lambda text: _date(text, chosen.date_order))
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


def proof_of_order(sheet: FileSheet, recognition: Recognition, locale: str) -> Witness | None:
    """The first date that can only be of the locale's order."""
    chosen = LOCALES[locale]
    if chosen.date_mark != "/":
        return None
    return look(sheet, recognition, DATES, lambda text: _date(text, chosen.date_order)).get("for")


def refuse_swapped_dates(sheet: FileSheet, recognition: Recognition) -> None:
    """`InputError` for a column that Excel has opened in the wrong order of day and month.

    It makes dates, swapped, of those it can, and leaves the others as text: dates with days up to 12 beside texts with
    a part above 12 only.
    """
    if sheet.sheet is None:
        return  # a CSV file has no date cells
    for column in recognition.table.columns:
        if column.kind not in DATES or column.name not in recognition.positions:
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


def _days_are_low(dates: list[tuple[int, DateText]], date1904: bool) -> bool:
    try:
        return all(moment_of_serial(NumberText(cell), date1904=date1904).day <= 12 for _, cell in dates)
    except CellProblem:
        return False
