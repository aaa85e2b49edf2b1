"""Comments are kept apart from the cells that they hang on: when a row moves, its comments must be told.

A note is an entry of the comments part and a shape of the old drawing; a conversation is an entry of the part of
threaded comments, with an entry among the comments that stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from recon_xl.ooxml.address import Range, cell_ref, parse_cell
from recon_xl.ooxml.opc import PartSource, relationships
from recon_xl.ooxml.package import Package

_ENTRY = re.compile(r'(<(?:\w+:)?(?:comment|threadedComment)\s[^>]*?\bref=")([A-Z]{1,3}[0-9]{1,7})(")')
_NOTE = re.compile(r"<(?:\w+:)?ClientData\s[^>]*ObjectType=[\"']Note[\"'].*?</(?:\w+:)?ClientData>", re.DOTALL)
_ROW = re.compile(r"(<(?:\w+:)?Row>\s*)([0-9]+)(\s*</(?:\w+:)?Row>)")
_COLUMN = re.compile(r"<(?:\w+:)?Column>\s*([0-9]+)\s*</(?:\w+:)?Column>")
_PLACE = re.compile(r"(<(?:\w+:)?Anchor>)([^<]*)(</(?:\w+:)?Anchor>)")
_LINK = re.compile(r'(<(?:\w+:)?hyperlink\s[^>]*?\bref=")([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)(")')
_ANCHOR_ROWS = (2, 6)
"""Places of the rows among the eight numbers of a shape's anchor."""


def noted_rows(package: PartSource, sheet_part: str, area: Range) -> set[int]:
    """The rows of an area with a comment."""
    found = set()
    for link in relationships(package, sheet_part):
        if link.kind in ("comments", "threadedComment") and (part := link.leads_into(package)):
            text = package.read(part).decode("utf-8", "replace")
            places = (parse_cell(match[2]) for match in _ENTRY.finditer(text))
            found |= {row for row, column in filter(None, places) if area.contains(Range(row, column, row, column))}
    return found


def linked_rows(tail: str, area: Range) -> set[int]:
    """The rows of an area with a link of the user's (a hyperlink of its own, not a formula)."""
    if "hyperlink" not in tail:
        return set()
    places = (parse_cell(match[2].partition(":")[0]) for match in _LINK.finditer(tail))
    return {row for row, column in filter(None, places) if area.contains(Range(row, column, row, column))}


def move_comments(package: Package, sheet_part: str, area: Range, moves: Mapping[int, int]) -> None:
    """Have every comment in an area follow its row; `moves` has the new number of each row that moved."""
    for kind, part in comment_parts(package, sheet_part) if moves else ():
        old = package.read(part).decode("utf-8")
        moved = _moved_notes(old, area, moves) if kind == "vmlDrawing" else _moved_refs(_ENTRY, old, area, moves)
        if moved != old:
            package.replace(part, moved.encode())


def comment_parts(package: PartSource, sheet_part: str) -> Iterator[tuple[str, str]]:
    """Kind and name of each part that says where the comments of a sheet hang."""
    for link in relationships(package, sheet_part):
        part = link.leads_into(package)
        if part and link.kind in ("comments", "threadedComment", "vmlDrawing"):
            yield link.kind, part


def move_links(tail: str, area: Range, moves: Mapping[int, int]) -> str:
    """The end of a sheet with the links in an area moved along with their rows."""
    return _moved_refs(_LINK, tail, area, moves) if "hyperlink" in tail else tail


def _moved_refs(pattern: re.Pattern[str], text: str, area: Range, moves: Mapping[int, int]) -> str:
    def move(match: re.Match[str]) -> str:
        ends = [parse_cell(end) for end in match[2].split(":")]
        if any(end is None or not _is_inside(end, area) for end in ends) or len({end[0] for end in ends if end}) > 1:
            return match[0]
        refs = (cell_ref(moves.get(end[0], end[0]), end[1]) for end in ends if end)
        return f"{match[1]}{':'.join(refs)}{match[3]}"

    return pattern.sub(move, text)


def _moved_notes(text: str, area: Range, moves: Mapping[int, int]) -> str:
    def move(match: re.Match[str]) -> str:
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        if row is None or column is None:
            return match[0]
        old = int(row[2]) + 1
        new = moves.get(old, old)
        if new == old or not _is_inside((old, int(column[1]) + 1), area):
            return match[0]
        shifted = _PLACE.sub(lambda place: f"{place[1]}{_shifted(place[2], new - old)}{place[3]}", match[0])
        return _ROW.sub(lambda found: f"{found[1]}{new - 1}{found[3]}", shifted)

    return _NOTE.sub(move, text)


def _shifted(anchor: str, rows: int) -> str:
    numbers = anchor.split(",")
    for place in _ANCHOR_ROWS if len(numbers) == 8 else ():
        numbers[place] = f" {max(int(numbers[place]) + rows, 0)}"
    return ",".join(numbers)


def _is_inside(place: tuple[int, int], area: Range) -> bool:
    return area.contains(Range(place[0], place[1], place[0], place[1]))
