"""What a step changed, in an accountant's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from recon_xl.contract import Kind, Table
from recon_xl.core.cells import ErrorText, Formula, NumberText, Value, in_15_digits
from recon_xl.core.changeset import EditRows, ReplaceRows
from recon_xl.core.money import plain
from recon_xl.intake.dates import moment_of_serial
from recon_xl.intake.problems import CellProblem
from recon_xl.journal.look import Held, TableState
from recon_xl.journal.marks import Columns

MOST = 200
"""Lines that the journal keeps of one table; the counts are whole."""
_SPOKEN_OF = {"Exceptions": ("Title", "Customer", "Product"), "Usage": ("Customer", "Entitlement Name", "Meter Group")}
"""Tables whose key says nothing to a reader: the columns that name a row."""
DRAFT_TAB = "Draft tabs"


@dataclass(frozen=True, slots=True)
class Changed:
    """Of one table: how many rows came, went and changed, and the changes line by line as far as they are kept.

    A line is the row's name, the column (blank for a whole row), the value before and the value after.
    """

    table: str
    new: int = 0
    gone: int = 0
    changed: int = 0
    lines: list[list[str]] = field(default_factory=list)

    @classmethod
    def of_tab(cls, name: str, what: str) -> Changed:
        """A draft tab that is new, removed or drawn anew."""
        return cls(
            DRAFT_TAB, int(what == "new"), int(what == "removed"), int(what == "changed"), [[name, "", "", what]]
        )

    def counts(self) -> list[int]:
        """For the entry."""
        return [self.new, self.gone, self.changed]


def replaced(
    declared: Table, before: Columns, after: Columns, rows_before: Sequence[Sequence[Held]], change: ReplaceRows
) -> Changed:
    """All rows anew: what came, went and changed, told by the table's key."""
    if not before.rows:
        return Changed(declared.name, new=len(after.rows))
    key = [place for place, name in enumerate(after.names) if name in declared.key]
    old, new = _others(before, after), _others(after, before)
    old_keys = {tuple(before.columns[place][row] for place in key): row for row in old}
    lines: list[list[str]] = []
    pairs = 0
    for row in new:
        there = old_keys.pop(tuple(after.columns[place][row] for place in key), None)
        name = row_name(declared, change.columns, change.rows[row])
        if there is None:
            lines.append([name, "", "", "new"])
            continue
        pairs += 1
        for place, column in enumerate(after.names):
            if before.columns[place][there] != after.columns[place][row]:
                at = change.columns.index(column)
                lines.append([name, column, shown(rows_before[there][at]), shown(change.rows[row][at])])
    lines += [
        [row_name(declared, change.columns, rows_before[row]), "", "gone", ""] for row in sorted(old_keys.values())
    ]
    return Changed(declared.name, len(new) - pairs, len(old) - pairs, pairs, lines[:MOST])


def edited(declared: Table, change: EditRows, state: TableState | None, *, date1904: bool = False) -> Changed:
    """Rows of an input table added, changed and deleted; of those that an import writes again only what differs."""
    lines = [[row_name(declared, change.columns, row), "", "", "new"] for row in change.append[: MOST // 2]]
    rows = dict(state.rows) if state is not None else {}
    places = declared.match_headers(list(state.columns)) if state is not None else {}
    for number, cells in list(change.update.items())[:MOST]:
        row = rows.get(number, ())
        found = {name: row[place] for name, place in places.items() if place < len(row)}
        name = " · ".join(filter(None, (shown(found.get(one)) for one in declared.key)))
        cells_before = {column: _as_typed(declared, column, found.get(column), date1904) for column in cells}
        pairs = ((column, shown(cells_before[column]), shown(value)) for column, value in cells.items())
        lines += [[name, column, before, after] for column, before, after in pairs if before != after]
    for number in sorted(change.delete)[:MOST]:
        row = rows.get(number, ())
        keys = (row[places[one]] for one in declared.key if places.get(one, len(row)) < len(row))
        lines.append([" · ".join(filter(None, map(shown, keys))), "", "gone", ""])
    return Changed(declared.name, len(change.append), len(change.delete), len(change.update), lines[:MOST])


def _as_typed(declared: Table, column: str, cell: Held, date1904: bool) -> Value | Held:
    """A day as a day, where the cell holds the number that Excel counts it by."""
    kind = declared.column(column).kind
    if kind not in (Kind.DATE, Kind.TIME) or not isinstance(cell, NumberText):
        return cell
    try:
        moment = moment_of_serial(cell, date1904=date1904)
    except CellProblem:
        return cell
    return moment.date() if kind is Kind.DATE else moment


def row_name(declared: Table, columns: Sequence[str], row: Sequence[Value | Held]) -> str:
    """What a reader calls a row."""
    wanted = _SPOKEN_OF.get(declared.name, declared.key)
    cells = (row[columns.index(name)] for name in wanted if name in columns)
    return " · ".join(text for text in map(shown, cells) if text)


def shown(value: Value | Held) -> str:
    """A cell as a reader sees it, near enough: figures plain, dates as they are written."""
    if isinstance(value, Formula):
        return shown(value.cached)
    if value is None or isinstance(value, ErrorText):
        return str(value or "")
    if isinstance(value, NumberText):
        return shown(in_15_digits(value))
    if isinstance(value, Decimal):
        return plain(value) if value % 1 else f"{value:.0f}"
    return str(value)


def whole(changed: Sequence[Changed]) -> list[Changed]:
    """One for each table, in the order of the step."""
    found: dict[str, Changed] = {}
    for one in changed:
        earlier = found.get(one.table, Changed(one.table))
        new, gone, changed_rows = (a + b for a, b in zip(earlier.counts(), one.counts(), strict=True))
        found[one.table] = Changed(one.table, new, gone, changed_rows, (earlier.lines + one.lines)[:MOST])
    return list(found.values())


def packed(changed: Sequence[Changed]) -> list[Any]:
    """For JSON."""
    return [[one.table, one.counts(), one.lines] for one in changed]


def unpacked(found: Any) -> list[Changed]:
    """From JSON."""
    return [Changed(table, new, gone, changed, lines) for table, (new, gone, changed), lines in found]


def _others(rows: Columns, than: Columns) -> list[int]:
    there = set(than.rows)
    return [place for place, row in enumerate(rows.rows) if row not in there]
