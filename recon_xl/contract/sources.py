"""The source tabs: what vendors charged, what the PSA plans to bill, and what was counted."""

from __future__ import annotations

from recon_xl.contract.model import Column, Group, Kind, Owner, Table, column


def _by_import(name: str, kind: Kind, help_text: str, **more: object) -> Column:
    return column(name, kind, help_text, owner=Owner.IMPORT, **more)


LINE = _by_import("Line", Kind.ID, "Id of this line, set by the import; blank on pasted rows.", width=12)
SOURCE = _by_import("Source", Kind.ID, "Source it came from, see Sources.", width=9)
SOURCE_ROW = _by_import("Source Row", Kind.INTEGER, "Row in that file.", width=8)
PERIOD = _by_import(
    "Period", Kind.MONTH, "Month of the invoice (YYYY-MM); blank = the workbook's period.", unit="YYYY-MM", width=10
)

SOURCES = Table(
    name="Sources",
    excel_name="Sources",
    group=Group.SOURCE,
    purpose="Every imported file, one row an invoice and currency. Type the vendor's invoice total in Control Total.",
    key=("Source",),
    importable=True,
    columns=(
        _by_import("Source", Kind.ID, "Id that the lines carry.", required=True, width=9),
        _by_import("File", Kind.TEXT, "File name.", width=34),
        _by_import("Table", Kind.ID, "Table that holds its rows.", width=14),
        _by_import("Format", Kind.ID, "Vendor format or contract table it was recognised as.", width=22),
        _by_import(
            "Status",
            Kind.CHOICE,
            "Synced: its rows are in the workbook.",
            choices=("Ready to Sync", "Syncing", "Synced", "Failed"),
            width=13,
        ),
        _by_import("Invoice", Kind.ID, "Vendor invoice number.", width=16, aliases=("Invoice Number",)),
        _by_import("Currency", Kind.ID, "Currency of the totals.", unit="ISO 4217", width=10),
        _by_import("Period", Kind.MONTH, "Month the invoice belongs to.", unit="YYYY-MM", width=10),
        _by_import("As Of", Kind.DATE, "Date the data stands at.", width=12),
        _by_import("Rows", Kind.INTEGER, "Rows read.", unit="rows", width=8),
        _by_import("Net", Kind.MONEY, "Sum of Subtotal read.", unit="currency", width=14),
        _by_import("Tax", Kind.MONEY, "Sum of TaxTotal read.", unit="currency", width=12),
        _by_import("Total", Kind.MONEY, "Sum of Total read.", unit="currency", width=14),
        column(
            "Control Total",
            Kind.MONEY,
            "Type the total of the vendor's invoice (with tax) here; blank = NOT CHECKED.",
            unit="currency",
            width=14,
            aliases=("Invoice Total",),
        ),
        _by_import("Imported", Kind.TIME, "When it was imported (UTC).", width=17),
        _by_import("Hash", Kind.ID, "SHA-256 of the file.", width=20),
    ),
)

