"""How a user looks at a table: sorted by columns, filtered by values. Both hold for the rows of the next run too.

A sort by values and a filter by texts can be done over again as Excel does it. What cannot (colours, icons, own lists,
the first ten, dates by month) is taken off the table, so that Excel never shows an order or a filter that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate

from recon_xl.core.cells import Cell, ErrorText, NumberText
from recon_xl.ooxml.address import parse_range
from recon_xl.ooxml.xmltext import Element, elements

_SORT_STATE = re.compile(r"<(\w+:)?sortState\b(?:[^>]*/>|.*?</(?:\w+:)?sortState>)", re.DOTALL)
_FILTERS = re.compile(r"<(\w+:)?filterColumn\b(?:[^>]*/>|.*?</(?:\w+:)?filterColumn>)", re.DOTALL)
_ROWS_OF_REF = re.compile(r'(\bref="[A-Z]+)[0-9]+(:[A-Z]+)[0-9]+"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]+)"')
_TRUE = ("1", "true")
_PLAIN_SORT = frozenset({"ref", "descending"})

Look = Callable[[int, int], Cell]
"""Place of a row and sheet column -> what its cell shows."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """Columns of the sheet to sort by, the first matters most, and whether from large to small."""

    columns: tuple[tuple[int, bool], ...]

    def order(self, rows: int, look: Look) -> list[int]:
        """The places of the rows in their order: numbers, texts, booleans, errors, and blanks always last."""
        places = list(range(rows))
        for column, descending in reversed(self.columns):
            shown = {place: look(place, column) for place in places}
            full = [place for place in places if shown[place] not in (None, "")]
            blank = [place for place in places if shown[place] in (None, "")]
            places = sorted(full, key=lambda place: _rank(shown[place]), reverse=descending) + blank
        return places


@dataclass(frozen=True, slots=True)
class Filtering:
    """Texts that are shown, folded, by column of the sheet, and whether blanks are."""

    columns: tuple[tuple[int, frozenset[str], bool], ...]
    patterns: tuple[tuple[int, tuple[tuple[bool, re.Pattern[str]], ...], bool], ...] = ()
    """Column; each pattern and whether it must match; and whether all must hold or one."""

    @property
    def is_empty(self) -> bool:
        """True where nothing is filtered, as after an arrow was hidden."""
        return not self.columns and not self.patterns

    def shows(self, place: int, look: Look) -> bool | None:
        """Whether a row passes; None where a number stands in the way, whose format decides what Excel compares."""
        for column, texts, with_blanks in self.columns:
            cell = look(place, column)
            if cell is not None and not _is_text(cell):
                return None
            if not (with_blanks if cell in (None, "") else str(cell).casefold() in texts):
                return False
        for column, patterns, all_of in self.patterns:
            cell = look(place, column)
            if cell is not None and not _is_text(cell):
                return None
            held = [wanted == bool(pattern.match(str(cell or "").casefold())) for wanted, pattern in patterns]
            if not (all(held) if all_of else any(held)):
                return False
        return True


@dataclass(frozen=True, slots=True)
class TableView:
    """The sort and filter of a table; `is_sorted` and `is_filtered` say whether there is one, known or not."""

    sorting: Sorting | None = None
    filtering: Filtering | None = None
    is_sorted: bool = False
    is_filtered: bool = False

    @classmethod
    def read(cls, data: bytes, first_column: int) -> TableView | None:
        """The view of a table part; None, for nearly all, where it is neither sorted nor filtered."""
        if b"sortState" not in data and b"filterColumn" not in data:
            return None
        found = elements(data, "table")
        sorts = [one for one in found if one.name == "sortCondition"]
        filters = [one for one in found if one.parent == "filterColumn" or one.name == "filterColumn"]
        return cls(
            _sorting(found, sorts), _filtering(found, first_column),
            any(one.name == "sortState" for one in found), bool(filters),
        )  # fmt: skip


def view_text(data: bytes) -> str:
    """The sort and filter of a table part in one text, the same however long the table is; blank where there is none."""
    if b"sortState" not in data and b"filterColumn" not in data:
        return ""
    text = data.decode("utf-8", "replace")
    found = [match[0] for pattern in (_FILTERS, _SORT_STATE) for match in pattern.finditer(text)]
    return _ROWS_OF_REF.sub(r'\1\2"', "".join(found))


def hidden_rows(data: bytes) -> frozenset[int]:
    """The rows of a sheet part that are not shown."""
    return frozenset(map(int, _HIDDEN.findall(data))) if b"hidden=" in data else frozenset()


def without_sort(text: str) -> str:
    """The table part without its sort order."""
    return _SORT_STATE.sub("", text)


def without_filter(text: str) -> str:
    """The table part with its filter arrows and without what they filter."""
    return _FILTERS.sub("", text)


def _sorting(found: Sequence[Element], conditions: Sequence[Element]) -> Sorting | None:
    across = any(one.name == "sortState" and one.attrs.get("columnSort") in _TRUE for one in found)
    columns = []
    for one in conditions:
        area = parse_range(one.attrs.get("ref", ""))
        if across or area is None or area.first_col != area.last_col or not _PLAIN_SORT.issuperset(one.attrs):
            return None
        columns.append((area.first_col, one.attrs.get("descending") in _TRUE))
    return Sorting(tuple(columns)) if columns else None


def _filtering(found: Sequence[Element], first_column: int) -> Filtering | None:
    values: dict[int, set[str]] = {}
    blanks: set[int] = set()
    custom: dict[int, tuple[list[tuple[bool, re.Pattern[str]]], bool]] = {}
    column = 0
    for one in found:
        if one.name == "filterColumn":
            column = first_column + int(one.attrs.get("colId", "0"))
        elif one.name == "filters" and one.parent == "filterColumn":
            values[column] = set()
            blanks |= {column} if one.attrs.get("blank") in _TRUE else set()
        elif one.name == "filter" and one.parent == "filters":
            values[column].add(one.attrs.get("val", "").casefold())
        elif one.name == "customFilters":
            custom[column] = [], one.attrs.get("and") in _TRUE
        elif one.name == "customFilter" and one.attrs.get("operator", "equal") in ("equal", "notEqual"):
            wanted = one.attrs.get("operator", "equal") == "equal"
            custom[column][0].append((wanted, _pattern(one.attrs.get("val", ""))))
        elif one.parent in ("filterColumn", "filters", "customFilters") or one.name == "customFilter":
            return None
    return Filtering(
        tuple((place, frozenset(texts), place in blanks) for place, texts in values.items()),
        tuple((place, tuple(patterns), all_of) for place, (patterns, all_of) in custom.items()),
    )


def _pattern(value: str) -> re.Pattern[str]:
    """Excel's wildcards: `*`, `?`, and `~` before one that is meant as it stands; a single blank means an empty cell."""
    text = "" if value == " " else value.casefold()
    plain = re.sub(r"~([*?~])|(\[)", lambda match: f"[{match[1] or match[2]}]", text)
    return re.compile(translate(plain))


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not isinstance(cell, NumberText | ErrorText)


def _rank(cell: Cell) -> tuple[int, Decimal, str]:
    """Excel's order: numbers before texts, texts without regard to case, then FALSE, TRUE, errors."""
    if isinstance(cell, bool):
        return 2, Decimal(int(cell)), ""
    if isinstance(cell, NumberText):
        return 0, Decimal(cell), ""
    text = str(cell)
    return (3, Decimal(0), text) if isinstance(cell, ErrorText) else (1, Decimal(0), text.casefold())
