"""Encodings: told by the bytes, assumed and said, or refused."""

from __future__ import annotations

from .csvs import GOOD, GOOD_ROW, SHORT, lines, raw
from .model import Case, Read, Refused

MUELLER = "Müller GmbH,Backup,2,12.50"
MUELLER_ROW = {**GOOD_ROW, "Customer": "Müller GmbH"}
JAPANESE = "株式会社サンプル,バックアップ,2,12.50"
BOTH = f"{SHORT}\r\n{MUELLER}\r\n"
_SAVE = 'Save the file in Excel as "CSV UTF-8'

CASES = [
    Case("utf8.csv", "UTF-8", lines(SHORT, MUELLER), Read((MUELLER_ROW,))),
    Case("utf8_mark.csv", "UTF-8 with a byte order mark", lines(SHORT, MUELLER, encoding="utf-8-sig"), Read((MUELLER_ROW,))),
    Case("utf16_le_mark.csv", "UTF-16 LE with a mark", raw(b"\xff\xfe" + BOTH.encode("utf-16-le")), Read((MUELLER_ROW,))),
    Case("utf16_be_mark.csv", "UTF-16 BE with a mark", raw(b"\xfe\xff" + BOTH.encode("utf-16-be")), Read((MUELLER_ROW,))),
    Case("utf16_le.csv", "UTF-16 LE without a mark", raw(BOTH.encode("utf-16-le")),
         Read((MUELLER_ROW,), says=("UTF-16 without a byte order mark",))),
    Case("utf16_be.csv", "UTF-16 BE without a mark", raw(BOTH.encode("utf-16-be")),
         Read((MUELLER_ROW,), says=("UTF-16 without a byte order mark",))),
    Case("utf16_tab.txt", "Excel's Unicode text: UTF-16 and tabs", raw(b"\xff\xfe" + BOTH.replace(",", "\t").encode("utf-16-le")),
         Read((MUELLER_ROW,))),
    Case("utf16_cut.csv", "UTF-16 cut in a character", raw(b"\xff\xfe" + BOTH.encode("utf-16-le")[:-1]),
         Refused("utf16_cut.csv > row", "UTF-16 text that is cut off", "UTF-8", _SAVE)),
    Case("utf32.csv", "UTF-32", raw(BOTH.encode("utf-32")), Refused("utf32.csv > row 1", "NUL", "UTF-8", "Download")),
    Case("cp1252.csv", "Windows-1252", lines(SHORT, MUELLER, encoding="cp1252"),
         Read((MUELLER_ROW,), says=("read as Windows-1252",))),
    Case("cp1252_euro.csv", "Windows-1252 with a euro sign",
         lines("Customer,Product,Quantity,Amount,Currency", "Café Noël,Backup,2,€12.50,EUR", encoding="cp1252"),
         Read(({**GOOD_ROW, "Customer": "Café Noël", "Currency": "EUR"},), says=("read as Windows-1252",))),
    Case("cp1252_marks.csv", "Windows-1252 with typographic marks",
         lines(SHORT, "O\u2019Neil \u2013 Œuvre,Backup,2,12.50", encoding="cp1252"),
         Read(({**GOOD_ROW, "Customer": "O\u2019Neil \u2013 Œuvre"},), says=("read as Windows-1252",))),
    Case("shift_jis.csv", "Shift-JIS", lines(SHORT, JAPANESE, encoding="cp932"),
         Refused("shift_jis.csv > row 2", "Shift-JIS", "UTF-8", _SAVE)),
    Case("shift_jis_half.csv", "Shift-JIS, half-width katakana", lines(SHORT, "ｻﾝﾌﾟﾙ,Backup,2,12.50", encoding="cp932"),
         Refused("shift_jis_half.csv > row 2", "unknown encoding", "UTF-8", _SAVE)),
    Case("gbk.csv", "GBK", lines(SHORT, "示例有限公司,Backup,2,12.50", encoding="gbk"),
         Refused("gbk.csv > row 2", "encoding", "UTF-8", _SAVE)),
    Case("big5.csv", "Big5", lines(SHORT, "範例有限公司,Backup,2,12.50", encoding="big5"),
         Refused("big5.csv > row 2", "encoding", "UTF-8", _SAVE)),
    Case("cp1251.csv", "Windows-1251, Cyrillic", lines(SHORT, "Пример,Backup,2,12.50", encoding="cp1251"),
         Refused("cp1251.csv > row 2", "unknown encoding", "UTF-8", _SAVE)),
    Case("koi8.csv", "KOI8-R", lines(SHORT, "Пример,Backup,2,12.50", encoding="koi8-r"),
         Refused("koi8.csv > row 2", "unknown encoding", "UTF-8", _SAVE)),
    Case("utf8_cut.csv", "UTF-8 cut inside a character", raw(f"{SHORT}\r\nMüller,Backup,2,12.50\r\nZ".encode() + b"\xc3"),
         Refused("utf8_cut.csv > row 3", "breaks off", "UTF-8", _SAVE)),
    Case("nul.csv", "a NUL character", lines(SHORT, "Con\0toso,Backup,2,12.50"),
         Refused("nul.csv > row 2", "NUL", "UTF-8", "Download")),
    Case("binary.csv", "no text at all", raw(bytes(range(256)) * 4), Refused("binary.csv", "", "", "")),
    Case("end_mark.csv", "the end mark of DOS at the end", raw(f"{SHORT}\r\n{GOOD}\r\n\x1a".encode()), Read((GOOD_ROW,))),
    Case("chinese_utf8.csv", "names of another script in UTF-8", lines(SHORT, JAPANESE),
         Read(({**GOOD_ROW, "Customer": "株式会社サンプル", "Product": "バックアップ"},))),
    Case("emoji.csv", "names with emoji and right-to-left letters", lines(SHORT, "שלום 🦊,Backup,2,12.50"),
         Read(({**GOOD_ROW, "Customer": "שלום 🦊"},))),
]  # fmt: skip
