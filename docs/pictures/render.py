"""Renders the pictures of the documentation from the sample workbook.

`python docs/pictures/render.py [BOOK]`, where LibreOffice, poppler (`pdftoppm`) and Pillow are installed.
Each picture is a print area of one tab with row and column headings: a copy of the workbook gets that
print set-up, all other tabs are hidden, and the pages of the PDF are cut to their content.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

FOLDER = Path(__file__).parent
BOOK = FOLDER.parents[1] / "workbook_templates" / "month_end_sample.xlsx"
DRAFT = "Draft Alder Dental LLC"
PICTURES: tuple[tuple[str, str, str], ...] = (  # file, tab, area; * is the last row of the tab
    ("start", "Start", "A1:K58"),
    ("start-guide", "Start", "A61:K*"),
    ("settings", "Settings", "A1:E*"),
    ("customers", "Customers", "A1:J14"),
    ("products", "Products", "A1:J16"),
    ("agreements", "Agreements", "A1:N14"),
    ("purchase-orders", "Purchase Orders", "A1:F*"),
    ("profiles", "Profiles", "A1:C*"),
    ("price-rules", "Price Rules", "A1:F14"),
    ("sell-prices", "Sell Prices", "A1:F14"),
    ("price-list", "Price List", "A1:L14"),
    ("tax", "Tax", "A1:H*"),
    ("fx-rates", "FX Rates", "A1:F*"),
    ("sources", "Sources", "A1:N*"),
    ("vendor-lines", "Vendor Lines", "A1:J14"),
    ("vendor-lines-money", "Vendor Lines", "R1:Z14"),
    ("daily-usage", "Daily Usage", "A1:H14"),
    ("billed-lines", "Billed Lines", "A1:K14"),
    ("counts", "Counts", "A1:I14"),
    ("subscriptions", "Subscriptions", "A1:L14"),
    ("usage-history", "Usage History", "A1:F14"),
    ("exceptions", "Exceptions", "A1:K24"),
    ("exceptions-money", "Exceptions", "L1:T24"),
    ("exceptions-yours", "Exceptions", "U1:AB24"),
    ("tie-out", "Tie-out", "A1:H*"),
    ("coverage", "Coverage", "A1:G*"),
    ("mapping-gaps", "Mapping Gaps", "A1:I*"),
    ("usage", "Usage", "A1:M24"),
    ("usage-money", "Usage", "N1:Y24"),
    ("client-summary", "Client Summary", "A1:L*"),
    ("margin", "Margin", "A1:I24"),
    ("run-log", "Run Log", "A1:N*"),
    ("drafts", "Drafts", "A1:N*"),
    ("draft-lines", "Draft Lines", "G1:P16"),
    ("draft-tab", DRAFT, "A1:J*"),
)
_PRINTED = ("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks")
_PAGE = (
    '<printOptions headings="1"/>'
    '<pageMargins left="0.2" right="0.2" top="0.2" bottom="0.2" header="0" footer="0"/>'
    '<pageSetup paperSize="8" orientation="landscape" fitToWidth="1" fitToHeight="1"/>'
)


def render(book: Path, folder: Path) -> None:
    """Write every picture into the folder."""
    for batch in _batches():
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "book.xlsx"
            order = _prepared(book, copy, {tab: area for _, tab, area in batch})
            pdf = _pdf(copy)
            names = {tab: name for name, tab, _ in batch}
            for page, tab in enumerate(order, 1):
                _picture(pdf, page, folder / f"{names[tab]}.png")


def _batches() -> Iterator[list[tuple[str, str, str]]]:
    """One print area a tab and copy: the second picture of a tab goes into the next batch."""
    by_tab: dict[str, list[tuple[str, str, str]]] = {}
    for picture in PICTURES:
        by_tab.setdefault(picture[1], []).append(picture)
    for batch in zip_longest(*by_tab.values()):
        yield [picture for picture in batch if picture]


def _prepared(book: Path, copy: Path, areas: dict[str, str]) -> list[str]:
    """Write the copy; returns the pictured tabs in the order of their pages."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        workbook = source.read("xl/workbook.xml").decode()
        links = dict(_links(source.read("xl/_rels/workbook.xml.rels").decode()))
        tabs = [
            (_attribute(tag, "name"), links[_attribute(tag, "r:id")]) for tag in re.findall(r"<sheet [^>]*>", workbook)
        ]
        parts = {part: tab for tab, part in tabs if tab in areas}
        areas = {tab: areas[tab].replace("*", _last_row(source.read(part).decode())) for part, tab in parts.items()}
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                data = _only(workbook, [tab for tab, _ in tabs], areas).encode()
            elif entry.filename in parts:
                data = _page_set_up(data.decode()).encode()
            target.writestr(entry, data)
    return [tab for tab, _ in tabs if tab in areas]


