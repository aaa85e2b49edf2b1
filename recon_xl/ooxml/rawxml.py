"""Sheet XML as plain text: rows are cut out by string search, in two thirds of a parser's time.

Only plain text is cut: UTF-8, the main namespace without a prefix, no comments or CDATA. That is what Excel,
LibreOffice and the common libraries write. Anything else is first rewritten into plain text by expat, so that
there is one way to interpret a cell.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from typing import IO, TypeVar

from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.xmltext import check_depth, check_tag, escape, feed, safe_parser

_BLOCK, _PIECE = 1 << 20, 1 << 16
_PLAIN_START = re.compile(
    r"(\ufeff?(?:<\?xml(?![^>]*encoding=(?!['\"][Uu][Tt][Ff]-8))[^>]*\?>)?)\s*<(?:worksheet|sst)[\s>/]"
)
_PLAIN_ROW = re.compile(r'<row r="([0-9]{1,10})"[^>/]*>').match
_ROW_NUMBER = re.compile(r'\sr="([0-9]{1,10})"')


_T = TypeVar("_T")


class NotPlainError(Exception):
    """The XML is not in the plain form; it must go through `normalised`."""


def plain(stream: IO[bytes]) -> Iterator[str]:
    """Yield the text of a plain part in blocks; raises `NotPlainError` as soon as it shows that it is not plain."""
    rest = ""
    try:
        for number, text in enumerate(_texts(stream)):
            block = rest + text
            if number == 0:
                match = _PLAIN_START.match(block)
                if match is None:
                    raise NotPlainError
                block = block[match.end(1) :]
            # One character is looked for many times faster than two.
            if ("!" in block and "<!" in block) or ("?" in block and "<?" in block):
                raise NotPlainError
            rest = "<" if block.endswith("<") else ""
            if block := block.removesuffix(rest):
                yield block
        if rest:
            yield rest
    except UnicodeDecodeError as error:
        raise NotPlainError from error


def _texts(stream: IO[bytes]) -> Iterator[str]:
    """The text of a part in blocks, with one kind of line end."""
    read = partial(io.BufferedReader(stream, _PIECE).read, _BLOCK)  # type: ignore[type-var]
    decode = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), translate=True).decode
    while piece := read():
        yield decode(piece)
    yield decode(b"", final=True)


def normalised(stream: IO[bytes], where: str) -> Iterator[str]:
    """Yield the same document as plain text: no prefixes, comments or CDATA; refuses broken XML and document types."""
    out: list[str] = []
    depth = fed = 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(depth, where)
        pairs = (f' {key}="{escape(value)}"' for key, value in attrs.items() if " " not in key)
        out.append(f"<{name.rpartition(' ')[2]}{''.join(pairs)}>")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        out.append(f"</{name.rpartition(' ')[2]}>")

    parser = safe_parser(where)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: out.append(escape(text))
    while block := stream.read(_BLOCK):
        feed(parser, block, where, last=False)
        fed += len(block)
        check_tag(parser, fed, where)
        yield "".join(out)
        out.clear()
    feed(parser, b"", where)
    yield "".join(out)


def sheet_rows(blocks: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Yield number and inner XML of each row of a sheet that has an open and a close tag, in file order."""
    return chain.from_iterable(rows_at_once(blocks))


def rows_at_once(blocks: Iterator[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the same rows, some at a time."""
    number = 0
    for text in row_texts(blocks):
        *pieces, rest = text.split("</row>")
        rows: list[tuple[int, str]] = []
        for piece in pieces:
            match = _PLAIN_ROW(piece)
            if match:  # nearly every row, and what `_row` would say of it
                number = int(match[1])
                rows.append((number, piece[match.end() :]))
                continue
            number, inner = _row(piece, number)
            if inner is None:
                yield rows
                raise NotPlainError
            rows.append((number, inner))
        yield rows
        if rest and _row(rest, number)[1] is not None:
            raise NotPlainError


def row_texts(blocks: Iterator[str]) -> Iterator[str]:
    """Yield the text between the tags of the sheet data, in pieces that each end where a row ends."""
    rest = ""
    for block in blocks:
        rest += block
        start = rest.find("<sheetData")
        if start >= 0 and rest.find(">", start) >= 0:
            break
    else:
        return
    opened = rest.index(">", start) + 1
    if rest[opened - 2] == "/":
        return
    rest = rest[opened:]
    while "</sheetData" not in rest:
        end = rest.rfind("</row>") + len("</row>")
        if end >= len("</row>"):
            yield rest[:end]
            rest = rest[end:]
        block = next(blocks, "")
        if not block:
            raise NotPlainError
        rest += block
    yield rest[: rest.index("</sheetData")]
    deque(blocks, maxlen=0)  # to the end, where the checksum of the part is proved


def one_row(text: str, start: int, previous: int) -> tuple[int, str, int]:
    """Number, inner XML and end of the first row with an end tag from `start` on; empty rows before it are passed over."""
    end = text.find("</row>", start)
    number, inner = _row(text[start:] if end < 0 else text[start:end], previous)
    if (inner is None) != (end < 0):
        raise NotPlainError
    return number, inner or "", len(text) if end < 0 else end + len("</row>")


def _row(piece: str, number: int) -> tuple[int, str | None]:
    """Number and inner XML of the row that ends where a text ends; None where all rows in it are empty."""
    at = piece.find("<row")
    while at >= 0:
        end = piece.find(">", at)
        if end < 0:
            raise NotPlainError
        match = _ROW_NUMBER.search(piece, at, end)
        number = int(match[1]) if match else number + 1
        if piece[end - 1] != "/":
            return number, piece[end + 1 :]
        at = piece.find("<row", end)
    return number, None


def read_part(
    open_part: Callable[[], IO[bytes]], place: str, read: Callable[[Iterator[str]], Iterator[_T]]
) -> Iterator[_T]:
    """Read a part in its plain form; where it proves not to be plain, go on through the XML parser."""
    done = 0
    try:
        with open_part() as stream:
            for item in read(_guarded(plain(stream), place)):
                yield item
                done += 1
        return
    except NotPlainError:
        pass
    with open_part() as stream:
        try:
            yield from islice(read(_guarded(normalised(stream, place), place)), done, None)
        except NotPlainError as error:
            raise damaged(place, "a part that is cut off or is no worksheet") from error


def _guarded(blocks: Iterator[str], where: str) -> Iterator[str]:
    """Yield the same blocks; damage met while unpacking becomes a `WorkbookError`."""
    try:
        yield from blocks
    except (zipfile.BadZipFile, EOFError) as error:
        raise damaged(where, "a damaged or incomplete part") from error
