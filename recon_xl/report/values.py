"""Small steps that all sheets share: amounts, percentages, links, and rows in contract order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from recon_xl.contract import Kind, table
from recon_xl.contract.layout import BY_CURRENCY, TOTAL_LABEL, structured, totals_formulas
from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.money import EXACT, to_minor_unit, total
from recon_xl.core.rows import ValueRows
from recon_xl.ooxml.cellxml import MAX_TEXT

_LONGEST_LITERAL = 255
"""Characters of a text inside a formula; Excel repairs a workbook with more."""
_is_plain_id = re.compile(r"\w[\w .:/#-]{0,99}").fullmatch
_LINE_TABLES = ("Vendor Lines", "Billed Lines", "Counts", "Daily Usage")
_PASTED = tuple(f"{name} row " for name in _LINE_TABLES)
"""How the id of a row begins that no import brought."""


def money(amount: Decimal | None, currency: str) -> Decimal | None:
    """An amount to its currency's minor unit, as it stands in a cell."""
    return None if amount is None else to_minor_unit(amount, currency)


def quantity(amount: Decimal | None) -> Decimal | None:
    """A quantity without the ledger's trailing zeros."""
    if amount is None:
        return None
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize(EXACT)


@cache
def this_row(table_name: str, column: str) -> str:
    """A structured reference to this row's cell of a column."""
    declared = table(table_name)
    return f"{declared.excel_name}[[#This Row],[{declared.column(column).name}]]"


@cache
def ref(table_name: str, column: str) -> str:
    """A structured reference to a whole column."""
    return structured(table(table_name), column)


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def source_link(line_id: str, tables: Mapping[str, str], words: str = "") -> Value:
    """A link to a source line, found by its id and not by its address, so that it survives sorting.

    An id that is no plain name (the PSA's own may be any text) is shown and leads nowhere: no formula is made from it.
    """
    shown = words or line_id
    if not _is_plain_id(line_id) or len(shown) > _LONGEST_LITERAL or not shown.isprintable() or '"' in shown:
        return shown
    if line_id.startswith(_PASTED):
        name = next(name for name in _LINE_TABLES if line_id.startswith(name))
        row = line_id.rsplit(" ", 1)[1]
        return (
            Formula(f"HYPERLINK({quoted(f'#{_sheet(name)}!A{row}')},{quoted(shown)})", shown)
            if row.isdigit()
            else shown
        )
    # An id that no source gave is the PSA's own.
    name = tables.get(line_id.rsplit("-", 1)[0], "Billed Lines")
    if name not in _LINE_TABLES:
        return line_id
    before, after = _looked_up(name)
    return Formula(f'{before}{quoted(line_id)}{after}{quoted(shown)}),"source row removed")', shown)


@cache
def _looked_up(name: str) -> tuple[str, str]:
    """What stands before and after the id in a link to a line of a table."""
    row = f"ROW({table(name).excel_name}[[#Headers],[Line]])"
    return f"IFERROR(HYPERLINK({quoted(f'#{_sheet(name)}!A')}&({row}+MATCH(", f",{ref(name, 'Line')},0)),"


def tab_link(tab: str) -> Value:
    """A link to a tab of this workbook."""
    return Formula(f"HYPERLINK({quoted(f'#{_sheet(tab)}!A1')},{quoted(tab)})", tab)


def tables_by_source(sources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Source id -> the table that holds its lines."""
    return {row["Source"]: row.get("Table") or "" for row in sources if row.get("Source")}


def rows_change(name: str, records: Iterable[Mapping[str, Value]]) -> ReplaceRows:
    """All rows of a result table, and its totals row with the values that its formulas will give."""
    rows = list(records)
    return columns_change(name, {column: [row.get(column) for row in rows] for column in table(name).column_names})


def columns_change(name: str, columns: Mapping[str, Sequence[Value]]) -> ReplaceRows:
    """The same from columns by name, all of one length; one that is not given is blank."""
    declared = table(name)
    blank = [None] * max(map(len, columns.values()), default=0)
    values = {column.name: columns.get(column.name, blank) for column in declared.columns}
    values |= {
        column.name: _all_fitting(values[column.name]) for column in declared.columns if column.kind is Kind.NOTE
    }
    return ReplaceRows(
        name, declared.column_names, ValueRows(list(values.values())), declared.key, _totals(name, values)
    )


def _all_fitting(column: Sequence[Value]) -> Sequence[Value]:
    return list(map(_fitting, column))


def _fitting(value: Value) -> Value:
    """A sentence of ours cut to what a cell can hold: the names in it may each be as long as that."""
    if isinstance(value, str) and len(value) > MAX_TEXT // 2:
        units = value.encode("utf-16-le", "surrogatepass")
        if len(units) // 2 > MAX_TEXT:
            return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    return value


def _totals(name: str, columns: Mapping[str, Sequence[Value]]) -> dict[str, Value]:
    formulas = totals_formulas(table(name))
    if not formulas:
        return {}
    first, second = islice(columns, 2)
    values: dict[str, Value] = {first: TOTAL_LABEL}
    currencies = set(columns.get("Currency", ())) - {None, ""}
    for column, text in formulas.items():
        if column == second:
            amount: Value = sum(1 for value in map(cached, columns[first]) if value not in (None, ""))
        elif len(currencies) > 1:
            amount = BY_CURRENCY
        else:
            given = map(cached, columns[column])
            amount = total(Decimal(value) for value in given if isinstance(value, (Decimal, int)))
        values[column] = Formula(text, amount)
    return values


def cached(value: Value) -> Value:
    """The value itself, or what a formula gives."""
    return value.cached if isinstance(value, Formula) else value


def _sheet(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
