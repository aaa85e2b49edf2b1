"""The mapping tabs: who our customers are, what we sell, at which price, with which tax."""

from __future__ import annotations

from recon_xl.contract.model import Column, Group, Kind, Table, column

YES_NO = ("Yes", "No")
QUANTITY_SOURCES = ("vendor", "count", "none")
PRICE_BASES = ("markup", "rrp", "fixed", "list", "as billed")


def _dated() -> tuple[Column, Column]:
    return (
        column(
            "Start",
            Kind.DATE,
            "First day this row holds; blank = always.",
            aliases=("Valid From", "From Date"),
            width=12,
        ),
        column("End", Kind.DATE, "Last day this row holds; blank = open.", aliases=("Valid To", "To Date"), width=12),
    )


CURRENCY = column(
    "Currency",
    Kind.ID,
    "ISO 4217 code, such as USD, EUR, JPY.",
    aliases=("Currency Code", "Curr"),
    unit="ISO 4217",
    width=10,
)

SETTINGS = Table(
    name="Settings",
    excel_name="Settings",
    group=Group.MAPPING,
    purpose="Every tolerance, default and choice of the reconciliation, in one place.",
    key=("Setting",),
    importable=True,
    columns=(
        column("Setting", Kind.ID, "Name of the setting; do not change.", required=True, width=26, aliases=("Name",)),
        column("Value", Kind.TEXT, "Your choice; blank = the default beside it.", required=True, width=20),
        column("Default", Kind.TEXT, "What holds when Value is blank.", width=16),
        column("Unit", Kind.TEXT, "How the value is read.", width=22),
        column("Meaning", Kind.NOTE, "What it does.", width=84),
    ),
)

CUSTOMERS = Table(
    name="Customers",
    excel_name="Customers",
    group=Group.MAPPING,
    purpose="One row for each client account we bill. Vendor customers are found by id, then alias, then name.",
    key=("Customer",),
    importable=True,
    columns=(
        column(
            "Customer",
            Kind.ID,
            "Our name for the client account, as on drafts.",
            required=True,
            width=30,
            aliases=("Client", "Client Account", "Account", "Account Name"),
        ),
        column(
            "Code", Kind.ID, "Short code used in draft numbers.", width=12, aliases=("Customer Code", "Account Code")
        ),
        column(
            "Vendor Customer Ids",
            Kind.LIST,
            "Vendor's customer (tenant) ids; several separated by ;",
            width=40,
            aliases=("Vendor Customer Id", "Tenant Id", "Tenant Ids", "Customer Tenant Id", "Microsoft Customer Id"),
        ),
        column(
            "Aliases",
            Kind.LIST,
            "Other names used by the vendor, the PSA or a count source; separated by ;",
            width=34,
            aliases=("Alias", "Also Known As"),
        ),
        column("Reseller", Kind.ID, "Reseller the client belongs to, for reseller markups.", width=20),
        column(
            "Tax Region",
            Kind.ID,
            "Key into Tax; without a Tax row the draft is held.",
            width=14,
            aliases=("Tax Zone", "Tax Area"),
        ),
        column("Exempt", Kind.FLAG, "Yes: tax rate 0 while the certificate is valid.", choices=YES_NO, width=9),
        column("Certificate", Kind.ID, "Exemption certificate number, the evidence.", width=16),
        column("Certificate Expiry", Kind.DATE, "Last day of the certificate; blank = open.", width=16),
        CURRENCY.model_copy(update={"help": "Currency the client is billed in; blank = Base Currency."}),
        column("Contact", Kind.TEXT, "Contact on the draft.", width=24, aliases=("Contact Name",)),
        column("E-mail", Kind.TEXT, "Address for the draft.", width=28, aliases=("Email", "Email Address")),
        column("Terms Days", Kind.INTEGER, "Days until due; blank = setting Payment Terms.", unit="days", width=11),
        column("Tracking", Kind.ID, "Tracking category or dimension of the ledger.", width=14),
        column("Draft Tab", Kind.FLAG, "Yes: gets a draft tab when Draft Tabs = selected.", choices=YES_NO, width=10),
    ),
)

