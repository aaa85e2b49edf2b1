"""Check: what is missing before a run, first things first, and nothing written."""

from __future__ import annotations

from scenarios.harness import NOW, Books, OpenBooks

from commands.press import press
from recon_xl.commands.check import COMMAND, check
from recon_xl.commands.model import Clock, Reply


def steps_of(reply: Reply) -> list[tuple[object, object]]:
    """Step number and tab of each gap, in order."""
    found = reply.data["gaps"]
    assert isinstance(found, list)
    return [(gap["step"], gap["where"]) for gap in found]


def ready(books: OpenBooks) -> Books:
    """One client, one product, a price, a bill and a proved invoice: nothing is missing."""
    month = books("2026-10").customer("Contoso").product("Seats").agreement("Contoso", "Seats", "12.50")
    month.cycle("Contoso", "6", "10.00", "60.00", total="60.00").control_total("60.00")
    return month.bill("Contoso", "Seats", "6", "12.50", "75.00")


def test_nothing_is_missing(books: OpenBooks) -> None:
    """Exit code 0, one sentence, and the workbook is left alone."""
    reply = press(COMMAND, ready(books).snapshot())
    assert ("2026-10: inputs and mappings are complete. Run it.", False) == (reply.message, reply.is_warning)
    assert (0, []) == (reply.data["exit_code"], reply.data["gaps"])
    assert reply.changeset.is_empty
    assert reply.changeset.active_sheet is None


def test_a_gap_between_bill_and_vendor_is_no_gap_of_inputs(books: OpenBooks) -> None:
    """Two seats too few are for the run to find."""
    month = ready(books)
    month.tables["Billed Lines"][0] |= {"Quantity": "4", "Amount": "50.00"}
    assert 0 == press(COMMAND, month.snapshot()).data["exit_code"]


def test_every_kind_of_gap_in_the_order_to_fix_it(books: OpenBooks) -> None:
    """Cells, sources (one invoice not proved, one red), customers, products, prices, tax; the first one is gone to."""
    month = ready(books)
    month.customer("Fabrikam", tax_region="Mars").agreement("Fabrikam", "Seats", "12.50")
    month.cycle("Fabrikam", "1", "10.00", "10.00", subscription_id="sub-2", invoice_number="G002")
    month.bill("Fabrikam", "Seats", "1", "12.50", "12.50")
    month.bill("Fabrikam", "Seats", "ten", "12.50", "12.50")
    month.bill("Nobody", "Seats", "1", "1.00", "1.00").bill("Contoso", "Nothing", "1", "1.00", "1.00")
    month.product("Backup", "list", product_id="P9", sku_id="0001")
    month.cycle("Contoso", "3", "2.00", "6.00", subscription_id="sub-3", product_id="P9", total="6.00")
    month.bill("Contoso", "Backup", "3", "4.00", "12.00")
    month.cycle("Stranger", "2", "10.00", "20.00", subscription_id="sub-4", invoice_number="G002")
    reply = press(COMMAND, month.snapshot())
    assert [
        (1, "Billed Lines"), (2, "Sources"), (2, "Sources"), (3, "Customers"), (3, "Customers"), (4, "Products"),
        (5, "Sell Prices"), (6, "Tax"),
    ] == steps_of(reply)  # fmt: skip
    assert ("Billed Lines", "A6") == (reply.changeset.active_sheet, reply.changeset.select)
    lines = reply.message.splitlines()
    assert "2026-10: 8 gaps to close before a run, first things first." == lines[0]
    assert "1. Cells that cannot be read: 1" in lines
    nobody = next(line for line in lines if line.startswith("   Nobody"))
    assert nobody.startswith("   Nobody · Seats (1.00 USD): 1.00 USD billed cannot be compared: no customer answers")
    assert "      -> Add the name to Aliases on Customers." in lines


def test_prices_are_missed_without_a_bill_too(books: OpenBooks) -> None:
    """Before the PSA's bill is there, prices can be completed already; customers that share a reason share a gap."""
    month = books("2026-10").product("Backup", "list")
    for name in ("Alder", "Birch", "Cedar", "Dogwood"):
        month.customer(name).cycle(name, "3", "2.00", "6.00", subscription_id=name, total="6.00")
    month.control_total("24.00")
    found = check(month.snapshot(), Clock(NOW, "tester")).gaps
    assert [("Billed Lines", "the bill against its sources"),
            ("Sell Prices", "Alder · Backup; Birch · Backup; Cedar · Backup and 1 more")] == [
        (gap.where, gap.about) for gap in found
    ]  # fmt: skip
    assert 4 == len(found[1].source_rows)


def test_a_long_list_is_cut_in_a_message_only(books: OpenBooks) -> None:
    """Three of a step in Excel's message box; all of them on the command line."""
    month = ready(books)
    for number in range(5):
        month.bill("Contoso", f"Nothing {number}", "1", f"{number + 1}.00")
    lines = press(COMMAND, month.snapshot()).message.splitlines()
    assert "   and 2 more" in lines
    told = check(month.snapshot(), Clock(NOW, "tester")).words()
    assert 5 == sum(line.startswith("   Contoso · Nothing") for line in told)
    assert "5.00 USD" in next(line for line in told if line.startswith("   Contoso · Nothing"))


def test_what_holds_a_draft_is_told_once(books: OpenBooks) -> None:
    """A region of another country is a matter of tax; an agreement that has ended is told by its rule alone."""
    month = ready(books)
    month.tables["Customers"][0] |= {"Country": "GB", "Tax Region": "DE"}
    month.add("Tax", {"Tax Region": "DE", "Product Class": "*", "Tax Code": "D19", "Rate": "19"})
    month.customer("Taxi Mobility").agreement("Taxi Mobility", "Seats", "12.50")
    month.add("Agreements", {"Agreement": "M1", "Customer": "Taxi Mobility", "Type": "MCA", "Status": "Expired"})
    month.cycle("Taxi Mobility", "1", "10.00", "10.00", subscription_id="sub-2", total="10.00")
    month.bill("Taxi Mobility", "Seats", "1", "12.50", "12.50")
    month.tables["Sources"][0]["Control Total"] = "70.00"
    found = check(month.snapshot(), Clock(NOW, "tester")).gaps
    assert [("Customers", "Contoso", "Correct Tax Region or Country on Customers."),
            ("Agreements", "Taxi Mobility", "Enter the renewed MCA on Agreements, or stop billing under it.")] == [
        (gap.where, gap.about, gap.fix) for gap in found
    ]  # fmt: skip
