"""Planted faults of tax, agreements and purchase orders, worked out again from the files alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from months.looking import billed_rows, customer, fault_of, in_force, last_day, net, tax_due, total, vendor_rows

from recon_xl.sample import Month, PlantedFault, generate_month

SEEDS = (1, 2, 3, 4)
EACH_SEED = pytest.mark.parametrize("seed", SEEDS)


def planted(name: str, seed: int) -> tuple[Month, PlantedFault]:
    month = generate_month(seed, 150, faults=(name,))
    return month, fault_of(month)


def taxed_line(month: Month, fault: PlantedFault) -> tuple[dict[str, str], Decimal, Decimal]:
    """The only billed line, its planned tax, and the tax due by region."""
    (row,) = billed_rows(month, fault.customer, fault.product)
    return row, Decimal(row["Tax"]), tax_due(month, fault.customer, fault.product or "", row)


@EACH_SEED
def test_tax_at_another_rate(seed: int) -> None:
    """The region's code with an amount that is not its rate; another region's code and rate; the vendor's own tax."""
    month, fault = planted("tax-mismatch-rate", seed)
    row, tax, due = taxed_line(month, fault)
    region = customer(month, fault.customer)["Tax Region"]
    codes = {row["Tax Code"]: row["Tax Region"] for row in month.mapping["Tax"]}
    assert (codes[row["Tax Code"]], fault.at_stake) == (region, abs(tax - due))
    assert fault.direction == ("we lose" if tax < due else "customer overcharged")
    month, fault = planted("tax-mismatch-region", seed)
    row, tax, due = taxed_line(month, fault)
    assert codes[row["Tax Code"]] != customer(month, fault.customer)["Tax Region"]
    assert fault.at_stake == abs(tax - due) > Decimal("0.02")
    month, fault = planted("tax-mismatch-vendor", seed)
    row, tax, due = taxed_line(month, fault)
    charged = vendor_rows(month, fault.customer, fault.product)
    assert tax == total(Decimal(line["TaxTotal"]) for line in charged) > 0
    assert fault.at_stake == abs(tax - due)


@EACH_SEED
def test_exemptions(seed: int) -> None:
    """Charged in spite of a valid certificate; not charged although it ran out."""
    month, fault = planted("tax-mismatch-exempt", seed)
    _, tax, due = taxed_line(month, fault)
    owner = customer(month, fault.customer)
    assert (owner["Exempt"], owner["Certificate Expiry"] > last_day(month)) == ("Yes", True)
    assert (tax, fault.at_stake, fault.direction) == (due, due, "customer overcharged")
    month, fault = planted("tax-mismatch-expired", seed)
    _, tax, due = taxed_line(month, fault)
    owner = customer(month, fault.customer)
    assert (owner["Exempt"], owner["Certificate Expiry"] < f"{month.period}-01") == ("Yes", True)
    assert (tax, fault.at_stake, fault.direction) == (0, due, "we lose")


@EACH_SEED
def test_evidence(seed: int) -> None:
    """Exempt without a certificate; reverse charge without a registration."""
    month, fault = planted("tax-evidence-missing-certificate", seed)
    owner = customer(month, fault.customer)
    assert (owner["Exempt"], owner["Certificate"]) == ("Yes", "")
    month, fault = planted("tax-evidence-missing-tax-id", seed)
    owner = customer(month, fault.customer)
    (row,) = [row for row in month.mapping["Tax"] if row["Tax Region"] == owner["Tax Region"]]
    assert (row["Reverse Charge"], owner["Tax Id"]) == ("Yes", "")


def valid(month: Month, client: str, kind: str) -> list[dict[str, str]]:
    """The client's agreements of a kind that are active at period end."""
    rows = [row for row in month.mapping["Agreements"] if (row["Customer"], row["Type"]) == (client, kind)]
    return [row for row in in_force(rows, last_day(month)) if row["Status"] == "Active"]


@EACH_SEED
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("agreement-invalid-mca", "MCA"), ("agreement-invalid-gdap", "GDAP"), ("agreement-missing", "MCA"),
        ("agreement-invalid-reseller", "reseller relation"), ("agreement-invalid-contract", "contract"),
    ],
)  # fmt: skip
def test_clients_without_a_valid_agreement(name: str, kind: str, seed: int) -> None:
    """All that is billed to the client; the row is there and not valid, or there is none."""
    month, fault = planted(name, seed)
    kinds = {row["Type"] for row in month.mapping["Agreements"] if row["Customer"] == fault.customer}
    assert valid(month, fault.customer, kind) == []
    assert (kind in kinds) == (name != "agreement-missing")
    assert fault.at_stake == total(net(row) for row in billed_rows(month, fault.customer)) > 0
    others = {row["Customer"] for row in month.mapping["Customers"]} - {fault.customer}
    assert all(valid(month, other, "MCA") for other in others)


@EACH_SEED
def test_one_contract_of_several(seed: int) -> None:
    """The lines that name the contract that is not valid, while another is."""
    month, fault = planted("agreement-invalid-one-of-several", seed)
    alive = {row["Agreement"] for row in valid(month, fault.customer, "contract")}
    named = [row for row in billed_rows(month, fault.customer) if row["Agreement"] and row["Agreement"] not in alive]
    assert alive
    assert fault.at_stake == total(net(row) for row in named) > 0
    assert len(named) < len(billed_rows(month, fault.customer))


@EACH_SEED
def test_purchase_orders(seed: int) -> None:
    """None although one is required; the only one ended; one with too small an amount."""
    month, fault = planted("po-missing", seed)
    assert customer(month, fault.customer)["PO Required"] == "Yes"
    assert orders(month, fault) == []
    assert fault.at_stake == total(net(row) for row in billed_rows(month, fault.customer))
    month, fault = planted("po-expired", seed)
    (order,) = orders(month, fault)
    assert order["Start"] < order["End"] < f"{month.period}-01"
    assert fault.at_stake == total(net(row) for row in billed_rows(month, fault.customer))
    month, fault = planted("po-exceeded", seed)
    (order,) = orders(month, fault)
    assert in_force([order], last_day(month))
    assert fault.at_stake == total(net(row) for row in billed_rows(month, fault.customer)) - Decimal(order["Amount"])


def orders(month: Month, fault: PlantedFault) -> list[dict[str, str]]:
    return [row for row in month.mapping["Purchase Orders"] if row["Customer"] == fault.customer]


@EACH_SEED
def test_a_clean_month_has_its_papers_in_order(seed: int) -> None:
    """Every client has the agreement that is required; tax on the bill is right; orders are in force and large enough."""
    month = generate_month(seed, 600)
    assert month.settings["Required Agreements"] == "MCA"
    taxed = 0
    for row in month.mapping["Customers"]:
        name = row["Customer"]
        assert len(valid(month, name, "MCA")) == 1
        assert not row["Exempt"] or (row["Certificate"] and row["Certificate Expiry"] > last_day(month))
        found = [order for order in month.mapping["Purchase Orders"] if order["Customer"] == name]
        assert found or not row["PO Required"]
        assert in_force(found, last_day(month)) == found
        for line in billed_rows(month, name):
            if line["Tax"] and not row["Exempt"]:
                known = [
                    p
                    for p in month.mapping["Products"]
                    if line["Product"] in (p["Billing Product"], *p["Aliases"].split("; "))
                ]
                assert abs(Decimal(line["Tax"]) - tax_due(month, name, known[0]["Billing Product"], line)) < 1, line
                taxed += 1
    assert taxed > 50
