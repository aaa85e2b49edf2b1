"""The vendor's lines: what Partner Center files hold, column by column."""

from __future__ import annotations

from recon_xl.contract.model import Column, Group, Kind, Owner, Table, column


def by_import(name: str, kind: Kind, help_text: str, **more: object) -> Column:
    """A column that an import fills."""
    return column(name, kind, help_text, owner=Owner.IMPORT, **more)


LINE = by_import("Line", Kind.ID, "Id of this line, set by the import; blank on pasted rows.", width=12)
SOURCE = by_import("Source", Kind.ID, "Source it came from, see Sources.", width=9)
SOURCE_ROW = by_import("Source Row", Kind.INTEGER, "Row in that file.", width=8)
PERIOD = by_import(
    "Period", Kind.MONTH, "Month of the invoice (YYYY-MM); blank = the workbook's period.", unit="YYYY-MM", width=10
)

# Partner Center new-commerce reconciliation file, 47 columns: API v2 names, portal variants as aliases.
PARTNER_CENTER_COLUMNS: tuple[Column, ...] = (
    by_import("Partner Id", Kind.ID, "Our Entra tenant.", width=38),
    by_import("Customer Id", Kind.ID, "The customer's Entra tenant; the join key.", required=True, width=38),
    by_import("Customer Name", Kind.TEXT, "Vendor's name of the customer.", width=28),
    by_import("Customer Domain Name", Kind.TEXT, "Customer's domain.", width=24),
    by_import("Customer Country", Kind.ID, "ISO 3166 alpha-2.", width=9),
    by_import("Invoice Number", Kind.ID, "Vendor invoice; new commerce begins with G.", required=True, width=15),
    by_import("Mpn Id", Kind.ID, "Partner id.", width=10),
    by_import("Tier2 Mpn Id", Kind.ID, "Reseller's partner id.", aliases=("ResellerMpnId",), width=10),
    by_import("Order Id", Kind.ID, "For support; not a key."),
    by_import("Order Date", Kind.TIME, "When the billing event happened (UTC).", width=17),
    by_import("Product Id", Kind.ID, "Vendor product.", required=True, width=15),
    by_import("Sku Id", Kind.ID, "Vendor SKU, as text.", required=True, width=8),
    by_import("Availability Id", Kind.ID, "Vendor availability."),
    by_import("Sku Name", Kind.TEXT, "Name of the SKU.", width=28),
    by_import("Product Name", Kind.TEXT, "Name of the product.", width=28),
    by_import("Charge Type", Kind.ID, "Vendor's reason for the line: new, renew, cycleCharge, ...", required=True),
    by_import("Unit Price", Kind.PRICE, "List price of a unit for the charge cycle.", unit="pricing currency / unit"),
    by_import("Quantity", Kind.QUANTITY, "Quantity as ordered.", unit="units", width=10),
    by_import("Subtotal", Kind.MONEY, "Net charge.", unit="billing currency", required=True),
    by_import("Tax Total", Kind.MONEY, "Vendor's tax on us; never the customer's.", unit="billing currency"),
    by_import("Total", Kind.MONEY, "Subtotal + tax.", unit="billing currency", aliases=("TotalForCustomer",)),
    by_import("Currency", Kind.ID, "Billing currency.", unit="ISO 4217", required=True, width=9),
    by_import("Price Adjustment Description", Kind.TEXT, "Discounts and credits applied.", width=28),
    by_import("Publisher Name", Kind.TEXT, "Publisher."),
    by_import("Publisher Id", Kind.ID, "Publisher's id."),
    by_import("Subscription Description", Kind.TEXT, "Offer name.", width=24),
    by_import("Subscription Id", Kind.ID, "Billing-platform id of the subscription.", width=38),
    by_import("Charge Start Date", Kind.DATE, "First day charged (UTC).", width=12),
    by_import("Charge End Date", Kind.DATE, "Last day charged, inclusive; blank = perpetual.", width=12),
    by_import("Term And Billing Cycle", Kind.TEXT, "Free text of term and plan.", width=30),
    by_import(
        "Effective Unit Price",
        Kind.PRICE,
        "Price paid a unit after proration, discounts and credits; negative on refunds.",
        unit="pricing currency / unit",
        required=True,
    ),
    by_import("Unit Type", Kind.TEXT, "Unit of usage."),
    by_import("Alternate Id", Kind.ID, "For support."),
    by_import(
        "Billable Quantity",
        Kind.QUANTITY,
        "Quantity billed; positive on refunds.",
        unit="units",
        required=True,
        width=10,
    ),
    by_import("Billing Frequency", Kind.ID, "Monthly, Annual or blank.", width=10),
    by_import("Pricing Currency", Kind.ID, "Currency of the price.", unit="ISO 4217", width=9),
    by_import(
        "PC To BC Exchange Rate",
        Kind.RATE,
        "Pricing to billing currency; blank = 1.",
        unit="billing per pricing",
        aliases=("PCToBCExchangeRate",),
    ),
    by_import("PC To BC Exchange Rate Date", Kind.DATE, "Date of the rate.", width=12),
    by_import("Meter Description", Kind.TEXT, "Meter.", width=24),
    by_import("Reservation Order Id", Kind.ID, "Reservation or savings-plan order."),
    by_import("Credit Reason Code", Kind.TEXT, "Why a credit was given."),
    by_import("Subscription Start Date", Kind.DATE, "Start of the term.", width=12),
    by_import("Subscription End Date", Kind.DATE, "End of the term.", width=12),
    by_import("Reference Id", Kind.ID, "Groups the lines of one event."),
    by_import("Product Qualifiers", Kind.TEXT, "Such as Add-on or Trial."),
    by_import("Promotion Id", Kind.ID, "Promotion."),
    by_import("Product Category", Kind.TEXT, "Vendor's category, newest files only."),
)

