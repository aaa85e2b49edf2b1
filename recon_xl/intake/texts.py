"""Cells as text: what stands around it, lists in one cell, numbers without needless zeros."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recon_xl.core.cells import Cell, Value

_AROUND = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff"


def split_list(text: str | None) -> list[str]:
    """The texts of a LIST cell, separated by `;`, without blanks.

    >>> split_list("a; b;;")
    ['a', 'b']
    """
    return [part for piece in (text or "").split(";") if (part := strip_text(piece))]


def strip_text(text: str) -> str:
    """Text without the spaces, also unbreakable and invisible ones, around it."""
    return text.strip(_AROUND)


def plain_number(value: Decimal) -> str:
    """Digits without exponent or needless zeros, as Excel shows a number in text."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def raw_text(cell: Cell) -> str:
    """A cell as text, for what could not be read: kept, so that nothing is lost."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return "" if cell is None else str.__str__(cell)


def folded(values: Sequence[Value]) -> tuple[Value, ...]:
    """Values as keys compare them, whatever case and spacing: `contoso ` is `Contoso`."""
    return tuple(" ".join(value.casefold().split()) if isinstance(value, str) else value for value in values)
