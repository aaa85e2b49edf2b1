"""The resident program on Windows: what VBA calls through xlwings' COM server.

`python -I -B -m recon_xl.addin.server CLSID` is started by xlwings' library and ends with Excel.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module

from recon_xl.addin import click as one_click
from recon_xl.addin.lean import keep_lean
from recon_xl.addin.log import log_fault
from recon_xl.addin.places import places
from recon_xl.addin.versions import handshake
from recon_xl.core.cells import ErrorText
from recon_xl.engine.session import keep_engine
from recon_xl.functions.grid import call
from recon_xl.functions.kept import kept

MARK = "\ue000"
"""Begins a text that VBA turns into an error of the grid: no cell and no vendor file holds this private-use character."""

_LARGEST_INTEGER = 2**31
Value = str | float | int | bool | datetime | None


def click(control_id: str, window: int, protocol: str) -> str:
    """Run the command of a ribbon control; returns what VBA must still show."""
    return one_click.click(str(control_id), int(window), str(protocol), places())


def calculate(name: str, arguments: Sequence[object], protocol: str) -> Value | tuple[tuple[Value, ...], ...]:
    """The value or the rows of a worksheet function. A fault is `#VALUE!`, an add-in that does not fit `#NAME?`."""
    if handshake(protocol):
        return f"{MARK}#NAME?"
    try:
        answer = call(name, _given(arguments))
        if isinstance(answer, list | tuple):
            return tuple(tuple(_plain(value) for value in row) for row in answer)
        return _plain(answer)
    except Exception:
        log_fault(places(), f"worksheet function {name}")
        return f"{MARK}#VALUE!"


def _given(arguments: Sequence[object]) -> list[object]:
    """The arguments without marks; ranges that came before are the very same again, which spares reading them anew."""
    ranges = [one for one in arguments if isinstance(one, tuple | list)]
    unmarked = iter(kept("", ranges, lambda: [_unmarked(one) for one in ranges]))
    return [next(unmarked) if isinstance(one, tuple | list) else _unmarked(one) for one in arguments]


def _unmarked(argument: object) -> object:
    """Errors in the grid arrive as marked texts, in single values and in rows."""
    if isinstance(argument, tuple | list):
        return tuple(_unmarked(one) for one in argument)
    if isinstance(argument, str) and argument.startswith(MARK):
        return ErrorText(argument.removeprefix(MARK))
    return argument


def _plain(value: object) -> Value:
    """As COM carries it: a Decimal would arrive as Currency with four decimals, a large whole number not at all."""
    if isinstance(value, ErrorText):
        return f"{MARK}{value}"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _LARGEST_INTEGER:
        return float(value)
    if value is None or isinstance(value, str | float | int | bool | datetime):
        return value
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def main(arguments: Sequence[str]) -> int:
    """Serve until Excel ends; 2 where it was started by anything but the add-in."""
    if not sys.flags.isolated or len(arguments) != 1:
        return 2
    own = places()
    os.chdir(sys.prefix)  # Excel's current folder may be a workbook's; our own of the profile goes with uninstall
    keep_lean()
    keep_engine()
    try:
        import_module("xlwings.com_server").serve(arguments[0])
    except Exception:
        log_fault(own, "the resident program")
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
