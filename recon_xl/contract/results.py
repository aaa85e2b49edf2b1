"""The result and draft tabs: what a run writes."""

from __future__ import annotations

from recon_xl.contract.model import Column, Group, Kind, Owner, Table, column

SEVERITIES = ("Critical", "High", "Medium", "Low", "Consequence", "Resolved")
"""Consequence: follows from the finding above it. Resolved: not found any more, kept for the notes on it."""
DIRECTIONS = ("we lose", "customer overcharged", "vendor overcharged", "review")
BASES = ("calculated", "estimated", "unmapped", "unaccounted")
DISPOSITIONS = (
    "Open",
    "Billing issue",
    "Setup cleanup",
    "Stale data",
    "Mapping rule",
    "Timing",
    "Accepted",
    "Muted until",
    "Follow-up",
    "Fixed",
)
DRAFT_STATUSES = ("Draft", "Held", "Approved", "Void")
USAGE_WORDS = ("OK", "SPIKE", "DROP", "NEW", "LATE", "NOT CHECKED")
"""NEW: Usage History knows others, not this one. LATE: has rows of an earlier month. NOT CHECKED: no baseline."""
CHECK_WORDS = ("OK", "FAIL", "NOT CHECKED")


def _by_run(name: str, kind: Kind, help_text: str, **more: object) -> Column:
    return column(name, kind, help_text, owner=Owner.RUN, **more)


CURRENCY = _by_run("Currency", Kind.ID, "Currency of the amounts in this row.", unit="ISO 4217", width=9)

EXCEPTIONS = Table(
    name="Exceptions",
    excel_name="Exceptions",
    group=Group.RESULT,
    purpose="Every gap found, largest money first. Disposition, Owner, Due and Note are yours and survive every run.",
    key=("Key",),
    columns=(
        _by_run("Key", Kind.ID, "Fingerprint of the finding; the same every month.", width=20),
        _by_run("Severity", Kind.CHOICE, "How urgent.", choices=SEVERITIES, width=14),
        _by_run("Rule", Kind.ID, "Rule that found it, see the rule catalogue.", width=20),
        _by_run("Title", Kind.TEXT, "What it is, in a few words.", width=30),
        _by_run("Customer", Kind.ID, "Client account.", width=26),
        _by_run("Product", Kind.ID, "Billing product.", width=36),
        _by_run("Subscription", Kind.ID, "Vendor subscription, where compared by it.", width=37),
        _by_run("Period", Kind.MONTH, "Billing month.", width=9),
        _by_run("Expected Quantity", Kind.QUANTITY, "Seats or count.", unit="units", width=10),
        _by_run("Billed Quantity", Kind.QUANTITY, "Units billed.", unit="units", width=10),
        _by_run(
            "Expected", Kind.MONEY, "What should be billed, net; of a tax finding, the tax.", unit="currency", width=13
        ),
        _by_run(
            "Billed",
            Kind.MONEY,
            "What is planned to be billed, net; of a tax finding, the tax.",
            unit="currency",
            width=13,
        ),
        _by_run("Variance", Kind.MONEY, "Billed - expected: negative = underbilled.", unit="currency", width=13),
        _by_run("At Stake", Kind.MONEY, "Money this finding is about, never negative.", unit="currency", width=13),
        _by_run("Direction", Kind.CHOICE, "Who gains by the mistake.", choices=DIRECTIONS, width=20),
        CURRENCY,
        _by_run("Basis", Kind.CHOICE, "How sure the amount is.", choices=BASES, width=12),
        _by_run("Why", Kind.NOTE, "The reason, in plain words.", width=60),
        _by_run("Suggested Action", Kind.NOTE, "What clears it.", width=46),
        _by_run("Confidence", Kind.PERCENT, "Certainty of the mapping and the rule.", unit="percent", width=11),
        column("Disposition", Kind.CHOICE, "Your verdict.", choices=DISPOSITIONS, width=14),
        column("Owner", Kind.TEXT, "Who follows it up.", width=14),
        column("Due", Kind.DATE, "Until when.", width=12),
        column("Note", Kind.NOTE, "Your words.", width=34),
        _by_run("First Seen", Kind.MONTH, "Period in which it was first found.", width=10),
        _by_run("Age", Kind.INTEGER, "Months since first seen.", unit="months", width=7),
        _by_run("Carried From", Kind.MONTH, "Period it was carried from.", width=11),
        _by_run("Links", Kind.TEXT, "Jumps to its first source row.", width=32),
    ),
)

