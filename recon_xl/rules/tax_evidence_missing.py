"""A rate of 0 whose evidence is not on Customers.

What it finds
    An exempt client without Certificate, and a client taxed by reverse charge without Tax Id, in a month with business.

Why it matters
    Without the evidence the tax office asks us for the tax.

Example
    A school marked Exempt, billed 640.00 without tax, Certificate blank.

How to clear it
    Enter the number in Certificate or Tax Id on Customers, or clear Exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.tax import EXEMPT, REVERSE_CHARGE
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.taxes import Taxes
from recon_xl.rules.planned import clients_of_the_month

CODE = "tax-evidence-missing"
TITLE = "Evidence for no tax missing"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.TAX

_EVIDENCE = {
    EXEMPT: ("Certificate", "exempt", "the number of the exemption certificate"),
    REVERSE_CHARGE: ("Tax Id", "taxed by reverse charge", "the tax registration"),
}
_PAIRS = """
    SELECT client, product FROM billed_line WHERE state IN ('mapped', 'policy')
    UNION
    SELECT client, product FROM key_match WHERE has_source OR is_spread OR status = 'timing'
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a client and evidence; nothing is at stake yet."""
    taxes = session.made_once(Taxes, inputs)
    bases: dict[str, set[str]] = {}
    for client, name in session.rows(_PAIRS):
        bases.setdefault(client, set()).add(taxes.due(client, name).basis)
    for client, currency in clients_of_the_month(session).items():
        for basis in sorted(bases.get(client, set()) & set(_EVIDENCE)):
            column, words, what = _EVIDENCE[basis]
            if not taxes.customers[client].get(column):
                yield Hit(
                    identity=(client, basis),
                    customer=client,
                    product="",
                    currency=currency,
                    at_stake=Decimal(0),
                    direction=REVIEW,
                    why=f"{client} is {words}, and {column} on Customers is blank: nothing proves the rate of 0.",
                    action=f"Enter {what} in {column} on Customers.",
                )
