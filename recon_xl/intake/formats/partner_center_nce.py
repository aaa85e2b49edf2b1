"""Microsoft Partner Center: monthly invoice reconciliation of new commerce ("one time" file).

Licences, Azure plan totals, reservations, savings plans, software and marketplace, one row a
charge. 46 or 47 columns in any order and any case: the portal says `ResellerMpnId`, `MPNID`,
`ReferenceID`, `PromotionID`; API v2 says `Tier2MpnId` and adds `ProductCategory`; its older line
items say `TotalForCustomer` and `ProviderName`. The "basic" attribute set is read as well. Dates
are M/D/YYYY or ISO, decimals have a point. The daily rated usage file is another format.

Sources: Partner Center documentation, "Use the reconciliation files" and API v2
"billed invoice reconciliation line items".
"""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import normalise_header
from recon_xl.contract.vendor_tables import PARTNER_CENTER_COLUMNS
from recon_xl.intake.formats.charge_types import CHARGE_TYPES, charge_kind, is_reservation
from recon_xl.intake.headers import match_columns

__all__ = [
    "CHARGE_TYPES",
    "LOCALE",
    "NAME",
    "NATURAL_KEY",
    "TABLE",
    "TITLE",
    "charge_kind",
    "columns",
    "is_reservation",
    "recognises",
]

NAME = "partner_center_nce"
TITLE = "Partner Center new-commerce reconciliation"
TABLE = "Vendor Lines"
LOCALE = "en-US"
NATURAL_KEY = (
    "Invoice Number",
    "Customer Id",
    "Subscription Id",
    "Product Id",
    "Sku Id",
    "Order Id",
    "Order Date",
    "Charge Type",
    "Charge Start Date",
    "Effective Unit Price",
    "Billable Quantity",
)
"""What tells one charge from another for a reader; two lines may still agree in all of it (telco and non-telco)."""

_SIGNATURE = frozenset(
    {"customerid", "invoicenumber", "productid", "skuid", "chargetype", "subtotal", "currency"}
    | {"effectiveunitprice", "billablequantity"}
)
_DAILY_USAGE = frozenset({"usagedate", "meterid", "entitlementid", "billingpretaxtotal"})
_VARIANTS = {"providername": "Publisher Name", "providerid": "Publisher Id"}


def recognises(headers: Sequence[str]) -> bool:
    """True for the header of this file, whatever its order and case."""
    names = {normalise_header(header) for header in headers}
    return names >= _SIGNATURE and not names & _DAILY_USAGE


def columns(headers: Sequence[str]) -> dict[str, int]:
    """Column of Vendor Lines -> position in the file."""
    return match_columns(PARTNER_CENTER_COLUMNS, headers, _VARIANTS)
