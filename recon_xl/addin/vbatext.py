"""Python texts and names as VBA writes them."""

from __future__ import annotations

import re

_WORDS = """
    abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint clng
    const csng cstr currency cvar cverr date debug decimal declare defbool dim do double each else elseif empty end endif
    enum eqv erase error event exit false fix for friend function get global gosub goto if imp implements in input int
    integer is lbound len let lib like line lock long longlong longptr loop lset me mid mod name new next not nothing null
    object on open option optional or paramarray preserve print private property public put raiseevent redim rem resume
    return rset select set single static step stop string sub tab then time to true type typeof ubound until variant wend
    while with withevents write xor
"""
_RESERVED = frozenset(_WORDS.split())
"""Words that VBA reads as its own."""


def identifier(name: str) -> str:
    """A name that VBA accepts for an argument: letters, digits and underscores, no word of its own."""
    cleaned = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    if not cleaned or not cleaned[0].isalpha():
        raise ValueError(f"{name!r} cannot name an argument")
    return f"{cleaned}_" if cleaned.casefold() in _RESERVED else cleaned


def text(value: str) -> str:
    """A VBA expression for a text; letters beyond ASCII by their number, because modules are stored in one code page."""
    pieces = re.findall(r"[ -~]+|[^ -~]", value)
    return " & ".join(_literal(piece) for piece in pieces) or '""'


def _literal(piece: str) -> str:
    if " " <= piece[0] <= "~":
        return '"' + piece.replace('"', '""') + '"'
    units = piece.encode("utf-16-le")
    return " & ".join(f"ChrW$({int.from_bytes(units[at : at + 2], 'little')})" for at in range(0, len(units), 2))
