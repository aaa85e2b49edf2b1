"""One DuckDB session, and how a relation file becomes a table in it.

A file in `sql/` is one SELECT; its stem is the name of the relation. Amounts are DECIMAL(38, 18),
summed and compared here but never multiplied or divided: prices are computed in exact Decimal
(docs/adr/0003), because a product of two vendor figures does not fit 38 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any, TypeVar

from recon_xl.engine.values import Amounts, handed_over

AMOUNT = "DECIMAL(38,18)"

Row = tuple[Any, ...]
Source = TypeVar("Source")
Made = TypeVar("Made")


@cache
def _engine() -> Any:
    """DuckDB itself; loaded with the first run: a look-up must not wait for the database."""
    import duckdb  # noqa: PLC0415

    return duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})


_resident: list[bool] = []


def keep_engine() -> None:
    """Let DuckDB stay in memory between runs: a resident program starts the next one 20 ms sooner, and holds some 40 MB."""
    _resident.append(True)


def release_engine() -> None:
    """Undo `keep_engine`: DuckDB leaves memory with the last session."""
    _resident.clear()
    _engine().close()
    _engine.cache_clear()


_AT_ONCE = 4_096
"""Rows handed over in one statement: DuckDB holds each of its values several times over, at some 100 bytes."""
_numbers = count(1)
_WORTH_PLANNING = 3_000
"""Vendor lines from which on DuckDB's optimizer saves more time than it takes (measured: docs/performance.md)."""


class Session:
    """An in-memory ledger of its own, its columns compressed; gone with the run. A small one spends more time on plans than on rows."""

    def __init__(self, lines: int | None = None) -> None:
        self._name = f"ledger{next(_numbers)}"
        self._connection = _engine().cursor()
        self._connection.execute(f"ATTACH ':memory:' AS {self._name} (COMPRESS); USE {self._name}")
        self._asked: dict[str, list[dict[str, Any]]] = {}
        self._told: dict[str, list[Row]] = {}
        self._made: dict[Any, Any] = {}
        self._is_small = lines is not None and lines < _WORTH_PLANNING
        self._connection.execute(f"PRAGMA {'disable' if self._is_small else 'enable'}_optimizer")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.execute(f"USE memory; DETACH {self._name}")
        self._connection.close()
        if not _resident:
            _engine().close()
            _engine.cache_clear()

    def forget(self) -> None:
        """Let go of all that was asked and made once."""
        for known in (self._asked, self._told, self._made):
            known.clear()

    def _forget(self, name: str) -> None:
        """What was asked of a relation before it was made need not hold any longer; answers rest on the relations that they name."""
        for known in (self._asked, self._told):
            for query in [query for query in known if name in query]:
                del known[query]

    def load(self, name: str, types: Mapping[str, str], columns: Mapping[str, Sequence[Any]]) -> None:
        """A relation from columns of Python values, all of one length; `types` gives each column's SQL type, in order."""
        self._forget(name)
        rows = max(len(columns[column]) for column in types)
        for first in range(0, max(rows, 1), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            values = [
                handed_over(kind, columns[column][part], is_first=not n)
                for n, (column, kind) in enumerate(types.items())
            ]
            select = ", ".join(f"{term} AS {column}" for column, (term, _) in zip(types, values, strict=True))
            into = f"INSERT INTO {name}" if first else f"CREATE OR REPLACE TABLE {name} AS"
            self._connection.execute(f"{into} SELECT {select}", [value for _, value in values])

    def relate(self, name: str) -> None:
        """Make the relation that `sql/<name>.sql` describes."""
        self._forget(name)
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {_sql(name)}")

    def view(self, name: str) -> None:
        """The same, worked out where it is asked for: cheaper than keeping it where it only puts names beside numbers."""
        self._forget(name)
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {_sql(name)}")

    def drop(self, *names: str) -> None:
        """Let go of relations that nobody asks for any more."""
        for name in names:
            self._forget(name)
            self._connection.execute(f"DROP TABLE {name}")

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query."""
        found: list[Row] = self._connection.execute(query, list(parameters)).fetchall()
        return found

    def records(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries; `parameters` in order or by name."""
        given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        cursor = self._connection.execute(query, given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def many_records(self, query: str) -> list[dict[str, Any]]:
        """As `records`, for thousands of rows: amounts leave as text and become Decimal here, in a third of the time."""
        if self._is_small:
            return self.records(query)
        relation = self._connection.sql(query)
        names, kinds = relation.columns, [str(kind) for kind in relation.types]
        amounts = [name for name, kind in zip(names, kinds, strict=True) if kind.startswith("DECIMAL")]
        wanted = (f'"{name}"::VARCHAR' if name in amounts else f'"{name}"' for name in names)
        found = relation.project(", ".join(wanted)).fetchall()
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        del found
        known, texts = Amounts(), dict[str | None, str | None]()
        for place, column in enumerate(columns):
            if names[place] in amounts:
                columns[place] = map(known.__getitem__, column)
            elif kinds[place] == "VARCHAR":  # a name stands in many rows, and in memory once
                columns[place] = list(map(texts.setdefault, column, column))
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def once(self, query: str) -> list[dict[str, Any]]:
        """As `many_records`, asked once as long as no relation that it names is made: for what several rules look at."""
        if query not in self._asked:
            self._asked[query] = self.many_records(query)
        return self._asked[query]

    def rows_once(self, query: str) -> list[Row]:
        """As `rows`, asked once as long as no relation that it names is made."""
        if query not in self._told:
            self._told[query] = self.rows(query)
        return self._told[query]

    def made_once(self, make: Callable[[Source], Made], source: Source) -> Made:
        """What several stations make of the same source (the inputs, or this session): made once a run."""
        if make not in self._made:
            self._made[make] = make(source)
        found: Made = self._made[make]
        return found

    def count(self, name: str) -> int:
        """How many rows a relation has."""
        return int(self.rows(f"SELECT count(*) FROM {name}")[0][0])  # noqa: S608


@cache
def _sql(name: str) -> str:
    return files("recon_xl.engine").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
