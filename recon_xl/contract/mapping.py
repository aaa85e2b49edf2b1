"""The mapping tabs of the business: settings, customers, products, agreements and purchase orders."""

from __future__ import annotations

from recon_xl.contract.model import Group, Kind, Table, column
from recon_xl.contract.prices import FX_RATES, PRICE_LIST, PRICE_RULES, PROFILES, SELL_PRICES, TAX
from recon_xl.contract.shared_columns import COUNT_BASES, CURRENCY, PRICE_BASES, QUANTITY_SOURCES, YES_NO, dated

SETTINGS = Table(
    name="Settings",
    excel_name="Settings",
    group=Group.MAPPING,
    purpose="Every tolerance, default and choice of the reconciliation, in one place.",
    key=("Setting",),
    importable=True,
    columns=(
        column("Setting", Kind.ID, "Name of the setting; do not change.", required=True, width=26, aliases=("Name",)),
        column("Value", Kind.TEXT, "Your choice; blank = the default beside it.", required=True, width=30),
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
        column("Country", Kind.ID, "Country of the client.", unit="ISO 3166 alpha-2", width=9),
        column("Tax Id", Kind.ID, "VAT or tax registration, the evidence for reverse charge.", width=16),
        column("Exempt", Kind.FLAG, "Yes: tax rate 0 while the certificate is valid.", choices=YES_NO, width=9),
        column("Certificate", Kind.ID, "Exemption certificate number, the evidence.", width=16),
        column("Certificate Expiry", Kind.DATE, "Last day of the certificate; blank = open.", width=16),
        CURRENCY.model_copy(update={"help": "Currency the client is billed in; blank = Base Currency."}),
        column("Contact", Kind.TEXT, "Contact on the draft.", width=24, aliases=("Contact Name",)),
        column("E-mail", Kind.TEXT, "Address for the draft.", width=28, aliases=("Email", "Email Address")),
        column("Terms Days", Kind.INTEGER, "Days until due; blank = setting Payment Terms.", unit="days", width=11),
        column("Tracking", Kind.ID, "Tracking category or dimension of the ledger.", width=14),
        column("PO Required", Kind.FLAG, "Yes: a draft must quote a purchase order.", choices=YES_NO, width=11),
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
        column(
            "Count Basis",
            Kind.CHOICE,
            "Which count decides: total owned, assigned, or active; blank = total.",
            choices=COUNT_BASES,
            width=12,
        ),
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
        column("Billing Product", Kind.ID, "A product of Products; blank = all.", width=40, aliases=("Product",)),
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
        *dated(),
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
        *dated(),
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
