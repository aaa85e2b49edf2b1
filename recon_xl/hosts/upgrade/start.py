"""The tab Start of an earlier version: as this version has it, with what was typed and the last run's figures kept.

A run writes to fixed cells of Start, so it has to be of this version. It is all recon-xl's, except for the
sign-off; where a user has put anything else on it, it stays as it is, and the upgrade says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.layout import START, Block
from recon_xl.hosts.upgrade.plan import Plan
from recon_xl.ooxml.address import cell_ref, parse_cell
from recon_xl.ooxml.book import read_book
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.sheettext import RawCell, SheetText
from recon_xl.ooxml.splice import Splice

_LAST_ROW = 1_000
_RESULTS: tuple[Block, ...] = (START.at_stake, START.drafts, START.causes)

_Place = tuple[int, int]
_Cells = dict[_Place, RawCell]


def renew_start(splice: Splice, plan: Plan) -> tuple[bool, tuple[str, ...]]:
    """Whether Start was renewed, and what there is to say where it was not although it differs."""
    if not plan.is_ours or START_SHEET in plan.sheets:
        return False, ()
    where = f"{splice.target.where} > {START_SHEET}"
    part = read_book(splice.target).sheet(START_SHEET, splice.target.where).part
    sheet = SheetText.parse(splice.target.read(part), where)
    made = SheetText.parse(
        splice.sheet_text(splice.scaffold_book.sheet(START_SHEET, ""), splice.styles).encode(), where
    )
    old, new = _cells(sheet), _cells(made)
    texts, words = _texts(old, splice.strings), _texts(new, [])
    if all(texts.get(place) == word for place, word in words.items() if place not in _filled()):
        return False, ()
    moved = set(words.values())
    odd = (place for place, text in texts.items() if text not in moved)
    own = [cell_ref(*place) for place in odd if _is_own(splice, place, old[place], new.get(place))]
    if own or splice.has_more_than(part, START_SHEET):
        return False, (_stays(own),)
    kept = {place: old[place] for place in _filled() if place in old and _same_label(place, texts, words, new)}
    splice.renew(part, START_SHEET, b"".join(_written(made, kept).pieces()))
    return True, ()


def _stays(own: list[str]) -> str:
    what = f"something of yours ({', '.join(own[:5])})" if own else "pictures, comments or charts of yours"
    return (
        f"Start is of an earlier version and holds {what}, so it stays as it is. To get the new one, move that to another "
        "tab and upgrade again."
    )


def _cells(sheet: SheetText) -> _Cells:
    _before, rows, _after = sheet.split(1, _LAST_ROW)
    return {(row.number, cell.column): cell for row in rows for cell in sheet.cells(row)}


def _texts(cells: _Cells, strings: Sequence[str]) -> dict[_Place, str]:
    """The cells that hold something; those with a formula are told by it."""
    reader = CellReader(START_SHEET, strings, frozenset())
    found = {}
    for (row, column), cell in cells.items():
        if not cell.is_empty and "<f" not in cell.rest:
            found[row, column] = str(reader.row(row, cell.xml(row))[-1])
    return found


def _filled() -> set[_Place]:
    """The cells that a run or the user fills."""
    refs = [*START.single_cells().values(), *_addresses((START.sign_off, *_RESULTS))]
    return {place for ref in refs if (place := parse_cell(ref))}


def _addresses(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from (block.cell(row, column) for row in range(block.max_rows) for column in range(len(block.columns)))


def _is_own(splice: Splice, place: _Place, cell: RawCell, made: RawCell | None) -> bool:
    """True for what a user put where the new Start has nothing; labels of older versions have a named style of ours."""
    if place in _filled() or (made is not None and not made.is_empty):
        return False
    return made is not None or splice.is_unnamed_style(int(cell.style or "0"))


def _same_label(place: _Place, texts: dict[_Place, str], words: dict[_Place, str], new: _Cells) -> bool:
    """True where the cell is plain in the new Start too, and the words before it in its row are the same."""
    if place in new and "<f" in new[place].rest:
        return False
    before = [column for row, column in words if row == place[0] and column < place[1]]
    label = (place[0], max(before, default=0))
    return label in words and words[label] == texts.get(label)


def _written(made: SheetText, kept: _Cells) -> SheetText:
    before, rows, after = made.split(1, _LAST_ROW)
    out = []
    for row in rows:
        cells = {cell.column: cell for cell in made.cells(row)}
        for column, cell in list(cells.items()):
            old = kept.get((row.number, column))
            if old is not None and not old.is_empty:
                cells[column] = _restyled(old, cell.style)
        out.append(row._replace(inner="".join(cells[column].xml(row.number) for column in sorted(cells))).xml())
    return made.with_rows(before, out, after)


def _restyled(old: RawCell, style: str | None) -> RawCell:
    head, mark, rest = old.attrs.partition(' s="')
    attrs = head + rest.partition('"')[2] if mark else old.attrs
    return old._replace(attrs=f' s="{style}"{attrs}' if style else attrs)
