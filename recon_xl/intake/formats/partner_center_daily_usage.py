"""Microsoft Partner Center: daily rated usage of the Azure plan.

One row a resource, meter and day; detail of the monthly reconciliation, never added to it. Column
order differs between portal and API, and the API says `UnitOfMeasure`, `RateOfPartnerEarnedCredit`
and `RateOfCredit`; usage of the marketplace has no `EntitlementId`. Dates are M/D/YYYY or ISO, decimals have a point.
Amounts are unrounded, such as 30.7197334080551, and are kept as printed.

Source: Partner Center documentation, "Daily rated usage reconciliation file".
"""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.contract import normalise_header
from recon_xl.contract.vendor_tables import DAILY_USAGE
from recon_xl.intake.headers import match_columns

NAME = "partner_center_daily_usage"
TITLE = "Partner Center daily rated usage"
TABLE = "Daily Usage"
LOCALE = "en-US"
NATURAL_KEY = ("Invoice Number", "Customer Id", "Entitlement Id", "Meter Id", "Resource URI", "Usage Date")

_SIGNATURE = frozenset({"customerid", "subscriptionid", "usagedate", "quantity", "billingpretaxtotal"})
_SET_BY_IMPORT = 4


def recognises(headers: Sequence[str]) -> bool:
    """True for the header of this file, whatever its order and case."""
    return {normalise_header(header) for header in headers} >= _SIGNATURE


def columns(headers: Sequence[str]) -> dict[str, int]:
    """Column of Daily Usage -> position in the file."""
    return match_columns(DAILY_USAGE.columns[_SET_BY_IMPORT:], headers)