TIE_OUT = Table(
    name="Tie-out",
    excel_name="TieOut",
    group=Group.RESULT,
    purpose="Proof to the cent: each control compares two totals that must agree.",
    key=("Control", "Invoice", "Currency"),
    columns=(
        _by_run("Control", Kind.ID, "What is proved.", width=62),
        _by_run("Invoice", Kind.ID, "Vendor invoice, where the control is about one.", width=16),
        CURRENCY,
        _by_run("Expected", Kind.MONEY, "The total it must equal.", unit="currency", width=15),
        _by_run("Actual", Kind.MONEY, "The total found.", unit="currency", width=15),
        _by_run("Difference", Kind.MONEY, "Actual - expected.", unit="currency", width=13),
        _by_run("Check", Kind.CHOICE, "OK, FAIL or NOT CHECKED.", choices=CHECK_WORDS, width=14),
        _by_run("Note", Kind.NOTE, "What it means, and what to do.", width=70),
    ),
)

COVERAGE = Table(
    name="Coverage",
    excel_name="Coverage",
    group=Group.RESULT,
    purpose="What was looked at and what was not: rows and money, so that silence is never taken for clean.",
    key=("Area", "Item", "Currency", "Reason"),
    columns=(
        _by_run("Area", Kind.ID, "Source or check.", width=18),
        _by_run("Item", Kind.ID, "Which rows.", width=44),
        _by_run("Status", Kind.ID, "CHECKED, NOT CHECKED, NOT RECONCILABLE, EXCLUDED, HELD or UNMAPPED.", width=20),
        _by_run("Rows", Kind.INTEGER, "Rows or keys.", unit="rows", width=9),
        _by_run("Amount", Kind.MONEY, "Their money.", unit="currency", width=15),
        CURRENCY,
        _by_run("Reason", Kind.NOTE, "Why.", width=70),
    ),
)

MAPPING_GAPS = Table(
    name="Mapping Gaps",
    excel_name="MappingGaps",
    group=Group.RESULT,
    purpose="Customers and products that no mapping row covers, and a suggestion for each.",
    key=("Kind", "Vendor Id", "Name", "Currency"),
    columns=(
        _by_run("Kind", Kind.ID, "Client or product; vendor, billed or counted side.", width=20),
        _by_run("Vendor Id", Kind.ID, "Vendor customer id, or ProductId:SkuId.", width=38),
        _by_run("Name", Kind.TEXT, "Name as the source prints it.", width=34),
        _by_run("Customer", Kind.TEXT, "Customer concerned.", width=28),
        _by_run("Rows", Kind.INTEGER, "Rows concerned.", unit="rows", width=8),
        _by_run("Amount", Kind.MONEY, "Money that cannot be compared.", unit="currency", width=14),
        CURRENCY,
        _by_run("Suggestion", Kind.TEXT, "Nearest existing row, to confirm.", width=34),
        _by_run("Fix", Kind.NOTE, "Which cell of which tab to fill.", width=60),
    ),
)

CLIENT_SUMMARY = Table(
    name="Client Summary",
    excel_name="ClientSummary",
    group=Group.RESULT,
    purpose="One row for each client and currency: expected, billed, gap, and its draft.",
    key=("Customer", "Currency"),
    columns=(
        _by_run("Customer", Kind.ID, "Client account.", width=30),
        CURRENCY,
        _by_run("Services", Kind.INTEGER, "Products compared.", unit="products", width=10),
        _by_run("Expected Quantity", Kind.QUANTITY, "Seats and counts expected.", unit="units", width=11),
        _by_run("Billed Quantity", Kind.QUANTITY, "Units billed.", unit="units", width=11),
        _by_run("Expected", Kind.MONEY, "Net expected.", unit="currency", width=14),
        _by_run("Billed", Kind.MONEY, "Net billed.", unit="currency", width=14),
        _by_run("Variance", Kind.MONEY, "Billed - expected.", unit="currency", width=14),
        _by_run("Exceptions", Kind.INTEGER, "Findings.", unit="findings", width=11),
        _by_run("At Stake", Kind.MONEY, "Money at stake.", unit="currency", width=14),
        _by_run("Draft", Kind.ID, "Draft invoice.", width=22),
        _by_run("Status", Kind.ID, "Clean, Exceptions, Held or Not checked.", width=14),
    ),
)