PRODUCTS = Table(
    name="Products",
    excel_name="Products",
    group=Group.MAPPING,
    purpose="What we sell, which vendor SKU or count it rests on, and where its expected bill comes from.",
    key=("Billing Product", "Product Id", "Sku Id", "Term", "Plan", "Stock Item"),
    importable=True,
    columns=(
        column(
            "Billing Product",
            Kind.ID,
            "Our product, as the PSA bills it.",
            required=True,
            width=34,
            aliases=("Our Product", "PSA Product"),
        ),
        column("Product Id", Kind.ID, "Vendor ProductId; always together with Sku Id.", width=17),
        column("Sku Id", Kind.ID, "Vendor SkuId, as text: 0001 stays 0001.", width=9),
        column(
            "Term",
            Kind.CHOICE,
            "Only this term; blank = any.",
            choices=("P1M", "P1Y", "P3Y"),
            width=8,
            aliases=("Term Duration",),
        ),
        column(
            "Plan",
            Kind.CHOICE,
            "Only this billing plan; blank = any.",
            choices=("Monthly", "Annual", "Triennial", "OneTime"),
            width=10,
            aliases=("Billing Plan",),
        ),
        column("Stock Item", Kind.ID, "Vendor's stock item or product name, where it has no ids.", width=24),
        column(
            "Aliases",
            Kind.LIST,
            "Other names in the PSA or count sources; separated by ;",
            width=30,
            aliases=("Alias",),
        ),
        column(
            "Quantity Source",
            Kind.CHOICE,
            "vendor = vendor lines; count = Counts; none = sold without a source, not reconciled.",
            choices=QUANTITY_SOURCES,
            required=True,
            width=15,
        ),
        column(
            "Price Basis",
            Kind.CHOICE,
            "markup on vendor cost, rrp on vendor retail, fixed agreement price, list = Sell Prices, or as billed.",
            choices=PRICE_BASES,
            required=True,
            width=12,
        ),
        column("Profile", Kind.ID, "Billing profile for rrp; blank = the product's own name.", width=14),
        column("Count Source", Kind.ID, "The count source that decides, where several count.", width=14),
        column("Included", Kind.QUANTITY, "Units included in another charge.", unit="units", width=10),
        column("Minimum", Kind.QUANTITY, "Least units billed.", unit="units", width=10),
        column("Maximum", Kind.QUANTITY, "Most units billed.", unit="units", width=10),
        column("Item Code", Kind.ID, "Item in the accounting system.", width=14, aliases=("Item Name",)),
        column("Account Code", Kind.ID, "Revenue account.", width=13, aliases=("Account",)),
        column("Product Class", Kind.ID, "Tax class; blank = *.", width=13, aliases=("Tax Class",)),
    ),
)

AGREEMENTS = Table(
    name="Agreements",
    excel_name="Agreements",
    group=Group.MAPPING,
    purpose="Contracts with clients: fixed prices and overrides of where the expected bill comes from.",
    key=("Agreement", "Customer", "Billing Product"),
    importable=True,
    columns=(
        column(
            "Agreement",
            Kind.ID,
            "Agreement or contract id.",
            required=True,
            width=16,
            aliases=("Agreement Id", "Contract"),
        ),
        column("Customer", Kind.ID, "A customer of Customers.", required=True, width=28, aliases=("Client",)),
        column("Billing Product", Kind.ID, "A product of Products; blank = all.", width=30, aliases=("Product",)),
        column(
            "Type",
            Kind.CHOICE,
            "contract, or a vendor-side relation.",
            choices=("contract", "MCA", "GDAP", "reseller relation"),
            width=14,
        ),
        column(
            "Status", Kind.CHOICE, "Active or not.", choices=("Active", "Expired", "Terminated", "Pending"), width=11
        ),
        *_dated(),
        column(
            "Price", Kind.PRICE, "Agreement price a unit and charge cycle, for fixed.", unit="currency / unit", width=11
        ),
        CURRENCY.model_copy(update={"help": "Currency of the price; blank = the client's."}),
        column("Quantity Source", Kind.CHOICE, "Overrides the product's.", choices=QUANTITY_SOURCES, width=15),
        column("Price Basis", Kind.CHOICE, "Overrides the product's.", choices=PRICE_BASES, width=12),
        column("Prorate", Kind.FLAG, "No: seats at period end x price. Blank = Yes.", choices=YES_NO, width=9),
        column("Included", Kind.QUANTITY, "Overrides the product's.", unit="units", width=10),
        column("Minimum", Kind.QUANTITY, "Overrides the product's.", unit="units", width=10),
        column("Maximum", Kind.QUANTITY, "Overrides the product's.", unit="units", width=10),
    ),
)

