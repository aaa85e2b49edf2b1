"""Column-wise steps on typed values, each distinct value worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from recon_xl.engine.inputs import Inputs


def line_ids(inputs: Inputs, table: str) -> list[str]:
    """Id of each row: the one its import gave it, else its sheet row (pasted rows)."""
    lines, rows = inputs.column(table, "Line"), inputs.tables[table].row_numbers
    return [line or f"{table} row {row}" for line, row in zip(lines, rows, strict=True)]


def texts(values: Sequence[Any]) -> list[str]:
    """Text columns with blanks as empty text: ids compare equal or not, never NULL."""
    return ["" if value is None else str(value) for value in values]


def folded(values: Sequence[Any]) -> list[str]:
    """Ids without case."""
    return each(str.casefold, values)


def each(change: Callable[[str], str], values: Sequence[Any]) -> list[str]:
    """`change` applied to every text, blanks as empty text."""
    known: dict[Any, str] = {}
    for value in set(values):
        known[value] = change(value or "")
    return [known[value] for value in values]


def numbered(*columns: Sequence[Any]) -> tuple[list[int], list[tuple[Any, ...]]]:
    """The distinct rows of some columns, and for each row the place of its own among them."""
    known: dict[tuple[Any, ...], int] = {}
    places = [known.setdefault(row, len(known)) for row in zip(*columns, strict=True)]
    return places, list(known)


def copy_numbers(rows: Sequence[Any], order: Callable[[int], Any], content: Callable[[int], Any]) -> list[int]:
    """For each row the how-manieth copy of its content it is, 1 being the original.

    `rows` are a few telling columns: only where these agree is the whole `content` of a row compared.
    `order` of a row's place says which of two equal rows came first.
    """
    first: dict[Any, int] = {}
    groups: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        known = first.setdefault(row, place)
        if known != place:
            groups.setdefault(known, [known]).append(place)
    numbers = [1] * len(rows)
    for places in groups.values():
        _number(sorted(places, key=order), content, numbers)
    return numbers


def _number(places: Sequence[int], content: Callable[[int], Any], numbers: list[int]) -> None:
    seen: dict[Any, int] = {}
    for place in places:
        whole = content(place)
        seen[whole] = numbers[place] = seen.get(whole, 0) + 1
