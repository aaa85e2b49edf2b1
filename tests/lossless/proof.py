"""What must hold of a user's workbook after a month was closed in it: nothing of theirs is lost."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, canonicalize, fromstring, tostring

from recon_xl.ooxml.lint import lint

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LISTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "docProps/app.xml")
_DROPPED = "xl/calcChain.xml"
_STYLES = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "numFmts")
_STYLES_KEPT = ("tableStyles", "colors", "extLst")
_BOOK_CHANGES = {"sheets", "definedNames", "calcPr"}


def losses(before: Path, after: Path) -> list[str]:
    """What the second workbook lacks, or has otherwise, of all that the first one holds."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        return [*_parts(old, new), *_book(old, new), *_styles(old, new), *_entries(old, new)]


def new_faults(before: Path, after: Path) -> list[str]:
    """What our linter says of the second workbook and did not say of the first."""
    known = Counter(lint(before))
    return [fault for fault in lint(after) if not known[fault]]


def _parts(old: zipfile.ZipFile, new: zipfile.ZipFile) -> Iterator[str]:
    there = set(new.namelist())
    for name in old.namelist():
        if name in _LISTS or name == _DROPPED:
            continue
        if name not in there:
            yield f"{name} is gone"
        elif old.read(name) != new.read(name):
            yield f"{name} is not the same"
    if _DROPPED in there:
        yield "a calculation chain that is out of date"


def _book(old: zipfile.ZipFile, new: zipfile.ZipFile) -> Iterator[str]:
    was, now = (_xml(package, "xl/workbook.xml") for package in (old, new))
    for element in was:
        name = element.tag.removeprefix(_MAIN)
        found = now.find(element.tag)
        if found is None or (name not in _BOOK_CHANGES and _same(element) != _same(found)):
            yield f"workbook: {name} is not the same"
    pairs = zip(was.iter(f"{_MAIN}sheet"), now.iter(f"{_MAIN}sheet"), strict=False)
    yield from (f"workbook: tab {tab.get('name')} is not the same" for tab, one in pairs if tab.attrib != one.attrib)
    names = {(name.get("name"), name.get("localSheetId")): _same(name) for name in now.iter(f"{_MAIN}definedName")}
    for name in was.iter(f"{_MAIN}definedName"):
        if names.get((name.get("name"), name.get("localSheetId"))) != _same(name):
            yield f"workbook: name {name.get('name')} is not the same"


def _styles(old: zipfile.ZipFile, new: zipfile.ZipFile) -> Iterator[str]:
    if "xl/styles.xml" not in old.namelist():
        return
    was, now = (_xml(package, "xl/styles.xml") for package in (old, new))
    for name in (*_STYLES, *_STYLES_KEPT):
        mine, all_of_them = was.find(f"{_MAIN}{name}"), now.find(f"{_MAIN}{name}")
        if mine is None:
            continue
        if all_of_them is None or [_same(one) for one in mine] != [_same(one) for one in all_of_them][: len(mine)]:
            yield f"styles: {name} has moved or changed"
        elif all_of_them.get("count", str(len(all_of_them))) != str(len(all_of_them)):
            yield f"styles: {name} counts {all_of_them.get('count')} and holds {len(all_of_them)}"


def _entries(old: zipfile.ZipFile, new: zipfile.ZipFile) -> Iterator[str]:
    """Relationships of the workbook and content types: all of the old ones, but for the calculation chain."""
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        was, now = ({frozenset(one.attrib.items()) for one in _xml(package, part)} for package in (old, new))
        for entry in was - now:
            if not any("calcChain" in value for _name, value in entry):
                yield f"{part}: {sorted(entry)} is gone"


def _xml(package: zipfile.ZipFile, part: str) -> Element:
    return fromstring(package.read(part))  # noqa: S314 - our own corpus


def _same(element: Element) -> str:
    """The element whatever its spelling."""
    return re.sub(r">\s+<", "><", canonicalize(tostring(element, encoding="unicode"), strip_text=True))
