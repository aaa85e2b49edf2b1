"""The formulas of a sheet, by address."""

from __future__ import annotations

import re

from recon_xl.ooxml.address import parse_cell
from recon_xl.ooxml.formulas import fill
from recon_xl.ooxml.xmltext import excel_unescape, unescape

_FORMULA = re.compile(r'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)')
_USUAL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)')
"""The same as it is mostly written, which is found much faster."""
_GROUP = re.compile(r'\bsi="([0-9]+)"')


def formulas_of(sheet_xml: str) -> dict[str, str]:
    """Address -> formula without `=`, for every cell that holds one; a shared formula as it reads in its cell."""
    found: dict[str, str] = {}
    shared: dict[str, tuple[str, str]] = {}
    cells = _USUAL.findall(sheet_xml)
    if len(cells) != sheet_xml.count("<f>") + sheet_xml.count("<f "):
        cells = _FORMULA.findall(sheet_xml)
    for address, attributes, text in cells:
        group = _GROUP.search(attributes)
        formula = excel_unescape(unescape(text))
        if group and text:
            shared[group[1]] = (address, formula)
        elif group and group[1] in shared:
            formula = _moved(*shared[group[1]], address)
        found[address] = formula
    return found


def _moved(first: str, formula: str, address: str) -> str:
    (row, column), (to_row, to_column) = parse_cell(first) or (1, 1), parse_cell(address) or (1, 1)
    return fill(formula, to_row - row, to_column - column)
