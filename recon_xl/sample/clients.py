"""Client accounts of the provider: who is billed, in which currency, under which tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from recon_xl.sample.vendor import Tenant

REGIONS = {
    "USD": ("US", "US-WA"),
    "EUR": ("DE", "DE"),
    "GBP": ("GB", "UK"),
    "CAD": ("CA", "CA-ON"),
    "JPY": ("JP", "JP"),
    "CHF": ("CH", "CH"),
    "AUD": ("AU", "AU"),
    "KWD": ("KW", "KW"),
}
REVERSE_CHARGE = "EU-RC"
TAX_ROWS = (  # region, class, code, rate, reason
    ("US-WA", "*", "WA-SALES", "10.1", ""),
    ("US-TX", "*", "TX-SALES", "8.25", ""),
    ("US-TX", "services", "TX-DATA", "6.6", ""),
    ("US-NY", "*", "NY-SALES", "8.875", ""),
    ("DE", "*", "DE-19", "19", ""),
    ("UK", "*", "UK-20", "20", ""),
    ("CA-ON", "*", "CA-HST13", "13", ""),
    ("JP", "*", "JP-10", "10", ""),
    ("CH", "*", "CH-8.1", "8.1", ""),
    ("AU", "*", "AU-GST10", "10", ""),
    ("KW", "*", "KW-0", "0", "No VAT in Kuwait"),
    (REVERSE_CHARGE, "*", "EU-RC", "0", "Reverse charge: VAT due by the customer"),
)


@dataclass(frozen=True)
class Paper:
    """An agreement of a client that prices nothing: a vendor-side relation, or a contract in general."""

    number: str
    kind: str
    status: str = "Active"
    start: date | None = None
    end: date | None = None
    product: str = ""


@dataclass(eq=False)
class Client:
    """One client account; `match` says how the vendor's customer is found: by id, alias or name.

    `taxed` says that the PSA writes tax on its planned lines. An exempt client has a certificate, unless it was lost.
    """

    name: str
    code: str
    currency: str
    region: str
    tenants: tuple[Tenant, ...]
    match: str = "id"
    aliases: tuple[str, ...] = ()
    reseller: str = ""
    certificate: str = ""
    contact: str = ""
    email: str = ""
    terms: str = ""
    tracking: str = ""
    draft_tab: str = ""
    order: str = ""
    order_amount: str = ""
    order_required: bool = False
    country: str = ""
    tax_id: str = ""
    exempt: bool = False
    expiry: date | None = None
    taxed: bool = False
    papers: list[Paper] = field(default_factory=list)
    spellings: tuple[str, ...] = field(default=())

    @property
    def home(self) -> Tenant:
        """The tenant most subscriptions belong to."""
        return self.tenants[0]
