"""Where one month lies ready for every contestant, and the clock that a job may start after its preparations.

Nothing of recon-xl is imported here: a contestant pays for its own imports alone.
"""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass
class Stage:
    """A folder with the files of a month, the workbooks before and after, and the cells of these workbooks."""

    folder: Path
    spent: list[tuple[float, float]] = field(default_factory=list)
    """Processor and wall seconds of each block that a job timed itself; none where the whole process counts."""

    @property
    def blank(self) -> Path:
        """The template with settings and mapping tabs filled, as it stands before this month's files come."""
        return self.folder / "blank.xlsx"

    @property
    def imported(self) -> Path:
        """The workbook with every file of the month imported."""
        return self.folder / "imported.xlsx"

    @property
    def finished(self) -> Path:
        """The workbook after the run: its cells are what the others write too."""
        return self.folder / "finished.xlsx"

    def cells(self, book: Path) -> Path:
        """The cells of one of these workbooks, ready for writing."""
        return book.with_suffix(".cells")

    def out(self, contestant: str) -> Path:
        """The workbook that a contestant writes."""
        return self.folder / f"by_{contestant}.xlsx"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Number of lines and cells, names of files, and the totals printed on the vendor's invoices."""
        found: dict[str, Any] = json.loads((self.folder / "facts.json").read_text(encoding="utf-8"))
        return found

    @property
    def vendor_files(self) -> list[Path]:
        """This month's vendor invoices."""
        return [self.folder / "sources" / name for name in self.facts["vendor_files"]]

    @property
    def files(self) -> list[Path]:
        """All that the month brings: vendor invoices, billed lines, counts."""
        return [
            *self.vendor_files,
            self.folder / "sources" / "billed_lines.csv",
            self.folder / "sources" / "counts.csv",
        ]

    def keep(self, name: str, value: object) -> None:
        """Lay a value ready for a job that begins in the middle of the line."""
        (self.folder / f"{name}.pickle").write_bytes(pickle.dumps(value))

    def kept(self, name: str) -> Any:
        """A value laid ready."""
        return pickle.loads((self.folder / f"{name}.pickle").read_bytes())  # noqa: S301 - written by this benchmark

    @contextmanager
    def clock(self) -> Iterator[None]:
        """Count this block alone, added to others of the same job."""
        processor, wall = time.process_time(), time.perf_counter()
        yield
        self.spent.append((time.process_time() - processor, time.perf_counter() - wall))
