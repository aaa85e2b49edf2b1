"""The Start tab and the master check on every tab."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from recon_xl.contract import ALL_TABLES
from recon_xl.contract.catalogue import START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.layout import (
    CHECK_CELL,
    DRAFT,
    INPUT_FIGURES,
    START,
    banner_formula,
    input_total_formula,
    master_check_formula,
)
from recon_xl.contract.model import HEADER_ROW
from recon_xl.core.cells import Formula, NumberText, Value
from recon_xl.core.changeset import SetCells
from recon_xl.core.control import master_check_text
from recon_xl.core.money import EXACT, ZERO, round_half_up
from recon_xl.core.rows import column_of
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.report.exceptions import CONSEQUENCE
from recon_xl.report.result import Result
from recon_xl.report.values import money, ref


def check_text(result: Result) -> str:
    """What the master check shows after this run."""
    return master_check_text([control.word for control in result.controls])


def master_checks(result: Result, snapshot: Snapshot) -> Iterator[SetCells]:
    """The master check on every data tab, with the value that its formula will give."""
    for table in ALL_TABLES:
        raw = snapshot.tables.get(table.name)
        if raw is None or raw.header_row != HEADER_ROW:
            continue  # the user moved the table down: the cells above it are theirs
        yield SetCells(raw.sheet, {CHECK_CELL: Formula("MasterCheck", check_text(result))}, is_cached_only=True)
    yield SetCells(TEMPLATE_SHEET, {DRAFT.check: Formula("MasterCheck", check_text(result))}, is_cached_only=True)


def start(result: Result, total: Decimal) -> SetCells:
    """Every cell of Start that a run fills; `total` is the hash total of the inputs."""
    stamp = result.stamp
    cells: dict[str, Value] = {
        START.banner: Formula(banner_formula(), ""),
        START.company: result.settings.company,
        START.period: result.period,
        START.run_status: result.status,
        START.master_check: Formula(master_check_formula(), check_text(result)),
        START.exceptions: sum(1 for finding in result.exceptions if finding.is_primary),
        START.controls: result.controls_text,
        START.input_total_now: Formula(input_total_formula(), total),
        START.input_total: total,
        START.run_id: stamp.run_id,
        START.run_time: stamp.started.replace(tzinfo=None),
        START.run_user: stamp.user,
        START.run_version: stamp.version,
        START.run_duration: stamp.duration,
        START.run_inputs: stamp.inputs[:16],
        START.coverage: result.coverage_sentence,
        START.sources: _sources(result),
    }
    return SetCells(START_SHEET, cells | _at_stake(result) | _causes(result) | _drafts(result))


def _sources(result: Result) -> str:
    """Short enough for one line of a printed page: files and rows by tab; the files themselves stand on Sources."""
    found: dict[str, tuple[set[str], int]] = {}
    for row in result.sources:
        if row.get("Format") and row.get("Table") in ("Vendor Lines", "Daily Usage", "Billed Lines", "Counts"):
            files, rows = found.get(row["Table"], (set(), 0))
            found[row["Table"]] = (files | {row["File"]}, rows + int(row.get("Rows") or 0))
    return "; ".join(
        f"{tab}: {rows:,} rows of {len(files)} {'file' if len(files) == 1 else 'files'}"
        for tab, (files, rows) in found.items()
    )


def _blank(block: object, columns: int, rows: int) -> dict[str, Value]:
    return {block.cell(row, column): None for row in range(rows) for column in range(columns)}  # type: ignore[attr-defined]


def _at_stake(result: Result) -> dict[str, Value]:
    block = START.at_stake
    cells = _blank(block, 4, block.max_rows)
    for row, ((currency, direction), (count, amount)) in enumerate(list(result.at_stake().items())[: block.max_rows]):
        same = (
            f"{ref('Exceptions', 'Currency')},{block.cell(row, 0)},{ref('Exceptions', 'Direction')},{block.cell(row, 1)},"
            f'{ref("Exceptions", "Severity")},"<>{CONSEQUENCE}",{ref("Exceptions", "Severity")},"<>Resolved"'
        )
        cells[block.cell(row, 0)] = currency
        cells[block.cell(row, 1)] = direction
        cells[block.cell(row, 2)] = Formula(f"COUNTIFS({same})", count)
        cells[block.cell(row, 3)] = Formula(f"SUMIFS({ref('Exceptions', 'At Stake')},{same})", money(amount, currency))
    return cells


def _causes(result: Result) -> dict[str, Value]:
    block = START.causes
    cells = _blank(block, 3, block.max_rows)
    sums: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, ZERO))
    for finding in result.exceptions:
        amount = result.to_base(finding.hit.at_stake, finding.hit.currency)
        if finding.is_primary and amount is not None:
            count, known = sums[finding.title]
            sums[finding.title] = (count + 1, known + amount)
    ranked = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    for row, (title, (count, amount)) in enumerate(ranked[: block.max_rows]):
        cells |= {block.cell(row, 0): title, block.cell(row, 1): count, block.cell(row, 2): amount}
    return cells


def _drafts(result: Result) -> dict[str, Value]:
    block = START.drafts
    cells = _blank(block, 6, block.max_rows)
    currencies = sorted({draft.currency for draft in result.drafts})
    for row, currency in enumerate(currencies[: block.max_rows]):
        mine = [draft for draft in result.drafts if draft.currency == currency]
        same = f"{ref('Drafts', 'Currency')},{block.cell(row, 0)}"
        held = f'COUNTIFS({same},{ref("Drafts", "Status")},"Held")'
        sums = {name: sum((getattr(draft, name.lower()) for draft in mine), ZERO) for name in ("Net", "Tax", "Total")}
        cells[block.cell(row, 0)] = currency
        cells[block.cell(row, 1)] = Formula(f"COUNTIFS({same})", len(mine))
        cells[block.cell(row, 2)] = Formula(held, sum(1 for draft in mine if draft.is_held))
        for place, (name, amount) in enumerate(sums.items(), 3):
            cells[block.cell(row, place)] = Formula(f"SUMIFS({ref('Drafts', name)},{same})", money(amount, currency))
    return cells


def input_total(snapshot: Snapshot) -> Decimal:
    """The hash total of the inputs as Excel will compute it: numbers as stored, texts left out."""
    figure = ZERO
    for name, column, function in INPUT_FIGURES:
        raw = snapshot.tables.get(name)
        if raw is not None:
            figure = EXACT.add(figure, _figure(raw, column, function))
    return round_half_up(figure, 2)


def _figure(raw: RawTable, column: str, function: str) -> Decimal:
    if column not in raw.columns:
        return ZERO
    place = raw.columns.index(column)
    cells = column_of(raw.rows, place)
    if function == "COUNTA":
        return Decimal(sum(1 for cell in cells if cell is not None))
    return sum((Decimal(cell) for cell in cells if isinstance(cell, NumberText)), ZERO)
