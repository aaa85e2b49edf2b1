"""Rules that a user laid over a whole column of a table go on covering the whole column when it grows or shrinks."""

from __future__ import annotations

import re

from recon_xl.ooxml.address import Range, parse_range
from recon_xl.ooxml.book import TableInfo

_RULE = re.compile(r'(<(?:\w+:)?(?:conditionalFormatting|dataValidation)\s[^>]*?\bsqref=")([^"]*)(")')
_NEW_RULE = re.compile(r"(<xm:sqref>)([^<]*)(</xm:sqref>)")


def follow_table(tail: str, old: TableInfo, new: TableInfo) -> str:
    """The end of a sheet in which conditional formats and validations reach to the table's last data row, as before.

    Those that reach further down, as ours do, and those that cover a part of a column stay as they are.
    """
    if old.last_data_row == new.last_data_row or "sqref" not in tail:
        return tail

    def replaced(match: re.Match[str]) -> str:
        return f"{match[1]}{' '.join(_followed(area, old, new) for area in match[2].split())}{match[3]}"

    return _NEW_RULE.sub(replaced, _RULE.sub(replaced, tail))


def _followed(ref: str, old: TableInfo, new: TableInfo) -> str:
    area = parse_range(ref)
    if area is None or area.last_row != old.last_data_row:
        return ref
    inside = area.first_col <= old.last_col and area.last_col >= old.first_col
    is_whole = old.first_row <= area.first_row <= old.first_data_row
    # A rule over several cells down to the last row goes on with the column; one over the last cell alone means that cell.
    grows = new.last_data_row > old.last_data_row and old.first_row <= area.first_row < area.last_row
    if not inside or not (is_whole or grows):
        return ref
    first = min(area.first_row, new.last_data_row)
    return _text(Range(first, area.first_col, new.last_data_row, area.last_col))


def _text(area: Range) -> str:
    first, _, last = str(area).partition(":")
    return first if first == last else f"{first}:{last}"
