"""Daily rated usage as the portal, Microsoft's sample and the API write it: read by name, amounts exact to the last digit."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from recon_xl.commands.import_files import import_files
from recon_xl.contract import ALL_TABLES, table
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.intake.apply import apply_edits
from recon_xl.intake.typed import typed_table

_HEADER = (
    "PartnerId,PartnerName,CustomerId,CustomerName,CustomerDomainName,CustomerCountry,MpnId,Tier2MpnId,InvoiceNumber,"
    "ProductId,SkuId,AvailabilityId,SkuName,ProductName,PublisherName,PublisherId,SubscriptionDescription,SubscriptionId,"
    "ChargeStartDate,ChargeEndDate,UsageDate,MeterType,MeterCategory,MeterId,MeterSubCategory,MeterName,MeterRegion,Unit,"
    "ResourceLocation,ConsumedService,ResourceGroup,ResourceURI,ChargeType,UnitPrice,Quantity,UnitType,BillingPreTaxTotal,"
    "BillingCurrency,PricingPreTaxTotal,PricingCurrency,ServiceInfo1,ServiceInfo2,Tags,AdditionalInfo,EffectiveUnitPrice,"
    "PCToBCExchangeRate,PCToBCExchangeRateDate,EntitlementId,EntitlementDescription,PartnerEarnedCreditPercentage,"
    "CreditPercentage,CreditType,BenefitOrderId,BenefitId,BenefitType"
)
PORTAL = tuple(_HEADER.split(","))
SAMPLE = [name for name in PORTAL if name not in ("Tier2MpnId", "PartnerEarnedCreditPercentage", "CreditPercentage")]
for one, other in (("AdditionalInfo", "Tags"), ("BenefitId", "BenefitOrderId")):
    here, there = SAMPLE.index(one), SAMPLE.index(other)
    SAMPLE[here], SAMPLE[there] = other, one
_API_NAMES = {
    "Unit": "unitOfMeasure", "Tier2MpnId": "resellerMpnId", "PartnerEarnedCreditPercentage": "rateOfPartnerEarnedCredit",
    "CreditPercentage": "rateOfCredit", "PCToBCExchangeRate": "pcToBCExchangeRate", "ResourceURI": "resourceUri",
}  # fmt: skip
API = [_API_NAMES.get(name, name[:1].lower() + name[1:]) for name in PORTAL if not name.startswith("Benefit")]

VALUES = {
    "CustomerId": "1f0e", "CustomerName": "Contoso", "InvoiceNumber": "G0001", "ProductId": "DZH318Z0BNZ5", "SkuId": "006G",
    "SubscriptionId": "plan-1", "SubscriptionDescription": "Azure plan", "MeterCategory": "Virtual Machines",
    "MeterId": "0000", "Unit": "1 Hour", "Tier2MpnId": "1234567", "ChargeType": "new", "UnitPrice": "1.2799888920023",
    "Quantity": "24", "BillingPreTaxTotal": "30.7197334080551", "BillingCurrency": "USD", "PricingPreTaxTotal": "30.7197334080551",
    "PricingCurrency": "USD", "EffectiveUnitPrice": "1.2799888920023", "PCToBCExchangeRate": "1", "EntitlementId": "ent-1",
    "EntitlementDescription": "Production", "PartnerEarnedCreditPercentage": "0", "CreditPercentage": "0",
    "CreditType": "Credit Not Applied", "Tags": '{"team": "web"}', "AdditionalInfo": "{}", "BenefitType": "",
}  # fmt: skip


def daily_file(
    folder: Path, headers: Sequence[str], names: Sequence[str], dates: tuple[str, str, str], **more: str
) -> Path:
    """A file of one row: the portal's `headers`, the `names` they stand for, and dates of charge start, end and use."""
    row = VALUES | dict(zip(("ChargeStartDate", "ChargeEndDate", "UsageDate"), dates, strict=True)) | more
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerow([row.get(name, "") for name in names])
    path = folder / "DailyRatedUsage.csv"
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return path


