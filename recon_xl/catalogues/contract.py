"""docs/contract.md: every table, column and setting of the workbook, from the contract itself."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.catalogues.markdown import code, codes, page, plain, table
from recon_xl.contract import Column, Group, Owner, Table, setting_fields, tables_of
from recon_xl.contract.model import HEADER_ROW

_GROUPS = {
    Group.MAPPING: "Mapping tabs (blue)",
    Group.SOURCE: "Source tabs (grey)",
    Group.RESULT: "Result tabs (orange)",
    Group.DRAFT: "Draft tabs (green)",
}
_OWNERS = {Owner.USER: "you", Owner.IMPORT: "import", Owner.RUN: "run"}
_TYPES = (
    ("id", "Text always: leading zeros and long numbers are kept."),
    ("text", "Text."),
    ("note", "Long text, wrapped."),
    ("list", "Several texts in one cell, separated by `;`."),
    ("choice", "One of the words listed."),
    ("flag", "Yes or No."),
    ("integer", "A whole number."),
    ("quantity", "A number of units; may have decimals."),
    ("money", "An amount in the currency of its row."),
    ("price", "A price of one unit; all digits are kept."),
    ("rate", "An exchange rate: 1 From = Rate To."),
    ("percent", "Per cent: 2.5 means 2.5 %. In Excel the cell is a percent cell ([ADR 0005](adr/0005-percent.md))."),
    ("date", "A day."),
    ("time", "A day with its time, UTC."),
    ("month", "YYYY-MM."),
)


def contract_page() -> str:
    """Types, settings, then every table by group."""
    return page("The workbook contract", "recon_xl/contract", _lines())


def _lines() -> Iterator[str]:
    yield "Each table stands on a tab of its own name. The title block is above it and its header is in"
    yield f"row {HEADER_ROW}. You may add columns and tabs of your own; [what a run keeps](user-guide.md#what-survives-a-rerun)."
    yield "**Filled by**: *you* type it, an *import* brings it, a *run* writes it anew. `*` marks a column that the table"
    yield "cannot be without. A file may call a column by its name or by an alias; case, spaces and punctuation are ignored."
    yield from ("", "## Types", "", *table(["Type", "Meaning"], ([code(name), words] for name, words in _TYPES)))
    yield from ("", "## Settings and their defaults", "", *_settings())
    for group, title in _GROUPS.items():
        yield from ("", f"## {title}")
        for declared in tables_of(group):
            yield from ("", f"### {declared.name}", "", *_table(declared))


def _settings() -> list[str]:
    rows = (
        [plain(one["setting"]), code(one["default"]) or "blank", plain(one["unit"]), plain(one["meaning"])]
        for one in setting_fields()
    )
    return table(["Setting", "Default", "Unit", "Meaning"], rows)


def _table(declared: Table) -> Iterator[str]:
    yield f"{plain(declared.purpose)}"
    yield ""
    files = "Files can be imported into it." if declared.importable else "It takes no imports."
    yield f"Excel table {code(declared.excel_name)}. Key: {codes(declared.key)}. {files}"
    yield ""
    headers = ["Column", "Type", "Unit", "Filled by", "Meaning", "Choices", "Aliases"]
    yield from table(headers, (_column(column) for column in declared.columns))


def _column(column: Column) -> list[str]:
    return [
        f"{plain(column.name)} \\*" if column.required else plain(column.name),
        column.kind.value,
        plain(column.unit),
        _OWNERS[column.owner],
        plain(column.help),
        plain(", ".join(column.choices)),
        plain(", ".join(column.aliases)),
    ]
