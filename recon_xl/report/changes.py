"""Result -> ChangeSet: every sheet that a run writes."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.contract.catalogue import START_SHEET
from recon_xl.core.cells import Formula
from recon_xl.core.changeset import Change, ChangeSet
from recon_xl.core.snapshot import Snapshot
from recon_xl.engine.inputs import Inputs
from recon_xl.report.coverage import coverage
from recon_xl.report.draft_tables import draft_index, draft_record
from recon_xl.report.draft_tabs import draft_tabs, tab_names
from recon_xl.report.exceptions import exceptions
from recon_xl.report.keeping import keep_users_rows
from recon_xl.report.mapping_gaps import mapping_gaps
from recon_xl.report.result import Result
from recon_xl.report.run_log import run_log
from recon_xl.report.start import check_text, master_checks, start
from recon_xl.report.summaries import client_summary, margin
from recon_xl.report.tie_out import tie_out
from recon_xl.report.usage import usage


def changes(result: Result, snapshot: Snapshot, inputs: Inputs, total: Decimal) -> ChangeSet:
    """All result tables, draft tabs, Start and the master checks; the workbook opens on Start.

    `total` is the inputs' hash total; of the snapshot's rows those of the result tables are looked at.
    """
    names = tab_names(result, snapshot)
    tables = (
        tie_out(result, inputs),
        coverage(result),
        mapping_gaps(result, inputs),
        client_summary(result),
        margin(result),
        usage(result),
        draft_index(result, names),
        (record := draft_record(result)),
    )
    written: list[Change] = [
        exceptions(result, snapshot),
        *(keep_users_rows(change, snapshot.tables[change.table]) for change in tables),
        run_log(result, snapshot),
        *draft_tabs(result, snapshot, names, record, Formula("MasterCheck", check_text(result))),
        start(result, total),
        *master_checks(result, snapshot),
    ]
    return ChangeSet(tuple(written), START_SHEET)
