"""Formulas as text: moving relative references, and finding the sheets that a formula mentions."""

from __future__ import annotations

import re

from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, MAX_COLUMN, MAX_ROW

_REF = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
# Skipped as they are: texts, structured references (two levels of brackets), references to another sheet.
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
    rf"|(?P<sheet>(?:'(?:[^']|'')*'|[\w.]+)!)(?P<there>{_REF}(?::{_REF})?)?"
    r"|(?<![\w.])(?P<ref>(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7}))(?![\w.(!])"
)
_PLAIN_REF = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")


def follow_row(formula: str, old_row: int, new_row: int) -> str:
    """Return the formula after its cell moved: relative references to its own old row now mean the new row."""

    def move(match: re.Match[str]) -> str:
        if match["ref"] is None or match[6] or int(match[7]) != old_row:
            return match[0]
        return f"{match[4]}{match[5]}{new_row}"

    return _TOKEN.sub(move, formula) if old_row != new_row else formula


def fill(formula: str, rows: int, columns: int) -> str:
    """Return the formula as Excel fills it into a cell so many rows below and columns to the right."""

    def shift(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, row = match.groups()
        column = COLUMN_NUMBERS.get(letters.upper(), 0)
        new_column = column if fixed_column else (column - 1 + columns) % MAX_COLUMN + 1
        new_row = int(row) if fixed_row else (int(row) - 1 + rows) % MAX_ROW + 1
        return f"{fixed_column}{COLUMN_LETTERS[new_column]}{fixed_row}{new_row}" if column else match[0]

    def token(match: re.Match[str]) -> str:
        if match["ref"] is not None:
            return _PLAIN_REF.sub(shift, match[0])
        return match["sheet"] + _PLAIN_REF.sub(shift, match["there"]) if match["there"] else match[0]

    return _TOKEN.sub(token, formula)


def has_relative_reference(formula: str) -> bool:
    """Return True when the formula holds an address that would change from row to row."""
    return any(match["ref"] is not None and not match[6] for match in _TOKEN.finditer(formula))


def mentions_sheet(formula: str, name: str) -> bool:
    """Return True when the formula refers to a sheet, quoted or not, whatever the letter case."""
    text, folded = formula.casefold(), name.casefold()
    quoted = "'" + folded.replace("'", "''") + "'!"
    bare = folded in text and re.search(rf"(?<![\w.']){re.escape(folded)}!", text) is not None
    return bare or quoted in text
