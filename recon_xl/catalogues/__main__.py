"""`python -m recon_xl.catalogues FOLDER` writes every reference page into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from recon_xl.catalogues import PAGES


def main(arguments: list[str]) -> int:
    """Write the pages; 2 where the folder is not given."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m recon_xl.catalogues FOLDER\n")
        return 2
    for name, page in PAGES.items():
        (Path(arguments[0]) / name).write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
