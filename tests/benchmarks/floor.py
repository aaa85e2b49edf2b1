"""The least that the job can cost in Python: DuckDB reads and compares, and cells are written as bare XML.

It parses the same files with DuckDB, joins and groups them there in SQL, and writes the same cells as inline strings
and numbers into sheets without styles, tables, links or proof, compressed at the fastest level. Nobody could use
the workbook, and Excel would show dates as numbers: it is the mark below which no writer in Python gets.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineWorkbook

from .cells import Row, unpack
from .stage import Stage

NAME = "floor"
HEADER = 4
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - as Excel counts
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_COMPARE = """
WITH expected AS (
    SELECT client, product, v.Currency AS currency, sum(BillableQuantity::DECIMAL(28, 10)) AS quantity,
        sum(Subtotal::DECIMAL(28, 10)) AS amount
    FROM vendor AS v LEFT JOIN customer USING (CustomerId) LEFT JOIN product USING (ProductId, SkuId)
    GROUP BY ALL
), billed AS (
    SELECT Customer AS client, Product AS product, Currency AS currency, sum(Quantity::DECIMAL(28, 10)) AS quantity,
        sum(Amount::DECIMAL(28, 10)) AS amount
    FROM billed_line GROUP BY ALL
), counted AS (SELECT Customer AS client, Product AS product, sum(Count::DECIMAL(28, 10)) AS count FROM counts GROUP BY ALL)
SELECT * FROM expected FULL JOIN billed USING (client, product, currency) LEFT JOIN counted USING (client, product)
"""


def read_files(stage: Stage) -> Any:
    """A database with vendor lines, billed lines and counts, all as text."""
    database = duckdb.connect(config={"threads": 1})
    *vendor, billed, counts = (f"read_csv('{path}', all_varchar = true)" for path in stage.files)
    lines = " UNION ALL BY NAME ".join(f"FROM {source}" for source in vendor)
    for name, select in (("vendor", lines), ("billed_line", f"FROM {billed}"), ("counts", f"FROM {counts}")):
        database.execute(f"CREATE TABLE {name} AS {select}")
    return database


def read_mapping(stage: Stage, database: Any) -> None:
    """Customers and products of the workbook."""
    book = CalamineWorkbook.from_path(str(stage.blank))
    customers = _columns(book, "Customers", ("Vendor Customer Ids", "Customer"))
    pairs = [(id_.strip(), name) for ids, name in customers for id_ in str(ids).split(";")]
    _load(database, "customer", ("CustomerId", "client"), pairs)
    products = _columns(book, "Products", ("Product Id", "Sku Id", "Billing Product"))
    distinct = list({row[:2]: row for row in products}.values())
    _load(database, "product", ("ProductId", "SkuId", "product"), distinct)


def _columns(book: CalamineWorkbook, tab: str, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    _, *rows = grid = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)[HEADER:]
    places = [grid[0].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def _load(database: Any, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    select = ", ".join(f"unnest(?::VARCHAR[]) AS {column}" for column in columns)
    database.execute(f"CREATE TABLE {name} AS SELECT {select}", [list(values) for values in zip(*rows, strict=True)])


def compare(database: Any) -> list[tuple[Any, ...]]:
    """Expected and billed side by side."""
    found: list[tuple[Any, ...]] = database.execute(_COMPARE).fetchall()
    return found


def write_cells(cells: Path, out: Path) -> None:
    """Every sheet with every cell, sheet by sheet."""
    names = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, rows in unpack(cells):
            names.append(name)
            with package.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as part:
                _write_sheet(part.write, rows)
        for path, text in _frame(names):
            package.writestr(path, _HEAD + text)


def _write_sheet(write: Callable[[bytes], Any], rows: Iterable[Row]) -> None:
    letters = [_letters(number) for number in range(200)]
    write(f"{_HEAD}<worksheet {_MAIN}><sheetData>".encode())
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        filled = [_cell(f"{letters[place]}{number}", value) for place, value in enumerate(row) if value is not None]
        lines.append(f'<row r="{number}">{"".join(filled)}</row>')
        if len(lines) == 1000:
            write("".join(lines).encode())
            lines.clear()
    write(("".join(lines) + "</sheetData></worksheet>").encode())


def _cell(place: str, value: Any) -> str:
    if isinstance(value, str):
        if "&" in value or "<" in value:
            value = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return f'<c r="{place}"><v>{(moment - _DAY_ZERO).total_seconds() / 86400}</v></c>'


def _letters(place: int) -> str:
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def _frame(names: list[str]) -> list[tuple[str, str]]:
    """The parts around the sheets."""
    numbers = range(1, len(names) + 1)
    titles = [name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for name in names]
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(titles, 1))
    places = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for n in numbers
    )
    start = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    main = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    return [
        ("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{places}</Relationships>'),
        ("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{start}</Relationships>'),
        ("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{relations}{main}{kinds}</Types>'),
    ]


def import_files(stage: Stage) -> None:
    """Parse the files of the month and write the workbook that recon-xl has after its import."""
    read_files(stage)
    write_cells(stage.cells(stage.imported), stage.out("floor_import"))


def engine(stage: Stage) -> None:
    """Join and group, with everything read."""
    database = read_files(stage)
    read_mapping(stage, database)
    with stage.clock():
        compare(database)


def write(stage: Stage) -> None:
    """Write the finished workbook."""
    with stage.clock():
        write_cells(stage.cells(stage.finished), stage.out("floor_write"))


def whole(stage: Stage) -> None:
    """From the files to the finished workbook, saved once."""
    database = read_files(stage)
    read_mapping(stage, database)
    compare(database)
    write_cells(stage.cells(stage.finished), stage.out(NAME))


STATIONS = {"import": (import_files,), "engine": (engine,), "write": (write,), "whole": (whole,)}
