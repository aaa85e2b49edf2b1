"""docs/formats.md: the vendor files that are known by their header, from the docstrings of the formats."""

from __future__ import annotations

from recon_xl.catalogues.markdown import code, codes, page, plain, table
from recon_xl.contract import ALL_TABLES
from recon_xl.intake.formats import Format, all_formats

_INTRODUCTION = (
    "A vendor's file is known by its header, in any order and any case, as CSV or as a sheet of an .xlsx workbook.",
    "It becomes rows of the table named. Any other file goes to the table whose [columns or aliases](contract.md)",
    "its headers match best; `--as TABLE` says which where that is not clear.",
    "",
)


def formats_page() -> str:
    """All vendor formats, and the tables that take a file of their own."""
    lines = [*_INTRODUCTION, *_overview(all_formats())]
    for found in all_formats():
        lines += ["", f"## {found.name}", "", *_section(found)]
    lines += ["", "## Files with the headers of a table", "", f"{_importable()}."]
    return page("Vendor formats", "the docstrings in recon_xl/intake/formats", lines)


def _overview(formats: tuple[Format, ...]) -> list[str]:
    rows = [
        [f"[{code(found.name)}](#{found.name})", plain(found.title), found.table, found.locale] for found in formats
    ]
    return table(["Format", "Title", "Goes to", "Dates and decimals"], rows)


def _section(found: Format) -> list[str]:
    paragraphs = [plain(" ".join(part.split())) for part in found.doc.split("\n\n")]
    told_apart = f"A reader tells one row from another by {codes(found.natural_key)}."
    return [line for text in (*paragraphs, told_apart) for line in (text, "")][:-1]


def _importable() -> str:
    return codes(table.name for table in ALL_TABLES if table.importable)
