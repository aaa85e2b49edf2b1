"""Two saved workbooks compared as an accountant would see them: cells, looks, tables, rules, names, print set-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from recon_xl.contract.places import LAYOUT_SHEET, WRITTEN_COLUMN

Facts = dict[str, Any]


def facts(path: Path, *, without: frozenset[str] = frozenset()) -> dict[str, Facts]:
    """Sheet -> everything that two hosts must leave alike; `without` names sheets to leave out."""
    book = load_workbook(path)
    found = {sheet.title: _sheet(sheet) for sheet in book if sheet.title not in without}
    found["defined names"] = {name: one.attr_text for name, one in book.defined_names.items()}
    return found


def differences(left: dict[str, Facts], right: dict[str, Facts]) -> list[str]:
    """`Sheet > fact: a / b` for all that differs."""
    return list(_differing("", left, right))


def _differing(where: str, left: Any, right: Any) -> Iterator[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys(), key=str):
            yield from _differing(f"{where} > {key}", left.get(key), right.get(key))
    elif left != right:
        yield f"{where}: {left!r} / {right!r}"


def _sheet(sheet: Worksheet) -> Facts:
    return {
        "cells": dict(_cells(sheet)),
        "tables": {
            one.name: (one.ref, one.totalsRowCount, one.autoFilter and one.autoFilter.ref)
            for one in sheet.tables.values()
        },
        "validations": sorted(
            (str(one.sqref), one.type, one.formula1) for one in sheet.data_validations.dataValidation
        ),
        "conditional": sorted(
            (
                _to_the_end(area.sqref),
                rule.priority,
                tuple(rule.formula),
                rule.dxf and rule.dxf.font and rule.dxf.font.b,
            )
            for area, rules in sheet.conditional_formatting._cf_rules.items()
            for rule in rules
        ),
        "widths": {letter: round(one.width, 2) for letter, one in sheet.column_dimensions.items()},
        "state": sheet.sheet_state,
        "frozen": sheet.freeze_panes,
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation, sheet.oddFooter.left.text),
        "tab colour": sheet.sheet_properties.tabColor and sheet.sheet_properties.tabColor.rgb,
    }


def _cells(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            if (sheet.title, cell.column_letter) == (LAYOUT_SHEET, WRITTEN_COLUMN):
                continue  # fingerprints are of a saved workbook only
            look = (
                (cell.style, cell.number_format, cell.alignment.horizontal, cell.alignment.wrap_text)
                if cell.has_style
                else None
            )
            yield cell.coordinate, (_content(cell.value), look)


def _content(value: object) -> object:
    """Numbers as numbers, whatever their spelling; dates as they are shown."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _to_the_end(area: object) -> str:
    """An area, where Excel shortened one that ended at the last row because rows above it went, as it was."""
    return re.sub(r"10485[67]\d", "1048576", str(area))
