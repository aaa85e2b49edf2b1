"""Usage against its own past: baselines, plans and their parts, currencies, and the words of the Usage tab."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.report.result import Result
from scenarios.harness import OpenBooks, exceptions, the_exception
from scenarios.usage import CLIENT, PLAN, azure, daily, history, whole_month

LAST_MONTHS = ("2026-07", "2026-08", "2026-09")


def past(*costs: str) -> dict[str, str]:
    """Costs of July, August and September."""
    return dict(zip(LAST_MONTHS, costs, strict=True))


def statuses(result: Result) -> list[str]:
    return [row["status"] for row in result.usage]


def test_a_steady_plan_is_ok(books: OpenBooks) -> None:
    """90.00 on average, 93.00 now."""
    result = history(azure(books), past("80", "90", "100")).reconcile()
    assert (result.findings, statuses(result)) == ([], ["OK"])
    assert result.usage[0]["baseline"] == Decimal("90.00")


def test_the_baseline_is_the_mean_of_the_last_months_only(books: OpenBooks) -> None:
    """Of April to September only the last three count: (10 + 20 + 12) / 3 = 14.00; 93.00 is 79.00 above."""
    costs = {"2026-04": "900", "2026-05": "900", "2026-06": "900", **past("10", "20", "12")}
    hit = the_exception(history(azure(books), costs).reconcile()).hit
    assert hit.at_stake == Decimal("79.00")
    assert "93.00 USD in 2026-10, 14.00 USD on average of the last 3 months" in hit.why


def test_a_month_without_a_row_is_unknown_not_zero(books: OpenBooks) -> None:
    """August is missing: the mean of 90 and 100 is 95.00, no spike; of Usage Months = 1 it is September alone."""
    month = history(azure(books), {"2026-07": "90", "2026-09": "100"})
    assert month.reconcile().usage[0]["baseline"] == Decimal("95.00")
    alone = history(azure(books, usage_months="1"), {"2026-07": "90", "2026-09": "100"})
    assert alone.reconcile().usage[0]["baseline"] == Decimal("100.00")


def test_a_plan_and_its_parts_are_told_once(books: OpenBooks) -> None:
    """Plan, entitlement and meter category all went from 20 to 93: one finding, of the plan; all rows are marked."""
    month = whole_month(azure(books))
    history(month, past("20", "20", "20"))
    history(month, past("20", "20", "20"), "ent-1")
    history(month, past("20", "20", "20"), "ENT-1", meter_group="virtual machines")
    result = month.reconcile()
    assert exceptions(result) == [("usage-spike", CLIENT, Decimal("73.00"), "review")]
    assert the_exception(result).hit.subscription == PLAN
    assert statuses(result) == ["SPIKE"]


def test_an_entitlement_may_move_while_its_plan_does_not(books: OpenBooks) -> None:
    """Testing took over from production: the plan is steady at 93.00, its two entitlements are not."""
    month = azure(books)
    for day in range(1, 32):
        daily(month, f"2026-10-{day:02d}", "2.75", entitlement_id="test")  # 85.25
        daily(month, f"2026-10-{day:02d}", "0.25", entitlement_id="prod")  # 7.75
    history(month, past("93", "93", "93"))
    history(month, past("8", "8", "8"), "test")
    history(month, past("85", "85", "85"), "prod")
    result = month.reconcile()
    assert [(f.rule, f.hit.subscription, f.hit.at_stake) for f in result.exceptions] == [
        ("usage-drop", "prod", Decimal("77.25")),  # 7.75 against 85.00
        ("usage-spike", "test", Decimal("77.25")),  # 85.25 against 8.00
    ]


def test_a_meter_group_is_compared_with_its_daily_rows(books: OpenBooks) -> None:
    """Storage of the plan: 62.00 of 93.00 now, 5.00 before."""
    month = azure(books)
    for day in range(1, 32):
        daily(month, f"2026-10-{day:02d}", "2.00", meter_category="Storage")
        daily(month, f"2026-10-{day:02d}", "1.00")
    history(month, past("5", "5", "5"), meter_group="Storage")
    result = month.reconcile()
    hit = the_exception(result).hit
    assert (hit.at_stake, hit.subscription) == (Decimal("57.00"), PLAN)
    assert hit.why.startswith("Storage of subscription plan-1: 62.00 USD")
    assert {row["meter_group"]: row["status"] for row in result.usage} == {
        "Storage": "SPIKE",
        "Virtual Machines": "NEW",
    }


def test_other_currencies_are_not_compared(books: OpenBooks) -> None:
    """The history is in EUR, the plan is charged in USD: no finding, and Coverage says why."""
    result = history(azure(books), past("5", "5", "5"), currency="EUR").reconcile()
    assert exceptions(result) == []
    (row,) = (row for row in result.coverage if row.area == "Usage history")
    assert (row.status, row.rows, row.currency) == ("NOT CHECKED", 1, "EUR")
    assert row.reason == "Alder Legal / plan-1: it is charged in USD, its history is in EUR."


def test_the_floor_is_in_base_currency(books: OpenBooks) -> None:
    """63.00 USD more at 0.75 EUR are 47.25 EUR: below the floor of 50. At 0.80 they are 50.40: above."""
    for rate, found in (("0.75", []), ("0.80", ["usage-spike"])):
        month = history(azure(books, base_currency="EUR"), past("30", "30", "30"))
        month.add("FX Rates", {"From": "USD", "To": "EUR", "Rate": rate})
        assert [told.rule for told in exceptions(month.reconcile())] == found


def test_without_a_rate_the_floor_is_taken_in_the_currency_of_the_usage(books: OpenBooks) -> None:
    """63.00 USD, and no way to EUR: more than 50, and the reader is told how it was compared."""
    hit = the_exception(history(azure(books, base_currency="EUR"), past("30", "30", "30")).reconcile()).hit
    assert "no rate to EUR: Usage Floor was taken in USD" in hit.why


def test_an_entitlement_without_its_daily_file_is_not_checked(books: OpenBooks) -> None:
    """Absence of the file is no drop to 0."""
    result = history(azure(books), past("90", "90", "90"), "ent-1").reconcile()
    assert exceptions(result) == []
    (row,) = (row for row in result.coverage if row.area == "Usage history")
    assert row.reason == "Alder Legal / ent-1: it is in no usage file of the period."


def test_a_subscription_that_is_gone_is_a_drop(books: OpenBooks) -> None:
    """Both files are there and neither knows it any more: 0.00 after 90.00, with a row of its own on the tab."""
    month = history(whole_month(azure(books)), past("90", "90", "90"), "ent-9")
    result = month.reconcile()
    assert exceptions(result) == [("usage-drop", CLIENT, Decimal("90.00"), "review")]
    gone = next(row for row in result.usage if row["subscription"] == "ent-9")
    assert (gone["detail"], gone["cost"], gone["status"]) == ("none", Decimal(0), "DROP")


def test_history_of_another_client_is_another_series(books: OpenBooks) -> None:
    """The same id under another name does not lend its baseline."""
    month = whole_month(azure(books)).customer("Elm Foods")
    history(month, past("93", "93", "93"))
    month.add(
        "Usage History",
        {"Period": "2026-09", "Customer": "Elm Foods", "Subscription Id": "other", "Cost": "5", "Currency": "USD"},
    )
    assert exceptions(month.reconcile()) == []


def test_without_history_nothing_is_compared_and_that_is_said(books: OpenBooks) -> None:
    """Status NOT CHECKED on the tab, and a row on Coverage."""
    result = azure(books).reconcile()
    assert statuses(result) == ["NOT CHECKED"]
    (row,) = (row for row in result.coverage if row.item == "usage against earlier months")
    assert (row.status, row.reason) == ("NOT CHECKED", "Usage History has no rows.")
