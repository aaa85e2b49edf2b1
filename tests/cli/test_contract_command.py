"""`contract`, `rules` and `formats`: the catalogues are complete."""

from __future__ import annotations

from pathlib import Path

from workbook.calls import call

from recon_xl.contract import ALL_TABLES, setting_fields
from recon_xl.intake.formats import formats
from recon_xl.rules import catalogue

TABLES = (
    "Settings", "Customers", "Products", "Agreements", "Purchase Orders", "Profiles", "Price Rules", "Sell Prices",
    "Price List", "Tax", "FX Rates", "Sources", "Vendor Lines", "Daily Usage", "Billed Lines", "Counts",
    "Subscriptions", "Usage History", "Exceptions", "Tie-out", "Coverage", "Mapping Gaps", "Client Summary", "Margin", "Usage",
    "Run Log", "Drafts", "Draft Lines",
)  # fmt: skip
GOLDEN_RULES = Path(__file__).parents[1] / "house" / "golden_rules.txt"


def test_the_tables_are_those_of_the_design() -> None:
    """Saved workbooks and users' files hold on to these names."""
    assert list(TABLES) == [table["name"] for table in call("contract", "--json").json["tables"]]


def test_every_column_with_type_unit_aliases_and_help() -> None:
    """The catalogue is the contract, column by column."""
    shown = {table["name"]: table for table in call("contract", "--json").json["tables"]}
    for table in ALL_TABLES:
        entry = shown[table.name]
        assert (list(table.key), table.sheet, table.excel_name) == (entry["key"], entry["sheet"], entry["excel_name"])
        assert [
            (c.name, str(c.kind), c.unit, list(c.aliases), list(c.choices), c.required, str(c.owner), c.help)
            for c in table.columns
        ] == [
            tuple(column[n] for n in ("name", "type", "unit", "aliases", "choices", "required", "owner", "help"))
            for column in entry["columns"]
        ]
        assert all(column["help"] and column["type"] for column in entry["columns"])
        assert set(entry["key"]) <= {column["name"] for column in entry["columns"]}


def test_some_columns_in_full() -> None:
    """Literals, so that a change of the contract is seen."""
    shown = {table["name"]: table for table in call("contract", "--json").json["tables"]}
    for table, name, kind, unit, alias, required in (
        ("Price Rules", "Markup", "percent", "percent (20 = 20 %)", "Markup %", True),
        ("Vendor Lines", "Tier2 Mpn Id", "id", "", "ResellerMpnId", False),
        ("Sources", "Control Total", "money", "currency", "Invoice Total", False),
        ("Billed Lines", "Quantity", "quantity", "units", "Qty", True),
    ):
        [column] = [column for column in shown[table]["columns"] if column["name"] == name]
        assert (kind, unit, required) == (column["type"], column["unit"], column["required"])
        assert alias in column["aliases"]
    assert 47 == len(shown["Vendor Lines"]["columns"]) - 4


def test_every_setting_with_its_default() -> None:
    """Name, default, unit and meaning."""
    settings = call("contract", "--json").json["settings"]
    assert setting_fields() == settings
    assert {
        "Company": "My Company", "Period": "", "Base Currency": "USD", "File Locale": "en-US",
        "Billed Tolerance": "0.02", "Vendor Tolerance": "0.01", "Usage Tolerance": "0.01",
        "Sell Rounding": "unit", "Tax Rounding": "line", "Margin Floor": "8",
        "Stale After": "31", "Usage Factor": "2", "Usage Floor": "50", "Usage Months": "3",
        "Required Agreements": "", "Draft Tabs": "all", "Payment Terms": "30", "Invoice Date": "", "Backups": "5",
    } == {setting["setting"]: setting["default"] for setting in settings}  # fmt: skip
    assert all(setting["unit"] and setting["meaning"] for setting in settings)


def test_contract_for_a_reader() -> None:
    """Every table, column and setting is on the list without --json too."""
    text = call("contract").out
    for table in ALL_TABLES:
        assert f"{table.name}  (key: {', '.join(table.key)})" in text
    for setting in setting_fields():
        assert setting["setting"] in text


def test_rules_are_a_golden_list() -> None:
    """A code is never reused or renamed; each rule has what it finds, why, an example and a cure."""
    rules = call("rules", "--json").json["rules"]
    assert (
        GOLDEN_RULES.read_text(encoding="utf-8").split()
        == [rule["code"] for rule in rules]
        == [rule.code for rule in catalogue()]
    )
    for rule in rules:
        for heading in ("What it finds", "Why it matters", "Example", "How to clear it"):
            assert heading in rule["doc"], rule["code"]
        assert rule["code"] in call("rules").out


def test_formats_name_their_table() -> None:
    """Every vendor format with its title and target."""
    shown = call("formats", "--json").json["formats"]
    assert {"partner_center_nce": "Vendor Lines", "partner_center_daily_usage": "Daily Usage"} == {
        one["name"]: one["table"] for one in shown
    }
    assert len(list(formats())) == len(shown)
    assert all(one["title"] and one["doc"] for one in shown)
