"""The workbook contract: every tab, table, column, type, unit, alias, key, help text and owner.

The templates, the readers, the importer's header recognition, the drop-down lists and the
documentation are generated from here; nothing else knows a column name.
"""

from recon_xl.contract.catalogue import ALL_TABLES, EVERY_TABLE, table, tables_of
from recon_xl.contract.model import Column, Group, Kind, Owner, Table, normalise_header
from recon_xl.contract.settings import Settings, setting_fields

__all__ = [
    "ALL_TABLES",
    "EVERY_TABLE",
    "Column",
    "Group",
    "Kind",
    "Owner",
    "Settings",
    "Table",
    "normalise_header",
    "setting_fields",
    "table",
    "tables_of",
]
