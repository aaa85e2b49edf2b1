"""A cell that cannot be read without guessing."""

from __future__ import annotations

from dataclasses import asdict, dataclass


class CellProblem(Exception):  # noqa: N818 - it is collected as data, like a finding, and never ends a run
    """What stands in the cell, and what was expected there; the address is added by whoever knows it."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"found {found}; expected {expected}")


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell of a workbook table that cannot be read, with its address."""

    table: str
    sheet: str
    row: int
    column: str
    found: str
    expected: str
    required: bool

    @property
    def where(self) -> str:
        """`Vendor Lines > row 7 > Subtotal`."""
        return f"{self.sheet} > row {self.row} > {self.column}"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A cell of a file that cannot be read, with its address: `recon.csv > row 7 > Subtotal`."""

    file: str
    sheet: str | None
    row: int
    column: str
    address: str
    found: str
    expected: str

    @property
    def where(self) -> str:
        """File, sheet and cell."""
        return " > ".join(part for part in (self.file, self.sheet, self.address) if part)

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {**asdict(self), "where": self.where}
