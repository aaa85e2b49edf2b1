"""Which versions the add-in is made for: what VBA carries as constants, and what the program answers when they differ."""

from __future__ import annotations

from recon_xl import __version__

XLWINGS = "0.37.8"
"""The one xlwings version that the add-in works with: the names of its Windows libraries carry it (pinned in pyproject)."""

LIBRARY_64, LIBRARY_32 = f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll"

ADDIN = "recon-xl.xlam"
"""The add-in's file name. Formulas in saved workbooks hold it, so it carries no version and is never changed."""

MACRO_BOOK = "month_end.xlsm"
"""The blank workbook with the same VBA, for those whose add-ins may not load."""

APPLESCRIPT = "recon-xl.applescript"


def handshake(addin: str) -> str:
    """An empty text where the add-in is of this program's version, else what to do, in one sentence."""
    if addin == __version__:
        return ""
    return f"The add-in is {addin[:20]}, the program {__version__}: run recon-xl addin install, then start Excel again."
