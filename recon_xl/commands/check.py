"""Check: every gap of inputs and mappings, in the order to close them; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from recon_xl.commands.model import Call, Clock, Command, Enabled, Group, Reply
from recon_xl.commands.reading import READS, WRITES, read_inputs
from recon_xl.commands.reconcile import reconcile
from recon_xl.commands.rows import top_of
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.gaps import Gap, gaps
from recon_xl.report.json_report import amount_text
from recon_xl.report.result import Result

_A_STEP = 3
"""Gaps of a step that a message shows; the command line shows all."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A month's inputs and mappings as a run would see them, and what is missing."""

    result: Result
    gaps: tuple[Gap, ...]

    def as_dict(self) -> dict[str, object]:
        """The object of `--json`."""
        return {
            "exit_code": int(bool(self.gaps)),
            "period": self.result.period,
            "gaps": [_json(gap) for gap in self.gaps],
            "warnings": self._notes(),
        }

    def words(self, most: int | None = None) -> list[str]:
        """The gaps by step, at most so many of each; None shows all."""
        notes = [f"Note: {warning}." for warning in self._notes()[:most]]
        return [_headline(self.result.period, self.gaps), *_steps(self.gaps, most), *notes]

    def _notes(self) -> list[str]:
        """The warnings that are not among the gaps."""
        told = {remark.sentence for remark in self.result.remarks}
        return [warning for warning in self.result.warnings if warning not in told]


def check(snapshot: Snapshot, clock: Clock, progress: Callable[[str], None] = lambda step: None) -> Checked:
    """Look at inputs and mappings of the month. ReconError where they cannot be read at all."""
    result = reconcile(read_inputs(snapshot), clock, progress=progress)
    return Checked(result, tuple(gaps(result)))


def execute(call: Call) -> Reply:
    """Go to the tab of the first gap and say what is missing, step by step."""
    checked = check(call.snapshot, call.clock, call.progress)
    data = checked.as_dict()
    return Reply(_go_to(call.snapshot, checked.gaps), "\n".join(checked.words(_A_STEP)), bool(checked.gaps), data)


def _headline(period: str, found: Sequence[Gap]) -> str:
    if not found:
        return f"{period}: inputs and mappings are complete. Run it."
    return (
        f"{period}: {'1 gap' if len(found) == 1 else f'{len(found)} gaps'} to close before a run, first things first."
    )


def _steps(found: Sequence[Gap], most: int | None) -> Iterator[str]:
    for number, step in enumerate(FixStep, 1):
        mine = [gap for gap in found if gap.step is step]
        if not mine:
            continue
        yield ""
        yield f"{number}. {step}: {len(mine)}"
        for gap in mine[:most]:
            money = f" ({money_text(gap.amount, gap.currency)})" if gap.amount else ""
            about = f"{gap.about}{money}: " if gap.about else ""
            yield f"   {about}{gap.found}"
            yield f"      -> {gap.fix}"
        if most is not None and len(mine) > most:
            yield f"   and {len(mine) - most} more"


def _go_to(snapshot: Snapshot, found: Sequence[Gap]) -> ChangeSet:
    raw = snapshot.tables.get(found[0].where) if found else None
    return ChangeSet() if raw is None else ChangeSet(active_sheet=raw.sheet, select=top_of(raw))


def _json(gap: Gap) -> dict[str, object]:
    return {
        "step": list(FixStep).index(gap.step) + 1,
        "title": str(gap.step),
        "where": gap.where,
        "about": gap.about or None,
        "found": gap.found,
        "fix": gap.fix,
        "amount": None if gap.amount is None else amount_text(gap.amount, gap.currency),
        "currency": gap.currency or None,
        "source_rows": list(gap.source_rows),
    }


COMMAND = Command(
    id="check",
    label="Check",
    group=Group.MAP,
    key_tip="C",
    screentip="What is missing before a run, in the order to fix it",
    supertip="Looks at inputs and mappings only and lists every gap: cells, sources, customers, products, prices, tax, "
    "agreements. Nothing is written.",
    icon="FileDocumentInspect",
    execute=execute,
    reads=(*READS, *WRITES),
    enabled=Enabled.BOOK,
    position=1,
)
