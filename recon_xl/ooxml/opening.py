"""Whether a workbook can be opened at all, and what is said where it cannot: one message, whoever asks."""

from __future__ import annotations

from pathlib import Path

from recon_xl.core.errors import WorkbookError
from recon_xl.core.terminal import quoted
from recon_xl.ooxml.winreplace import is_busy

EXCEL = "an Excel workbook (.xlsx or .xlsm)"


def unreadable(where: str, error: OSError) -> WorkbookError:
    """The system's refusal to open a file, in an accountant's words."""
    if is_busy(error):
        return WorkbookError(
            where=where,
            found="a file that another program holds, most likely Excel",
            expected=EXCEL,
            todo="Close it there and try again.",
        )
    return WorkbookError(
        where=where,
        found=f"a file that cannot be opened ({error.strerror or type(error).__name__})",
        expected=EXCEL,
        todo="Check the name and that you may read it.",
    )


def require_file(path: Path, expected: str) -> None:
    """`WorkbookError` where there is no such file, or where it cannot be opened: before any work on it."""
    try:
        if path.is_file():
            with path.open("rb"):
                return
        is_folder = path.is_dir()
    except OSError as error:
        raise unreadable(path.name, error) from error
    if is_folder:
        raise WorkbookError(
            where=str(path), found="a folder", expected=expected, todo="Name the workbook, with the folder it is in."
        )
    raise WorkbookError(
        where=str(path),
        found="no such file",
        expected=expected,
        todo=f"Check the name, or make one: recon-xl new {quoted(path.name)}",
    )