# Partner Center new-commerce reconciliation file, 47 columns: API v2 names, portal variants as aliases.
PARTNER_CENTER_COLUMNS: tuple[Column, ...] = (
    _by_import("Partner Id", Kind.ID, "Our Entra tenant."),
    _by_import("Customer Id", Kind.ID, "The customer's Entra tenant; the join key.", required=True, width=38),
    _by_import("Customer Name", Kind.TEXT, "Vendor's name of the customer.", width=28),
    _by_import("Customer Domain Name", Kind.TEXT, "Customer's domain.", width=24),
    _by_import("Customer Country", Kind.ID, "ISO 3166 alpha-2.", width=9),
    _by_import("Invoice Number", Kind.ID, "Vendor invoice; new commerce begins with G.", required=True, width=15),
    _by_import("Mpn Id", Kind.ID, "Partner id.", width=10),
    _by_import("Tier2 Mpn Id", Kind.ID, "Reseller's partner id.", aliases=("ResellerMpnId",), width=10),
    _by_import("Order Id", Kind.ID, "For support; not a key."),
    _by_import("Order Date", Kind.TIME, "When the billing event happened (UTC).", width=17),
    _by_import("Product Id", Kind.ID, "Vendor product.", required=True, width=15),
    _by_import("Sku Id", Kind.ID, "Vendor SKU, as text.", required=True, width=8),
    _by_import("Availability Id", Kind.ID, "Vendor availability."),
    _by_import("Sku Name", Kind.TEXT, "Name of the SKU.", width=28),
    _by_import("Product Name", Kind.TEXT, "Name of the product.", width=28),
    _by_import("Charge Type", Kind.ID, "Vendor's reason for the line: new, renew, cycleCharge, ...", required=True),
    _by_import("Unit Price", Kind.PRICE, "List price of a unit for the charge cycle.", unit="pricing currency / unit"),
    _by_import("Quantity", Kind.QUANTITY, "Quantity as ordered.", unit="units", width=10),
    _by_import("Subtotal", Kind.MONEY, "Net charge.", unit="billing currency", required=True),
    _by_import("Tax Total", Kind.MONEY, "Vendor's tax on us; never the customer's.", unit="billing currency"),
    _by_import("Total", Kind.MONEY, "Subtotal + tax.", unit="billing currency", aliases=("TotalForCustomer",)),
    _by_import("Currency", Kind.ID, "Billing currency.", unit="ISO 4217", required=True, width=9),
    _by_import("Price Adjustment Description", Kind.TEXT, "Discounts and credits applied.", width=28),
    _by_import("Publisher Name", Kind.TEXT, "Publisher."),
    _by_import("Publisher Id", Kind.ID, "Publisher's id."),
    _by_import("Subscription Description", Kind.TEXT, "Offer name.", width=24),
    _by_import("Subscription Id", Kind.ID, "Billing-platform id of the subscription.", width=38),
    _by_import("Charge Start Date", Kind.DATE, "First day charged (UTC).", width=12),
    _by_import("Charge End Date", Kind.DATE, "Last day charged, inclusive; blank = perpetual.", width=12),
    _by_import("Term And Billing Cycle", Kind.TEXT, "Free text of term and plan.", width=30),
    _by_import(
        "Effective Unit Price",
        Kind.PRICE,
        "Price paid a unit after proration, discounts and credits; negative on refunds.",
        unit="pricing currency / unit",
        required=True,
    ),
    _by_import("Unit Type", Kind.TEXT, "Unit of usage."),
    _by_import("Alternate Id", Kind.ID, "For support."),
    _by_import(
        "Billable Quantity",
        Kind.QUANTITY,
        "Quantity billed; positive on refunds.",
        unit="units",
        required=True,
        width=10,
    ),
    _by_import("Billing Frequency", Kind.ID, "Monthly, Annual or blank.", width=10),
    _by_import("Pricing Currency", Kind.ID, "Currency of the price.", unit="ISO 4217", width=9),
    _by_import(
        "PC To BC Exchange Rate",
        Kind.RATE,
        "Pricing to billing currency; blank = 1.",
        unit="billing per pricing",
        aliases=("PCToBCExchangeRate",),
    ),
    _by_import("PC To BC Exchange Rate Date", Kind.DATE, "Date of the rate.", width=12),
    _by_import("Meter Description", Kind.TEXT, "Meter.", width=24),
    _by_import("Reservation Order Id", Kind.ID, "Reservation or savings-plan order."),
    _by_import("Credit Reason Code", Kind.TEXT, "Why a credit was given."),
    _by_import("Subscription Start Date", Kind.DATE, "Start of the term.", width=12),
    _by_import("Subscription End Date", Kind.DATE, "End of the term.", width=12),
    _by_import("Reference Id", Kind.ID, "Groups the lines of one event."),
    _by_import("Product Qualifiers", Kind.TEXT, "Such as Add-on or Trial."),
    _by_import("Promotion Id", Kind.ID, "Promotion."),
    _by_import("Product Category", Kind.TEXT, "Vendor's category, newest files only."),
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
    ("Quantity", Kind.QUANTITY), ("Unit Type", Kind.TEXT), ("Billing Pre Tax Total", Kind.MONEY),
    ("Billing Currency", Kind.ID), ("Pricing Pre Tax Total", Kind.MONEY), ("Pricing Currency", Kind.ID),
    ("Service Info1", Kind.TEXT), ("Service Info2", Kind.TEXT), ("Tags", Kind.TEXT), ("Additional Info", Kind.TEXT),
    ("Effective Unit Price", Kind.PRICE), ("PC To BC Exchange Rate", Kind.RATE),
    ("PC To BC Exchange Rate Date", Kind.DATE), ("Entitlement Id", Kind.ID), ("Entitlement Description", Kind.TEXT),
    ("Partner Earned Credit Percentage", Kind.QUANTITY), ("Credit Percentage", Kind.QUANTITY),
    ("Credit Type", Kind.TEXT), ("Benefit Order Id", Kind.ID), ("Benefit Id", Kind.ID), ("Benefit Type", Kind.TEXT),
)  # fmt: skip
_DAILY_REQUIRED = {
    "Customer Id",
    "Subscription Id",
    "Usage Date",
    "Quantity",
    "Billing Pre Tax Total",
    "Entitlement Id",
}
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
            _by_import(
                name,
                kind,
                "As in the daily rated usage file.",
                required=name in _DAILY_REQUIRED,
                aliases=_DAILY_ALIASES.get(name, ()),
            )
            for name, kind in _DAILY_ONLY
        ),
    ),
)

