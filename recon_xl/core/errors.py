"""The exception tree: only "cannot go on" raises; a problem in the data is a finding.

ReconError
├─ ContractError    a table, column or setting that a command needs is absent or unusable
├─ InputError       a file or cell that cannot be read without guessing
├─ WorkbookError    the workbook cannot be opened, or must not be written
├─ ConflictError    an import would change what is already there
├─ SelectionError   the selected cell is none that the command works on
├─ Cancelled        the user stopped a command between two steps
└─ TieOutError      our own totals do not tie: a bug of ours, nothing is written
"""

from __future__ import annotations


class ReconError(Exception):
    """One message for the accountant: where, what was found, what was expected, what to do."""

    def __init__(self, *, where: str, found: str, expected: str, todo: str) -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.todo = todo
        super().__init__(f"{where}: found {found}; expected {expected}. {todo}")

    def as_dict(self) -> dict[str, str]:
        """The documented `error` object of `--json`."""
        return {"where": self.where, "found": self.found, "expected": self.expected, "todo": self.todo}


class ContractError(ReconError):
    """A table, column or setting that a command needs is absent or unusable."""


class InputError(ReconError):
    """A file or cell that cannot be read without guessing."""


class WorkbookError(ReconError):
    """The workbook cannot be opened, or must not be written."""


class ConflictError(ReconError):
    """An import would change what is already there, and `--replace` was not given."""


class SelectionError(ReconError):
    """The selected cell is none that the command works on."""


class Cancelled(ReconError):  # noqa: N818 - the user's wish is no error
    """The user stopped a command before one of its steps. A command only reads until it is done: nothing was written."""

    def __init__(self, step: str) -> None:
        super().__init__(
            where=step,
            found="cancelled",
            expected="to go on",
            todo="The workbook is as it was. Press the button again when you are ready.",
        )


class TieOutError(ReconError):
    """Our own totals do not tie: a bug of ours. Nothing is written."""
