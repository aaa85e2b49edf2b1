"""Values as JSON, and JSON as text that fits into cells."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from recon_xl.core.cells import ErrorText, Formula, NumberText, Value, in_15_digits
from recon_xl.intake.apply import stored_cell
from recon_xl.journal.look import Held

MOST_BYTES = 200_000_000
"""Of one step, unpacked: a workbook from elsewhere must not fill the memory."""
PIECE = 8_000
"""Characters of a cell: Excel takes at most 8,192 of a text that is entered through `Range.Formula`."""


def pack(content: object) -> str:
    """JSON, compressed, as plain letters."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 1)).decode()


def unpack(packed: str) -> Any:
    """What was packed; ValueError where it was damaged, or would be far larger than anything that is packed here."""
    try:
        unzip = zlib.decompressobj()
        text = unzip.decompress(base64.b64decode(packed, validate=True), MOST_BYTES)
        if unzip.unconsumed_tail or not unzip.eof:
            raise ValueError("packed data that does not end")
        return json.loads(text)
    except (binascii.Error, zlib.error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("packed data that cannot be read") from error


def pieces(packed: str) -> list[str]:
    """The text cut to the size of a cell."""
    return [packed[first : first + PIECE] for first in range(0, len(packed), PIECE)]


def digest(text: str) -> str:
    """SHA-256, as letters."""
    return hashlib.sha256(text.encode()).hexdigest()


def encoded(held: Value | Held, *, date1904: bool = False) -> object:
    """A cell for JSON: texts as they are, numbers and formulas in a list that says so."""
    if isinstance(held, Formula):
        return ["=", held.text, encoded(held.cached, date1904=date1904)]
    cell = stored_cell(held, date1904=date1904) if isinstance(held, Decimal | date | int) else held
    if isinstance(cell, ErrorText):
        return ["!", str(cell)]
    return ["#", str(cell)] if isinstance(cell, NumberText) else cell


def decoded(found: Any) -> Value:
    """The cell again, as it is written; ValueError where it is none of ours."""
    match found:
        case None | bool() | str():
            return found
        case ["=", str() as text, cached]:
            return Formula(text, decoded(cached))
        case ["#", str() as number]:
            return _number(number)
        case ["!", str() as words]:
            return words
    raise ValueError(f"a packed cell {found!r}")


def decoded_row(row: Sequence[Any]) -> list[Value]:
    """A row of cells again."""
    return [decoded(cell) for cell in row]


def _number(text: str) -> Decimal:
    try:
        return in_15_digits(NumberText(text))
    except InvalidOperation as error:
        raise ValueError(f"a packed number {text!r}") from error