BILLED_LINES = Table(
    name="Billed Lines",
    excel_name="BilledLines",
    group=Group.SOURCE,
    purpose="What the PSA plans to bill, line by line.",
    key=("Line",),
    importable=True,
    columns=(
        LINE.model_copy(update={"aliases": ("Line Id", "Billing Line Id", "Invoice Line Id")}),
        SOURCE,
        SOURCE_ROW,
        column(
            "Customer",
            Kind.ID,
            "Client account, as on Customers or an alias.",
            required=True,
            width=28,
            aliases=(
                "Client",
                "Client Name",
                "Customer Name",
                "Company",
                "Company Name",
                "Account",
                "Account Name",
                "Bill To",
            ),
        ),
        column(
            "Product",
            Kind.ID,
            "Billed product, as on Products or an alias.",
            required=True,
            width=32,
            aliases=(
                "Billing Product",
                "Product Name",
                "Item",
                "Item Name",
                "Service",
                "Service Name",
                "Item Description",
            ),
        ),
        column("Description", Kind.TEXT, "Text on the planned invoice.", width=34, aliases=("Invoice Description",)),
        column(
            "Quantity",
            Kind.QUANTITY,
            "Units billed.",
            required=True,
            unit="units",
            width=10,
            aliases=("Qty", "Units", "Billed Quantity", "Billed Qty"),
        ),
        column(
            "Unit Price",
            Kind.PRICE,
            "Price a unit, net.",
            unit="currency / unit",
            width=12,
            aliases=("Rate", "Price", "Sell Price", "Price Each"),
        ),
        column(
            "Amount",
            Kind.MONEY,
            "Net amount; blank = quantity x unit price.",
            unit="currency",
            width=13,
            aliases=(
                "Net",
                "Net Amount",
                "Line Total",
                "Extended Price",
                "Ext Price",
                "Extended Amount",
                "Subtotal",
                "Total",
            ),
        ),
        column(
            "Currency",
            Kind.ID,
            "Currency of the line; blank = the client's.",
            unit="ISO 4217",
            width=10,
            aliases=("Currency Code",),
        ),
        column(
            "Billing Month",
            Kind.MONTH,
            "Month it is billed for; blank = the month of Period Start, else the workbook's period.",
            unit="YYYY-MM",
            width=13,
            aliases=("Billing Period", "Period", "Month", "Invoice Month"),
        ),
        column(
            "Period Start", Kind.DATE, "First day covered.", width=12, aliases=("Start Date", "Service Start", "Start")
        ),
        column("Period End", Kind.DATE, "Last day covered.", width=12, aliases=("End Date", "Service End", "End")),
        column(
            "Subscription Id",
            Kind.ID,
            "Vendor subscription, where the PSA keeps it.",
            width=38,
            aliases=("Subscription",),
        ),
        column("Agreement", Kind.ID, "Agreement billed under.", width=14, aliases=("Contract", "Agreement Id")),
        column("PO", Kind.ID, "Purchase order quoted.", width=14, aliases=("PO Number", "Purchase Order")),
        column("Tax Code", Kind.ID, "Tax code planned.", width=11),
        column("Tax", Kind.MONEY, "Tax planned.", unit="currency", width=12, aliases=("Tax Amount", "Tax Total")),
    ),
)