PURCHASE_ORDERS = Table(
    name="Purchase Orders",
    excel_name="PurchaseOrders",
    group=Group.MAPPING,
    purpose="Purchase order numbers that drafts must quote.",
    key=("Customer", "PO"),
    importable=True,
    columns=(
        column("Customer", Kind.ID, "A customer of Customers.", required=True, width=28, aliases=("Client",)),
        column(
            "PO", Kind.ID, "Purchase order number.", required=True, width=18, aliases=("PO Number", "Purchase Order")
        ),
        column("Amount", Kind.MONEY, "Cap, net; blank = none.", unit="currency", width=13),
        CURRENCY,
        *_dated(),
    ),
)

PROFILES = Table(
    name="Profiles",
    excel_name="Profiles",
    group=Group.MAPPING,
    purpose="Percentage Off RRP: the default of a billing profile, and overrides for one tenant.",
    key=("Profile", "Tenant"),
    importable=True,
    columns=(
        column("Profile", Kind.ID, "Billing profile named on Products.", required=True, width=22),
        column(
            "Tenant",
            Kind.ID,
            "Vendor customer id or customer; blank = the profile's default.",
            width=38,
            aliases=("Customer",),
        ),
        column(
            "Percentage Off RRP",
            Kind.PERCENT,
            "Signed: positive RAISES the price above RRP, negative lowers it. 2.5 means RRP x 1.025.",
            required=True,
            unit="percent (2.5 = 2.5 %)",
            width=19,
            aliases=("Percent Off RRP", "% Off RRP"),
        ),
    ),
)

PRICE_RULES = Table(
    name="Price Rules",
    excel_name="PriceRules",
    group=Group.MAPPING,
    purpose="Markups on vendor cost. The most specific level wins; levels do not add up.",
    key=("Level", "Applies To", "Billing Product", "Start"),
    importable=True,
    columns=(
        column(
            "Level",
            Kind.CHOICE,
            "subscription beats customer beats reseller beats product.",
            choices=("subscription", "customer", "reseller", "product"),
            required=True,
            width=13,
        ),
        column(
            "Applies To",
            Kind.ID,
            "Subscription id, customer or reseller; blank for level product.",
            width=38,
            aliases=("Scope", "Applies"),
        ),
        column("Billing Product", Kind.ID, "Only this product; blank = every product.", width=30, aliases=("Product",)),
        column(
            "Markup",
            Kind.PERCENT,
            "(sell - cost) / cost. 20 means cost x 1.20.",
            required=True,
            unit="percent (20 = 20 %)",
            width=10,
            aliases=("Markup %", "Markup Percent"),
        ),
        *_dated(),
    ),
)

SELL_PRICES = Table(
    name="Sell Prices",
    excel_name="SellPrices",
    group=Group.MAPPING,
    purpose="Our own price list, for products whose price basis is list.",
    key=("Billing Product", "Customer", "Currency", "Start"),
    importable=True,
    columns=(
        column("Billing Product", Kind.ID, "A product of Products.", required=True, width=34, aliases=("Product",)),
        column("Customer", Kind.ID, "Only this customer; blank = everyone.", width=28, aliases=("Client",)),
        CURRENCY.model_copy(update={"required": True}),
        column(
            "Price",
            Kind.PRICE,
            "Price of one unit.",
            required=True,
            unit="currency / unit",
            width=11,
            aliases=("Sell Price", "Unit Price"),
        ),
        *_dated(),
    ),
)

