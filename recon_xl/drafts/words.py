"""The words of a draft line: what is sold, and why it comes to what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from recon_xl.core.money import EXACT, ZERO, money_text
from recon_xl.core.piece import Piece

KIND_WORDS = {"change": "change in mid-cycle", "credit": "credit", "instalment": "monthly instalment"}
"""Kinds of charges that a description names."""


def described(name: str, kind: str, pieces: Iterable[Piece]) -> str:
    """Product, kind of charge where it is not the usual one, and the days that it covers."""
    words = [name]
    if kind in KIND_WORDS:
        words.append(KIND_WORDS[kind])
    starts = [piece.start for piece in pieces if piece.start is not None]
    ends = [piece.end for piece in pieces if piece.end is not None]
    if starts and ends:
        words.append(_span_words(min(starts), max(ends)))
    return ", ".join(words)


@lru_cache(maxsize=4096)
def _span_words(start: date, end: date) -> str:
    return f"{start.day} {start:%b %Y} to {end.day} {end:%b %Y}"


def reasoned(pieces: list[Piece]) -> str:
    """The reason of its pieces, with every figure that the amount is made of, and how many source lines there are."""
    reasons = list(dict.fromkeys(piece.why for piece in pieces if piece.why))
    more = f" (and {len(reasons) - 1} more like it)" if len(reasons) > 1 else ""
    lines = sum([len(piece.line_ids) for piece in pieces])
    words = _usage_words(pieces) or (f"{reasons[0]}{more}" if reasons else pieces[0].problem or "")
    return f"{words[:1].upper()}{words[1:]}; {lines} source line{'s' if lines != 1 else ''}"


def _usage_words(pieces: list[Piece]) -> str:
    """Each reason with the sum that it was priced on, for usage is one line of a key; blank for anything else."""
    sums: dict[tuple[str, str], Decimal] = {}
    for piece in pieces:
        if piece.usage is None:
            return ""
        amount, currency = piece.usage
        sums[piece.why, currency] = EXACT.add(sums.get((piece.why, currency), ZERO), amount)
    return " + ".join(f"{money_text(amount, currency)} {reason}" for (reason, currency), amount in sums.items())
