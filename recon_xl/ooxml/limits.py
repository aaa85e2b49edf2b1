"""How large a workbook may be before it is refused: far above any that we write, and each limit can be set otherwise.

A month of 50,000 vendor lines unpacks to 386 MiB of XML before it is run, 176 MiB of them in one part, 12 times its packed size at
most; 3,000 draft tabs are 3,000 parts and 20 MiB. Sheets are read as a stream, so a limit that is high costs nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from recon_xl.core.errors import WorkbookError

_PREFIX = "RECON_XL_MAX_"


@dataclass(frozen=True, slots=True)
class Limits:
    """Each can be set by the environment variable of its name: `RECON_XL_MAX_PARTS=40000`."""

    parts: int = 20_000
    """Parts of a package."""
    part_mib: int = 1024
    """XML of one part, unpacked."""
    file_mib: int = 4096
    """XML of all parts, unpacked."""
    ratio: int = 200
    """Unpacked size by packed size of a part of 1 MiB and more."""
    memory_mib: int = 300
    """What reading a package out of proportion may take: so much up to 4 MiB of file, a tenth more for each further MiB."""
    seconds: int = 3
    """Likewise the time."""


def limits() -> Limits:
    """The limits that hold; raises `WorkbookError` for a variable that is no whole number above 0."""
    found = {field: _number(field) for field in Limits.__slots__ if variable(field) in os.environ}
    return Limits(**found)


def variable(field: str) -> str:
    """The environment variable of a limit."""
    return _PREFIX + field.upper()


def beyond(where: str, found: str, field: str, limit: int) -> WorkbookError:
    """The refusal of what is beyond a limit: it names the limit and how to raise it."""
    return WorkbookError(
        where=where,
        found=f"{found} (limit {limit:,})",
        expected="an Excel workbook (.xlsx or .xlsm) of an ordinary size",
        todo=f"Open the file in Excel and save it again. If it is right as it is, set the environment variable "
        f"{variable(field)} to a larger number and run again.",
    )


def _number(field: str) -> int:
    text = os.environ[variable(field)].strip()
    if text.isascii() and text.isdigit() and 0 < int(text[:15]):
        return int(text[:15])
    raise WorkbookError(
        where=variable(field),
        found=f"the limit {text!r}",
        expected="a whole number above 0",
        todo="Correct the environment variable, or take it away for the default.",
    )