def _links(rels: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r"<Relationship [^>]*>", rels):
        yield _attribute(tag, "Id"), f"xl/{_attribute(tag, 'Target').removeprefix('/xl/')}"


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'(?:^|\s){name}="([^"]*)"', tag)
    if not found:
        raise ValueError(f"{tag} has no {name}")
    return found[1].replace("&amp;", "&")


def _only(workbook: str, tabs: list[str], areas: dict[str, str]) -> str:
    """The workbook with the pictured tabs alone visible, and their print areas."""

    def shown(tag: re.Match[str]) -> str:
        state = "visible" if _attribute(tag[0], "name") in areas else "hidden"
        return re.sub(r'\sstate="[^"]*"', "", tag[0]).replace("<sheet ", f'<sheet state="{state}" ', 1)

    workbook = re.sub(r"<sheet [^>]*>", shown, workbook)
    workbook = re.sub(r"<definedName [^>]*_xlnm\.Print[^>]*>[^<]*</definedName>", "", workbook)
    names = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{tabs.index(tab)}">'
        f"'{tab.replace('&', '&amp;')}'!{_absolute(area)}</definedName>"
        for tab, area in areas.items()
    )
    first = tabs.index(next(iter(areas)))
    workbook = re.sub(r'activeTab="[0-9]+"', f'activeTab="{first}"', workbook)
    return workbook.replace("</definedNames>", f"{names}</definedNames>")


def _absolute(area: str) -> str:
    return re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", area)


def _last_row(sheet: str) -> str:
    return re.findall(r'<row [^>]*?\br="([0-9]+)"', sheet)[-1]


def _page_set_up(sheet: str) -> str:
    head, mark, tail = sheet.partition("</sheetData>")
    for name in _PRINTED:
        tail = re.sub(rf"<{name}(?:\s[^>]*)?/>|<{name}(?:\s[^>]*)?>.*?</{name}>", "", tail, flags=re.DOTALL)
    place = re.search(r"<(?:drawing|legacyDrawing|tableParts|extLst)\b|</worksheet>", tail)
    at = place.start() if place else len(tail)
    return f"{head}{mark}{tail[:at]}{_PAGE}{tail[at:]}"


def _pdf(copy: Path) -> Path:
    profile = f"-env:UserInstallation=file://{copy.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(copy.parent), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
    return copy.with_suffix(".pdf")


def _picture(pdf: Path, page: int, target: Path) -> None:
    """One page, cut to its content, in few colours so that it stays small."""
    raw = pdf.with_name(f"page{page}")
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "120", "-png", *pages, str(pdf), str(raw)], check=True)  # noqa: S603, S607
    with Image.open(f"{raw}.png") as image:
        flat = image.convert("RGB")
    content = ImageChops.difference(flat, Image.new("RGB", flat.size, "white")).getbbox()
    framed = ImageOps.expand(flat.crop(content), border=8, fill="white")
    framed.quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    render(Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK, FOLDER)
