"""Run: the straight line from typed inputs to findings, drafts and proof, and back into the workbook as a ChangeSet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from recon_xl import __version__
from recon_xl.commands.model import Clock
from recon_xl.commands.ranking import Ranking, ranking_currency
from recon_xl.commands.reading import input_digest, read_inputs
from recon_xl.commands.warnings import all_warnings
from recon_xl.contract import ALL_TABLES, Group
from recon_xl.core.changeset import ChangeSet, ReplaceRows
from recon_xl.core.collector import without_collector
from recon_xl.core.finding import Finding
from recon_xl.core.snapshot import Snapshot
from recon_xl.drafts.build import DraftBuilder
from recon_xl.drafts.lines import groundwork
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.invoice_totals import red_invoices
from recon_xl.engine.ledger import relate_causes, relate_keys, relate_mapping, relate_sources
from recon_xl.engine.mapping_names import with_our_names
from recon_xl.engine.session import Session
from recon_xl.engine.taxes import Taxes
from recon_xl.pricing.line import Pricing
from recon_xl.report.changes import changes
from recon_xl.report.conflicts import conflicts
from recon_xl.report.keeping import worth_keeping
from recon_xl.report.result import Result, Stamp
from recon_xl.report.run_log import run_log
from recon_xl.report.start import input_total
from recon_xl.rules import find_all, holds_of
from recon_xl.tieout.controls import all_controls
from recon_xl.tieout.coverage import coverage, reconcilable
from recon_xl.tieout.dispositions import dispositions
from recon_xl.usage.rows import usage_rows
from recon_xl.usage.series import relate_series


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run found, and what it wants written."""

    result: Result
    changeset: ChangeSet


_KEPT = tuple(one.name for one in ALL_TABLES if one.group in (Group.RESULT, Group.DRAFT))
"""Tables from which a run carries rows over."""
_LARGE = ("Draft Lines",)
"""Those of which it looks at few rows again."""


def run(snapshot: Snapshot, clock: Clock, progress: Callable[[str], None] = lambda step: None) -> RunOutcome:
    """Reconcile the month in the workbook. Raises ReconError where it cannot; a problem in the data is a finding."""
    started = clock.seconds()
    with without_collector():
        progress("Reading the tables")
        inputs, digest, total = read_inputs(snapshot), input_digest(snapshot), input_total(snapshot)
        snapshot = _carried(snapshot)  # the rows as they were read make room for the ledger
        result = reconcile(inputs, clock, digest, progress, started)
        progress("Preparing the sheets")
        changeset = changes(result, snapshot, inputs, total)
        told = conflicts(changeset, snapshot)
        result = replace(result, warnings=[*told, *result.warnings], conflicts=told)
        return RunOutcome(result, _logged(changeset, run_log(result, snapshot)) if told else changeset)


def _logged(changeset: ChangeSet, log: ReplaceRows) -> ChangeSet:
    """With another row on the Run Log: what is told is known only when all else is."""
    is_log = (isinstance(change, ReplaceRows) and change.table == log.table for change in changeset.changes)
    written = (log if found else change for found, change in zip(is_log, changeset.changes, strict=True))
    return replace(changeset, changes=tuple(written))


def _carried(snapshot: Snapshot) -> Snapshot:
    """The workbook without its inputs: what the user put into the results of the last run."""
    outline = snapshot.outline(_KEPT)
    few = {name: worth_keeping(outline.tables[name]) for name in _LARGE if name in outline.tables}
    return replace(outline, tables={**outline.tables, **few})


def reconcile(
    inputs: Inputs,
    clock: Clock,
    digest: str = "",
    progress: Callable[[str], None] = lambda step: None,
    started: float | None = None,
) -> Result:
    """The line itself: ledger, match, price, rules, drafts, tie-out. Needs no workbook."""
    began = clock.seconds() if started is None else started
    inputs, remarks = with_our_names(inputs)
    with without_collector(), Session(inputs.rows("Vendor Lines")) as session:
        progress("Mapping customers and products")
        pricing = Pricing(inputs)
        pricing.load_terms(session, relate_mapping(session, inputs))
        relate_sources(session)
        progress("Pricing and matching")
        pieces = pricing.price(session)
        relate_keys(session)
        pricing.load_alternatives(session)
        relate_causes(session)
        ranking = Ranking(pricing.book, inputs.settings, ranking_currency(session, inputs.settings))
        relate_series(session, inputs, ranking.to_base)
        progress("Checking the rules")
        findings = find_all(session, inputs, reconcilable=reconcilable(session)[0], to_base=ranking.to_base)
        remarks += ranking.missing_rates(findings)
        progress("Drafting and proving")
        ground = groundwork(session, pieces)
        drafts = _builder(session, inputs, pricing, findings).drafts(ground)
        disposed = dispositions(session, drafts)
        covered = coverage(session, inputs, disposed)
        usage = usage_rows(session, inputs)
        controls = all_controls(session, inputs, drafts, disposed, findings)
    return Result(
        settings=inputs.settings,
        stamp=_stamp(clock, digest, clock.seconds() - began),
        sources=inputs.records("Sources"),
        rows_read={name: inputs.rows(name) for name in ("Vendor Lines", "Billed Lines", "Counts")},
        findings=findings,
        drafts=drafts,
        controls=controls,
        coverage=covered.rows, coverage_sentence=covered.sentence, keys=covered.keys, checked_keys=covered.checked_keys,
        reconcilable=covered.reconcilable, not_reconcilable_reason=covered.reason,
        matches=ground.matches,
        margins=ground.margins,
        warnings=[*all_warnings(inputs), *ranking.warnings(), *(one.sentence for one in remarks)],
        remarks=remarks,
        usage=usage,
        to_base=ranking.to_base,
    )  # fmt: skip


def _builder(session: Session, inputs: Inputs, pricing: Pricing, findings: Sequence[Finding]) -> DraftBuilder:
    taxes, red = session.made_once(Taxes, inputs), red_invoices(session, inputs)
    return DraftBuilder(inputs, taxes, pricing.terms, red, holds_of(findings))


def _stamp(clock: Clock, digest: str, seconds: float) -> Stamp:
    run_id = f"R{clock.now:%Y%m%d-%H%M%S}"
    return Stamp(run_id, clock.now, clock.user, __version__, f"{seconds:.1f} s", digest)
