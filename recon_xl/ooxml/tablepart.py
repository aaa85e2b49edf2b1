"""The part that describes a table: its new extent after rows came or went."""

from __future__ import annotations

import re

from recon_xl.ooxml.address import Range, parse_range
from recon_xl.ooxml.book import TableInfo

_TABLE = re.compile(r'(<(?:\w+:)?table\s[^>]*?\bref=")[^"]*(")')
# Excel's mark for "the only row is a blank one for typing", which would be wrong once there are rows.
_INSERT_ROW = re.compile(r'(<(?:\w+:)?table\b[^>]*?)\sinsertRow="[^"]*"')
_FILTER = re.compile(r'(<(?:\w+:)?autoFilter\s[^>]*?\bref=")[^"]*(")')
_SORT = re.compile(r'(<(?:\w+:)?sort(?:State|Condition)\s[^>]*?\bref=")([^"]*)(")')


def resized(data: bytes, table: TableInfo) -> bytes:
    """Return the table part with the extent that `table` has now; its filter and sort order follow."""
    area = Range(table.first_row, table.first_col, table.last_row, table.last_col)
    filtered = area._replace(last_row=table.last_data_row)

    def sorted_area(match: re.Match[str]) -> str:
        old = parse_range(match[2])
        rows = {"first_row": table.first_data_row, "last_row": table.last_data_row}
        return f"{match[1]}{old._replace(**rows)}{match[3]}" if old else match[0]

    text = _INSERT_ROW.sub(r"\1", data.decode("utf-8"), count=1)
    text = _TABLE.sub(lambda match: f"{match[1]}{area}{match[2]}", text, count=1)
    text = _FILTER.sub(lambda match: f"{match[1]}{filtered}{match[2]}", text)
    return _SORT.sub(sorted_area, text).encode()
