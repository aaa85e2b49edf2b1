"""`python -m recon_xl.scaffold FOLDER` writes month_end.xlsx and month_end_sample.xlsx into FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from recon_xl.scaffold.sample_book import build_sample
from recon_xl.scaffold.workbook import build

BLANK, SAMPLE = "month_end.xlsx", "month_end_sample.xlsx"


def main(arguments: list[str]) -> int:
    """Build both workbooks, the sample from the blank one; exit code 2 without a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m recon_xl.scaffold workbook_templates\n")
        return 2
    folder = Path(arguments[0])
    build(folder / BLANK)
    (folder / SAMPLE).unlink(missing_ok=True)
    build_sample(folder / SAMPLE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
