"""Sentences shared by rules that compare both sides of a key."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from recon_xl.core.money import money_text, quantity_text


def gap_words(row: dict[str, Any]) -> str:
    """Quantities first where they differ, else price; then the money of both sides, and how the expected one came about."""
    return f"{_gap(row)}{source_words(row)}"


def source_words(row: dict[str, Any]) -> str:
    """How the largest part of the expected amount came about."""
    return f" Expected: {row['why']}." if row["why"] else ""


def _gap(row: dict[str, Any]) -> str:
    expected, billed = row["expected_quantity"], row["kept_quantity"]
    money = f"{money_of(row['billed'] - row['excess'], row)} billed against {money_of(row['expected'], row)} expected"
    if expected is None or billed is None:
        return f"{_by(row['variance'])}: {money}."
    if expected == billed:
        return f"The quantity agrees ({quantity_text(expected)}), the price does not: {money}."
    source = "by count" if row["is_count"] else "at the vendor"
    gap = abs(expected - billed)
    side = "short" if billed < expected else "over"
    return f"{quantity_text(billed)} billed, {quantity_text(expected)} {source}: {quantity_text(gap)} {side}; {money}."


def money_of(amount: Decimal, row: dict[str, Any]) -> str:
    """An amount in the currency of a key."""
    return money_text(amount, row["currency"])


def lines_words(count: int) -> str:
    """`1 vendor line`, `2 vendor lines`."""
    return f"{count} vendor line{'' if count == 1 else 's'}"


def _by(variance: Decimal) -> str:
    return "Billed too little" if variance < 0 else "Billed too much"


def capital(sentence: str) -> str:
    """A sentence with a capital at its start; names inside it stay as they are."""
    return sentence[:1].upper() + sentence[1:]
