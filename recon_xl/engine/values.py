"""Values on their way between Python and DuckDB: a column at a time, and each distinct amount read once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from json import JSONEncoder
from typing import Any

_json = JSONEncoder(ensure_ascii=False).encode


class Amounts(dict[str | None, Decimal | None]):
    """Amounts that leave the ledger as text, each distinct one read once."""

    def __missing__(self, text: str | None) -> Decimal | None:
        self[text] = amount = None if text is None else Decimal(text)
        return amount


def handed_over(kind: str, values: Sequence[Any], *, is_first: bool) -> tuple[str, Any]:
    """A column as SQL and its parameter: one value where all are the same, else a JSON text.

    DuckDB reads such a text in half the time that a list of values takes it, one by one. Strict, so that a value that does
    not fit its type is an error and never a blank. The first column of a relation always comes as JSON: it tells the rows.
    """
    if not is_first and len(values) and values[0] == values[-1] and values.count(values[0]) == len(values):
        return f"CAST(? AS {kind})", str(values[0]) if _has_text(kind) and values[0] is not None else values[0]
    return f"""unnest(from_json_strict(?, '["{kind}"]'))""", _as_json(kind, values)


def _has_text(kind: str) -> bool:
    """Types that JSON does not know: their values are handed over as text, which is exact."""
    return kind in ("DATE", "TIMESTAMP") or kind.startswith("DECIMAL")


def _as_json(kind: str, values: Sequence[Any]) -> str:
    if kind in ("DATE", "TIMESTAMP"):  # few of them differ
        texts = {value: "null" if value is None else f'"{value}"' for value in set(values)}
        return f"[{','.join(map(texts.__getitem__, values))}]"
    if _has_text(kind) and len(values):
        return f"""["{'","'.join(map(str, values))}"]""".replace('"None"', "null")
    if kind == "INTEGER":
        return str(list(values)).replace("None", "null")
    return (_plainly(values) if kind == "VARCHAR" else None) or _json(list(values))


def _plainly(values: Sequence[Any]) -> str | None:
    """Texts as JSON where none of them needs an escape, in half the time; None where one does, or is blank."""
    try:
        text = '","'.join(values)
    except TypeError:
        return None
    is_plain = text.count('"') == 2 * (len(values) - 1) and "\\" not in text and text.isprintable()
    return f'["{text}"]' if is_plain else None
