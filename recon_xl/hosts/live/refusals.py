"""What the reading of an open workbook refuses, in words."""

from __future__ import annotations

from recon_xl.contract import table
from recon_xl.contract.places import Place
from recon_xl.core.errors import WorkbookError


def not_ours(book: str) -> WorkbookError:
    """The message for a workbook without the hidden Layout sheet."""
    return WorkbookError(
        where=book, found="no recon-xl layout in the active workbook", expected="a month-end workbook",
        todo="Open your month-end workbook (recon-xl new makes one) and press the button again.",
    )  # fmt: skip


def changed_meanwhile(book: str, found: str) -> WorkbookError:
    """The message for a workbook that is not as it was read."""
    return WorkbookError(
        where=book, found=f"{found} while the command worked", expected="the workbook as it was read",
        todo="Nothing was changed. Press the button again.",
    )  # fmt: skip


def lost(name: str, place: Place) -> WorkbookError:
    """The message for a place without the headers that the layout told of."""
    return WorkbookError(
        where=f"{place.sheet} > row {place.header_row}", found=f"no headers of the table {name}",
        expected="the table's header row", todo="Let Excel calculate (F9) and press the button again.",
    )  # fmt: skip


def no_table(book: str, name: str) -> WorkbookError:
    """The message for a table that the layout does not find."""
    return WorkbookError(
        where=book, found=f"no table {table(name).excel_name}, or none with its first header",
        expected=f'the table on the tab "{name}"', todo="Undo the deletion, or go on in a new month-end workbook.",
    )  # fmt: skip
