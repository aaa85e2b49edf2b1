"""Verify: whether the log, the cells that recon-xl wrote and the drafts are as they were written; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.look import Look
from recon_xl.journal.verifying import Alteration, alterations

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """How many steps were looked at, and everything that is not as it was written, the log first."""

    steps: int
    altered: tuple[Alteration, ...]

    def as_dict(self) -> dict[str, object]:
        """The object of `--json`."""
        found = [{"kind": one.kind, "place": one.place} for one in self.altered]
        return {"intact": not found, "steps": self.steps, "first": found[0] if found else None, "altered": found}

    def words(self) -> list[str]:
        """For a reader."""
        steps = f"{self.steps} {'step' if self.steps == 1 else 'steps'}"
        if not self.altered:
            return [
                f"Intact: the log of {steps}, every result that recon-xl wrote, and every draft are as they were written.",
                "Mapping and source tabs are yours to change, and not looked at.",
            ]
        count = len(self.altered)
        places = (
            "1 place is not as recon-xl wrote it" if count == 1 else f"{count} places are not as recon-xl wrote them"
        )
        lines = [f"ALTERED: {places}; {steps} looked at. First:"]
        lines += [f"  {one.words()}" for one in self.altered[:_SHOWN]]
        return lines + ([f"  and {count - _SHOWN} more; --json lists them all"] if count > _SHOWN else [])


def verify(snapshot: Snapshot, look: Look) -> Verified:
    """Look at everything that the journal has marks of. ContractError where the workbook has no journal yet."""
    journal, found = alterations(snapshot, look)
    return Verified(len(journal.entries), tuple(found))
