"""Defined names of a workbook and of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from excel.areas import Area
from excel.references import quoted
from excel.resolve import Place, resolve
from excel.sheet import Sheet

if TYPE_CHECKING:
    from excel.workbook_model import Book


def all_names(book: Book, sheet: Sheet | None = None) -> list[tuple[Sheet | None, str]]:
    """The names of one sheet, or of the workbook and all its sheets."""
    if sheet:
        return [(sheet, name) for name in sheet.names]
    own: list[tuple[Sheet | None, str]] = [(None, name) for name in book.names]
    return own + [(other, name) for other in book.sheets for name in other.names]


def full_name(sheet: Sheet | None, name: str) -> str:
    """A name as Excel says it: with its sheet where it belongs to one."""
    return f"{quoted(sheet.name)}!{name}" if sheet else name


def find_name(book: Book, text: str, sheet: Sheet | None = None) -> tuple[Sheet | None, str]:
    """The owner and the spelling of a name; KeyError where there is none."""
    for owner, name in all_names(book, sheet):
        short = name.casefold() if owner in (None, sheet) else ""
        if text.casefold() in (short, full_name(owner, name).casefold()):
            return owner, name
    raise KeyError(text)


def name_of(book: Book, sheet: Sheet, area: Area) -> tuple[Sheet | None, str] | None:
    """The first name that means exactly these cells."""
    wanted = Place(sheet, area)
    for owner, name in all_names(book):
        if resolve(book, (owner.names if owner else book.names)[name], owner or sheet) == wanted:
            return owner, name
    return None
