"""What carries the VBA: the add-in, or a workbook. Names differ, so that one never answers for the other while both are open."""

from __future__ import annotations

from enum import StrEnum


class Carrier(StrEnum):
    """The value begins the name of every Sub that the ribbon calls."""

    ADDIN = "ReconAddin"
    BOOK = "ReconBook"

    @property
    def project(self) -> str:
        """The name of the VBA project."""
        return f"{self.value}Code"
