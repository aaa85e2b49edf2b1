"""References inside formulas: what they become when cells move, sheets are renamed or deleted, formulas are copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator

from excel.areas import MAX_COLUMN, MAX_ROW, Area, Shift, column_number, parse_area

_SOMETHING = re.compile(r"[A-Za-z]{1,3}\$?\d|\$?[A-Za-z]{1,3}:\$?[A-Za-z]|\d:\$?\d")
_REFERENCE = re.compile(r"^(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]]+)!)?(?P<area>[^!]+)$")
_PART = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?$")

Rewrite = Callable[[str | None, str], str | None]
"""Sheet name (None: the formula's own) and address -> the new reference, or None to leave it."""


def rewritten(formula: str, change: Rewrite) -> str:
    """A formula, or what a name refers to, with its A1 references changed; text without `=` works too."""
    if not _SOMETHING.search(formula) and "!" not in formula:
        return formula
    lead = "" if formula.startswith("=") else "="
    parts = [_changed(token, change) for token in _tokens(lead + formula)]
    return "".join(["" if lead else "=", *parts])


@lru_cache(maxsize=10_000)
def _tokens(formula: str) -> tuple[Token, ...]:
    return tuple(Tokenizer(formula).items)


def _changed(token: Token, change: Rewrite) -> str:
    text: str = token.value
    found = _REFERENCE.match(text)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE or not found or "[" in found["area"]:
        return text
    sheet = unquoted(found["sheet"]) if found["sheet"] else None
    new = change(sheet, found["area"])
    return text if new is None else new


def unquoted(name: str) -> str:
    """A sheet name without its quotes."""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def quoted(name: str) -> str:
    """A sheet name as references hold it."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name) and parse_area(name) is None
    return name if plain else "'{}'".format(name.replace("'", "''"))


def after_shift(formula: str, shift: Shift, sheet: str, own: str) -> str:
    """A formula of the sheet `own` after cells of the sheet `sheet` were shifted."""
    if own != sheet and not _mentions(formula, sheet):
        return formula

    def change(named: str | None, address: str) -> str | None:
        if (named or own).casefold() != sheet.casefold():
            return None
        area = parse_area(address)
        moved = shift.moved(area) if area else area
        if area is None or moved == area:
            return None
        prefix = f"{quoted(named)}!" if named else ""
        return prefix + (_dressed(address, moved) if moved else "#REF!")

    return rewritten(formula, change)


def _mentions(formula: str, sheet: str) -> bool:
    """Whether the sheet's name is in the formula at all: most formulas are done with here."""
    return "!" in formula and sheet.replace("'", "''").casefold() in formula.casefold()


def after_rename(formula: str, old: str, new: str) -> str:
    """A formula after a sheet got another name."""
    if not _mentions(formula, old):
        return formula

    def change(named: str | None, address: str) -> str | None:
        return f"{quoted(new)}!{address}" if named and named.casefold() == old.casefold() else None

    return rewritten(formula, change)


def after_removal(formula: str, sheet: str) -> str:
    """A formula after a sheet was deleted."""

    def change(named: str | None, address: str) -> str | None:
        return f"#REF!{address}" if named and named.casefold() == sheet.casefold() else None

    return rewritten(formula, change)


def copied(formula: str, rows: int, columns: int) -> str:
    """A formula pasted so many rows and columns further on: relative references move along."""
    if not _SOMETHING.search(formula) or (not rows and not columns):
        return formula
    row, column = max(1, 1 - rows), max(1, 1 - columns)
    origin = Area(row, column, row, column)
    return str(Translator(formula, origin.plain).translate_formula(origin.offset(rows, columns).plain))


def _dressed(address: str, area: Area) -> str:
    """The new area with the dollar signs of the old address."""
    first, _, last = address.partition(":")
    corners = (
        [(first, area.top, area.left), (last, area.bottom, area.right)] if last else [(first, area.top, area.left)]
    )
    return ":".join(_corner(part, row, column) for part, row, column in corners)


def _corner(part: str, row: int, column: int) -> str:
    found = _PART.match(part)
    if found is None:
        return part
    dollar, letters, second, digits = found.groups()
    row, column = min(row, MAX_ROW), min(column, MAX_COLUMN)
    if letters and column_number(letters) != column:
        raise ValueError(f"{part}: columns never move here")
    if not letters:
        return f"{dollar or second}{row}"
    return f"{dollar}{letters}{second}{row}" if digits else f"{dollar}{letters}"
