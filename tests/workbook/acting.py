"""Months whose every text tries to act, and a scan of every part of what is written for anything that does."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from workbook.calls import call
from workbook.small import BILLED, MARKUP, PERIOD, PRODUCT, TAX, VENDOR, Row, write_csv

MARK = "Zq7"
"""Stands in every text of the month and nowhere else."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BEFORE = (
    "=", "+", "-", "@", "\t=", "\n=", "=\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u200b=", "\u2060@", "{=", "=cmd|' /C calc'!",
    "=WEBSERVICE(", "#N/A ", "#REF! ", "_x003D_", "_x0000_", "_xD83D_", "_x005F_", "'", "''", '"', '")&HYPERLINK("',
    "</t></is></c><c><f>1+1</f>", "&lt;f>", "]]>", "<!--", "<![CDATA[", "https://x.example/?a=1&b=", "\\\\host\\share\\", "file:///",
    "[0]!", "Sheet1!A1 ", "TRUE ", "1E5 ", "0001 ", "MAR1 ", "NULL ", "\U0001f642", "e\u0301", "\u00e9", "\u216b", "\u00df", "\u0130",
    "[#This Row] ", "A1:B2 ", "R1C1 ", "*", "?", "~", "<>", ">=", "History", "\u202e", "\x7f", "\x85", "\u2028", "\u00a0=", "%", "$",
    "`", "|", "^", "12:30 ", "50% ", "0x1F ", ",", ";",
)  # fmt: skip
_AFTER = ("", "'", '"', "!A1", ")", "=", "\\", "]", "}", "😀", "_x0041_", "--", "&", "<", ">", " (2)", "'!A1", "\t+1")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_STRING = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'!")
_LINK = re.compile(r"HYPERLINK\(\0([0-9]+)\0")


