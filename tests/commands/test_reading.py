"""The digest of the inputs: the same for the same cells, another for any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from workbook.small import small_book

from recon_xl.commands.reading import input_digest
from recon_xl.core.cells import Cell, NumberText
from recon_xl.core.repeated import Repeated
from recon_xl.core.rows import ColumnRows, NumberedRow
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small month as read."""
    return FileHost(small_book(tmp_path_factory.mktemp("month"))).read()


def digest(month: Snapshot, *rows: Sequence[Cell]) -> str:
    """With these rows in the first two columns of Customers."""
    raw = month.tables["Customers"]
    held: list[NumberedRow] = [(6 + n, [*cells, *[None] * (len(raw.columns) - 2)]) for n, cells in enumerate(rows)]
    return input_digest(replace(month, tables={**month.tables, "Customers": replace(raw, rows=held)}))


def test_each_cell_counts(month: Snapshot) -> None:
    """Where it stands, whether it is blank, and characters that no one types."""
    others = [
        [("a", "b")], [("b", "a")], [("a", None)], [(None, "a")], [("a", "None")], [("a", True)], [("a", "True")], [("a", "")],
        [("a", "\x1eNone")], [("a", "b"), ("c", "d")], [("c", "d"), ("a", "b")], [("a", "d"), ("c", "b")],
        [("a\x1fb", "x"), ("c", "y")], [("a", "x"), ("b\x1fc", "y")], [("a", "b"), (None, None)], [],
    ]  # fmt: skip
    assert len(others) == len({digest(month, *rows) for rows in others})


@pytest.mark.parametrize(
    ("one", "other"), [("96.00", "96"), ("1E-3", "0.001"), ("0.10000000000000001", "0.1"), ("-0.00012", "-1.2E-4")]
)
def test_a_number_is_the_same_however_it_is_spelled(month: Snapshot, one: str, other: str) -> None:
    """Excel spells some numbers in its own way when it saves."""
    assert digest(month, ("a", NumberText(one))) == digest(month, ("a", NumberText(other)))
    assert digest(month, ("a", NumberText(one))) != digest(month, ("a", NumberText("97")))


@pytest.mark.parametrize("text", ["b", "a\x1fb"])
def test_cells_that_repeat_count_as_often_as_they_stand_there(month: Snapshot, text: str) -> None:
    """However the column is held."""
    distinct: list[Cell] = ["a", None, NumberText("96.00"), text, True]
    places = [0, 1, 2, 3, 4, 2, 1, 0]
    cells = [distinct[place] for place in places]
    assert _digest_of(month, cells) == _digest_of(month, Repeated(distinct, places))
    assert _digest_of(month, cells) != _digest_of(month, Repeated(distinct, [*places[:-1], 3]))


def _digest_of(month: Snapshot, cells: Sequence[Cell]) -> str:
    """With these cells in the first column of Customers."""
    raw = month.tables["Customers"]
    others: list[list[Cell]] = [[None] * len(cells)] * (len(raw.columns) - 1)
    rows = ColumnRows(range(len(cells)), [cells, *others])
    return input_digest(replace(month, tables={**month.tables, "Customers": replace(raw, rows=rows)}))


def test_other_columns_do_not_count(month: Snapshot) -> None:
    """Of Daily Usage only those that a run reads."""
    raw = month.tables["Daily Usage"]
    found = set()
    for name in ("Meter Name", "Meter Category"):
        for text in ("x", "y"):
            cells: list[Cell] = [text if column == name else None for column in raw.columns]
            rows: list[NumberedRow] = [(6, cells)]
            tables = {**month.tables, "Daily Usage": replace(raw, rows=rows)}
            found.add((name, input_digest(replace(month, tables=tables))))
    assert [1, 2] == [sum(1 for one, _ in found if one == name) for name in ("Meter Name", "Meter Category")]
