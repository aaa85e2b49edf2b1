"""`run`: dry, to another file, and its documented object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbook.books import changed_parts, records, sheet_parts
from workbook.calls import CLEAN, FINDINGS, call
from workbook.demo import Demo
from workbook.small import BILLED, VENDOR, small_book, write_csv

AMOUNT, QUANTITY, TEXT, COUNT, OK, ROWS = "amount", "quantity", "text", "count", "ok", "rows"
LINE = {
    "product": TEXT, "subscription": "text?", "description": TEXT, "kind": TEXT, "quantity": QUANTITY,
    "unit": QUANTITY, "net": AMOUNT, "tax_code": "text?", "tax_rate": QUANTITY, "tax": AMOUNT, "item_code": "text?",
    "account_code": "text?", "tax_reason": "text?", "why": TEXT, "hold_reason": "text?", "source_rows": ROWS,
}  # fmt: skip
RUN: dict[str, Any] = {
    "book": "text?",
    "period": TEXT,
    "status": TEXT,
    "exit_code": COUNT,
    "sources": [
        {
            "id": TEXT, "file": TEXT, "table": TEXT, "format": "text?", "status": TEXT, "invoice": "text?",
            "currency": "text?", "period": "text?", "as_of": "text?", "rows": COUNT, "net": "amount?",
            "tax": "amount?", "total": "amount?", "control_total": "amount?", "hash": TEXT,
        }
    ],
    "totals": {
        "rows_read": {"Vendor Lines": COUNT, "Billed Lines": COUNT, "Counts": COUNT},
        "expected_and_billed": [{"currency": TEXT, "expected": AMOUNT, "billed": AMOUNT}],
        "at_stake": [{"currency": TEXT, "direction": TEXT, "findings": COUNT, "at_stake": AMOUNT}],
        "drafts": [
            {"currency": TEXT, "drafts": COUNT, "held": COUNT, "net": AMOUNT, "tax": AMOUNT, "total": AMOUNT}
        ],
        "controls": {"hold": COUNT, "fail": COUNT, "not_checked": COUNT},
    },
    "tie_out": [
        {
            "control": TEXT, "invoice": "text?", "currency": TEXT, "expected": "amount?", "actual": AMOUNT,
            "difference": "amount?", "ok": OK, "note": TEXT,
        }
    ],
    "coverage": {
        "status": TEXT, "reason": "text?", "sentence": TEXT, "keys": COUNT, "checked_keys": COUNT,
        "rows": [
            {
                "area": TEXT, "item": TEXT, "status": TEXT, "rows": COUNT, "amount": "amount?", "currency": "text?",
                "reason": "text?",
            }
        ],
    },
    "findings": [
        {
            "key": TEXT, "rule": TEXT, "title": TEXT, "severity": TEXT, "customer": "text?", "product": "text?",
            "subscription": "text?", "period": TEXT, "expected_quantity": "quantity?", "billed_quantity": "quantity?",
            "expected": "amount?", "billed": "amount?", "variance": "amount?", "at_stake": AMOUNT, "direction": TEXT,
            "currency": TEXT, "basis": TEXT, "why": TEXT, "action": TEXT, "confidence": QUANTITY, "primary": "flag",
            "cause": "text?", "source_rows": ROWS,
        }
    ],
    "drafts": [
        {
            "number": TEXT, "type": TEXT, "customer": TEXT, "currency": TEXT, "po": "text?", "date": TEXT, "due": TEXT,
            "status": TEXT, "hold_reasons": ["text"], "net": AMOUNT, "tax": AMOUNT, "total": AMOUNT, "lines": [LINE],
            "held_lines": [LINE],
        }
    ],
    "usage": [
        {
            "customer": TEXT, "product": TEXT, "invoice": "text?", "subscription": "text?", "entitlement": "text?",
            "entitlement_name": "text?", "meter_group": "text?", "currency": TEXT, "detail": TEXT, "first_day": "text?",
            "last_day": "text?", "days": "count?", "rows": "count?", "stated_rows": "count?", "without_pec_rows": "count?",
            "benefit_rows": "count?", "late_rows": "count?", "retail": "amount?", "cost": "amount?", "pec": "amount?",
            "benefit_cost": "amount?", "credited": "amount?", "late_cost": "amount?", "baseline": "amount?", "status": TEXT,
        }
    ],
    "warnings": [TEXT],
    "run": {"id": TEXT, "started": TEXT, "user": TEXT, "version": TEXT, "inputs": TEXT},
}  # fmt: skip
RUN["information"] = RUN["findings"]


def check(expected: Any, actual: Any, where: str = "") -> None:
    """Compare a value with its description, all the way down."""
    if isinstance(expected, Mapping):
        assert set(expected) == set(actual), where
        for name, kind in expected.items():
            check(kind, actual[name], f"{where}.{name}")
    elif isinstance(expected, list):
        assert isinstance(actual, list), where
        for place, one in enumerate(actual):
            check(expected[0], one, f"{where}[{place}]")
    elif not (expected.endswith("?") and actual is None):
        assert is_a(expected.removesuffix("?"), actual), f"{where}: {actual!r} is no {expected}"


def is_a(kind: str, value: Any) -> bool:
    """Whether a value is what its description says."""
    match kind:
        case "amount" | "quantity":
            return isinstance(value, str) and "E" not in value and Decimal(value).is_finite()
        case "text":
            return isinstance(value, str) and value != ""
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "flag":
            return isinstance(value, bool)
        case "ok":
            return value is None or isinstance(value, bool)
        case "rows":
            return isinstance(value, list) and all(isinstance(row, str) and row for row in value)
        case _:
            raise ValueError(kind)


def test_every_field_of_the_demo_is_what_it_should_be(demo: Demo) -> None:
    """Names and types of the whole object, down to each draft line."""
    check(RUN, demo.json)


def test_every_field_is_documented() -> None:
    """docs/json.md names each field of the object."""
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    documented = {name for span in re.findall(r"`([^`\n]+)`", page) for name in re.findall(r"\w+", span)}
    assert set() == {name for name in names_of(RUN) if not name[0].isupper()} - documented


def names_of(described: Any) -> set[str]:
    """All field names of a description."""
    if isinstance(described, Mapping):
        return set(described).union(*(names_of(value) for value in described.values()))
    return names_of(described[0]) if isinstance(described, list) else set()


def test_amounts_have_the_digits_of_their_currency(demo: Demo) -> None:
    """An amount is exact text at its minor unit: 24.00, not 24 and not 24.000."""
    amounts = [row[name] for row in demo.json["findings"] for name in ("at_stake", "expected", "billed", "variance")]
    amounts += [draft[name] for draft in demo.json["drafts"] for name in ("net", "tax", "total")]
    assert {-2} == {Decimal(amount).as_tuple().exponent for amount in amounts if amount is not None}


def test_the_small_month_by_hand(tmp_path: Path) -> None:
    """10 seats at 10.00 + 20 % are 120.00; eight are billed for 96.00: underbilled by 2 seats and 24.00."""
    answer = call("run", small_book(tmp_path), "--json")
    [finding] = answer.json["findings"]
    assert {
        "rule": "underbilled", "customer": "Contoso", "product": "Business Basic", "period": "2026-10",
        "expected_quantity": "10", "billed_quantity": "8", "expected": "120.00", "billed": "96.00",
        "variance": "-24.00", "at_stake": "24.00", "direction": "we lose", "currency": "USD", "primary": True,
        "cause": None,
    }.items() <= finding.items()  # fmt: skip
    [draft] = answer.json["drafts"]
    assert ("Contoso", "USD", "120.00", "12.00", "132.00") == tuple(
        draft[name] for name in ("customer", "currency", "net", "tax", "total")
    )
    [line] = draft["lines"]
    assert ("10", "12", "120.00", "T10", "10", "12.00") == tuple(
        line[name] for name in ("quantity", "unit", "net", "tax_code", "tax_rate", "tax")
    )
    assert [{"currency": "USD", "direction": "we lose", "findings": 1, "at_stake": "24.00"}] == answer.json["totals"][
        "at_stake"
    ]
    assert [{"currency": "USD", "expected": "120.00", "billed": "96.00"}] == answer.json["totals"][
        "expected_and_billed"
    ]


def test_a_control_is_true_false_or_null(tmp_path: Path) -> None:
    """A control total that holds, one that fails, and none at all."""
    book = small_book(tmp_path)
    name = "Vendor invoice: lines read = control total"
    oks = [_control(call("run", book, "--json").json, name)["ok"]]
    for control in ("100.00", "100.01"):
        recon = book.parent / "files" / "recon.csv"
        assert call("import", book, recon, "--control", f"G0001={control}").code == CLEAN
        oks.append(_control(call("run", book, "--json").json, name)["ok"])
    assert [None, True, False] == oks
    answer = call("run", book, "--json")
    assert "-0.01" == _control(answer.json, name)["difference"]
    assert 1 == answer.json["totals"]["controls"]["fail"]
    assert f"FAIL {name} · G0001 · difference -0.01 USD" in call("run", book).out


def _control(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    [found] = [control for control in data["tie_out"] if control["control"] == name]
    return dict(found)


def test_a_failed_control_alone_exits_with_1(tmp_path: Path) -> None:
    """A clean bill on an invoice that does not add up is no clean month; its draft is held, with lines and totals."""
    book = small_book(tmp_path, billed=[{**BILLED, "Quantity": "10", "Amount": "120.00"}])
    assert call("run", book).code == CLEAN
    assert call("import", book, book.parent / "files" / "recon.csv", "--control", "G0001=99.00").code == CLEAN
    answer = call("run", book, "--json")
    assert (FINDINGS, "FINDINGS") == (answer.code, answer.json["status"])
    assert ["invoice-control-difference"] == [finding["rule"] for finding in answer.json["findings"]]
    [draft] = answer.json["drafts"]
    assert ("Held", "120.00") == (draft["status"], draft["net"])
    assert ["G0001"] == re.findall("G0001", " ".join(draft["hold_reasons"]))


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    """Same figures, same exit code, no byte, no file; it says that nothing was written."""
    book = small_book(tmp_path)
    before, folder = book.read_bytes(), sorted(tmp_path.iterdir())
    answer = call("run", book, "--dry-run", "--json")
    assert (FINDINGS, None) == (answer.code, answer.json["book"])
    assert "was not changed" in call("run", book, "--dry-run").out
    assert FINDINGS == call("run", book, "--dry-run", "--out", tmp_path / "out.xlsx").code
    assert (before, folder) == (book.read_bytes(), sorted(tmp_path.iterdir()))
    written = call("run", book, "--json").json
    for name in ("findings", "drafts", "tie_out", "totals", "coverage", "sources"):
        assert answer.json[name] == written[name]


def test_out_leaves_the_book_as_it_is(tmp_path: Path) -> None:
    """The result goes to the other file, which is the book with its results."""
    book, out = small_book(tmp_path), tmp_path / "result.xlsx"
    before = book.read_bytes()
    answer = call("run", book, "--out", out, "--json")
    assert (FINDINGS, str(out), before) == (answer.code, answer.json["book"], book.read_bytes())
    assert ["underbilled"] == [row["Rule"] for row in records(out, "Exceptions")]
    assert f"Open: {out}" in call("run", book, "--out", out).out
    call("run", book)
    assert changed_parts(book, out) <= run_stamp_parts(book)


def run_stamp_parts(book: Path) -> set[str]:
    """The parts that tell one run from another."""
    return {sheet_parts(book)[name] for name in ("Start", "Run Log", "Journal")}


def test_out_may_be_the_book_itself(tmp_path: Path) -> None:
    """It is then as without --out."""
    book = small_book(tmp_path)
    assert str(book) == call("run", book, "--out", book, "--json").json["book"]
    assert 1 == len(records(book, "Exceptions"))


def test_other_months_are_a_note(tmp_path: Path) -> None:
    """An invoice of another month is imported with a warning, kept apart, and said again by run, once."""
    book = small_book(tmp_path)
    assert [] == call("run", book, "--dry-run", "--json").json["warnings"]
    for month, invoice in (("2026-09", "G0000"), ("2026-11", "G0002")):
        other = write_csv(tmp_path / f"{month}.csv", [{**VENDOR, "InvoiceNumber": invoice}])
        assert f"belongs to {month}" in call("import", book, other, "--period", month).out
    before = call("run", book, "--dry-run", "--json").json
    assert [1, 1] == [
        sum(word in warning for warning in before["warnings"]) for word in ("of an earlier period", "2026-11")
    ]
    assert "Note: " + before["warnings"][0] in call("run", book).out
    assert ["120.00"] == [draft["net"] for draft in before["drafts"]]


def test_the_stamp_names_the_run(demo: Demo) -> None:
    """Id, UTC time, version, and a hash of everything read."""
    stamp = demo.json["run"]
    assert f"R{datetime.fromisoformat(stamp['started']):%Y%m%d-%H%M%S}" == stamp["id"]
    assert 64 == len(stamp["inputs"])
    assert datetime.fromisoformat(stamp["started"]).utcoffset() is not None


def test_ranked_by_money(demo: Demo) -> None:
    """Primary findings of one currency come largest first."""
    for currency in ("USD", "EUR"):
        amounts = [
            Decimal(row["at_stake"]) for row in demo.json["findings"] if row["primary"] and row["currency"] == currency
        ]
        assert sorted(amounts, reverse=True) == amounts


def test_totals_are_the_sums_of_what_is_listed(demo: Demo) -> None:
    """At stake by currency and direction, drafts by currency, controls by their word."""
    data = demo.json
    for row in data["totals"]["at_stake"]:
        mine = [
            Decimal(finding["at_stake"])
            for finding in data["findings"]
            if finding["primary"] and (finding["currency"], finding["direction"]) == (row["currency"], row["direction"])
        ]
        assert (row["findings"], Decimal(row["at_stake"])) == (len(mine), sum(mine))
    for row in data["totals"]["drafts"]:
        for name in ("net", "tax", "total"):
            mine = [Decimal(draft[name]) for draft in data["drafts"] if draft["currency"] == row["currency"]]
            assert (row["drafts"], Decimal(row[name])) == (len(mine), sum(mine))
    oks = [control["ok"] for control in data["tie_out"]]
    assert {"hold": oks.count(True), "fail": oks.count(False), "not_checked": oks.count(None)} == data["totals"][
        "controls"
    ]


def test_a_draft_is_the_sum_of_its_lines(demo: Demo) -> None:
    """Quantity x unit is the line, net and tax add up, total = net + tax."""
    for draft in demo.json["drafts"]:
        for name in ("net", "tax"):
            assert Decimal(draft[name]) == sum(Decimal(line[name]) for line in draft["lines"])
        assert Decimal(draft["total"]) == Decimal(draft["net"]) + Decimal(draft["tax"])
