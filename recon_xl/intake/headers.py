"""Which column a header means: by the contract's own name first, then by its declared aliases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from recon_xl.contract import Column, Table, normalise_header
from recon_xl.core.errors import ContractError, InputError


def match_columns(
    columns: Sequence[Column], headers: Sequence[str], variants: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Contract column -> position. A column's own name wins over another column's alias, wherever it stands.

    `variants` are further headers of a format: normalised header -> contract column.
    """
    first: dict[str, int] = {}
    for position, header in enumerate(headers):
        first.setdefault(normalise_header(header), position)
    first.pop("", None)
    found = {column.name: first[name] for column in columns if (name := normalise_header(column.name)) in first}
    taken = set(found.values())
    for column in columns:
        if column.name in found:
            continue
        others = [name for name, meant in (variants or {}).items() if meant == column.name]
        for alias in (*map(normalise_header, column.aliases), *others):
            if alias in first and first[alias] not in taken:
                found[column.name] = first[alias]
                taken.add(first[alias])
                break
    return {column.name: found[column.name] for column in columns if column.name in found}


def refuse_twins(where: str, headers: Sequence[str], positions: Mapping[str, int]) -> None:
    """`InputError` where a header that matters stands there twice: which one is meant would be a guess."""
    counts = Counter(normalise_header(header) for header in headers)
    for column, position in positions.items():
        if counts[normalise_header(headers[position])] > 1:
            raise InputError(
                where=where,
                found=f"the header {headers[position]!r} more than once",
                expected=f"one column for {column}",
                todo="Rename or delete the column that is not meant, and try again.",
            )


def require_columns(where: str, table: Table, headers: Sequence[str], positions: Mapping[str, int]) -> None:
    """`ContractError` naming a required column that is absent, and the nearest header that is there."""
    for column in table.columns:
        if column.required and column.name not in positions:
            free = [header for position, header in enumerate(headers) if position not in positions.values()]
            near = get_close_matches(column.name, free, n=1)
            raise ContractError(
                where=where,
                found=f"the headers {', '.join(headers) or 'none'}",
                expected=f"a column {column.name}",
                todo=(
                    f"Rename the header {near[0]!r} back to {column.name}."
                    if near
                    else f"Add the column {column.name}, or rename its header back; recon-xl upgrade adds it, too."
                ),
            )
