"""All tables, in the order of their tabs."""

from __future__ import annotations

from recon_xl.contract.journal import JOURNAL
from recon_xl.contract.mapping import MAPPING_TABLES
from recon_xl.contract.model import Group, Table
from recon_xl.contract.results import DRAFT_TABLES, RESULT_TABLES
from recon_xl.contract.sources import SOURCE_TABLES

ALL_TABLES: tuple[Table, ...] = (*MAPPING_TABLES, *SOURCE_TABLES, *RESULT_TABLES, *DRAFT_TABLES)

EVERY_TABLE: tuple[Table, ...] = (*ALL_TABLES, JOURNAL)
"""Those, and the technical table that no tab of the user's shows."""

_BY_NAME = {one.name: one for one in EVERY_TABLE}

START_SHEET = "Start"
TEMPLATE_SHEET = "Draft Template"
DRAFT_TAB_PREFIX = "Draft "


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise KeyError(f"no table {name!r} in the contract") from None


def tables_of(group: Group) -> tuple[Table, ...]:
    """The tables of one group, in tab order."""
    return tuple(candidate for candidate in ALL_TABLES if candidate.group is group)
