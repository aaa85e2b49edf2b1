"""Import and run in one step: the files are read into the workbook in memory, reconciled there, and written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recon_xl.commands.import_files import ImportResult
from recon_xl.commands.journaling import JOURNAL
from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import RunOutcome, run
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.apply import apply_edits


@dataclass(frozen=True, slots=True)
class OneStep:
    """What the import has to say, what the run found, and the changes of both, to be written together or not at all.

    `book` is the outline of the workbook that was read, which they are written into.
    """

    imported: ImportResult
    outcome: RunOutcome
    changeset: ChangeSet
    book: Snapshot

    @property
    def exit_code(self) -> int:
        """0 where both are clean, else 1."""
        return max(1 if self.imported.problems else 0, self.outcome.result.exit_code)


def import_and_run(
    snapshot: Snapshot,
    import_into: Callable[[Snapshot], ImportResult],
    clock: Clock,
    progress: Callable[[str], None] = lambda step: None,
) -> OneStep:
    """The same as an import that is saved and a run on the saved workbook. Raises ReconError where either cannot be done.

    A caller who keeps no snapshot himself needs far less memory: its rows are let go of as soon as they are typed.
    """
    imported, book = import_into(snapshot), snapshot.outline(JOURNAL)
    filled = [apply_edits(snapshot, imported.changeset)]
    del snapshot
    outcome = run(filled.pop(), clock, progress)
    changes = (*imported.changeset.changes, *outcome.changeset.changes)
    return OneStep(
        imported, outcome, ChangeSet(changes, outcome.changeset.active_sheet, outcome.changeset.select), book
    )
