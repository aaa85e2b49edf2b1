"""Number formats, as far as reading needs them: which cell styles show a percent sign."""

from __future__ import annotations

import re

from recon_xl.ooxml.xmltext import elements

_BUILTIN_PERCENT = frozenset({"9", "10"})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def shows_percent(code: str) -> bool:
    r"""Return True when a number format code multiplies by 100 for show: `0.0%`, but not `0"%"` or `0\\%`."""
    return "%" in _LITERAL.sub("", code)


def percent_styles(styles: bytes, where: str) -> frozenset[str]:
    """Return the style ids (indexes of cell formats, as text) whose numbers Excel shows as a percentage."""
    percent = set(_BUILTIN_PERCENT)
    ids = []
    for element in elements(styles, where):
        if element.name == "numFmt" and element.parent == "numFmts":
            number, code = element.attrs.get("numFmtId", ""), element.attrs.get("formatCode", "")
            (percent.add if shows_percent(code) else percent.discard)(number)
        elif element.name == "xf" and element.parent == "cellXfs":
            ids.append(element.attrs.get("numFmtId", "0"))
    return frozenset(str(index) for index, number in enumerate(ids) if number in percent)
