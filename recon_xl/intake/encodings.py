"""The text of a file: its encoding is told by its bytes, assumed only where nothing else fits, and then said."""

from __future__ import annotations

import codecs
import re

from recon_xl.core.errors import InputError

DOWNLOAD_AGAIN = "Download or export the file again; do not edit it with a text editor."
_SAVE_AS_UTF8 = 'Save the file in Excel as "CSV UTF-8 (Comma delimited)".'
_SAMPLE = 4096
# Bytes that Windows-1252 leaves open, or that no European text has: they lead the double bytes of East Asian encodings.
_NOT_WESTERN = re.compile(rb"[\x81-\x84\x86-\x88\x8d\x8f\x90\x98\x9d]|[\xa1-\xff]{4}")
_DOUBLE_BYTES = re.compile(rb"[\x81-\x9f][\x40-\xfc][\x81-\x9f][\x40-\xfc]")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]")


def decode(content: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """The text, the name of its encoding, and a note where the encoding had to be assumed.

    `InputError` for an encoding that cannot be told, and for a NUL, which no table holds.
    """
    encoding, text, note = _decoded(content, name)
    text = text.removesuffix("\x1a")  # the end mark of old DOS programs
    if "\0" in text:
        raise InputError(
            where=f"{name} > row {text.count(chr(10), 0, text.index(chr(0))) + 1}",
            found="a NUL character",
            expected="text in UTF-8, or UTF-16 with a byte order mark",
            todo=DOWNLOAD_AGAIN,
        )
    return text, encoding, (f"{name}: {note}",) if note else ()


def _decoded(content: bytes, name: str) -> tuple[str, str, str]:
    wide = _wide(content)
    if wide is not None:
        encoding, is_marked = wide
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise _unknown(content, error.start, name, "UTF-16 text that is cut off or damaged") from None
        return "UTF-16", text, "" if is_marked else "UTF-16 without a byte order mark."
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_cut(content, error):
            raise _unknown(content, error.start, name, "UTF-8 text that breaks off inside a character") from None
        text = _western(content, name)
        return "Windows-1252", text, "not UTF-8, read as Windows-1252; save it as CSV UTF-8 if names look wrong."
    return "UTF-8", text, ""


def _wide(content: bytes) -> tuple[str, bool] | None:
    """UTF-16 by its byte order mark, or by zeros in every second byte, as Latin text has them."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return encoding, True
    sample = content[: _SAMPLE - _SAMPLE % 2]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    most = max(zeros)
    if 4 * most < len(sample) or 10 * min(zeros) > most:
        return None
    return ("utf-16-le" if zeros[1] == most else "utf-16-be"), False


def _is_cut(content: bytes, error: UnicodeDecodeError) -> bool:
    """True where only the very last character is incomplete: all before it is UTF-8 with letters beyond ASCII."""
    return (
        len(content) - error.start < 4
        and error.reason == "unexpected end of data"
        and not content[: error.start].isascii()
    )


def _western(content: bytes, name: str) -> str:
    odd = _NOT_WESTERN.search(content)
    if odd is None:
        return content.decode("cp1252")
    found = "text in an unknown encoding"
    try:
        if _DOUBLE_BYTES.search(content) and _JAPANESE.search(content.decode("cp932")):
            found = "text in an encoding that is not Western, it may be Shift-JIS"
    except UnicodeDecodeError:
        pass
    raise _unknown(content, odd.start(), name, found)


def _unknown(content: bytes, at: int, name: str, found: str) -> InputError:
    return InputError(
        where=f"{name} > row {content.count(10, 0, at) + 1}",
        found=found,
        expected="UTF-8, UTF-16 with a byte order mark, or Windows-1252",
        todo=_SAVE_AS_UTF8,
    )
