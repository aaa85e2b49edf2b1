"""One line of the doctor's report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Status(StrEnum):
    """A note needs nobody to act; a problem does."""

    OK = "OK"
    NOTE = "NOTE"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and what to do."""

    name: str
    status: Status
    found: str
    todo: str = ""

    @classmethod
    def ok(cls, name: str, found: str) -> Check:
        """As it should be."""
        return cls(name, Status.OK, found)

    @classmethod
    def note(cls, name: str, found: str, todo: str = "") -> Check:
        """Worth knowing."""
        return cls(name, Status.NOTE, found, todo)

    @classmethod
    def problem(cls, name: str, found: str, todo: str) -> Check:
        """The add-in does not work, or not wholly, until this is mended."""
        return cls(name, Status.PROBLEM, found, todo)

    def as_dict(self) -> dict[str, str]:
        """The documented object of `--json`."""
        return {name: str(value) for name, value in asdict(self).items()}

    def lines(self) -> list[str]:
        """For a reader."""
        return [f"{self.status:<8} {self.name}: {self.found}", *([f"{'':<8} {self.todo}"] if self.todo else [])]
