"""Rows and columns put elsewhere: sorted, filtered, dragged, copied; cells take their looks and notes along."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

from rerun.notes import Notes
from rerun.screen import letters, number, q


class Order(Notes):
    """A user who arranges a table."""

    def sort(self, tab: str, header: str, *, descending: bool = False) -> None:
        """Sort the table by a column, as its arrow does: cells move with their looks and notes, rows keep their numbers."""
        first, last, left, right = self.area(tab)
        letter = self.column(tab, header)
        rows = [self.row(tab, row) for row in range(first, last + 1)]
        keys = {row.get("r"): self.shown(tab, f"{letter}{row.get('r')}") for row in rows}
        full = sorted((row for row in rows if keys[row.get("r")]), key=lambda row: keys[row.get("r")].casefold())
        blank = [row for row in rows if not keys[row.get("r")]]
        ordered = (full[::-1] if descending else full) + blank
        moves = {int(row.get("r")): place for place, row in enumerate(ordered, first)}
        self._rearranged(tab, rows, lambda row, column: (moves[row], column))
        table = self.table(tab)
        for owner in (table, table.find(q("autoFilter"))):
            for old in owner.findall(q("sortState")):
                owner.remove(old)
        area = f"{letters(left)}{first}:{letters(right)}{last}"
        state = ElementTree.Element(q("sortState"), ref=area)
        condition = ElementTree.SubElement(state, q("sortCondition"), ref=f"{letter}{first}:{letter}{last}")
        if descending:
            condition.set("descending", "1")
        table.insert(list(table).index(table.find(q("autoFilter"))) + 1, state)

    def filter(self, tab: str, header: str, texts: Sequence[str]) -> None:
        """Show only the rows with one of these texts."""
        first, last, _, _ = self.area(tab)
        filtering = self.table(tab).find(q("autoFilter"))
        place, letter = self.columns(tab).index(header), self.column(tab, header)
        column = ElementTree.SubElement(filtering, q("filterColumn"), colId=str(place))
        values = ElementTree.SubElement(column, q("filters"))
        for text in texts:
            ElementTree.SubElement(values, q("filter"), val=text)
        for row in range(first, last + 1):
            if self.shown(tab, f"{letter}{row}") not in texts:
                self.row(tab, row).set("hidden", "1")

    def clear_filter(self, tab: str) -> None:
        """Show all rows again."""
        filtering = self.table(tab).find(q("autoFilter"))
        filtering[:] = [one for one in filtering if one.tag != q("filterColumn")]
        first, last, _, _ = self.area(tab)
        for row in range(first, last + 1):
            self.row(tab, row).attrib.pop("hidden", None)

    def move_column(self, tab: str, header: str, place: int) -> None:
        """Drag a column of the table to another place; its width goes along."""
        first, last, left, _ = self.area(tab)
        columns = self.table(tab).find(q("tableColumns"))
        order = list(range(len(columns)))
        old = self.columns(tab).index(header)
        order.insert(place, order.pop(old))
        columns[:] = [columns[one] for one in order]
        new_of = {left + was: left + now for now, was in enumerate(order)}
        rows = [self.row(tab, row) for row in range(first - 1, last + 2)]
        self._rearranged(tab, rows, lambda row, column: (row, new_of.get(column, column)))
        self._move_widths(tab, new_of)
        for one in self.table(tab).iter(q("filterColumn")):
            one.set("colId", str(new_of[left + int(one.get("colId"))] - left))
        for one in self.table(tab).iter(q("sortCondition")):
            letter = letters(new_of[number(re.sub(r"[\d:].*", "", one.get("ref")))])
            one.set("ref", re.sub("[A-Z]+", letter, one.get("ref")))

    def copy_row(self, tab: str, row: int) -> int:
        """Copy a row of the table and insert it below the last; the new row's number."""
        first, last, left, right = self.area(tab)
        self._shift_down(tab, last + 1)
        new = copy.deepcopy(self.row(tab, row))
        new.set("r", str(last + 1))
        new.attrib.pop("hidden", None)
        for cell in new:
            cell.set("r", re.sub(r"\d+", str(last + 1), cell.get("r")))
        data, blank = self.tree(self.sheet(tab)).find(q("sheetData")), self.row(tab, last + 1)
        data[list(data).index(blank)] = new
        table = self.table(tab)
        totals = int(table.get("totalsRowCount", "0"))
        table.set("ref", f"{letters(left)}{first - 1}:{letters(right)}{last + 1 + totals}")
        table.find(q("autoFilter")).set("ref", f"{letters(left)}{first - 1}:{letters(right)}{last + 1}")
        return last + 1

    def _shift_down(self, tab: str, row: int) -> None:
        data = self.tree(self.sheet(tab)).find(q("sheetData"))
        for found in [one for one in data if int(one.get("r")) >= row]:
            found.set("r", str(int(found.get("r")) + 1))
            for cell in found:
                cell.set("r", re.sub(r"\d+", found.get("r"), cell.get("r")))

    def _rearranged(self, tab: str, rows: Sequence[Any], to: Callable[[int, int], tuple[int, int]]) -> None:
        """Put the cells of these rows to other places, and the notes that hang on them."""
        cells = [cell for row in rows for cell in row]
        for row in rows:
            row[:] = []
        places = {}
        for cell in cells:
            column, row = re.sub(r"\d", "", cell.get("r")), int(re.sub("[A-Z]", "", cell.get("r")))
            new_row, new_column = to(row, number(column))
            places[cell.get("r")] = ref = f"{letters(new_column)}{new_row}"
            cell.set("r", ref)
        by_row = {row.get("r"): row for row in rows}
        for cell in sorted(cells, key=lambda one: number(re.sub(r"\d", "", one.get("r")))):
            by_row[re.sub("[A-Z]", "", cell.get("r"))].append(cell)
        self._move_notes(tab, places)

    def _move_widths(self, tab: str, new_of: dict[int, int]) -> None:
        columns = self.tree(self.sheet(tab)).find(q("cols"))
        single = {}
        for column in list(columns):
            for place in range(int(column.get("min")), int(column.get("max")) + 1):
                one = copy.deepcopy(column)
                new = str(new_of.get(place, place))
                one.set("min", new)
                one.set("max", new)
                single[int(new)] = one
            columns.remove(column)
        for place in sorted(single):
            columns.append(single[place])
