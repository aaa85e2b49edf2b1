"""Rows of a file for the Settings tab: known names only, values that can be used."""

from __future__ import annotations

from difflib import get_close_matches

from recon_xl.contract import Settings
from recon_xl.core.errors import ContractError, InputError
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.problems import FileProblem
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.settings import setting_names, setting_text


def prepare_settings(sheet: FileSheet, recognition: Recognition, rows: FileRows, locale: str) -> None:
    """Keep name and value, as text that the setting accepts; `InputError` for a name that is none."""
    names = [_known_name(sheet, rows, place) for place in range(len(rows))]
    position = recognition.positions["Value"]
    for place, name in enumerate(names):
        if name is not None:
            text = setting_text(name, sheet.rows[place][1][position], locale, date1904=sheet.date1904)
            rows.columns["Value"][place] = text or None
            problem = _unusable(name, text)
            if problem is not None:
                _list_problem(sheet, rows, place, position, problem)
    rows.columns = {"Setting": [*names], "Value": rows.columns["Value"]}
    _allow_blank_values(rows, sheet.headers[position])


def _known_name(sheet: FileSheet, rows: FileRows, place: int) -> str | None:
    given = rows.value(place, "Setting")
    if given is None:
        return None
    names = {name.casefold(): name for name in setting_names()}
    if str(given).casefold() in names:
        return names[str(given).casefold()]
    near = get_close_matches(str(given).casefold(), names, n=1, cutoff=0.5)
    raise InputError(
        where=f"{sheet.where} > row {rows.row_numbers[place]} > Setting",
        found=repr(str(given)),
        expected=f"a setting: {', '.join(names.values())}",
        todo=f"Did you mean {names[near[0]]}?" if near else "Correct the name.",
    )


def _unusable(name: str, text: str) -> ContractError | None:
    try:
        Settings.from_values({name: text})
    except ContractError as problem:
        return problem
    return None


def _list_problem(sheet: FileSheet, rows: FileRows, place: int, position: int, problem: ContractError) -> None:
    row = rows.row_numbers[place]
    rows.bad_cells.add((place, "Value"))
    rows.problems.append(
        FileProblem(
            file=sheet.file,
            sheet=sheet.sheet,
            row=row,
            column=sheet.headers[position],
            address=sheet.address(row, position),
            found=problem.found,
            expected=problem.expected,
        )
    )


def _allow_blank_values(rows: FileRows, header: str) -> None:
    """A blank value means the default, though the column is required."""
    blank = {place for place, value in enumerate(rows.columns["Value"]) if value is None}
    numbers = {rows.row_numbers[place] for place in blank}
    rows.bad_cells -= {(place, "Value") for place in blank}
    rows.problems[:] = [
        problem for problem in rows.problems if not (problem.row in numbers and problem.column == header)
    ]