VENDOR_LINES = Table(
    name="Vendor Lines",
    excel_name="VendorLines",
    group=Group.SOURCE,
    purpose="What vendors charged us, line by line, as they printed it. Imported; do not edit.",
    key=("Line",),
    importable=True,
    columns=(LINE, SOURCE, SOURCE_ROW, PERIOD, *PARTNER_CENTER_COLUMNS),
)

_DAILY_ONLY = (
    ("Partner Id", Kind.ID), ("Partner Name", Kind.TEXT), ("Customer Id", Kind.ID), ("Customer Name", Kind.TEXT),
    ("Customer Domain Name", Kind.TEXT), ("Customer Country", Kind.ID), ("Mpn Id", Kind.ID), ("Tier2 Mpn Id", Kind.ID),
    ("Invoice Number", Kind.ID), ("Product Id", Kind.ID), ("Sku Id", Kind.ID), ("Availability Id", Kind.ID),
    ("Sku Name", Kind.TEXT), ("Product Name", Kind.TEXT), ("Publisher Name", Kind.TEXT), ("Publisher Id", Kind.ID),
    ("Subscription Description", Kind.TEXT), ("Subscription Id", Kind.ID), ("Charge Start Date", Kind.DATE),
    ("Charge End Date", Kind.DATE), ("Usage Date", Kind.DATE), ("Meter Type", Kind.TEXT), ("Meter Category", Kind.TEXT),
    ("Meter Id", Kind.ID), ("Meter Sub Category", Kind.TEXT), ("Meter Name", Kind.TEXT), ("Meter Region", Kind.TEXT),
    ("Unit", Kind.TEXT), ("Resource Location", Kind.TEXT), ("Consumed Service", Kind.TEXT),
    ("Resource Group", Kind.TEXT), ("Resource URI", Kind.TEXT), ("Charge Type", Kind.ID), ("Unit Price", Kind.PRICE),
    ("Quantity", Kind.PRICE), ("Unit Type", Kind.TEXT), ("Billing Pre Tax Total", Kind.PRICE),
    ("Billing Currency", Kind.ID), ("Pricing Pre Tax Total", Kind.PRICE), ("Pricing Currency", Kind.ID),
    ("Service Info1", Kind.TEXT), ("Service Info2", Kind.TEXT), ("Tags", Kind.TEXT), ("Additional Info", Kind.TEXT),
    ("Effective Unit Price", Kind.PRICE), ("PC To BC Exchange Rate", Kind.RATE),
    ("PC To BC Exchange Rate Date", Kind.DATE), ("Entitlement Id", Kind.ID), ("Entitlement Description", Kind.TEXT),
    ("Partner Earned Credit Percentage", Kind.QUANTITY), ("Credit Percentage", Kind.QUANTITY),
    ("Credit Type", Kind.TEXT), ("Benefit Order Id", Kind.ID), ("Benefit Id", Kind.ID), ("Benefit Type", Kind.TEXT),
)  # fmt: skip
# Quantities and totals of a day are unrounded doubles, as small as 1.6E-07: prices, which keep every digit, and not money.
_DAILY_WIDTHS = {one.name: one.width for one in PARTNER_CENTER_COLUMNS} | {
    "Partner Name": 28, "Meter Category": 22, "Meter Sub Category": 28, "Meter Name": 28, "Meter Id": 38, "Entitlement Id": 38,
    "Entitlement Description": 24, "Resource URI": 44, "Consumed Service": 22, "Resource Group": 18, "Usage Date": 12,
    "Quantity": 14, "Billing Currency": 10, "Unit": 12,
}  # fmt: skip
_DAILY_REQUIRED = {"Subscription Id", "Usage Date", "Quantity", "Billing Pre Tax Total"}
_DAILY_ALIASES = {
    "Tier2 Mpn Id": ("ResellerMpnId",),
    "PC To BC Exchange Rate": ("PCToBCExchangeRate",),
    "Unit": ("Unit Of Measure",),
    "Partner Earned Credit Percentage": ("Rate Of Partner Earned Credit",),
    "Credit Percentage": ("Rate Of Credit",),
}

DAILY_USAGE = Table(
    name="Daily Usage",
    excel_name="DailyUsage",
    group=Group.SOURCE,
    purpose="Azure daily rated usage: detail of the monthly invoice, never added to it.",
    key=("Line",),
    importable=True,
    columns=(
        LINE,
        SOURCE,
        SOURCE_ROW,
        PERIOD,
        *(
            by_import(
                name,
                kind,
                "As in the daily rated usage file.",
                required=name in _DAILY_REQUIRED,
                aliases=_DAILY_ALIASES.get(name, ()),
                width=_DAILY_WIDTHS.get(name, 14),
            )
            for name, kind in _DAILY_ONLY
        ),
    ),
)
