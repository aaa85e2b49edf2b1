"""Cells that are not as a step wrote them, in words: tab > row > column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recon_xl.contract import Table
from recon_xl.journal.look import Look, TableState
from recon_xl.journal.marks import Columns, Marks, altered, short
from recon_xl.journal.spelling import spell
from recon_xl.journal.tabs import TabMarks, changed_cells


def rows_changed(declared: Table, state: TableState, marks: Marks, now: Columns) -> list[str]:
    """The cells of a result table that were changed since; a row that is gone or was added counts as one."""
    found = []
    for one in altered(marks, now):
        if one.place is None and one.wrote is None:
            found.append(f"{state.sheet} > {', '.join(one.columns)}")
        elif one.place is None:
            found.append(f"{state.sheet} > a row that is not there any more (row {one.wrote + 1} of {declared.name})")  # type: ignore[operator]
        elif one.wrote is None:
            found.append(f"{state.sheet} > row {state.rows[one.place][0]} > a row that recon-xl did not write")
        else:
            found.append(f"{state.sheet} > row {state.rows[one.place][0]} > {_columns(one.columns, marks)}")
    return found


def changed_tabs(look: Look, tabs: Mapping[str, Any]) -> list[str]:
    """The cells of draft tabs that were changed since."""
    found = []
    for name, packed in tabs.items():
        grid = look.tab(name)
        if grid is None:
            found.append(f"{name} > the tab is not there any more, or is no draft")
        else:
            found += [f"{name} > {address}" for address in changed_cells(TabMarks.unpacked(packed), grid)]
    return found


def changed_single_cells(look: Look, cells: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The cells outside tables that were changed since."""
    found = []
    for sheet, marks in cells.items():
        now = look.cells(sheet, marks.keys())
        found += [f"{sheet} > {address}" for address, mark in marks.items() if short(spell(now.get(address))) != mark]
    return found


def _columns(names: tuple[str, ...], marks: Marks) -> str:
    return "the row" if names == marks.columns and len(names) > 1 else " or ".join(names)
