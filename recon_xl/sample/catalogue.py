"""What vendors sell (offers) and what our provider bills (products)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from recon_xl.sample.money import half_up, minor_units

_LEVEL = {
    "USD": "1",
    "EUR": "0.95",
    "GBP": "0.82",
    "CAD": "1.36",
    "AUD": "1.52",
    "JPY": "149",
    "CHF": "0.89",
    "KWD": "0.31",
}
_PLAN_FACTOR = {("P1M", "Monthly"): "1.2", ("P1Y", "Monthly"): "1", ("P1Y", "Annual"): "11.4"}
LICENCE_PLANS = tuple(_PLAN_FACTOR)


@dataclass(frozen=True)
class Offer:
    """One SKU of a vendor, with its partner price a month in USD on a yearly term."""

    product_id: str
    sku_id: str
    title: str
    price: str
    publisher: str = "Microsoft Corporation"
    unit: str = ""
    local_price: bool = True

    def unit_price(self, currency: str, term: str = "P1Y", plan: str = "Monthly") -> Fraction:
        """Partner price of one unit for one charge cycle of that plan."""
        level = price_level(currency)
        return half_up(Fraction(self.price) * level * Fraction(_PLAN_FACTOR[term, plan]), minor_units(currency))


@dataclass(frozen=True)
class Product:
    """One product as the PSA bills it, and where its expected bill comes from."""

    name: str
    basis: str
    offers: tuple[Offer, ...] = ()
    quantity: str = "vendor"
    term: str = ""
    plan: str = ""
    aliases: tuple[str, ...] = ()
    profile: str = ""
    count_source: str = ""
    item: str = ""
    account: str = "4010"
    tax_class: str = ""
    limits: tuple[str, str, str] = ("", "", "")


def price_level(currency: str) -> Fraction:
    """How prices in that currency compare with US dollars."""
    return Fraction(_LEVEL.get(currency, "1"))


def _licence(code: str, title: str, price: str, sku: str = "0001") -> Offer:
    return Offer(f"CFQ7TTC0{code}", sku, title, price)


def _meter(code: str, sku: str, title: str, price: str, unit: str) -> Offer:
    return Offer(f"DZH318Z0{code}", sku, title, price, "Microsoft", unit)


PREMIUM = _licence("LCHC", "Microsoft 365 Business Premium", "20.90", "0002")
STANDARD = _licence("LDPB", "Microsoft 365 Business Standard", "11.88")
BASIC = _licence("LH18", "Microsoft 365 Business Basic", "5.70")
E3 = _licence("LFLX", "Microsoft 365 E3", "34.20")
E1 = _licence("LF8Q", "Office 365 E1", "9.50")
EXCHANGE = _licence("LH16", "Exchange Online (Plan 1)", "3.80")
VISIO = _licence("HD32", "Visio Plan 2", "14.25", "0002")
POWER_BI = _licence("HL8W", "Power BI Pro", "13.30")
TEAMS = _licence("RM8K", "Microsoft Teams Premium", "9.50")
ARCHIVE = Offer("CFQ7TTC0ZX91", "000P", "Mail Archive Cloud", "2.35", "Archivist Cloud Example", local_price=False)
RARE_OFFERS = tuple(
    _licence(code, title, price)
    for code, title, price in (
        ("HDB1", "Project Plan 3", "28.50"),
        ("P33X", "Planner Plan 1", "9.50"),
        ("LH2H", "Power Apps Premium", "19.00"),
        ("LSGZ", "Power Automate Premium", "14.25"),
        ("HVZW", "Windows 365 Business", "29.45"),
        ("LGV0", "Entra ID P2", "8.55"),
        ("J1GB", "Defender for Office 365 Plan 2", "4.75"),
        ("LGTX", "Intune Plan 1", "7.60"),
        ("RS0D", "Copilot Pro Bundle", "19.95"),
        ("LHSF", "Audio Conferencing Extended", "3.80"),
    )
)
COMPUTE_METERS = (
    _meter("BPS6", "003T", "Virtual Machines D2s v5 - US East", "0.115", "1 Hour"),
    _meter("BPS6", "00B7", "Virtual Machines B2ms - EU West", "0.0832", "1 Hour"),
    _meter("BP8H", "006G", "Standard SSD Managed Disks E10", "9.6", "1/Month"),
    _meter("BNZ5", "006G", "Blob Storage Hot LRS Data Stored", "0.0208", "1 GB/Month"),
    _meter("BQDH", "00N2", "SQL Database General Purpose vCore", "0.1838675", "1 Hour"),
    _meter("BPB4", "0012", "Log Analytics Data Ingestion", "2.76", "1 GB"),
    _meter("BKQ9", "001F", "Functions Standard Total Executions", "0.0000002", "1"),
    _meter("BL33", "00D4", "App Service Standard S1", "0.1", "1 Hour"),
)
NETWORK_METERS = (
    _meter("BNTX", "003K", "Bandwidth Inter-Region Data Transfer Out", "0.087", "1 GB"),
    _meter("BNTX", "00CV", "VPN Gateway VpnGw1", "0.19", "1 Hour"),
    _meter("BMF7", "0007", "Public IP Addresses Standard IPv4 Static", "0.005", "1 Hour"),
    _meter("BMF7", "000H", "Load Balancer Standard Included Rules", "0.025", "1 Hour"),
)
RESERVED_VM = Offer("DZH318Z09V7C", "00RT", "Reserved VM Instance, Standard_D2s_v5, US East, 1 Year", "800.00")
RESERVED_SQL = Offer("DZH318Z09V8K", "00QM", "Reserved SQL Database, 4 vCore, 1 Year, monthly", "168.00")

BUSINESS_PREMIUM = Product(
    "Microsoft 365 Business Premium",
    "markup",
    (PREMIUM,),
    plan="Monthly",
    aliases=("M365 BP", "M365-BP"),
    item="M365-BP",
)
PREMIUM_PREPAID = Product(
    "Microsoft 365 Business Premium Prepaid Year", "markup", (PREMIUM,), plan="Annual", item="M365-BP-Y"
)
BUSINESS_STANDARD = Product(
    "Microsoft 365 Business Standard", "fixed", (STANDARD,), term="P1Y", aliases=("M365 BS",), item="M365-BS"
)
STANDARD_FLEX = Product("Microsoft 365 Business Standard Flex", "list", (STANDARD,), term="P1M", item="M365-BS-FLEX")
BUSINESS_BASIC = Product("Microsoft 365 Business Basic", "list", (BASIC,), item="M365-BB")
M365_E3 = Product("Microsoft 365 E3", "markup", (E3,), item="M365-E3")
OFFICE_E1 = Product("Office 365 E1", "markup", (E1,), item="O365-E1")
EXCHANGE_ONLINE = Product(
    "Exchange Online Plan 1", "as billed", (EXCHANGE,), aliases=("Hosted Mailbox",), item="EXO-P1"
)
VISIO_2 = Product("Visio Plan 2", "fixed", (VISIO,), item="VISIO-2")
POWER_BI_PRO = Product("Power BI Pro", "list", (POWER_BI,), item="PBI-PRO", limits=("", "5", ""))
TEAMS_PREMIUM = Product("Teams Premium", "markup", (TEAMS,), item="TEAMS-PREM")
MAIL_ARCHIVE = Product("Mail Archive", "markup", (ARCHIVE,), item="ARCHIVE", account="4020")
AZURE_CONSUMPTION = Product(
    "Azure Consumption",
    "rrp",
    COMPUTE_METERS,
    profile="Azure PAYG",
    aliases=("Azure Usage",),
    item="AZ-USE",
    account="4030",
)
AZURE_NETWORKING = Product("Azure Networking", "markup", NETWORK_METERS, item="AZ-NET", account="4030")
AZURE_RESERVATION = Product("Azure Reservation", "rrp", (RESERVED_VM, RESERVED_SQL), item="AZ-RI", account="4030")
WORKSTATION = Product(
    "Managed Workstation", "fixed", quantity="count", aliases=("Managed Device",), count_source="RMM", item="MS-WKS",
    account="4100", tax_class="services",
)  # fmt: skip
BACKUP = Product(
    "Managed Backup", "list", quantity="count", count_source="Backup Console", item="MS-BKP", account="4100",
    tax_class="services", limits=("1", "3", ""),
)  # fmt: skip
AWARENESS = Product(
    "Security Awareness Training", "as billed", quantity="count", item="MS-SAT", account="4100", tax_class="services"
)
ONSITE = Product("Onsite Support", "as billed", quantity="none", item="MS-ONSITE", account="4200", tax_class="services")
RARE_PRODUCTS = tuple(
    Product(offer.title, "markup", (offer,), item=f"RARE-{number:02d}") for number, offer in enumerate(RARE_OFFERS, 1)
)
PRODUCTS = (
    BUSINESS_PREMIUM, PREMIUM_PREPAID, BUSINESS_STANDARD, STANDARD_FLEX, BUSINESS_BASIC, M365_E3, OFFICE_E1,
    EXCHANGE_ONLINE, VISIO_2, POWER_BI_PRO, TEAMS_PREMIUM, MAIL_ARCHIVE, AZURE_CONSUMPTION, AZURE_NETWORKING,
    AZURE_RESERVATION, WORKSTATION, BACKUP, AWARENESS, ONSITE, *RARE_PRODUCTS,
)  # fmt: skip
RESERVATION_PRICES = {  # SKU -> (retail until June of the year before, retail since then), USD
    RESERVED_VM.sku_id: ("960.00", "1000.00"),
    RESERVED_SQL.sku_id: ("199.35", "210.45"),
}