MARGIN = Table(
    name="Margin",
    excel_name="Margin",
    group=Group.RESULT,
    purpose="Revenue, cost and margin of each client and product, on what should be billed.",
    key=("Customer", "Product", "Currency"),
    columns=(
        _by_run("Customer", Kind.ID, "Client account.", width=30),
        _by_run("Product", Kind.ID, "Billing product.", width=42),
        CURRENCY,
        _by_run("Revenue", Kind.MONEY, "Net expected.", unit="currency", width=14),
        _by_run("Cost", Kind.MONEY, "Vendor cost in the same currency; blank for counts.", unit="currency", width=14),
        _by_run("Margin", Kind.MONEY, "Revenue - cost.", unit="currency", width=14),
        _by_run("Margin %", Kind.PERCENT, "(sell - cost) / sell.", unit="percent", width=11),
        _by_run("Markup %", Kind.PERCENT, "(sell - cost) / cost.", unit="percent", width=11),
        _by_run("Check", Kind.ID, "OK, LOW, NEGATIVE or NO COST.", width=12),
    ),
)

USAGE = Table(
    name="Usage",
    excel_name="Usage",
    group=Group.RESULT,
    purpose="Azure usage by customer, plan, entitlement and meter group: what it cost, earned credit, and how it compares.",
    key=("Customer", "Subscription", "Entitlement", "Meter Group", "Currency"),
    columns=(
        _by_run("Customer", Kind.ID, "Client account, or the vendor's name of an unmapped customer.", width=28),
        _by_run("Product", Kind.ID, "Billing product.", width=24),
        _by_run("Invoice", Kind.ID, "Vendor invoices; blank = not billed yet.", width=15),
        _by_run("Subscription", Kind.ID, "Azure plan, as on the monthly invoice.", width=38),
        _by_run("Entitlement", Kind.ID, "Azure subscription in it.", width=38),
        _by_run("Entitlement Name", Kind.TEXT, "What the customer calls it.", width=24),
        _by_run("Meter Group", Kind.ID, "Meter category; blank = all.", width=22),
        CURRENCY,
        _by_run("Detail", Kind.ID, "daily rows; monthly lines where there are none; or none.", width=10),
        _by_run("Days", Kind.INTEGER, "Days with usage.", unit="days", width=8),
        _by_run("First Day", Kind.DATE, "First day used.", width=12),
        _by_run("Last Day", Kind.DATE, "Last day used.", width=12),
        _by_run("Rows", Kind.INTEGER, "Rows behind it.", unit="rows", width=9),
        _by_run("Retail", Kind.MONEY, "Unit price x quantity x vendor's rate.", unit="currency", width=14),
        _by_run("Cost", Kind.MONEY, "What the vendor charges.", unit="currency", width=14),
        _by_run("Earned Credit", Kind.MONEY, "Retail - cost, benefits and credits apart.", unit="currency", width=13),
        _by_run(
            "Without Credit", Kind.PERCENT, "Rows with 0 % earned credit, of those that say.", unit="percent", width=12
        ),
        _by_run("Benefit Rows", Kind.INTEGER, "Rows under a reservation or savings plan.", unit="rows", width=10),
        _by_run("Benefit Cost", Kind.MONEY, "Their cost.", unit="currency", width=12),
        _by_run("Credits", Kind.MONEY, "Retail - cost of rows with an Azure credit.", unit="currency", width=12),
        _by_run("Late Rows", Kind.INTEGER, "Rows of an earlier month.", unit="rows", width=9),
        _by_run("Late Cost", Kind.MONEY, "Their cost.", unit="currency", width=12),
        _by_run("Baseline", Kind.MONEY, "Mean of the last months on Usage History.", unit="currency", width=14),
        _by_run("Change %", Kind.PERCENT, "(cost - baseline) / baseline.", unit="percent", width=10),
        _by_run("Status", Kind.CHOICE, "Against its baseline.", choices=USAGE_WORDS, width=14),
    ),
)

RUN_LOG = Table(
    name="Run Log",
    excel_name="RunLog",
    group=Group.RESULT,
    purpose="Every run: when, by which version, on which inputs, with which totals.",
    key=("Run",),
    columns=(
        _by_run("Run", Kind.ID, "Id of the run.", width=22),
        _by_run("Started", Kind.TIME, "UTC.", width=17),
        _by_run("User", Kind.TEXT, "Who ran it.", width=16),
        _by_run("Version", Kind.ID, "Version of recon-xl.", width=10),
        _by_run("Period", Kind.MONTH, "Billing month.", width=9),
        _by_run("Status", Kind.ID, "CLEAN, FINDINGS or NOT RECONCILABLE.", width=18),
        _by_run("Vendor Lines", Kind.INTEGER, "Rows read.", unit="rows", width=12),
        _by_run("Billed Lines", Kind.INTEGER, "Rows read.", unit="rows", width=12),
        _by_run("Counts", Kind.INTEGER, "Rows read.", unit="rows", width=9),
        _by_run("Exceptions", Kind.INTEGER, "Findings.", unit="findings", width=11),
        _by_run("Drafts", Kind.INTEGER, "Drafts.", unit="drafts", width=8),
        _by_run("Controls", Kind.ID, "Controls that hold, of all.", width=16),
        _by_run("Inputs", Kind.ID, "Hash of everything the run read.", width=20),
        _by_run("Messages", Kind.NOTE, "What the run noticed and went on with.", width=70),
    ),
)

