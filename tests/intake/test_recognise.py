"""A file goes to the one table that its header names; anything else is asked, not guessed."""

from __future__ import annotations

import pytest

from recon_xl.contract import ALL_TABLES, table
from recon_xl.contract.vendor_tables import DAILY_USAGE, PARTNER_CENTER_COLUMNS
from recon_xl.core.errors import InputError
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.formats import all_formats, formats
from recon_xl.intake.formats.charge_types import canonical_charge_type, charge_kind, is_reservation
from recon_xl.intake.recognise import recognise

PORTAL = [column.name.replace(" ", "") for column in PARTNER_CENTER_COLUMNS[:-1]]


def _sheet(*headers: str) -> FileSheet:
    return FileSheet("file.csv", None, 1, list(headers), [(2, ["x"] * len(headers))])


def test_the_reconciliation_file_is_known_in_any_order_case_and_spelling() -> None:
    """Portal and API spell and order 46 or 47 columns differently; all are found."""
    variants = {
        "MpnId": "MPNID",
        "ReferenceId": "ReferenceID",
        "PromotionId": "PromotionID",
        "Total": "TotalForCustomer",
    }
    portal = [variants.get(name, name).replace("Tier2MpnId", "ResellerMpnId") for name in reversed(PORTAL)]
    api = [name.upper() for name in [*PORTAL, "ProductCategory"]]
    for headers in (portal, api):
        found = recognise(_sheet(*headers))
        assert (
            found.table.name,
            found.format_name,
            found.unknown_headers,
        ) == ("Vendor Lines", "partner_center_nce", ())
        assert len(headers) == len(found.positions)
    assert portal[recognise(_sheet(*portal)).positions["Tier2 Mpn Id"]] == "ResellerMpnId"


def test_the_basic_attribute_set_is_enough() -> None:
    """The basic set leaves out sixteen columns."""
    left_out = {
        "MpnId",
        "Quantity",
        "PublisherId",
        "SubscriptionDescription",
        "UnitType",
        "AlternateId",
        "BillingFrequency",
    }
    found = recognise(_sheet(*(name for name in PORTAL if name not in left_out)))
    assert found.format_name == "partner_center_nce"


def test_daily_usage_is_never_taken_for_the_monthly_file() -> None:
    """Both carry invoice, customer and product; only one carries days and meters."""
    daily = [column.name.replace(" ", "") for column in DAILY_USAGE.columns[4:]]
    assert recognise(_sheet(*daily)).table.name == "Daily Usage"
    mixed = [*PORTAL, "UsageDate", "MeterId", "EntitlementId", "BillingPreTaxTotal"]
    assert recognise(_sheet(*mixed)).table.name == "Daily Usage"
    for extra in ("UsageDate", "MeterId", "EntitlementId", "BillingPreTaxTotal"):
        assert not any(one.recognises([*PORTAL, extra]) for one in all_formats() if one.name == "partner_center_nce")


@pytest.mark.parametrize("name", [table.name for table in ALL_TABLES if table.importable])
def test_every_importable_table_is_known_by_its_own_headers(name: str) -> None:
    """What the workbook shows can be exported, edited and imported again."""
    assert name == recognise(_sheet(*table(name).column_names)).table.name


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (("Company Name", "Item", "Qty", "Ext Price"), "Billed Lines"),
        (("Integration", "Client", "Product", "Seats", "Snapshot Date"), "Counts"),
        (
            ("ProductTitle", "ProductId", "SkuId", "SkuTitle", "Market", "Currency", "UnitPrice", "ERP Price"),
            "Price List",
        ),
        (("Profile", "Tenant", "% Off RRP"), "Profiles"),
        (("Name", "Value"), "Settings"),
    ],
)
def test_declared_aliases_are_enough(headers: tuple[str, ...], name: str) -> None:
    """PSA and vendor exports call columns by other names."""
    assert name == recognise(_sheet(*headers)).table.name


def test_an_unknown_file_names_the_nearest_table_and_what_is_missing() -> None:
    """A PSA export without its quantity is not swallowed by Customers, which needs only a name."""
    with pytest.raises(InputError) as caught:
        recognise(_sheet("Company", "Item", "Ext Price", "Billing Period", "Agreement", "Tax Code", "Region", "Site"))
    assert "nearest is Billed Lines, which also needs Quantity" in caught.value.expected


def test_result_tables_are_not_sources() -> None:
    """Draft Lines look like billed lines, and would reconcile the month with itself."""
    with pytest.raises(InputError) as caught:
        recognise(_sheet(*table("Draft Lines").column_names))
    assert caught.value.found == "the result table Draft Lines"


def test_a_forced_table_is_taken_or_says_what_it_lacks() -> None:
    """`--as` accepts any spelling of a table; a wrong one offers the nearest."""
    headers = ("Customer", "Product", "Quantity", "Amount", "Count", "As Of", "Tool")
    assert recognise(_sheet(*headers), "billed-lines").table.name == "Billed Lines"
    with pytest.raises(InputError) as lacking:
        recognise(_sheet(*headers), "Sell Prices")
    assert "nearest is Sell Prices, which also needs Currency, Price" in lacking.value.expected
    with pytest.raises(InputError) as unknown:
        recognise(_sheet(*headers), "Bills Lines")
    assert unknown.value.todo == "Did you mean Billed Lines?"


