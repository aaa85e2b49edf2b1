"""The words of a draft line: what is sold, and why it comes to what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from recon_xl.core.money import EXACT, ZERO, money_text
from recon_xl.core.piece import Piece

KIND_WORDS = {"change": "change in mid-cycle", "credit": "credit", "instalment": "monthly instalment"}
"""Kinds of charges that a description names."""


def described(name: str, kind: str, pieces: Sequence[Piece]) -> str:
    """Product, kind of charge where it is not the usual one, and the days that it covers."""
    words = f"{name}, {KIND_WORDS[kind]}" if kind in KIND_WORDS else name
    if len(pieces) == 1:
        start, end = pieces[0].start, pieces[0].end
    else:
        start = min([piece.start for piece in pieces if piece.start is not None], default=None)
        end = max([piece.end for piece in pieces if piece.end is not None], default=None)
    return f"{words}, {_span_words(start, end)}" if start is not None and end is not None else words


@lru_cache(maxsize=4096)
def _span_words(start: date, end: date) -> str:
    return f"{start.day} {start:%b %Y} to {end.day} {end:%b %Y}"


def reasoned(pieces: Sequence[Piece]) -> str:
    """The reason of its pieces, with every figure that the amount is made of, and how many source lines there are."""
    reasons = list(dict.fromkeys([piece.why for piece in pieces if piece.why]))
    more = f" (and {len(reasons) - 1} more like it)" if len(reasons) > 1 else ""
    lines = sum([len(piece.line_ids) for piece in pieces])
    words = _usage_words(pieces) or (f"{reasons[0]}{more}" if reasons else pieces[0].problem or "")
    return f"{words[:1].upper()}{words[1:]}; {lines} source line{'s' if lines != 1 else ''}"


def _usage_words(pieces: Sequence[Piece]) -> str:
    """Each reason with the sum that it was priced on, for usage is one line of a key; blank for anything else."""
    sums: dict[tuple[str, str], Decimal] = {}
    for piece in pieces:
        if piece.usage is None:
            return ""
        amount, currency = piece.usage
        sums[piece.why, currency] = EXACT.add(sums.get((piece.why, currency), ZERO), amount)
    return " + ".join(f"{money_text(amount, currency)} {reason}" for (reason, currency), amount in sums.items())
