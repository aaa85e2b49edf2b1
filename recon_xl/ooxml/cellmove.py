"""A cell that moves to another row takes its formula along."""

from __future__ import annotations

import re

from recon_xl.ooxml.address import cell_ref
from recon_xl.ooxml.cellxml import escape_text
from recon_xl.ooxml.formulas import follow_row
from recon_xl.ooxml.sheettext import RawCell
from recon_xl.ooxml.xmltext import unescape

_FORMULA = re.compile(r"<f(\s[^>]*?)?(?:/>|>([^<]*)</f>)")
_ATTRIBUTE = re.compile(r'\s(\w+)="([^"]*)"')


def formula_attributes(cell: RawCell) -> dict[str, str]:
    """Return the attributes of a cell's formula: `t` is shared, array or dataTable for the special kinds."""
    match = _FORMULA.search(cell.rest)
    return dict(_ATTRIBUTE.findall(match[1] or "")) if match else {}


def formula_text(cell: RawCell) -> str:
    """Return the formula of a cell, empty when it has none or takes it from another cell."""
    match = _FORMULA.search(cell.rest)
    return unescape(match[2] or "") if match else ""


def moved(cell: RawCell, old_row: int, number: int, formula: str | None = None) -> str:
    """Return the cell at a new row; where its formula (or the given one) meant its old row, it means the new one."""
    match = _FORMULA.search(cell.rest)
    if match is None:
        return cell.xml(number)
    text = follow_row(formula_text(cell) if formula is None else formula, old_row, number)
    ref = cell_ref(number, cell.column)
    array = f' t="array" ref="{ref}"' if formula_attributes(cell).get("t") == "array" else ""
    element = f"<f{array}>{escape_text(ref, text)}</f>"
    return cell._replace(rest=cell.rest[: match.start()] + element + cell.rest[match.end() :]).xml(number)
