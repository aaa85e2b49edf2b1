"""Show the vendor formats that are recognised by their header."""

from __future__ import annotations

import argparse

from recon_xl.cli.outcome import Outcome
from recon_xl.intake.formats import formats

NAME = "formats"
HELP = "show which vendor files are recognised"
EXAMPLE = "recon-xl formats"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def execute(options: argparse.Namespace) -> Outcome:
    """The catalogue, from the formats themselves."""
    found = [{"name": f["name"], "title": f["title"], "table": f["table"], "doc": f["docstring"]} for f in formats()]
    lines = [line for f in found for line in (f"{f['name']}  -> {f['table']}", f"    {f['title']}", "")]
    return Outcome(0, {"formats": found}, lines)
