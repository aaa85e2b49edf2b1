"""The other source tabs: what was imported, what the PSA plans to bill, what was counted, and what the vendor's portal lists."""

from __future__ import annotations

from recon_xl.contract.model import Group, Kind, Table, column
from recon_xl.contract.shared_columns import CLIENT_ALIASES, COUNT_BASES
from recon_xl.contract.vendor_tables import DAILY_USAGE, LINE, SOURCE, SOURCE_ROW, VENDOR_LINES, by_import

SOURCES = Table(
    name="Sources",
    excel_name="Sources",
    group=Group.SOURCE,
    purpose="Every imported file, one row an invoice and currency. Type the vendor's invoice total in Control Total.",
    key=("Source",),
    importable=True,
    columns=(
        by_import("Source", Kind.ID, "Id that the lines carry.", required=True, width=9),
        by_import("File", Kind.TEXT, "File name.", width=34),
        by_import("Table", Kind.ID, "Table that holds its rows.", width=14),
        by_import("Format", Kind.ID, "Vendor format or contract table it was recognised as.", width=22),
        by_import(
            "Status",
            Kind.CHOICE,
            "Synced: its rows are in the workbook.",
            choices=("Ready to Sync", "Syncing", "Synced", "Failed"),
            width=13,
        ),
        by_import("Invoice", Kind.ID, "Vendor invoice number.", width=16, aliases=("Invoice Number",)),
        by_import("Currency", Kind.ID, "Currency of the totals.", unit="ISO 4217", width=10),
        by_import("Period", Kind.MONTH, "Month the invoice belongs to.", unit="YYYY-MM", width=10),
        by_import("As Of", Kind.DATE, "Date the data stands at.", width=12),
        by_import("Rows", Kind.INTEGER, "Rows read.", unit="rows", width=8),
        by_import("Net", Kind.MONEY, "Sum of Subtotal read.", unit="currency", width=14),
        by_import("Tax", Kind.MONEY, "Sum of TaxTotal read.", unit="currency", width=12),
        by_import("Total", Kind.MONEY, "Sum of Total read.", unit="currency", width=14),
        column(
            "Control Total",
            Kind.MONEY,
            "Type the total of the vendor's invoice (with tax) here; blank = NOT CHECKED.",
            unit="currency",
            width=14,
            aliases=("Invoice Total",),
        ),
        by_import("Imported", Kind.TIME, "When it was imported (UTC).", width=17),
        by_import("Hash", Kind.ID, "SHA-256 of the file.", width=20),
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
            aliases=(*CLIENT_ALIASES, "Bill To"),
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
        column("Description", Kind.TEXT, "Text on the planned invoice.", width=44, aliases=("Invoice Description",)),
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
            aliases=(*CLIENT_ALIASES, "Site"),
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
            "Basis",
            Kind.CHOICE,
            "What was counted: total owned, assigned, or active; blank = total.",
            choices=COUNT_BASES,
            width=10,
            aliases=("Count Basis", "Counted"),
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