COUNTS = Table(
    name="Counts",
    excel_name="Counts",
    group=Group.SOURCE,
    purpose="Seats and devices counted at a date by Microsoft 365, RMM, backup or security tools.",
    key=("Line",),
    importable=True,
    columns=(
        LINE,
        SOURCE,
        SOURCE_ROW,
        column(
            "Count Source",
            Kind.ID,
            "Tool that counted.",
            required=True,
            width=18,
            aliases=("Tool", "Integration", "System", "Source"),
        ),
        column(
            "Customer",
            Kind.ID,
            "Client account, as on Customers or an alias.",
            required=True,
            width=28,
            aliases=(
                "Client",
                "Client Name",
                "Customer Name",
                "Company",
                "Company Name",
                "Account",
                "Account Name",
                "Site",
            ),
        ),
        column(
            "Product",
            Kind.ID,
            "What was counted, as on Products or an alias.",
            required=True,
            width=30,
            aliases=("Billing Product", "Service", "Service Name", "Product Name", "Item", "Unit"),
        ),
        column(
            "Count",
            Kind.QUANTITY,
            "How many.",
            required=True,
            unit="units",
            width=10,
            aliases=("Quantity", "Qty", "Seats", "Devices", "Active", "Total"),
        ),
        column(
            "As Of",
            Kind.DATE,
            "Date counted.",
            required=True,
            width=12,
            aliases=("Date", "Snapshot Date", "Counted On"),
        ),
        column(
            "Dedupe Key",
            Kind.ID,
            "Device, user or site, so that nothing counts twice.",
            width=20,
            aliases=("Device", "User"),
        ),
    ),
)

SUBSCRIPTIONS = Table(
    name="Subscriptions",
    excel_name="Subscriptions",
    group=Group.SOURCE,
    purpose="Subscriptions as the vendor's portal lists them: term, plan, dates, seats.",
    key=("Subscription Id",),
    importable=True,
    columns=(
        column("Subscription Id", Kind.ID, "Vendor subscription.", required=True, width=38),
        column(
            "Customer Id",
            Kind.ID,
            "Vendor customer.",
            required=True,
            width=38,
            aliases=("Tenant Id", "Customer Tenant Id"),
        ),
        column("Product Id", Kind.ID, "Vendor ProductId.", required=True, width=17),
        column("Sku Id", Kind.ID, "Vendor SkuId.", required=True, width=9),
        column(
            "Name", Kind.TEXT, "Friendly name.", width=30, aliases=("Friendly Name", "Offer Name", "Subscription Name")
        ),
        column(
            "Status", Kind.CHOICE, "Active or not.", choices=("Active", "Suspended", "Expired", "Deleted"), width=11
        ),
        column("Term", Kind.ID, "P1M, P1Y or P3Y.", width=8, aliases=("Term Duration",)),
        column("Plan", Kind.ID, "Monthly, Annual or Triennial.", width=10, aliases=("Billing Plan", "Billing Cycle")),
        column("Quantity", Kind.QUANTITY, "Seats.", unit="seats", width=9),
        column("Start", Kind.DATE, "Start of the term.", width=12, aliases=("Start Date", "Commitment Start Date")),
        column("End", Kind.DATE, "End of the term.", width=12, aliases=("End Date", "Commitment End Date")),
        column("Auto Renew", Kind.FLAG, "Renews by itself.", choices=("Yes", "No"), width=10),
    ),
)

USAGE_HISTORY = Table(
    name="Usage History",
    excel_name="UsageHistory",
    group=Group.SOURCE,
    purpose="Usage cost of earlier months, the baseline for spikes and drops.",
    key=("Period", "Customer", "Subscription Id", "Meter Group", "Currency"),
    importable=True,
    columns=(
        column("Period", Kind.MONTH, "Month.", required=True, unit="YYYY-MM", width=10, aliases=("Month",)),
        column("Customer", Kind.ID, "A customer of Customers.", required=True, width=28),
        column(
            "Subscription Id",
            Kind.ID,
            "Azure subscription or plan.",
            required=True,
            width=38,
            aliases=("Entitlement Id",),
        ),
        column("Meter Group", Kind.ID, "Meter category; blank = all.", width=20, aliases=("Meter Category",)),
        column("Cost", Kind.MONEY, "Cost of the month.", required=True, unit="currency", width=13),
        column("Currency", Kind.ID, "Currency of the cost.", required=True, unit="ISO 4217", width=10),
    ),
)

SOURCE_TABLES = (SOURCES, VENDOR_LINES, DAILY_USAGE, BILLED_LINES, COUNTS, SUBSCRIPTIONS, USAGE_HISTORY)
