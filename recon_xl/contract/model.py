"""What a table and a column of the workbook are."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, computed_field

HEADER_ROW = 5
"""Every table's header stands in this row: title, purpose, checks and a key above it."""


class Kind(StrEnum):
    """How the text of a cell becomes a value; the type of a column."""

    ID = "id"  # text always: leading zeros and long digits are kept
    TEXT = "text"
    NOTE = "note"  # long text, wrapped
    LIST = "list"  # several texts in one cell, separated by `;`
    CHOICE = "choice"
    FLAG = "flag"  # Yes or No
    INTEGER = "integer"
    QUANTITY = "quantity"
    MONEY = "money"
    PRICE = "price"
    RATE = "rate"
    PERCENT = "percent"  # 2.5 means 2.5 %
    DATE = "date"
    TIME = "time"  # a date with a time of day, UTC
    MONTH = "month"  # YYYY-MM


NUMERIC = frozenset({Kind.INTEGER, Kind.QUANTITY, Kind.MONEY, Kind.PRICE, Kind.RATE, Kind.PERCENT})


class Owner(StrEnum):
    """Who may change a column: the user, an import, or a run."""

    USER = "user"
    IMPORT = "import"
    RUN = "run"


class Group(StrEnum):
    """Which part of the workbook a tab belongs to; inputs, workings and results never share a tab."""

    START = "start"
    MAPPING = "mapping"
    SOURCE = "source"
    RESULT = "result"
    DRAFT = "draft"
    TECHNICAL = "technical"


class Column(BaseModel):
    """One fact of a table."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: Kind
    help: str
    unit: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    owner: Owner = Owner.USER
    width: int = 14

    @property
    def is_numeric(self) -> bool:
        """True for amounts, quantities, rates and percentages."""
        return self.kind in NUMERIC

    def answers_to(self) -> frozenset[str]:
        """The normalised headers by which a file may call this column."""
        return frozenset(normalise_header(name) for name in (self.name, *self.aliases))


class Table(BaseModel):
    """One Excel table on a tab of its own."""

    model_config = ConfigDict(frozen=True)

    name: str
    group: Group
    purpose: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    excel_name: str
    importable: bool = False

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sheet(self) -> str:
        """The tab that holds the table; it carries the table's own name."""
        return self.name

    @property
    def column_names(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    def match_headers(self, headers: list[str]) -> dict[str, int]:
        """Contract column name -> position among `headers`, by name or alias, first match wins."""
        positions: dict[str, int] = {}
        normalised = [normalise_header(header) for header in headers]
        for column in self.columns:
            wanted = [normalise_header(name) for name in (column.name, *column.aliases)]
            for candidate in wanted:
                if candidate in normalised:
                    position = normalised.index(candidate)
                    if position not in positions.values():
                        positions[column.name] = position
                        break
        return positions


@lru_cache(maxsize=8192)
def normalise_header(header: str) -> str:
    """`CustomerId`, `Customer ID` and `customer_id` are one header: letters and digits only, lower case."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[^0-9a-z%]+", "", folded)


def column(name: str, kind: Kind, help_text: str, **more: object) -> Column:
    """A column, written short in the table files."""
    return Column.model_validate({"name": name, "kind": kind, "help": help_text, **more})