DRAFTS = Table(
    name="Drafts",
    excel_name="Drafts",
    group=Group.DRAFT,
    purpose="One draft invoice or credit memo for each client and currency. A held draft cannot be exported.",
    key=("Number",),
    columns=(
        _by_run("Number", Kind.ID, "Draft number.", width=22),
        _by_run("Type", Kind.ID, "Invoice or Credit memo.", width=12),
        _by_run("Customer", Kind.ID, "Client account.", width=30),
        CURRENCY,
        _by_run("Date", Kind.DATE, "Invoice date.", width=12),
        _by_run("Due", Kind.DATE, "Due date.", width=12),
        _by_run("PO", Kind.ID, "Purchase order.", width=14),
        _by_run("Status", Kind.CHOICE, "Draft or Held.", choices=DRAFT_STATUSES, width=11),
        _by_run("Hold Reason", Kind.NOTE, "Why it is held.", width=44),
        _by_run("Lines", Kind.INTEGER, "Lines in the net.", unit="lines", width=8),
        _by_run("Net", Kind.MONEY, "Sum of its draft lines.", unit="currency", width=14),
        _by_run("Tax", Kind.MONEY, "Tax.", unit="currency", width=13),
        _by_run("Total", Kind.MONEY, "Net + tax.", unit="currency", width=14),
        _by_run("Tab", Kind.TEXT, "Jumps to the draft tab.", width=30),
    ),
)

DRAFT_LINES = Table(
    name="Draft Lines",
    excel_name="DraftLines",
    group=Group.DRAFT,
    purpose="The record of every draft line; draft tabs are views of it.",
    key=("Line",),
    columns=(
        _by_run("Line", Kind.ID, "Draft number and line.", width=24),
        _by_run("Number", Kind.ID, "Draft number.", width=22),
        _by_run("Customer", Kind.ID, "Client account.", width=28),
        CURRENCY,
        _by_run("Product", Kind.ID, "Billing product.", width=40),
        _by_run("Subscription", Kind.ID, "Vendor subscription, where compared by it.", width=37),
        _by_run("Description", Kind.TEXT, "Text for the customer.", width=62),
        _by_run("Kind", Kind.ID, "cycle, change, credit, usage, one-time, count, instalment.", width=12),
        _by_run("Quantity", Kind.QUANTITY, "Units.", unit="units", width=10),
        _by_run("Unit Price", Kind.PRICE, "Price a unit.", unit="currency / unit", width=12),
        _by_run("Net", Kind.MONEY, "Quantity x unit price.", unit="currency", width=13),
        _by_run("Tax Code", Kind.ID, "Tax code.", width=10),
        _by_run("Tax Rate", Kind.PERCENT, "Tax rate.", unit="percent", width=9),
        _by_run("Tax", Kind.MONEY, "Tax of the line.", unit="currency", width=12),
        _by_run("Tax Reason", Kind.TEXT, "Why the rate is 0: certificate, reverse charge, or Reason of Tax.", width=34),
        _by_run("Status", Kind.ID, "Drafted, or Held and outside the net.", width=10),
        _by_run("Hold Reason", Kind.NOTE, "Why it is held.", width=34),
        _by_run("Item Code", Kind.ID, "Item in the accounting system.", width=12),
        _by_run("Account Code", Kind.ID, "Revenue account.", width=12),
        _by_run("Tracking", Kind.ID, "Tracking category.", width=12),
        _by_run("Cost", Kind.MONEY, "Vendor cost in the line's currency.", unit="currency", width=12),
        _by_run("Residual", Kind.PRICE, "What rounding took away: exact - net.", unit="currency", width=12),
        _by_run("Why", Kind.NOTE, "How the amount came about.", width=70),
        _by_run("Source Rows", Kind.NOTE, "Lines of the source tabs it rests on.", width=30),
        _by_run("Link", Kind.TEXT, "Jumps to the first source row.", width=12),
    ),
)

RESULT_TABLES = (EXCEPTIONS, TIE_OUT, COVERAGE, MAPPING_GAPS, CLIENT_SUMMARY, MARGIN, USAGE, RUN_LOG)
DRAFT_TABLES = (DRAFTS, DRAFT_LINES)
