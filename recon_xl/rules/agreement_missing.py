"""A client who is billed without an agreement that Settings require.

What it finds
    A client of the month without any row on Agreements of a kind that the setting Required Agreements names. Rows that are
    not valid are agreement-invalid instead.

Why it matters
    The vendor lets a partner sell only to customers who accepted its agreement, and a bill needs a contract. The draft is
    held.

Example
    Required Agreements is MCA; a client signed up this month is billed 420.00 and has no MCA.

How to clear it
    Enter the agreement on Agreements, or take the kind out of Required Agreements.
"""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.agreement import kind_of
from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import money_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.planned import by_client, clients_of_the_month, net_of

CODE = "agreement-missing"
TITLE = "Required agreement missing"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.AGREEMENTS


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and kind; at stake is all net billed to the client."""
    required = inputs.settings.required_kinds
    if not required:
        return
    known = {(row["Customer"] or "", kind_of(row)) for row in inputs.records("Agreements")}
    clients = clients_of_the_month(session)
    missing_kinds = {client: [kind for kind in required if (client, kind) not in known] for client in clients}
    for client, lines in by_client(session, [client for client, kinds in missing_kinds.items() if kinds]).items():
        net, currency = net_of(lines), clients[client]
        for kind in missing_kinds[client]:
            missing = f"{client} has no {kind} on Agreements, which Required Agreements asks for"
            yield Hit(
                identity=(client, kind),
                customer=client,
                product="",
                currency=currency,
                at_stake=abs(net),
                direction=REVIEW,
                why=f"{missing}; {money_text(net, currency)} net is billed.",
                action=f"Enter the {kind} of {client} on Agreements.",
                lines=tuple(line.line_id for line in lines),
                hold=missing,
            )