def test_a_header_twice_is_asked_about() -> None:
    """Which of two Amount columns is meant would be a guess; a doubled unknown header is not our concern."""
    with pytest.raises(InputError):
        recognise(_sheet("Customer", "Product", "Quantity", "Amount", "AMOUNT"))
    found = recognise(_sheet("Customer", "Product", "Quantity", "Price", "Colour", "Colour", ""))
    assert found.unknown_headers == ("Colour", "Colour", "column 7 (no header)")


def test_billed_lines_without_any_price_are_refused_by_the_nearest_header() -> None:
    """What we pay is no price; a total is net only where the file has no tax."""
    lines = ("Bill To", "Item Description", "Billed Qty")
    cases = {("Unit Cost", "Gross Value"): "'Gross Value'", ("Unit Cost",): "Add one", ("Total", "VAT"): "'Total'"}
    for more, told in cases.items():
        with pytest.raises(InputError) as caught:
            recognise(_sheet(*lines, *more))
        assert told in caught.value.todo
    assert recognise(_sheet(*lines, "Total")).positions["Amount"] == 3
    assert recognise(_sheet(*lines, "Total", "Price Each")).positions["Amount"] == 3
    assert recognise(_sheet(*lines, "Total", "Line Total")).positions["Amount"] == 4
    taxed = recognise(_sheet(*lines, "Total", "Price Each", "Sales Tax"))
    assert ("Amount" in taxed.positions, taxed.positions["Unit Price"]) == (False, 4)
    assert "Total" in taxed.unknown_headers


def test_an_item_description_is_a_product_only_where_nothing_else_is() -> None:
    """Likewise the header Source is the tool that counted, where no other header says so."""
    found = recognise(_sheet("Client", "Item Description", "Item", "Qty", "Price"))
    assert found.positions["Product"] == 2
    counts = recognise(_sheet("Source", "Client", "Product", "Seats", "As Of"))
    assert (counts.table.name, counts.positions["Count Source"]) == ("Counts", 0)
    assert recognise(_sheet("Source", "Client", "Product", "Seats", "As Of", "Tool")).positions["Count Source"] == 5


def test_the_catalogue_lists_every_format() -> None:
    """Name, title, table and documentation come from the format's own file."""
    catalogue = {entry["name"]: entry for entry in formats()}
    assert {"partner_center_nce", "partner_center_daily_usage"} <= set(catalogue)
    for entry in catalogue.values():
        assert all(entry[name] for name in ("title", "table", "docstring"))
    for one in all_formats():
        assert set(one.natural_key) <= set(table(one.table).column_names)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (
            "licence",
            {"Term And Billing Cycle": "One-Year commitment for monthly/yearly billing", "Reservation Order Id": "r"},
        ),
        ("licence", {"Term And Billing Cycle": "Three-3 Years commitment for monthly/3 Years/yearly billing"}),
        ("licence", {"Term And Billing Cycle": "One-year term duration", "Charge End Date": "2026-10-31"}),
        ("licence", {"Product Id": "CFQ7TTC0LH18", "Charge End Date": "2026-10-31"}),
        ("perpetual", {"Product Id": "DG7GMGF0D7FV"}),
        ("usage", {"Subscription Description": "Azure plan"}),
        ("usage", {"Product Id": "DZH318Z0BNZ5"}),
        ("usage", {"Term And Billing Cycle": "1 Cache Instance Hour", "Meter Description": "Cache"}),
        ("usage", {"Term And Billing Cycle": "Data Stored (GB/Month)"}),
        ("reservation", {"Product Id": "DZH318Z0BNZ5", "Reservation Order Id": "r"}),
        ("reservation", {"Term And Billing Cycle": "3 Year Reservation"}),
        ("savings plan", {"Product Category": "Azure savings plan"}),
        ("savings plan", {"Reservation Order Id": "r", "Sku Name": "Compute Savings Plan, 1 year"}),
        ("software", {"Term And Billing Cycle": "1 Year Subscription", "Reservation Order Id": "r"}),
        ("software", {"Product Category": "Software subscriptions", "Charge End Date": None}),
        ("perpetual", {"Product Category": "Perpetual software"}),
    ],
)
def test_a_charge_has_one_kind(kind: str, line: dict[str, object]) -> None:
    """Category, term, order id and Azure evidence decide, in this order."""
    assert kind == charge_kind(line)
    assert (kind == "reservation") == is_reservation(line)


def test_charge_types_are_known_whatever_their_case() -> None:
    """An unknown type is not mapped to a known one."""
    assert [canonical_charge_type(text) for text in ("New", "CYCLECHARGE ", "transferIn", None)] == [
        "new",
        "cycleCharge",
        None,
        None,
    ]
