"""What the add-in is made for: what VBA carries as constants, and what the program answers where it does not fit."""

from __future__ import annotations

from recon_xl import __version__
from recon_xl.core.terminal import typed

PROTOCOL = "1"
"""The contract between VBA and Python: which programs are started, with which words, and what they answer. It changes only
when that contract changes, so that a month's workbook that carries the code keeps working after an update of recon-xl."""

XLWINGS = "0.37.8"
"""The one xlwings version that the add-in works with: the names of its Windows libraries carry it (pinned in pyproject)."""

LIBRARY_64, LIBRARY_32 = f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll"

ADDIN = "recon-xl.xlam"
"""The add-in's file name. Formulas in saved workbooks hold it, so it carries no version and is never changed."""

MACRO_BOOK = "month_end.xlsm"
"""The blank workbook with the same VBA, for those whose add-ins may not load."""

APPLESCRIPT = "recon-xl.applescript"


def handshake(protocol: str) -> str:
    """An empty text where add-in and program follow the same contract, else what to do."""
    if protocol == PROTOCOL:
        return ""
    return (
        f"The buttons speak protocol {protocol[:20]}, the program {__version__} speaks {PROTOCOL}. "
        f"For the add-in run {typed('addin install')}, then start Excel again. "
        "In a workbook with its own code use the add-in, or move to a new workbook."
    )
