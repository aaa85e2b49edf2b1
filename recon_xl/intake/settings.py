"""Reads the Settings tab, also where Excel has turned a typed month or percentage into a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

from recon_xl.contract import Kind, Settings
from recon_xl.contract import table as contract_table
from recon_xl.core.cells import Cell
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.headers import match_columns, require_columns
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.texts import plain_number, raw_text, strip_text
from recon_xl.intake.values import currency_code, parse_cell

SETTINGS_TABLE = "Settings"
_FIELDS = {str(field.title): (name, field) for name, field in Settings.model_fields.items()}


def setting_names() -> list[str]:
    """Every setting, as it stands in the tab."""
    return list(_FIELDS)


def setting_kind(name: str) -> Kind:
    """How the value of a setting is read."""
    field_name, field = _FIELDS[name]
    kinds = {field.annotation, *get_args(field.annotation)}
    if field_name == "period":
        return Kind.MONTH
    if Decimal in kinds:
        return Kind.PERCENT if "percent" in str(field.examples) else Kind.PRICE
    if int in kinds:
        return Kind.INTEGER
    return Kind.DATE if date in kinds else Kind.ID


def setting_text(name: str, cell: Cell, locale: str, *, date1904: bool = False) -> str:
    """The value of a setting as plain text; what cannot be read stays as it stands, for `Settings` to refuse."""
    try:
        value = parse_cell(setting_kind(name), cell, locale, date1904=date1904)
    except CellProblem:
        return strip_text(raw_text(cell))
    if isinstance(value, Decimal):
        return plain_number(value)
    if name.endswith("Currency"):
        value = currency_code(value)
    return "" if value is None else str(value)


def read_settings(snapshot: Snapshot) -> Settings:
    """The settings of a workbook; `ContractError` names one that cannot be used, or a missing column."""
    raw = snapshot.tables.get(SETTINGS_TABLE)
    if raw is None:
        return Settings()  # type: ignore[call-arg]  # every field has a default; mypy sees `Field(...)` only
    table = contract_table(SETTINGS_TABLE)
    positions = match_columns(table.columns, raw.columns)
    require_columns(f"{snapshot.book} > {raw.sheet}", table, raw.columns, positions)
    name_at, value_at = positions["Setting"], positions["Value"]
    names = {name.casefold(): name for name in _FIELDS}
    values: dict[str, str] = {}
    cells = {names.get(strip_text(raw_text(row[name_at])).casefold(), ""): row[value_at] for _, row in raw.rows}
    locale_cell = cells.get("File Locale")
    locale = Settings.from_values({"File Locale": strip_text(raw_text(locale_cell))}).file_locale
    for name, cell in cells.items():
        if name:
            values[name] = setting_text(name, cell, locale, date1904=snapshot.date1904)
    return Settings.from_values(values, f"{snapshot.book} > {raw.sheet}")
