"""One table taken back: rows as they stood before, the user's later words beside them kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from recon_xl.contract import Kind, Owner, Table
from recon_xl.core.cells import Cell, ErrorText, Formula, NumberText, Value, in_15_digits
from recon_xl.core.changeset import Change, ReplaceRows
from recon_xl.journal.kept import aligned, columns_of
from recon_xl.journal.look import Held, TableState
from recon_xl.journal.marks import Marks, matched
from recon_xl.journal.packing import decoded
from recon_xl.journal.touched import rows_changed
from recon_xl.report.values import rows_change

_UNSAID = (None, "", "Open")
"""What a column of the user's holds before the user says anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """The change that takes one back, and the cells of the user's that stand against it."""

    change: Change | None
    touched: list[str] = field(default_factory=list)


def rows_back(declared: Table, state: TableState, marks: Marks, kept: Mapping[str, Any], date1904: bool) -> Found:
    """All rows of a result table as they stood before the step, in that order too where the user has not sorted since."""
    now = columns_of(declared, marks.columns, aligned(state, marks.columns), date1904)
    places, _, _ = matched(marks, now)
    touched = rows_changed(declared, state, marks, now)
    names, whole = kept["cols"], aligned(state, kept["cols"])
    records: list[dict[str, Value]] = []
    for row in kept["rows"]:
        if isinstance(row, int):
            place = places[row]
            cells: Sequence[Value] = [] if place is None else [value_of(cell) for cell in whole[place]]
        else:
            cells = [decoded(cell) for cell in row[0]]
        records.append(per_cent(declared, dict(zip(names, cells, strict=False))))
    touched += _keep_words(declared, state, kept, records)
    told = ((before, places[after]) for before, after in kept.get("moved", ()))
    change = replace(
        rows_change(declared.name, records),
        kept={before: state.rows[place][0] for before, place in told if place is not None},
        hidden=frozenset(kept.get("hidden", ())), is_as_it_stood=bool(state.view) and kept.get("view") == state.view,
    )  # fmt: skip
    return Found(_with_lost_words(change, state, kept, records), touched)


def _with_lost_words(
    change: ReplaceRows, state: TableState, kept: Mapping[str, Any], records: Sequence[Mapping[str, Value]]
) -> ReplaceRows:
    """Cells of the user's own columns that went with their row in the step come back with it.

    A column that Excel fills with a formula is left to Excel.
    """
    lost = [row[1] if isinstance(row, list) else {} for row in kept["rows"]]
    wanted = {name for words in lost for name in words if name in state.columns}
    names = [name for name in state.columns if name in wanted and name not in change.columns]
    places = {name: state.columns.index(name) for name in names}
    names = [name for name in names if not any(isinstance(row[places[name]], Formula) for _, row in state.rows)]
    keys: list[str] = kept["key"]
    if not names or not keys or not set(keys).issubset(state.columns):
        return change
    now = {tuple(map(str, cells[: len(keys)])): cells[len(keys) :] for cells in aligned(state, [*keys, *names])}
    rows = []
    for row, record, words in zip(change.rows, records, lost, strict=True):
        # A row that the user had copied comes back with its own words: the key is that of the first.
        there = now.pop(tuple(str(record.get(key)) for key in keys), None)
        cells = [decoded(words.get(name)) for name in names] if there is None else [value_of(cell) for cell in there]
        rows.append([*row, *cells])
    return replace(change, columns=(*change.columns, *names), rows=rows)


def _keep_words(
    declared: Table, state: TableState, kept: Mapping[str, Any], records: Sequence[dict[str, Value]]
) -> list[str]:
    """What the user wrote since stays with its row; where the row would go, the cells are named."""
    keys: list[str] = kept["key"]
    if not keys or not set(keys).issubset(state.columns):
        return []
    own = [one.name for one in declared.columns if one.owner is Owner.USER]
    extra = [name for name in state.columns if name not in kept["cols"]]
    by_key = {tuple(str(record.get(key)) for key in keys): record for record in reversed(records)}
    back = _words_that_come_back(kept, records, own)
    lost = []
    for (number, _), cells in zip(state.rows, aligned(state, [*keys, *own, *extra]), strict=True):
        record = by_key.pop(tuple(map(str, cells[: len(keys)])), None)
        words = dict(zip((*own, *extra), cells[len(keys) :], strict=True))
        if record is None:
            said = {one: cell for one, cell in words.items() if is_word(cell)}
            carried = {one for one, cell in said.items() if back[one, value_of(cell)] > 0}
            back.subtract((one, value_of(said[one])) for one in carried)
            lost += [f"{state.sheet} > row {number} > {one}" for one in said if one not in carried]
            continue
        for one in own:
            if is_word(words[one]) or record.get(one) not in _UNSAID:
                record[one] = value_of(words[one])
    return lost


def _words_that_come_back(
    kept: Mapping[str, Any], records: Sequence[Mapping[str, Value]], own: Sequence[str]
) -> Counter[tuple[str, Value]]:
    """Column and word: what stands on rows that come back was only carried by the step, and is not lost with another row."""
    found = Counter((one, record.get(one)) for record in records for one in own)
    extras = (row[1].items() for row in kept["rows"] if isinstance(row, list))
    found.update((name, decoded(cell)) for cells in extras for name, cell in cells)
    return found


def is_word(cell: Held) -> bool:
    """True for what a user may have typed; formulas are Excel's to fill again."""
    return cell not in _UNSAID and not isinstance(cell, Formula)


def value_of(cell: Held | Cell) -> Value:
    """A cell as it stands, as it is written."""
    if isinstance(cell, Formula):
        return Formula(cell.text, value_of(cell.cached))  # type: ignore[arg-type]
    if isinstance(cell, NumberText):
        return in_15_digits(cell)
    return str(cell) if isinstance(cell, ErrorText) else cell


def per_cent(declared: Table, record: dict[str, Value]) -> dict[str, Value]:
    """Percentages as a change set carries them: per cent, where a cell holds the fraction."""
    for one in declared.columns:
        value = record.get(one.name)
        if one.kind is Kind.PERCENT and isinstance(value, Decimal):
            record[one.name] = value.scaleb(2)
    return record
