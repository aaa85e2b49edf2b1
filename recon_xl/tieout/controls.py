"""The controls of a run: per vendor invoice, per currency of the drafts, and for counted lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from recon_xl.core.control import Control
from recon_xl.core.draft import Draft
from recon_xl.core.errors import TieOutError
from recon_xl.core.finding import Finding
from recon_xl.core.money import ZERO, total
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.invoice_totals import Key, control_totals, read_totals
from recon_xl.engine.session import Session
from recon_xl.tieout.dispositions import Disposed
from recon_xl.tieout.usage import usage_controls

VENDOR_TOTAL = "Vendor invoice: lines read = control total"
DISPOSED = "Vendor invoice: lines read = drafted + held + unmapped + excluded"
REGISTERED = "Vendor invoice: lines read = lines imported"
EXPECTED = "Drafts: lines = expected bill of the period"
INDEX = "Drafts: index = draft lines"
TABS = "Drafts: draft tabs = index"
COUNTED = "Counts: counted bill = draft lines by count"
BILLED = "Billed lines: lines mapped = billed side of the match"


def all_controls(
    session: Session,
    inputs: Inputs,
    drafts: Sequence[Draft],
    disposed: Sequence[Disposed],
    findings: Iterable[Finding],
) -> list[Control]:
    """Every control, vendor's first. TieOutError where one of our own does not hold: nothing may be written."""
    controls = [
        *_vendor_totals(disposed, control_totals(inputs, read_totals(session))),
        *_disposed_totals(disposed),
        *_registered_totals(inputs, disposed),
        *_draft_totals(session, drafts),
        *_billed_totals(session),
        *usage_controls(session, inputs),
        *_information(findings),
    ]
    for control in controls:
        if control.is_ours and control.ok is False:
            raise TieOutError(
                where=f"{control.name} {control.invoice} {control.currency}".strip(), found=str(control.actual),
                expected=str(control.expected),
                todo="This is a fault of recon-xl, not of your data. Nothing was written; please report it.",
            )  # fmt: skip
    return controls


def _vendor_totals(disposed: Iterable[Disposed], typed: Mapping[Key, Decimal | None]) -> list[Control]:
    read: dict[Key, list[Decimal]] = defaultdict(list)
    for line in disposed:
        read[line.invoice, line.currency].append(line.total)
    controls = []
    for invoice, currency in sorted({*read, *(key for key, amount in typed.items() if amount is not None)}):
        expected = typed.get((invoice, currency))
        actual = total(read[invoice, currency])
        controls.append(
            Control(VENDOR_TOTAL, currency, expected, actual, _vendor_note(expected, actual), invoice, is_ours=False)
        )
    return controls


def _vendor_note(expected: Decimal | None, actual: Decimal) -> str:
    if expected is None:
        return "Type the total of the vendor's invoice, with tax, into Control Total on Sources."
    if expected == actual:
        return "The lines add up to the vendor's invoice, tax included."
    return (
        "The lines do not add up to the vendor's invoice: its lines are held. Load the missing part, or ask the vendor."
    )


def _disposed_totals(disposed: Iterable[Disposed]) -> list[Control]:
    read: dict[Key, Decimal] = defaultdict(Decimal)
    parts: dict[Key, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in disposed:
        key = (line.invoice, line.currency)
        read[key] += line.subtotal
        parts[key][line.disposition] += line.subtotal
    order = ("drafted", "held", "unmapped", "excluded")
    return [
        Control(
            DISPOSED,
            currency,
            read[invoice, currency],
            total(parts[invoice, currency].values()),
            "Net: " + ", ".join(f"{word} {parts[invoice, currency].get(word, ZERO):,.2f}" for word in order),
            invoice,
        )
        for invoice, currency in sorted(read)
    ]


def _registered_totals(inputs: Inputs, disposed: Iterable[Disposed]) -> list[Control]:
    period = inputs.settings.period
    read: dict[Key, Decimal] = defaultdict(Decimal)
    for line in disposed:
        read[line.invoice, line.currency] += line.subtotal
    registered: dict[Key, Decimal] = defaultdict(Decimal)
    for row in inputs.records("Sources"):
        if row.get("Invoice") and (row.get("Period") or period) == period and row.get("Net") is not None:
            registered[row["Invoice"], row.get("Currency") or ""] += row["Net"]
    note = "Net of the lines on Vendor Lines against the net registered on Sources at import."
    return [
        Control(REGISTERED, currency, amount, read[invoice, currency], note, invoice, is_ours=False)
        for (invoice, currency), amount in sorted(registered.items())
    ]


def _draft_totals(session: Session, drafts: Sequence[Draft]) -> list[Control]:
    lines: dict[str, Decimal] = defaultdict(Decimal)
    counted: dict[str, Decimal] = defaultdict(Decimal)
    index: dict[str, Decimal] = defaultdict(Decimal)
    with_tab: dict[str, Decimal] = defaultdict(Decimal)
    shown: dict[str, Decimal] = defaultdict(Decimal)
    for draft in drafts:
        index[draft.currency] += draft.net
        if draft.has_tab:
            with_tab[draft.currency] += draft.total
            shown[draft.currency] += total(line.net + line.tax for line in draft.shown_lines)
        for line in draft.billed_lines:
            lines[draft.currency] += line.net
            if line.kind == "count":
                counted[draft.currency] += line.net
    expected: dict[str, Decimal] = dict(
        session.rows(
            "SELECT currency, sum(CASE WHEN has_source OR is_spread THEN expected WHEN status = 'timing' THEN billed ELSE 0 END) "
            "FROM key_match GROUP BY currency"
        )
    )
    by_count: dict[str, Decimal] = dict(
        session.rows(
            "SELECT currency, sum(amount) FROM piece WHERE kind = 'count' AND problem IS NULL GROUP BY currency"
        )
    )
    currencies = sorted({*lines, *(currency for currency, amount in expected.items() if amount)})
    return [
        *(
            Control(EXPECTED, c, expected.get(c, ZERO), lines[c], "Net, held drafts included, held lines apart.")
            for c in currencies
        ),
        *(Control(INDEX, c, index[c], lines[c], "Net of Drafts and of Draft Lines.") for c in currencies),
        *(
            Control(TABS, c, with_tab[c], shown[c], "Total with tax of the drafts that have a tab.")
            for c in sorted(with_tab)
        ),
        *(Control(COUNTED, c, by_count[c], counted[c], "Outside the vendor tie-out.") for c in sorted(by_count)),
    ]


def _billed_totals(session: Session) -> list[Control]:
    rows = session.rows(
        "SELECT b.client_currency, sum(a.amount) FROM billed_line AS b INNER JOIN billed_amount AS a USING (n) "
        "GROUP BY b.client_currency ORDER BY b.client_currency"
    )
    matched: dict[str, Decimal] = dict(session.rows("SELECT currency, sum(billed) FROM key_match GROUP BY currency"))
    note = "Net, in the client's currency."
    return [Control(BILLED, currency, amount, matched.get(currency, ZERO), note) for currency, amount in rows]


def _information(findings: Iterable[Finding]) -> list[Control]:
    waived: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for finding in findings:
        if finding.is_information:
            waived[finding.title, finding.hit.currency].append(finding.hit.at_stake)
    return [
        Control(
            f"Information: {title}",
            currency,
            total(amounts),
            total(amounts),
            f"{len(amounts)} {'pair' if len(amounts) == 1 else 'pairs'} of client and product; shown here, no exception.",
        )
        for (title, currency), amounts in sorted(waived.items())
    ]