PRICE_LIST = Table(
    name="Price List",
    excel_name="PriceList",
    group=Group.MAPPING,
    purpose="The vendor's price list with dates: partner price and retail (ERP).",
    key=("Product Id", "Sku Id", "Term", "Plan", "Market", "Currency", "Segment", "Start"),
    importable=True,
    columns=(
        column("Product Id", Kind.ID, "Vendor ProductId.", required=True, width=17),
        column("Sku Id", Kind.ID, "Vendor SkuId.", required=True, width=9),
        column("Title", Kind.TEXT, "Product title.", width=34, aliases=("Sku Title", "Product Title")),
        column("Term", Kind.ID, "P1M, P1Y or P3Y.", width=8, aliases=("Term Duration",)),
        column("Plan", Kind.ID, "Monthly, Annual, Triennial or OneTime.", width=10, aliases=("Billing Plan",)),
        column("Market", Kind.ID, "Country.", width=9),
        CURRENCY.model_copy(update={"required": True}),
        column("Segment", Kind.ID, "Commercial, Education, Charity or Government.", width=13),
        column("Unit Price", Kind.PRICE, "Partner price of one unit.", unit="currency / unit", width=12),
        column(
            "ERP Price",
            Kind.PRICE,
            "Retail price of one unit (RRP).",
            unit="currency / unit",
            width=12,
            aliases=("ERP", "RRP", "Retail Price"),
        ),
        column(
            "Start", Kind.DATE, "First day; blank = always.", width=12, aliases=("Effective Start Date", "Valid From")
        ),
        column("End", Kind.DATE, "Last day; blank = open.", width=12, aliases=("Effective End Date", "Valid To")),
    ),
)

TAX = Table(
    name="Tax",
    excel_name="Tax",
    group=Group.MAPPING,
    purpose="Tax code and rate of a region and product class. A missing row holds the draft; it never means 0 %.",
    key=("Tax Region", "Product Class", "Start"),
    importable=True,
    columns=(
        column("Tax Region", Kind.ID, "As on Customers.", required=True, width=16, aliases=("Region",)),
        column("Product Class", Kind.ID, "As on Products; * = any.", width=14, aliases=("Class", "Tax Class")),
        column("Tax Code", Kind.ID, "Code in the accounting system.", required=True, width=14, aliases=("Code",)),
        column(
            "Rate",
            Kind.PERCENT,
            "Rate in percent: 20 means 20 %.",
            required=True,
            unit="percent (20 = 20 %)",
            width=9,
            aliases=("Tax Rate",),
        ),
        *_dated(),
        column("Reason", Kind.TEXT, "Shown on the draft for a rate of 0.", width=30),
    ),
)

FX_RATES = Table(
    name="FX Rates",
    excel_name="FxRates",
    group=Group.MAPPING,
    purpose="Exchange rates of the period: 1 From = Rate To.",
    key=("From", "To", "Start"),
    importable=True,
    columns=(
        column(
            "From",
            Kind.ID,
            "Currency converted from.",
            required=True,
            unit="ISO 4217",
            width=9,
            aliases=("From Currency",),
        ),
        column(
            "To", Kind.ID, "Currency converted to.", required=True, unit="ISO 4217", width=9, aliases=("To Currency",)
        ),
        column("Rate", Kind.RATE, "1 From = Rate To.", required=True, unit="To per From", width=14),
        *_dated(),
        column("Source", Kind.TEXT, "Where the rate comes from.", width=24),
    ),
)

MAPPING_TABLES = (
    SETTINGS,
    CUSTOMERS,
    PRODUCTS,
    AGREEMENTS,
    PURCHASE_ORDERS,
    PROFILES,
    PRICE_RULES,
    SELL_PRICES,
    PRICE_LIST,
    TAX,
    FX_RATES,
)
