"""Measures the stations of a run on a generated month, one by one and as a whole."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from recon_xl.cli.books import fill_with_month, new_book
from recon_xl.commands.reading import input_digest, read_inputs
from recon_xl.commands.reconcile import reconcile, run
from recon_xl.core.money import minor_digits, product, round_half_up
from recon_xl.drafts.build import DraftBuilder
from recon_xl.drafts.lines import groundwork
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.invoice_totals import red_invoices
from recon_xl.engine.ledger import relate_causes, relate_keys, relate_mapping, relate_sources
from recon_xl.engine.session import Session
from recon_xl.engine.taxes import Taxes
from recon_xl.hosts.file import FileHost
from recon_xl.pricing.line import Pricing
from recon_xl.report.changes import changes
from recon_xl.report.start import input_total
from recon_xl.rules import find_all, holds_of
from recon_xl.sample import generate_month
from recon_xl.tieout.controls import all_controls
from recon_xl.tieout.coverage import coverage, reconcilable
from recon_xl.tieout.dispositions import dispositions
from recon_xl.usage.series import relate_series

from .prepare import CLOCK, FAULTS

READ, TYPE, ENGINE, PRICE, RULES, DRAFTS, REPORT, WRITE = (
    "read the workbook", "type the inputs", "engine: map, relate, match", "price", "rules", "drafts and tie-out",
    "report: change set", "write: patch, save, prove",
)  # fmt: skip
STATIONS = (READ, TYPE, ENGINE, PRICE, RULES, DRAFTS, REPORT, WRITE)
COLD, WARM = "the Run button, cold: new interpreter", "the Run button, warm"
WHOLE, IMPORT = "whole run on a saved workbook", "import of all files, saved"


@dataclass
class Measured:
    """Processor seconds of each station, every time it was measured."""

    lines: int
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def clock(self, station: str) -> Iterator[None]:
        """Add the processor time of a block to a station; a station may have several blocks in one round."""
        began = time.process_time()
        yield
        self.seconds[station][-1] += time.process_time() - began

    def begin(self, *stations: str) -> None:
        """Start a round."""
        gc.collect()
        for station in stations:
            self.seconds.setdefault(station, []).append(0.0)

    def best(self, station: str) -> float:
        """The least disturbed round."""
        return min(self.seconds[station])


def measure(lines: int, folder: Path, rounds: int = 5, say: Callable[[str], None] = lambda text: None) -> Measured:
    """All figures of a month of about so many vendor lines."""
    say(f"Making a month of {lines} vendor lines")
    month = generate_month(7, lines, faults=FAULTS)
    measured = Measured(month.vendor_line_count)
    book = folder / f"{lines}.xlsx"
    for number in range(min(rounds, 3)):
        say(f"Import, round {number + 1}")
        book.unlink(missing_ok=True)
        measured.begin(IMPORT)
        new_book(book, month.period)
        with measured.clock(IMPORT):
            fill_with_month(book, month, folder / f"sources{lines}", CLOCK)
    for number in range(rounds):
        say(f"Stations and run, round {number + 1}")
        by_station(book, folder / "stations.xlsx", measured)
        whole(book, folder / "whole.xlsx", measured)
    say("The button, cold and warm")
    for _ in range(rounds):
        measured.begin(COLD, WARM)
        cold, *warm = pressed(book)
        measured.seconds[COLD][-1], measured.seconds[WARM][-1] = cold, min(warm)
    return measured


def pressed(book: Path) -> list[float]:
    """Processor seconds of presses in a new process, the first from its start on; Excel's own time is not in it."""
    program = [sys.executable, "-m", "tests.benchmarks.hollow", str(book), "3"]
    run = subprocess.run(program, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return [float(figure) for figure in run.stdout.split()]


def by_station(book: Path, out: Path, measured: Measured) -> None:
    """One run, taken apart as `recon_xl.commands.reconcile` puts it together."""
    measured.begin(*STATIONS)
    clock = measured.clock
    host = FileHost(book)
    with clock(READ):
        snapshot = host.read()
    with clock(TYPE):
        inputs = read_inputs(snapshot)
        input_digest(snapshot)
    gc.disable()
    with Session() as session:
        through_the_line(session, inputs, measured)
    gc.enable()
    result = reconcile(inputs, CLOCK)
    with clock(REPORT):
        changeset = changes(result, snapshot, inputs, input_total(snapshot))
    with clock(WRITE):
        host.apply(changeset, snapshot, out)


def through_the_line(session: Session, inputs: Inputs, measured: Measured) -> None:
    """Ledger, match, price, rules, drafts, tie-out."""
    clock = measured.clock
    with clock(PRICE):
        pricing = Pricing(inputs)
    with clock(ENGINE):
        pairs = relate_mapping(session, inputs)
    with clock(PRICE):
        pricing.load_terms(session, pairs)
    with clock(ENGINE):
        relate_sources(session)
    with clock(PRICE):
        pieces = pricing.price(session)
    with clock(ENGINE):
        relate_keys(session)
    with clock(PRICE):
        pricing.load_alternatives(session)
    with clock(ENGINE):
        relate_causes(session)

    def to_base(amount: Decimal, currency: str) -> Decimal | None:
        rate = pricing.book.rate(currency, inputs.settings.base_currency)
        digits = minor_digits(inputs.settings.base_currency)
        return None if rate is None else round_half_up(product(amount, rate), digits)

    with clock(RULES):
        relate_series(session, inputs, to_base)
        findings = find_all(session, inputs, reconcilable=reconcilable(session)[0], to_base=to_base)
    with clock(DRAFTS):
        taxes = session.made_once(Taxes, inputs)
        builder = DraftBuilder(inputs, taxes, pricing.terms, red_invoices(session, inputs), holds_of(findings))
        drafts = builder.drafts(groundwork(session, pieces))
        disposed = dispositions(session, drafts)
        coverage(session, inputs, disposed)
        all_controls(session, inputs, drafts, disposed, findings)


def whole(book: Path, out: Path, measured: Measured) -> None:
    """What `recon-xl run BOOK --out OTHER` does."""
    measured.begin(WHOLE)
    with measured.clock(WHOLE):
        host = FileHost(book)
        snapshot = host.read()
        host.apply(run(snapshot, CLOCK).changeset, snapshot, out)
