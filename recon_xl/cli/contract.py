"""Show the workbook contract: every table, column, type, unit, alias and key, and every setting."""

from __future__ import annotations

import argparse
from typing import Any

from recon_xl.cli.outcome import Outcome
from recon_xl.contract import ALL_TABLES, setting_fields

NAME = "contract"
HELP = "show every table, column and setting"
EXAMPLE = "recon-xl contract --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def execute(options: argparse.Namespace) -> Outcome:
    """The catalogue, from the same models that the templates and readers are made of."""
    return Outcome(0, contract_json(), _lines())


def contract_json() -> dict[str, Any]:
    """The contract as one object; `kind` is the type of a column."""
    tables = [table.model_dump(mode="json") for table in ALL_TABLES]
    for found in tables:
        for column in found["columns"]:
            column["type"] = column.pop("kind")
    return {"tables": tables, "settings": setting_fields()}


def _lines() -> list[str]:
    lines = []
    for table in ALL_TABLES:
        lines += ["", f"{table.name}  (key: {', '.join(table.key)})", f"  {table.purpose}"]
        lines += [
            f"    {'*' if c.required else ' '} {c.name:<28}{c.kind:<10}{c.unit:<26}{c.help}" for c in table.columns
        ]
    lines += ["", "Settings"]
    return lines + [
        f"      {s['setting']:<20}{s['default']:<12}{s['unit']:<32}{s['meaning']}" for s in setting_fields()
    ]
