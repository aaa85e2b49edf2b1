"""The mapping tabs of prices: percentages, markups, price lists, tax and exchange rates."""

from __future__ import annotations

from recon_xl.contract.model import Group, Kind, Table, column
from recon_xl.contract.shared_columns import CURRENCY, YES_NO, dated

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
        column("Billing Product", Kind.ID, "Only this product; blank = every product.", width=40, aliases=("Product",)),
        column(
            "Markup",
            Kind.PERCENT,
            "(sell - cost) / cost. 20 means cost x 1.20.",
            required=True,
            unit="percent (20 = 20 %)",
            width=10,
            aliases=("Markup %", "Markup Percent"),
        ),
        *dated(),
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
        column("Billing Product", Kind.ID, "A product of Products.", required=True, width=40, aliases=("Product",)),
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
        *dated(),
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
        *dated(),
        column(
            "Reverse Charge",
            Kind.FLAG,
            "Yes: the client accounts for the tax; rate 0, Tax Id of Customers is the evidence.",
            choices=YES_NO,
            width=14,
        ),
        column("Reason", Kind.TEXT, "Shown on the draft for a rate of 0.", width=44),
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
        *dated(),
        column("Source", Kind.TEXT, "Where the rate comes from.", width=24),
    ),
)
