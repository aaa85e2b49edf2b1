"""The generator itself: the same every time, true to the vendor's columns, and adding up."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from recon_xl.contract import table
from recon_xl.sample import Month, PlantedFault, generate_month, sample_month, write_month
from recon_xl.sample.faults import FAULTS

SEEDS = (0, 1, 2)


def rows_of(month: Month) -> list[dict[str, str]]:
    return [row for rows in month.vendor_files.values() for row in rows]


def planted(month: Month, rule: str, customer: str) -> PlantedFault:
    return next(fault for fault in month.planted if fault.rule == rule and fault.customer.startswith(customer))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_gives_the_same_month(seed: int) -> None:
    """Two months of one seed are equal to the letter, those of another seed are not."""
    assert generate_month(seed) == generate_month(seed)
    assert generate_month(seed) != generate_month(seed + 1)


def test_faults_leave_the_vendor_files_alone() -> None:
    """A fault of billing changes billed lines only, so that its money can be told by comparing."""
    clean, faulty = generate_month(5), generate_month(5, faults=("underbilled", "unbilled"))
    assert faulty.vendor_files == clean.vendor_files
    assert len(clean.billed) > len(faulty.billed)


@pytest.mark.parametrize("lines", [300, 2000])
def test_lines_are_never_fewer_than_asked_for(lines: int) -> None:
    """And not many more."""
    assert lines <= generate_month(3, lines).vendor_line_count < lines * 1.1


@pytest.mark.parametrize("seed", SEEDS)
def test_invoices_add_up(seed: int) -> None:
    """Total = Subtotal + TaxTotal on each line, and their sum is the control total of the invoice."""
    month = generate_month(seed)
    totals: Counter[str] = Counter()
    earlier = [row for _, _, rows in month.earlier_files for row in rows]
    for row in [*rows_of(month), *earlier]:
        assert Decimal(row["Total"]) == Decimal(row["Subtotal"]) + Decimal(row["TaxTotal"])
        totals[row["InvoiceNumber"]] += Decimal(row["Total"])  # type: ignore[assignment]
    assert {invoice: Decimal(total) for invoice, total in month.control_totals.items()} == dict(totals)


def test_one_invoice_and_currency_a_file() -> None:
    """The portal's file has 46 columns, the API's 47, under their own names and dates."""
    month = generate_month(1)
    portal, api = (list(month.vendor_files[name]) for name in sorted(month.vendor_files))
    assert len(portal[0]) == 46
    assert {"MPNID", "ResellerMpnId", "PCToBCExchangeRate"} <= set(portal[0])
    assert len(api[0]) == 47
    assert {"Tier2MpnId", "ProductCategory", "PCToBCExchangeRate"} <= set(api[0])
    assert portal[0]["ChargeStartDate"].count("/") == 2
    assert api[0]["ChargeStartDate"].endswith("T00:00:00Z")
    for rows in (portal, api):
        assert len({(row["InvoiceNumber"], row["Currency"]) for row in rows}) == 1


def test_a_month_has_every_kind_of_line() -> None:
    """Seats of every event, usage, reservations, credits, free lines, cents, and sub-cent prices."""
    rows = [row for seed in SEEDS for row in rows_of(generate_month(seed, 600))]
    wanted = {
        "new", "renew", "cycleCharge", "addQuantity", "removeQuantity", "cancelImmediate", "convert", "customerCredit",
    }  # fmt: skip
    assert wanted <= {row["ChargeType"] for row in rows}
    assert {"0.01", "0.00"} <= {row["Subtotal"] for row in rows}
    assert any(row["SubscriptionDescription"] == "Azure plan" and "." in row["BillableQuantity"] for row in rows)
    assert any("Reservation" in row["TermAndBillingCycle"] and row["ReservationOrderId"] for row in rows)
    assert any(len(row["EffectiveUnitPrice"]) > 15 for row in rows)
    assert {"1", "0.846202666"} <= {row["PCToBCExchangeRate"] for row in rows}
    assert all(not row["BillableQuantity"].startswith("-") for row in rows)


def test_large_months_print_some_refunds_the_other_way_round() -> None:
    """A negative quantity at a positive price, with the same negative subtotal."""
    rows = [row for row in rows_of(generate_month(4, 1000)) if row["BillableQuantity"].startswith("-")]
    assert rows
    for row in rows:
        assert Decimal(row["Subtotal"]) < 0 < Decimal(row["EffectiveUnitPrice"])


def test_cycles_start_on_all_days() -> None:
    """Every anchor day of the month comes up, clamped to its end."""
    starts = {row["ChargeStartDate"] for row in rows_of(generate_month(2, 1500)) if row["ChargeType"] == "cycleCharge"}
    assert {f"10/{day}/2026" for day in range(1, 32)} <= starts


def test_every_price_basis_and_quantity_source_comes_up() -> None:
    """In products that some client is billed for."""
    month = generate_month(1)
    by_name = {
        row["Billing Product"]: (row["Quantity Source"], row["Price Basis"]) for row in month.mapping["Products"]
    }
    used = {by_name[row["Product"]] for row in month.billed if row["Product"] in by_name}
    assert {"markup", "rrp", "fixed", "list", "as billed"} == {basis for _, basis in used}
    assert {"vendor", "count", "none"} == {source for source, _ in used}


def test_tables_use_the_columns_of_the_contract() -> None:
    """So that every generated table can be imported as it is."""
    month = generate_month(1)
    for name, rows in {**month.mapping, "Billed Lines": month.billed, "Counts": month.counts}.items():
        contract = table(name)
        for row in rows:
            assert set(row) <= set(contract.column_names), name
            assert all(row[column.name] for column in contract.columns if column.required), (name, row)


def test_mapping_tables_have_no_double_keys() -> None:
    """Each row of a mapping table is the only one with its key."""
    for name, rows in generate_month(1).mapping.items():
        keys = Counter(tuple(row.get(column, "") for column in table(name).key) for row in rows)
        assert [key for key, times in keys.items() if times > 1] == [], name


def test_unknown_faults_are_named() -> None:
    """A mistyped fault is refused with the list of those there are."""
    with pytest.raises(ValueError, match=r"underbiled.*underbilled"):
        generate_month(1, faults=("underbiled",))


def test_files_are_written_as_a_user_has_them(tmp_path: Path) -> None:
    """Mapping first, then sources; invoices of earlier months in a folder named after the month."""
    month = sample_month()
    paths = write_month(month, tmp_path)
    names = [path.name for path in paths if path.parent == tmp_path]
    assert names.index("customers.csv") < names.index(next(iter(month.vendor_files))) < names.index("counts.csv")
    assert sorted(path.parent.name for path in paths if path.parent != tmp_path) == [
        p for p, _, _ in month.earlier_files
    ]
    with (tmp_path / "billed_lines.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == month.billed


def test_the_demo_month_is_of_a_size_to_look_at() -> None:
    """Some four hundred vendor lines, some two dozen clients, three invoices, and every kind of finding once."""
    month = sample_month()
    assert month == sample_month()
    every_rule = {fault.rule for fault in generate_month(1, faults=tuple(FAULTS)).planted}
    assert 350 <= month.vendor_line_count <= 450
    assert 18 <= len(month.mapping["Customers"]) <= 26
    assert len(month.vendor_files) == 3
    assert len(month.daily_files) == 1
    assert len(month.control_totals) == 3 + len(month.earlier_files)
    assert {fault.rule for fault in month.planted} == every_rule | {
        "unmapped-line", "unreadable-cell", "unpriced",
    }  # fmt: skip


def test_38_billed_against_42_active_seats() -> None:
    """42 seats at 20.90 + 20 % = 25.08 each; 38 are billed, so four are missing: 100.32."""
    fault = planted(sample_month(), "underbilled", "Alder Dental")
    assert (fault.expected_quantity, fault.billed_quantity) == (42, 38)
    assert (fault.expected, fault.billed) == (Decimal("1053.36"), Decimal("953.04"))
    assert (fault.at_stake, fault.direction, fault.currency) == (Decimal("100.32"), "we lose", "USD")


def test_12_billed_against_9_active_devices() -> None:
    """Nine workstations at 45.00; twelve are billed, so three are too many: 135.00."""
    fault = planted(sample_month(), "overbilled", "Bluewater Logistics")
    assert (fault.expected_quantity, fault.billed_quantity) == (9, 12)
    assert (fault.expected, fault.billed) == (Decimal("405.00"), Decimal("540.00"))
    assert (fault.at_stake, fault.direction) == (Decimal("135.00"), "customer overcharged")


def test_a_reservation_of_1000_is_worth_1025() -> None:
    """Retail 1,000.00 and Percentage Off RRP 2.5: positive raises, so 1,025.00 should have been billed."""
    month = sample_month()
    fault = planted(month, "unbilled", "Copperleaf Freight")
    assert (fault.expected, fault.billed, fault.at_stake) == (Decimal("1025.00"), Decimal("0.00"), Decimal("1025.00"))
    retail = [
        row
        for row in month.mapping["Price List"]
        if row["ERP Price"] == "1000" and row["Currency"] == "USD" and row["Start"]
    ]
    assert len(retail) == 1
    assert {"Profile": "Azure Reservation", "Tenant": "", "Percentage Off RRP": "2.5"} in month.mapping["Profiles"]


@pytest.mark.parametrize("seed", SEEDS)
def test_daily_usage_adds_up_to_the_monthly_lines(seed: int) -> None:
    """Every Azure plan of that invoice: 55 columns, days of the month only, within a cent a row and two."""
    month = generate_month(seed, 600)
    ((name, rows),) = month.daily_files.items()
    assert len(rows[0]) == 55
    assert list(rows[0])[:3] == ["PartnerId", "PartnerName", "CustomerId"]
    (invoice,) = {row["InvoiceNumber"] for row in rows}
    assert invoice in name
    monthly: Counter[tuple[str, ...]] = Counter()
    for row in rows_of(month):
        if row["InvoiceNumber"] == invoice and row["SubscriptionDescription"] == "Azure plan":
            monthly[row["SubscriptionId"], row["ProductId"], row["SkuId"]] += Decimal(row["Subtotal"])  # type: ignore[assignment]
    daily: Counter[tuple[str, ...]] = Counter()
    days: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        key = (row["SubscriptionId"], row["ProductId"], row["SkuId"])
        daily[key] += Decimal(row["BillingPreTaxTotal"])  # type: ignore[assignment]
        days[key] += 1
        assert row["UsageDate"].startswith("10/")
    assert set(daily) == set(monthly)
    off = {key: abs(Decimal(daily[key]) - monthly[key]) for key in daily}
    assert all(off[key] <= Decimal("0.01") * days[key] + Decimal("0.02") for key in off)
    assert any(off.values())
    assert {row["PartnerEarnedCreditPercentage"] for row in rows} == {"0", "15"}
    assert {"", "Reservation"} == {row["BenefitType"] for row in rows}
    assert len({row["EntitlementId"] for row in rows}) > len({row["SubscriptionId"] for row in rows})
    assert len({row["MeterCategory"] for row in rows}) > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_usage_history_is_near_to_this_month(seed: int) -> None:
    """Three months of 80 to 125 % of this month's cost; a fourth that is far away and no longer counts."""
    month = generate_month(seed, 600)
    now: Counter[str] = Counter()
    for row in rows_of(month):
        now[row["SubscriptionId"]] += Decimal(row["Subtotal"])  # type: ignore[assignment]
    plans = [row for row in month.mapping["Usage History"] if not row["Meter Group"]]
    assert {row["Period"] for row in plans} == {"2026-09", "2026-08", "2026-07", "2026-06"}
    for row in plans:
        if row["Period"] > "2026-06":
            ratio = Decimal(row["Cost"]) / now[row["Subscription Id"]]
            assert Decimal("0.75") < ratio < Decimal("1.3") or now[row["Subscription Id"]] < 1
    assert any(row["Meter Group"] for row in month.mapping["Usage History"])


def test_a_clean_month_has_histories() -> None:
    """Prices that ended and that are announced, terms that renewed, subscriptions that ended, counts beside counts."""
    month = generate_month(2, 600)
    for table_name in ("Sell Prices", "Agreements", "Price List"):
        ends = {bool(row["End"]) for row in month.mapping[table_name]}
        assert ends == {True, False}, table_name
    assert any(row["Start"] > "2026-11" for row in month.mapping["Sell Prices"])
    assert any(row["Start"] > "2026-11" and row["Price"] for row in month.mapping["Agreements"])
    renewed = [
        row for row in rows_of(month) if row["ChargeType"] == "renew" and "One-Year" in row["TermAndBillingCycle"]
    ]
    assert renewed
    assert {"Active", "Deleted"} <= {row["Status"] for row in month.mapping["Subscriptions"]}
    assert {"", "total", "assigned"} == {row["Basis"] for row in month.counts}
    assert {"RMM", "Asset Register", "Microsoft 365"} <= {row["Count Source"] for row in month.counts}
    assert {"MCA", "GDAP", "reseller relation", "contract"} == {row["Type"] for row in month.mapping["Agreements"]}
