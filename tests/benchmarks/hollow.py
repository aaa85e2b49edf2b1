"""An Excel that answers at once with what it was told and forgets what is written: what is left is our own time.

`python -m tests.benchmarks.hollow BOOK ROUNDS` presses Run so often in a new interpreter and prints processor seconds:
first the cold press from the start of the process on, then the warm ones.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

CELL = re.compile(r"([A-Z]+)([0-9]+)")


class Hollow:
    """Any object of Excel's that needs no answer: every member may be set, called and walked."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Hollow()

    def __call__(self, *_: object, **__: object) -> Any:
        """Any call is done at once."""
        return Hollow()

    def __getitem__(self, _: object) -> Any:
        return Hollow()


class OnWindows(Hollow):
    """What tells the host that this is Excel for Windows."""

    __module__ = "hollow._xlwindows"


class Cells(Hollow):
    """A range with the values of a grid; formulas are the values."""

    number_format = "0.00%"

    def __init__(self, sheet: Sheet, address: str) -> None:
        self._sheet, self._grid, self._address = sheet, sheet.grid, address
        self.impl = Hollow()
        self.api = self

    def insert(self, _shift: str) -> None:
        """Rows come into a table, and the layout tells."""
        self._sheet.grow(self._rows())

    def delete(self, _shift: str) -> None:
        """Rows go out of a table, and the layout tells."""
        self._sheet.grow(-self._rows())

    def _rows(self) -> int:
        (_, top), (_, bottom) = CELL.findall(self._address)[0], CELL.findall(self._address)[-1]
        return int(bottom) - int(top) + 1 if int(top) < 1_000_000 else 0

    @property
    def formula(self) -> list[list[object]]:
        """What was typed."""
        return self._block()

    @property
    def Value2(self) -> list[list[object]]:  # noqa: N802 - Excel's own word
        """What is shown."""
        return self._block()

    def _block(self) -> list[list[object]]:
        (left, top), (right, bottom) = CELL.findall(self._address)[0], CELL.findall(self._address)[-1]
        first, last = _number(left), _number(right)
        rows = (self._grid.get(row, []) for row in range(int(top), int(bottom) + 1))
        return [[*row[first - 1 : last], *[None] * (last - max(first - 1, len(row)))] for row in rows]


class Sheet(Hollow):
    """A tab with its cells."""

    name = "Draft Template (2)"

    def __init__(self, name: str, grids: dict[str, dict[int, list[object]]]) -> None:
        self.grid = grids.get(name, {})
        self._table = next((row for row in grids["Layout"].values() if row[0] == name), None)
        self.impl = Hollow()
        self.tables = Tables(self)

    def range(self, address: str) -> Cells:
        """The cells of an address; whole rows, of a draft tab, are anything."""
        return Cells(self, address) if address[0].isalpha() else Hollow()

    def grow(self, rows: int) -> None:
        """So many rows more, or fewer."""
        if self._table is not None:
            self._table[4] = self._table[4] + rows  # type: ignore[operator]

    def resize(self, rows: int) -> None:
        """So many rows."""
        self.grow(rows - self._table[4] if self._table is not None else 0)  # type: ignore[operator]


class Tables(Hollow):
    """The one table of a tab."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __getitem__(self, _: object) -> Tables:
        return self

    def resize(self, cells: Cells) -> None:
        """The header and so many rows."""
        self._sheet.resize(cells._rows() - 1)


class Book(Hollow):
    """An open workbook, filled from a file before anything is measured."""

    name = "month.xlsx"

    def __init__(self, grids: dict[str, dict[int, list[object]]]) -> None:
        self.impl = OnWindows()
        self.app = Hollow()
        self.sheets = Sheets(grids)


class Sheets(Hollow):
    """The tabs by name; what is not there is a new draft's."""

    def __init__(self, grids: dict[str, dict[int, list[object]]]) -> None:
        self._grids = grids
        self.active = Sheet("", grids)

    def __getitem__(self, name: object) -> Sheet:
        return Sheet(str(name), self._grids)

    def __iter__(self) -> Iterator[Any]:
        return iter(())


def _number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


def grids_of(path: Path) -> dict[str, dict[int, list[object]]]:
    """Every sheet's values as Excel would hand them over: floats, text, booleans; anchors as formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415 - not part of what is measured

    book = load_workbook(path, data_only=True)
    grids = {
        sheet.title: {n: [_value(cell) for cell in row] for n, row in enumerate(sheet.iter_rows(), 1)} for sheet in book
    }
    anchors = load_workbook(path)["Layout"]
    for row in grids["Layout"]:
        anchor = anchors.cell(row, 8).value
        if isinstance(anchor, str) and anchor.startswith("="):
            grids["Layout"][row][7] = anchor
    return grids


def _value(cell: Any) -> object:
    from openpyxl.utils.datetime import to_excel  # noqa: PLC0415 - not part of what is measured

    if isinstance(cell.value, datetime):
        return float(to_excel(cell.value))
    return float(cell.value) if isinstance(cell.value, int) and not isinstance(cell.value, bool) else cell.value


def press(book: Book) -> None:
    """Run, as the ribbon's button does it."""
    from recon_xl.commands.model import Call, Clock  # noqa: PLC0415 - importing is part of the cold press
    from recon_xl.commands.registry import command  # noqa: PLC0415
    from recon_xl.hosts.excel import ExcelHost  # noqa: PLC0415

    run = command("recon_run")
    host = ExcelHost(book)
    snapshot = host.read(run.reads, run.writes)
    clock = Clock(datetime(2026, 11, 3, 9, 1), "benchmark")  # noqa: DTZ001 - UTC without saying so
    host.apply(run.execute(Call(snapshot, clock, host.progress)).changeset, snapshot)


def main() -> int:
    """Fill the workbook in a process of its own, then press in a new one whose start counts."""
    import pickle  # noqa: PLC0415 - between two processes of this benchmark
    import subprocess  # noqa: PLC0415

    path, rounds = Path(sys.argv[1]), sys.argv[2]
    if path.suffix == ".pickle":
        began = time.process_time()
        kept = path.read_bytes()
        grids = pickle.loads(kept)  # noqa: S301
        loading = time.process_time() - began
        from recon_xl.engine.session import keep_engine  # noqa: PLC0415

        sys.modules.update(pandas=None, polars=None, numpy=None)  # type: ignore[arg-type]

        keep_engine()
        press(Book(grids))
        figures = [time.process_time() - loading]
        for _ in range(int(rounds)):
            grids = pickle.loads(kept)  # noqa: S301
            began = time.process_time()
            press(Book(grids))
            figures.append(time.process_time() - began)
        sys.stdout.write(" ".join(f"{figure:.3f}" for figure in figures))
        return 0
    from .contest import compile_all  # noqa: PLC0415 - not in the process that is measured

    compile_all()
    pickled = path.with_suffix(".pickle")
    pickled.write_bytes(pickle.dumps(grids_of(path)))
    program = [sys.executable, "-B", "-m", "tests.benchmarks.hollow", str(pickled), rounds]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(program, check=True, cwd=Path(__file__).parents[2], env=environment).returncode


if __name__ == "__main__":
    raise SystemExit(main())
