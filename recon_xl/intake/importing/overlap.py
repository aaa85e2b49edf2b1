"""Which rows of a file are in the workbook already, compared in every column that a source brings."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import Table
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.importing.worktable import WorkTable

_OF_THE_IMPORT = frozenset({"Line", "Source", "Source Row"})


def line_columns(table: Table) -> tuple[str, ...]:
    """The columns of a line that come from its source; what the import sets itself is left out."""
    own = _OF_THE_IMPORT | ({"Period"} if "Invoice Number" in table.column_names else set())
    return tuple(name for name in table.column_names if name not in own)


def overlapping(lines: WorkTable, rows: FileRows, places: Sequence[int]) -> list[int]:
    """Rows of the file (by place) that equal a line which is there."""
    # Columns that the workbook lacks cannot tell two lines apart.
    names = [name for name in line_columns(rows.table) if name in lines.columns]
    probe = [name for name in names if rows.table.column(name).required]
    probes = set(rows.contents(places, probe))
    live = lines.places()
    columns = [lines.column(name) for name in probe]
    near = [place for place in live if tuple(column[place] for column in columns) in probes]
    if not near:
        return []
    known = set(lines.contents(near, names))
    contents = rows.contents(places, names)
    return [place for place, content in zip(places, contents, strict=True) if content in known]
