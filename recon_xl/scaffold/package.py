"""Saves a built workbook with the same bytes every time, and with what openpyxl cannot write put in.

Fixed dates; the true name of the program (LibreOffice trusts cached values only where it reads
that Excel wrote them); a cached value beside every formula, for viewers that do not calculate;
alt text on the chart;
one spelling of the XML, and elements in the order that the file format's schema asks for.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape

from recon_xl.contract import layout, places
from recon_xl.contract.catalogue import EVERY_TABLE, START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.model import HEADER_ROW
from recon_xl.contract.settings import Settings, setting_fields
from recon_xl.scaffold import settings_tab
from recon_xl.scaffold.chart import ALT_TEXT
from recon_xl.scaffold.styles import BUILTIN_IDS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

STAMP = (1980, 1, 1, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATE = "2000-01-01T00:00:00Z"


def save(workbook: Workbook, path: Path) -> None:
    """Write the workbook to `path`."""
    raw = BytesIO()
    workbook.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = _mended(entry.filename, _normal(source.read(entry).decode())).encode()
            info = zipfile.ZipInfo(entry.filename, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            target.writestr(info, data)


def _normal(xml: str) -> str:
    """One spelling of the XML, whichever XML library openpyxl found installed."""
    return DECLARATION + re.sub(r"<([\w:]+)([^<>]*)></\1>", r"<\1\2/>", canonicalize(xml))


def _mended(name: str, xml: str) -> str:
    if name == "docProps/core.xml":
        return re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{DATE}", xml)
    if name == "docProps/app.xml":
        return xml.replace("Microsoft Excel", "recon-xl")
    if name.startswith("xl/worksheets/sheet"):
        return _with_cached_values(xml)
    if name.startswith("xl/drawings/drawing"):
        return xml.replace('name="Chart 1"', f'descr="{ALT_TEXT}" name="Causes"')
    return _mended_styles(xml) if name == "xl/styles.xml" else xml


def cached_values() -> dict[str, str | int | bool]:
    """Formula -> what it shows while the workbook is blank."""
    values: dict[str, str | int | bool] = {
        "MasterCheck": layout.NO_RUN,
        layout.master_check_formula(): layout.NO_RUN,
        layout.input_total_formula(): 0,
        layout.banner_formula(): "",
        layout.sign_off_formula(): layout.OPEN,
    }
    for table in EVERY_TABLE:
        values |= dict.fromkeys(layout.totals_formulas(table).values(), 0)
        rows = len(setting_fields()) if settings_tab.is_settings(table.name) else 1
        figures = (
            HEADER_ROW,
            1,
            len(table.columns),
            rows,
            int(layout.has_totals(table)),
            rows > 1,
            table.column_names[0],
            True,
        )
        values |= dict(zip(places.place_formulas(table), figures, strict=True))
    sheets = len(EVERY_TABLE) + len((START_SHEET, TEMPLATE_SHEET, places.LAYOUT_SHEET))
    return values | {places.SHEET_COUNT_FORMULA: sheets, places.DATE1904_FORMULA: False}


def _with_cached_values(xml: str) -> str:
    by_xml: dict[str, str | int | bool] = {escape(formula): value for formula, value in cached_values().items()}
    default = str(Settings.model_fields["company"].default)

    def cell(match: re.Match[str]) -> str:
        formula = match["formula"]
        value = by_xml.get(formula, default if "Company" in formula else "set it on Settings")
        kind = ' t="str"' if isinstance(value, str) else ' t="b"' if isinstance(value, bool) else ""
        shown = int(value) if isinstance(value, bool) else value
        return f"<c{match['attributes']}{kind}><f>{formula}</f><v>{escape(str(shown))}</v></c>"

    return re.sub(r'<c(?P<attributes>(?: [rs]="[^"]*")+)><f>(?P<formula>[^<]*)</f><v/></c>', cell, xml)


def _mended_styles(xml: str) -> str:
    for name, number in BUILTIN_IDS.items():
        xml = re.sub(
            rf'(<cellStyle [^>]*?name="{name}"[^>]*?)(/>)', rf'\1 builtinId="{number}" customBuiltin="1"\2', xml
        )
    return re.sub(r"<font>(.*?)</font>", _font_in_order, xml)


_FONT_ORDER = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme")


def _font_in_order(match: re.Match[str]) -> str:
    """Reorder the children of a font as the schema lists them."""
    children = re.findall(r"<(\w+)[^>]*?/>", match[1])
    whole = re.findall(r"<\w+[^>]*?/>", match[1])
    ordered = sorted(zip(children, whole, strict=True), key=lambda pair: _FONT_ORDER.index(pair[0]))
    return f"<font>{''.join(text for _, text in ordered)}</font>"
