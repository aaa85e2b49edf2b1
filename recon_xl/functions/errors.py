"""Excel's error values: what they are called, how they arrive through COM, and how a calculation gives up with one."""

from __future__ import annotations

from recon_xl.core.cells import ErrorText

NULL = ErrorText("#NULL!")
DIV0 = ErrorText("#DIV/0!")
VALUE = ErrorText("#VALUE!")
REF = ErrorText("#REF!")
NAME = ErrorText("#NAME?")
NUM = ErrorText("#NUM!")
NA = ErrorText("#N/A")

_FIRST_CODE = -2146828288
_NUMBERS = {
    NULL: 2000,
    DIV0: 2007,
    VALUE: 2015,
    REF: 2023,
    NAME: 2029,
    NUM: 2036,
    NA: 2042,
    ErrorText("#GETTING_DATA"): 2043,
    ErrorText("#SPILL!"): 2045,
    ErrorText("#CONNECT!"): 2046,
    ErrorText("#BLOCKED!"): 2047,
    ErrorText("#UNKNOWN!"): 2048,
    ErrorText("#FIELD!"): 2049,
    ErrorText("#CALC!"): 2050,
}
ERROR_NUMBERS: dict[str, int] = {str(error): number for error, number in _NUMBERS.items()}
"""Error -> the number that VBA's `CVErr` takes."""
_BY_CODE = {_FIRST_CODE + number: error for error, number in _NUMBERS.items()}
_CODES = range(_FIRST_CODE + 2000, _FIRST_CODE + 2100)


class CellFault(Exception):  # noqa: N818 - it is shown as an error value, like Excel's own
    """A calculation that has no answer; the cell shows `error`."""

    def __init__(self, error: ErrorText) -> None:
        self.error = error
        super().__init__(str(error))


def error_of(cell: object) -> ErrorText | None:
    """The error that a cell holds, as a word or as the code that COM hands over; None where it holds none.

    >>> error_of(-2146826246), error_of(-2146826246.0)
    ('#N/A', None)
    """
    if isinstance(cell, ErrorText):
        return cell
    # A number of the sheet arrives as a float, so a whole number in this range is never an amount.
    if type(cell) is int and cell in _CODES:
        return _BY_CODE.get(cell, VALUE)
    return None
