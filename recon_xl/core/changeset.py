"""What a command wants changed: the only way anything reaches a workbook.

A command is a function `Snapshot -> ChangeSet`. The host applies it once, in bulk, or not at
all; a preview shows it; tests compare it. Tables and columns carry their contract names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recon_xl.core.cells import Value


@dataclass(frozen=True, slots=True)
class ReplaceRows:
    """All rows of a result table anew; what the user added to a row follows the values of its `key` columns.

    `kept` says it where the key alone does not: place of a row in `rows` -> the sheet row that it continues.
    Rows that come back are not shown where their place is among `hidden`. A sort and filter of the user's are repeated, but
    not where `is_as_it_stood`: the rows are in the user's order already, and `hidden` holds for all of them.
    """

    table: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    key: str | tuple[str, ...] | None = None
    totals: Mapping[str, Value] = field(default_factory=dict)
    kept: Mapping[int, int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    is_as_it_stood: bool = False

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns that name a row; none where rows have no name."""
        return (self.key,) if isinstance(self.key, str) else self.key or ()


@dataclass(frozen=True, slots=True)
class EditRows:
    """Rows of an input table appended, updated (by sheet row) or deleted; all others stay as they are."""

    table: str
    columns: Sequence[str] = ()
    append: Sequence[Sequence[Value]] = ()
    update: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    delete: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SetCells:
    """Single cells outside tables, by address, such as `{"C7": "OK"}`.

    With `is_cached_only` the formulas stand in the workbook already and only their stored values
    are new: a saved file needs them, an open workbook calculates them itself.
    """

    sheet: str
    cells: Mapping[str, Value]
    is_cached_only: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row of a draft tab: a copy of the template's prototype row with values by column letter."""

    prototype: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class DraftTab:
    """One draft tab: a clone of the hidden template sheet, with its cells and rows."""

    name: str
    cells: Mapping[str, Value]
    rows: Sequence[DraftRow]


@dataclass(frozen=True, slots=True)
class RemoveTab:
    """A draft tab of an earlier run that is not a draft any more."""

    name: str


Change = ReplaceRows | EditRows | SetCells | DraftTab | RemoveTab


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All changes of one command, in order, and the tab to show afterwards; `select` is a range on it, such as `A7:C7`."""

    changes: tuple[Change, ...] = ()
    active_sheet: str | None = None
    select: str | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing would change."""
        return not self.changes
