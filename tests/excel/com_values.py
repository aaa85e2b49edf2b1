"""What pywin32 makes of Python values on their way to Excel."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from excel.reading import CENTS_OF_CENTS
from excel.values import serial_of

PLAIN = frozenset({str, float, int, bool, type(None)})
MOST_CURRENCY = Decimal("922337203685477.5807")


def to_com(data: Any, *, typed: bool) -> Any:
    """What pywin32 makes of Python values on their way to Excel; `typed`: money and dates keep their type, as in `Value`."""
    if isinstance(data, list | tuple):
        if data and not isinstance(data[0], list | tuple) and {type(value) for value in data} <= PLAIN:
            return data
        return [to_com(part, typed=typed) for part in data]
    return data if type(data) in PLAIN else _variant(data, typed=typed)


def _variant(value: Any, *, typed: bool) -> Any:
    if isinstance(value, Decimal):
        if abs(value) > MOST_CURRENCY:
            raise OverflowError("a currency of COM holds no more than 922,337,203,685,477.5807")
        cents = value.quantize(CENTS_OF_CENTS, ROUND_HALF_EVEN)
        return cents if typed else float(cents)
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError("astimezone() cannot be applied to a naive datetime")
        moment = value.astimezone(dt.UTC).replace(tzinfo=None)
        return moment if typed else serial_of(moment)
    if isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")
