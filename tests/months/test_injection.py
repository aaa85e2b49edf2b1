"""Texts that act, put into the names of a month's files, change no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from months.conftest import NOW, blank_book, imported

from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import reconcile
from recon_xl.contract import ALL_TABLES, Kind
from recon_xl.contract.model import NUMERIC
from recon_xl.core.errors import InputError
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.typed import typed_table
from recon_xl.sample import Month, sample_month, write_month
from recon_xl.tieout.controls import VENDOR_TOTAL
from recon_xl.tieout.usage import MONTHLY_DAILY

Row = dict[str, str]
Rename = Callable[[str], str]

ACTING = (
    "=1+1", "+1", "-1", "@SUM(A1:A9)", "=cmd|'/c calc'!A1", '=HYPERLINK("http://example.invalid","x")', "{=1+1}", "\t=1",
    "#N/A", "#REF!", "TRUE", "null", "NaN", "1E10", "0001", "1.5", "12,50", "$5", "MAR1", "2026-10-31", "(1)",
    "\x01\x02\x07\x1b", "_x0041_", "\ufeff\u200b", "\u202ecod.exe", "🦊👩\u200d👩\u200d👧", "שלום עולם",
    "<img onerror=x>", "'", '"', "a,b\r\nc",
)  # fmt: skip
LONG = "x" * 8_000
VENDOR_NAMES = ("CustomerName", "CustomerDomainName", "ProductName", "SkuName", "PublisherName", "CreditReasonCode")
JOINING = ("Customer", "Product", "Billing Product")
MAYBE = ("Applies To", "Tenant", "Profile")
LISTS = ("Aliases",)
Numbers = tuple[dict[str, list[object]], list[tuple[object, ...]], list[tuple[object, ...]]]


def _numbers(month: Month) -> Numbers:
    """Every amount, quantity and day of the ledger in its order; the money of findings and of drafts, sorted."""
    with TemporaryDirectory() as folder:
        book = imported(month, Path(folder))
    result = reconcile(read_inputs(book), Clock(NOW, "tester"))
    findings = [
        (one.rule, one.severity, one.is_primary, one.hit.currency, one.hit.at_stake, one.hit.direction, one.hit.expected,
         one.hit.billed, one.hit.expected_quantity, one.hit.billed_quantity)
        for one in result.findings
    ]  # fmt: skip
    drafts = [
        (draft.currency, draft.is_held, draft.net, draft.tax, draft.total,
         *sorted((line.quantity, line.net, line.tax) for line in draft.lines))
        for draft in result.drafts
    ]  # fmt: skip
    # The demo has one red invoice and one month of usage that its days do not confirm, both on purpose.
    assert {VENDOR_TOTAL, MONTHLY_DAILY} >= {control.name for control in result.failed_controls}
    return _ledger(book), sorted(findings, key=repr), sorted(drafts, key=repr)


def _ledger(book: Snapshot) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for one in ALL_TABLES:
        if one.importable and one.name != "Settings":
            typed = typed_table(book.tables[one.name], one, locale="en-US")
            for column in one.columns:
                if column.name != "Source Row" and column.kind in NUMERIC | {Kind.DATE, Kind.TIME, Kind.MONTH}:
                    found[f"{one.name} > {column.name}"] = [*typed.columns[column.name]]
    return found


@cache
def _before() -> Numbers:
    return _numbers(sample_month())


def _renamed(month: Month, vendor: Rename, joining: Rename) -> Month:
    """The month with other names: the vendor's freely, those that join files in all of them alike."""
    customers, products = month.mapping["Customers"], month.mapping["Products"]
    known = {row["Customer"] for row in customers} | {row["Billing Product"] for row in products}
    mapped = {part for row in customers for part in row["Vendor Customer Ids"].split("; ")}

    def of_vendor(rows: Sequence[Mapping[str, str]]) -> list[Row]:
        return [{name: _theirs(row, name, text) for name, text in row.items()} for row in rows]

    def _theirs(row: Mapping[str, str], name: str, text: str) -> str:
        """A client without a mapped id is found by its name, so that name joins too."""
        if name == "CustomerName" and row["CustomerId"] not in mapped:
            return joining(text)
        return vendor(text) if name in VENDOR_NAMES else text

    def of_ours(rows: Sequence[Mapping[str, str]]) -> list[Row]:
        return [{name: _ours(name, text) for name, text in row.items()} for row in rows]

    def _ours(name: str, text: str) -> str:
        if name in LISTS:
            return "; ".join(joining(part.strip()) for part in text.split(";") if part.strip())
        is_name = name in JOINING or (name in MAYBE and text in known)
        return joining(text) if is_name and text else text

    return replace(
        month,
        vendor_files={name: of_vendor(rows) for name, rows in month.vendor_files.items()},
        earlier_files=[(period, name, of_vendor(rows)) for period, name, rows in month.earlier_files],
        billed=of_ours(month.billed),
        counts=of_ours(month.counts),
        mapping={name: of_ours(rows) for name, rows in month.mapping.items()},
    )


def _assert_same(found: Numbers) -> None:
    expected = _before()
    assert expected[0] == found[0]
    assert expected[1] == found[1]
    assert expected[2] == found[2]
    assert any(isinstance(value, Decimal) for value in expected[0]["Vendor Lines > Subtotal"])


def test_a_vendors_names_may_say_anything() -> None:
    """Every name that only describes becomes a text that acts, the very cell; what was equal stays equal."""
    known: dict[str, str] = {}

    def vendor(name: str) -> str:
        return known.setdefault(name, ACTING[len(known) % len(ACTING)])

    _assert_same(_numbers(_renamed(sample_month(), vendor, lambda name: name)))
    assert set(ACTING) == set(known.values())


def test_the_names_that_join_files_may_act() -> None:
    """Each client and product gets another text before its name, the same in every file; no two become one."""
    known: dict[str, str] = {}

    def joining(name: str) -> str:
        root = " ".join(name.replace("-", " ").casefold().split()[:1])
        text = known.setdefault(root, ACTING[len(known) % len(ACTING)])
        return f"{text} {name}"

    _assert_same(_numbers(_renamed(sample_month(), lambda name: name, joining)))


@pytest.mark.parametrize(
    "text", ["=1+1", "#N/A", "1E10", "\u202e", LONG], ids=["formula", "error", "number", "rtl", "long"]
)
def test_one_text_before_every_name(text: str) -> None:
    """The same text everywhere, also one of 8,000 characters."""
    _assert_same(_numbers(_renamed(sample_month(), lambda name: f"{text} {name}", lambda name: f"{text} {name}")))


def test_a_name_longer_than_a_cell_is_refused(tmp_path: Path) -> None:
    """40,000 characters fit no cell: the file is refused with its row, nothing is cut off."""
    month = sample_month()
    first, *others = month.billed
    long = replace(month, billed=[{**first, "Customer": "x" * 40_000}, *others])
    paths = [path for path in write_month(long, tmp_path) if path.name == "billed_lines.csv"]
    with pytest.raises(InputError) as caught:
        import_files(blank_book(month.settings), paths, now=NOW)
    assert ("billed_lines.csv > row 2", "a text longer than an Excel cell can hold") == (
        caught.value.where,
        caught.value.found,
    )