def imported(path: Path) -> tuple[Snapshot, dict[str, object]]:
    """The workbook after the import, and its only daily row."""
    tables = {one.name: RawTable(one.name, one.name, one.column_names, ()) for one in ALL_TABLES}
    book = Snapshot("october.xlsx", tables, tuple(tables))
    found = import_files(book, [path], now=datetime(2026, 11, 3, tzinfo=UTC))
    assert found.problems == []
    after = apply_edits(book, found.changeset)
    typed = typed_table(after.tables["Daily Usage"], table("Daily Usage"), locale="en-US")
    assert (len(typed), typed.problems) == (1, [])
    return after, {name: values[0] for name, values in typed.columns.items()}


SLASHES = ("10/1/2026 12:00:00 AM", "10/31/2026 11:59:59 PM", "10/13/2026 12:00:00 AM")
ISO = ("2026-10-01T00:00:00Z", "2026-10-31T23:59:59Z", "2026-10-13T00:00:00Z")


@pytest.mark.parametrize(
    ("headers", "names", "dates"),
    [
        (PORTAL, PORTAL, SLASHES),
        (SAMPLE, SAMPLE, ("10/1/2026", "10/31/2026", "10/13/2026")),
        (API, [name for name in PORTAL if not name.startswith("Benefit")], ISO),
    ],
    ids=["portal", "sample", "api"],
)
def test_each_order_of_columns_gives_the_same_row(
    tmp_path: Path, headers: list[str], names: list[str], dates: tuple[str, str, str]
) -> None:
    """55 columns of the portal, 52 of the sample in another order, the names of API v1: header by name."""
    book, row = imported(daily_file(tmp_path, headers, names, dates))
    assert row["Billing Pre Tax Total"] == Decimal("30.7197334080551")
    assert (row["Usage Date"], row["Charge Start Date"]) == (date(2026, 10, 13), date(2026, 10, 1))
    assert (row["Sku Id"], row["Unit"], row["Entitlement Description"]) == ("006G", "1 Hour", "Production")
    assert row["Tags"] == '{"team": "web"}'
    has = {"Tier2 Mpn Id": "1234567", "Partner Earned Credit Percentage": Decimal(0)}
    assert [row[name] for name in has] == ([None, None] if headers is SAMPLE else [*has.values()])
    source = typed_table(book.tables["Sources"], table("Sources"), locale="en-US").columns
    assert (source["Format"], source["Period"]) == (["partner_center_daily_usage"], ["2026-10"])


def test_there_are_55_columns() -> None:
    """As the portal writes them; the table has the four columns of the import before them."""
    assert len(PORTAL) == 55
    assert tuple(name.replace(" ", "") for name in table("Daily Usage").column_names[4:]) == PORTAL


@pytest.mark.parametrize(
    "amount", ["0.000000163636363636364", "1.6363636363636E-07", "-0.486031696515249", "0", "12345678.1234567"]
)
def test_amounts_of_a_day_are_kept_to_the_last_digit(tmp_path: Path, amount: str) -> None:
    """Unrounded doubles, however small: none is refused, none is rounded."""
    _, row = imported(daily_file(tmp_path, PORTAL, PORTAL, ISO, BillingPreTaxTotal=amount, Quantity=amount))
    assert (row["Billing Pre Tax Total"], row["Quantity"]) == (Decimal(amount), Decimal(amount))


def test_usage_of_the_marketplace_has_no_entitlement(tmp_path: Path) -> None:
    """The API leaves the column out."""
    headers = [name for name in API if not name.startswith("entitlement")]
    names = [name for name in PORTAL if not name.startswith(("Benefit", "Entitlement"))]
    _, row = imported(daily_file(tmp_path, headers, names, ISO))
    assert (row["Entitlement Id"], row["Quantity"]) == (None, Decimal(24))