class Texts:
    """Texts of a seed, each different."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - to draw the same texts again
        self._count = 0

    def next(self) -> str:
        """One more."""
        self._count += 1
        before = "".join(self._random.choice(_BEFORE) for _ in range(self._random.choice((1, 1, 2, 3))))
        middle = self._random.choice(("", "", "", "x" * 20, "long name " * 12, "n" * 600))
        return f"{before}{MARK}{self._count}{middle}{self._random.choice(_AFTER)}"


def acting_files(folder: Path, seed: int, clients: int = 12) -> list[Path]:
    """The files of a month in which every text that the user or the vendor may choose tries to act."""
    text = Texts(seed).next
    files: dict[str, list[Row]] = {
        name: [] for name in ("customers", "products", "tax", "recon", "billed", "agreements")
    }
    for number in range(clients):
        tenant, sku, name, product, region = f"tenant-{number}", f"{number:04}", text(), text(), text()
        files["customers"].append({
            "Customer": name, "Code": f"C{number}", "Vendor Customer Ids": tenant, "Tax Region": region,
            "Contact": text(), "E-mail": text(), "Tracking": text(), "Tax Id": text(), "Country": text(), "Reseller": text(),
        })  # fmt: skip
        files["products"].append({
            **PRODUCT, "Billing Product": product, "Sku Id": sku, "Item Code": text(), "Account Code": text(),
            "Stock Item": text(), "Aliases": text().replace(";", ""),
        })  # fmt: skip
        files["tax"].append({**TAX, "Tax Region": region, "Tax Code": text(), "Reason": text()})
        files["agreements"].append({"Agreement": text(), "Customer": name})
        files["recon"].append({
            **VENDOR, "CustomerId": tenant, "CustomerName": text(), "SkuId": sku, "SkuName": text(), "ProductName": text(),
            "SubscriptionId": text(), "PriceAdjustmentDescription": text(), "PublisherName": text(), "CustomerDomainName": text(),
            "SubscriptionDescription": text(), "OrderId": text(), "MeterDescription": text(), "ReferenceId": text(),
        })  # fmt: skip
        files["billed"].append({
            **BILLED, "Customer": name, "Product": product, "Description": text(), "Line": text(), "PO": text(), "Tax Code": text(),
        })  # fmt: skip
    files["recon"] += [{**files["recon"][0], "CustomerId": text(), "SkuId": text(), "ProductId": text()}]
    files["billed"] += [{**BILLED, "Customer": text(), "Product": text(), "Description": text(), "Line": text()}]
    rows = {**files, "price_rules": [MARKUP], "settings": [{"Setting": "Company", "Value": text()}]}
    return [write_csv(folder / f"{name}.csv", lines) for name, lines in rows.items()]


def acting_book(folder: Path, seed: int) -> Path:
    """Such a month, imported and run twice."""
    book = folder / "acting.xlsx"
    assert call("new", book, "--period", PERIOD).code == 0
    answer = call("import", book, *acting_files(folder / "files", seed))
    assert answer.code in (0, 1), answer
    for _ in range(2):
        answer = call("run", book)
        assert answer.code == 1, answer
    return book


def acting_places(book: Path) -> Iterator[str]:
    """Every formula, link, error cell, name or relationship with a text of the month in it, and every text that could act."""
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    quoted = _quoted_styles(parts["xl/styles.xml"])
    for name, data in parts.items():
        root = ElementTree.fromstring(data)  # noqa: S314 - a workbook of ours
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            for cell in root.iter(f"{_MAIN}c"):
                yield from (f"{name} {cell.get('r')}: {found}" for found in _acting_cell(cell, quoted))
        for element in root.iter():
            yield from (f"{name}: {found}" for found in _acting_element(element))


def texts_of(book: Path) -> set[str]:
    """All texts of cells with the mark, as stored."""
    found = set()
    with zipfile.ZipFile(book) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = ElementTree.fromstring(package.read(name))  # noqa: S314 - a workbook of ours
                found |= {one.text for one in root.iter(f"{_MAIN}t") if one.text and MARK in one.text}
    return found


def _acting_cell(cell: ElementTree.Element, quoted: set[str]) -> Iterator[str]:
    if cell.get("t") == "e":
        yield "an error cell"
    formula = cell.find(f"{_MAIN}f")
    if formula is not None:
        text = formula.text or ""
        bare = _SHEET.sub("", _STRING.sub("", text))
        if MARK in bare or bare.count('"'):
            yield f"a formula made from data: {text}"
        if any(len(one) > 257 for one in _STRING.findall(text)):
            yield f"a text too long for a formula: {text}"
        strings = _STRING.findall(text)
        places = iter(range(len(strings)))
        targets = [strings[int(place)] for place in _LINK.findall(_STRING.sub(lambda _: f"\0{next(places)}\0", text))]
        yield from (f"a link out: {target}" for target in targets if not target.startswith('"#'))
        return
    shown = "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
    if MARK in "".join(cell.itertext()) and cell.get("t") != "inlineStr":
        yield "a text that is no text cell"
    if MARK in shown and shown.startswith(_FORMULA_LIKE) and cell.get("s") not in quoted:
        yield f"no quote prefix: {shown[:40]!r}"


def _acting_element(element: ElementTree.Element) -> Iterator[str]:
    kind = element.tag.rpartition("}")[2]
    if kind == "Relationship" and (MARK in element.get("Target", "") or element.get("TargetMode") == "External"):
        yield f"a relationship: {element.get('Target')}"
    if kind in ("hyperlink", "table", "tableColumn", "comment") and any(
        MARK in value for value in element.attrib.values()
    ):
        yield f"a {kind} made from data"
    if kind == "definedName" and (MARK in element.get("name", "") or MARK in _SHEET.sub("", element.text or "")):
        yield f"a name made from data: {element.text}"
    if kind in ("formula", "formula1", "formula2", "calculatedColumnFormula") and MARK in (element.text or ""):
        yield f"a rule made from data: {element.text}"


def _quoted_styles(styles: bytes) -> set[str]:
    formats = ElementTree.fromstring(styles).find(f"{_MAIN}cellXfs")  # noqa: S314 - a workbook of ours
    assert formats is not None
    return {str(place) for place, one in enumerate(formats) if one.get("quotePrefix") == "1"}
