"""An agreement that billing rests on and that is not valid at period end.

What it finds
    A client whose rows of a kind (MCA, GDAP, reseller relation, or contract) are all expired, terminated, pending or still
    to come; and, where only one contract of several is, the billed lines that name it. An ended row with a valid successor
    (same agreement, or same customer, product and kind) is history.

Why it matters
    Without a valid agreement the bill can be refused, and without the vendor's the charge may not be ours to pass on. The
    draft is held.

Example
    The only contract of a client ended on 30 September; October bills them 1,280.00.

How to clear it
    Enter the renewed agreement, or its new End or Status, on Agreements. Where there is none any more, stop billing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from recon_xl.core.agreement import CONTRACT, KINDS, invalidity, is_valid, kind_of
from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.planned import PlannedLine, by_client, clients_of_the_month, net_of

CODE = "agreement-invalid"
TITLE = "Agreement not valid"
SEVERITY = "High"
PER_KEY = False
FIX_STEP = FixStep.AGREEMENTS

Row = dict[str, Any]


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and kind, at stake all net billed to them; or one an agreement, at stake the lines that name it."""
    end = inputs.settings.period_end
    agreements = agreements_by_client(inputs)
    concerned = {
        client: currency
        for client, currency in clients_of_the_month(session).items()
        if _may_concern(agreements.get(client, {}), end)
    }
    for client, lines in by_client(session, concerned).items():
        rows, currency = agreements[client], concerned[client]
        for kind in KINDS:
            mine = rows.get(kind, [])
            if mine and not any(is_valid(row, end) for row in mine):
                why = f"No {kind} of {client} is valid on {end:%Y-%m-%d}: {_words(mine, end)}."
                yield _hit((client, kind), client, currency, lines, kind, why)
            elif kind == CONTRACT:
                yield from _named(client, currency, mine, lines, end)


def agreements_by_client(inputs: Inputs) -> dict[str, dict[str, list[Row]]]:
    """Customer -> kind -> rows of Agreements. A kind with a row that cannot be read is left out: nobody can judge it."""
    bad, numbers = inputs.bad_rows("Agreements"), inputs.tables["Agreements"].row_numbers
    found: dict[str, dict[str, list[Row]]] = {}
    spoiled = set()
    for number, row in zip(numbers, inputs.records("Agreements"), strict=True):
        client, kind = row["Customer"] or "", kind_of(row)
        found.setdefault(client, {}).setdefault(kind, []).append(row)
        if number in bad:
            spoiled.add((client, kind))
    for client, kind in spoiled:
        found[client][kind] = []
    return found


def _may_concern(agreements: dict[str, list[Row]], end: date) -> bool:
    """Whether a kind has no valid row, or a contract without a successor is not valid: else no billed line need be looked at."""
    if any(rows and not any(is_valid(row, end) for row in rows) for rows in agreements.values()):
        return True
    contracts = agreements.get(CONTRACT, [])
    return any(not is_valid(row, end) and not _has_successor(row, contracts, end) for row in contracts)


def _named(
    client: str, currency: str, contracts: Sequence[Row], lines: Sequence[PlannedLine], end: date
) -> Iterator[Hit]:
    """Billed lines that name a contract which is not valid, while others of the client are."""
    concerned: dict[str, list[PlannedLine]] = {}
    for line in lines:
        own = _rows_named(line, contracts)
        if own and not any(is_valid(row, end) or _has_successor(row, contracts, end) for row in own):
            concerned.setdefault(own[0]["Agreement"], []).append(line)
    for name, named in sorted(concerned.items()):
        own = [row for row in contracts if row["Agreement"] == name]
        count = f"{len(named)} billed line{' names' if len(named) == 1 else 's name'}"
        why = f"{count} agreement {name}, not valid on {end:%Y-%m-%d}: {_words(own, end)}."
        yield _hit((client, CONTRACT, name), client, currency, named, f"agreement {name}", why)


def _rows_named(line: PlannedLine, contracts: Sequence[Row]) -> list[Row]:
    """The contract that a line names, as far as it is about its product."""
    named = [row for row in contracts if line.agreement and row["Agreement"].casefold() == line.agreement.casefold()]
    product = (line.product or "").casefold()
    return [row for row in named if (row.get("Billing Product") or product).casefold() == product] or named


def _has_successor(row: Row, contracts: Sequence[Row], end: date) -> bool:
    product = (row.get("Billing Product") or "").casefold()
    return any(
        is_valid(other, end) and (other.get("Billing Product") or "").casefold() == product for other in contracts
    )


def _words(rows: Sequence[Row], end: date) -> str:
    return ", ".join(dict.fromkeys(invalidity(row, end) for row in rows))


def _hit(
    identity: tuple[str, ...], client: str, currency: str, lines: Sequence[PlannedLine], what: str, why: str
) -> Hit:
    net = net_of(lines)
    return Hit(
        identity=identity,
        customer=client,
        product="",
        currency=currency,
        at_stake=abs(net),
        direction=REVIEW,
        why=f"{why} {money_text(net, currency)} net is billed under it.",
        action=f"Enter the renewed {what} on Agreements, or stop billing under it.",
        lines=tuple(line.line_id for line in lines),
        hold=why.rstrip("."),
    )
