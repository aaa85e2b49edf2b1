"""Every workbook of the corpus has a month closed in it twice, and loses nothing."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from lossless import corpus, proof
from lossless.story import call, closed

TITLE = "Users' workbooks: upgraded, imported into, run and run again, without a loss"


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """Close the month in a share of the workbooks; all of them, and what LibreOffice saves, from scale 1 on.

    Then Microsoft's validator and LibreOffice look at each, where they are installed.
    """
    with tempfile.TemporaryDirectory(prefix="recon-xl-lossless-") as name:
        folder = Path(name)
        (folder / "before").mkdir()
        count = max(1, min(len(corpus.MADE), round(len(corpus.MADE) * scale)))
        names = random.Random(seed).sample(sorted(corpus.MADE), count)  # noqa: S311 - a choice of tests
        books = [corpus.make(one, folder / "before") for one in names]
        if scale >= 1:
            books += corpus.saved_by_libreoffice(folder)
        parts = 0
        pairs = []
        for book in books:
            after = closed(book, folder / "after")
            check(book, after)
            parts += _count(book)
            pairs.append((book, after))
        figures: dict[str, object] = {"workbooks": len(books), "parts of the users'": parts, "lost": 0}
        if scale >= 1:
            figures |= validated(pairs) | opened([after for _before, after in pairs], folder / "opened")
        return figures


def check(before: Path, after: Path) -> None:
    """Nothing is lost, nothing is wrong that was not, and a further upgrade finds nothing to do."""
    assert proof.losses(before, after) == [], before.name
    assert proof.new_faults(before, after) == [], before.name
    held = after.read_bytes()
    assert "lacks nothing" in call("upgrade", after, "--yes-signed-macros"), before.name
    assert after.read_bytes() == held, before.name


def _count(book: Path) -> int:
    with zipfile.ZipFile(book) as package:
        return len(package.namelist())


def validated(pairs: list[tuple[Path, Path]]) -> dict[str, object]:
    """Microsoft's validator finds nothing in the second workbook that it did not find in the first."""
    validator = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if not validator:
        return {"validated": "not installed"}
    for before, after in pairs:
        known = Counter(_sdk(validator, before))
        new = [error for error in _sdk(validator, after) if not known[error]]
        assert new == [], (after.name, new[:3])
    return {"validated": len(pairs)}


def _sdk(validator: str, path: Path) -> list[str]:
    run = subprocess.run([validator, str(path)], check=False, capture_output=True, text=True, timeout=300)
    return [str((error["id"], error["path"], error["xPath"])) for error in json.loads(run.stdout)["errors"]]


def opened(books: list[Path], out: Path) -> dict[str, object]:
    """LibreOffice opens each workbook and shows our tabs."""
    if shutil.which("soffice") is None:
        return {"opened by LibreOffice": "not installed"}
    corpus.convert([str(book) for book in books], out, "xlsx:Calc MS Excel 2007 XML")
    for book in books:
        with zipfile.ZipFile(out / f"{book.stem}.xlsx") as package:
            tabs = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
        assert {"My Data", "Start", "Exceptions", "Draft Lines"} <= set(tabs), (book.name, tabs)
    return {"opened by LibreOffice": len(books)}
