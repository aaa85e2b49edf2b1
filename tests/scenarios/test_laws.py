"""Laws: row order does not matter, a second run changes nothing but its stamp, money scales, controls hold."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import reconcile, run
from recon_xl.contract.layout import START
from recon_xl.core.changeset import Change, ChangeSet, DraftTab, ReplaceRows, SetCells
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.apply import apply_edits
from recon_xl.report.result import Result
from recon_xl.sample import generate_month, write_month
from recon_xl.sample.faults import FAULTS
from scenarios.harness import NOW, Books, OpenBooks, applied, with_settings

SHUFFLED = ("Vendor Lines", "Billed Lines", "Counts", "Customers", "Products", "Agreements", "Price Rules", "Sources")
# One invoice is red on purpose where its control is planted; the laws are about green ones.
# Of rows of Products that disagree the first one holds, so their order does matter.
LEFT_OUT = ("underbilled-minimum", "invoice-control-difference", "mapping-conflict-product")
PLANTED = tuple(name for name in FAULTS if name not in LEFT_OUT)
STAMP = {START.run_id, START.run_time, START.run_duration}


@pytest.fixture(params=[51, 52, 53])
def month(request: pytest.FixtureRequest, blank_book: Snapshot, tmp_path: Path) -> Snapshot:
    """A generated month with every kind of fault, imported into the template."""
    generated = generate_month(request.param, faults=PLANTED)
    snapshot = with_settings(blank_book, generated.settings)
    paths = write_month(generated, tmp_path)
    current = [path for path in paths if path.parent == tmp_path]
    batches = [(current, None), *(([path], path.parent.name) for path in paths if path.parent != tmp_path)]
    for files, period in batches:
        totals = generated.totals_printed_on(files)
        result = import_files(snapshot, files, now=NOW, period=period, control_totals=totals)
        snapshot = apply_edits(snapshot, result.changeset)
    return snapshot


def shuffled(snapshot: Snapshot, seed: int) -> Snapshot:
    rng = random.Random(seed)  # noqa: S311 - an order of rows
    tables = dict(snapshot.tables)
    for name in SHUFFLED:
        numbers = [number for number, _ in tables[name].rows]
        cells = [row for _, row in tables[name].rows]
        rng.shuffle(cells)
        tables[name] = replace(tables[name], rows=tuple(zip(numbers, cells, strict=True)))
    return replace(snapshot, tables=tables)


def outcome(snapshot: Snapshot) -> dict[str, object]:
    """All that a run says, without the places at which rows stand."""
    result = reconcile(read_inputs(snapshot), Clock(NOW, "tester"))
    return {
        "findings": [
            (
                f.key,
                f.rule,
                f.cause,
                f.hit.at_stake,
                f.hit.direction,
                f.hit.expected,
                f.hit.billed,
                without_rows(f.hit.why),
            )
            for f in result.findings
        ],
        "matches": [{**match} for match in result.matches],
        "drafts": [
            (
                d.number,
                d.status,
                d.net,
                d.tax,
                d.po,
                [(x.product, x.kind, x.quantity, x.unit, x.net, x.tax) for x in d.lines],
            )
            for d in result.drafts
        ],
        "controls": [(c.name, c.invoice, c.currency, c.expected, c.actual) for c in result.controls],
        "coverage": result.coverage,
    }


def without_rows(why: str) -> list[str]:
    """The words of a reason, but for the numbers of rows and the order in which it names them."""
    return sorted(word.strip(".,;:") for word in re.sub(r"\brow \d+", "row", why).split())


def test_row_order_does_not_matter(month: Snapshot) -> None:
    """Sources and mapping in any order: the same findings in the same ranking, keys, drafts and totals."""
    expected = outcome(month)
    assert expected["findings"]
    for seed in (1, 2):
        found = outcome(shuffled(month, seed))
        for part, values in expected.items():
            assert values == found[part], part


def test_a_second_run_changes_only_the_run_stamp(month: Snapshot) -> None:
    """What the second run would write is what the first one wrote, but for the stamp on Start and the Run Log."""
    first = run(month, Clock(NOW, "tester")).changeset
    second = run(applied(month, first), Clock(NOW + timedelta(hours=1), "tester")).changeset
    assert list(without_stamp(first)) == list(without_stamp(second))
    for name, change in without_stamp(first).items():
        assert change == without_stamp(second)[name], name


def without_stamp(changes: ChangeSet) -> Mapping[str, Change]:
    kept: dict[str, Change] = {}
    for change in changes.changes:
        match change:
            case ReplaceRows() if change.table != "Run Log":
                kept[change.table] = change
            case SetCells():
                cells = {cell: value for cell, value in change.cells.items() if cell not in STAMP}
                kept[f"cells of {change.sheet}"] = SetCells(change.sheet, cells)
            case DraftTab():
                kept[f"tab {change.name}"] = change
            case _:
                pass
    return kept


def test_internal_controls_and_keys(month: Snapshot) -> None:
    """Every control of ours is 0.00, every vendor total green; no two findings share a key, each names its lines."""
    result = reconcile(read_inputs(month), Clock(NOW, "tester"))
    # A control with a tolerance compares two files of the vendor: it may be unchecked, or off where that is planted.
    assert [control for control in result.controls if control.ok is not True and not control.tolerance] == []
    assert len({finding.key for finding in result.findings}) == len(result.findings)
    sources = ("Vendor Lines", "Daily Usage", "Billed Lines", "Counts")
    lines = {cells[0] for name in sources for _, cells in month.tables[name].rows}
    for finding in result.findings:
        assert set(finding.source_rows) <= lines
        # Rows of a mapping tab that disagree are no source rows.
        assert finding.source_rows or finding.rule in ("timing", "mapping-conflict")
    keys = {finding.key for finding in result.findings}
    assert {finding.cause for finding in result.findings if finding.cause} <= keys


def gaps(books: OpenBooks, shift: int) -> Result:
    """A month with a gap of each kind, all of its money moved by so many places."""

    def money(text: str) -> str:
        return str(Decimal(text).scaleb(shift))

    month: Books = books("2026-10").product("Seats").product("Device", "fixed", "count")
    for name, quantity in (("Alder", "38"), ("Birch", "45"), ("Cedar", "42")):
        month.customer(name).agreement(name, "Seats", money("14.00"))
        month.cycle(name, "42", money("10.08"), money("423.36"), subscription_id=name)
        month.bill(name, "Seats", quantity, money("14.00"), str(Decimal(quantity) * Decimal(money("14.00"))))
    month.bill("Cedar", "Seats", "42", money("14.00"), money("588.00"))
    month.agreement("Alder", "Device", money("8.50")).count("Alder", "Device", "9")
    return month.cycle("Stranger", "1", money("10.08"), money("10.08")).reconcile()


def test_money_scales(books: OpenBooks) -> None:
    """Ten, a hundred, a million times the prices: the same findings with ten, a hundred, a million times the money."""
    plain = [(f.rule, f.hit.customer, f.hit.at_stake) for f in gaps(books, 0).findings]
    assert [rule for rule, _, _ in plain] == [
        "duplicate-billed-line", "unbilled", "underbilled", "overbilled", "unmapped-client",
    ]  # fmt: skip
    for shift in (1, 2, 6):
        found = [(f.rule, f.hit.customer, f.hit.at_stake.scaleb(-shift)) for f in gaps(books, shift).findings]
        assert plain == found
