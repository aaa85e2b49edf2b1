"""recon-xl itself, as users run it: the commands of the command line, and two stations from within."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from .stage import Stage

NAME = "product"


def import_files(stage: Stage) -> None:
    """`recon-xl import BOOK FILES...`: all files of the month in one command, saved in place."""
    book = stage.out("product_import")
    shutil.copyfile(stage.blank, book)
    _command("import", str(book), *map(str, stage.files), *_controls(stage))


def run(stage: Stage) -> None:
    """`recon-xl run BOOK --out OTHER`."""
    _command("run", str(stage.imported), "--out", str(stage.out(NAME)))


def run_import(stage: Stage) -> None:
    """`recon-xl run BOOK --import FILES...`: the same in one process and one save."""
    names = map(str, stage.files)
    _command("run", str(stage.blank), "--import", *names, *_controls(stage), "--out", str(stage.out("product_one")))


def engine(stage: Stage) -> None:
    """Load, map, group, seats, full outer match: the relations alone, what Python prices in between not counted."""
    from recon_xl.engine.ledger import relate_keys, relate_mapping, relate_sources  # noqa: PLC0415 - a process each
    from recon_xl.engine.session import Session  # noqa: PLC0415
    from recon_xl.pricing.line import Pricing  # noqa: PLC0415

    inputs = stage.kept("inputs")
    pricing = Pricing(inputs)
    with Session(inputs.rows("Vendor Lines")) as session:
        with stage.clock():
            pairs = relate_mapping(session, inputs)
        pricing.load_terms(session, pairs)
        with stage.clock():
            relate_sources(session)
        pricing.price(session)
        with stage.clock():
            relate_keys(session)


def whole_engine(stage: Stage) -> None:
    """The same with prices, rules, drafts and proof: from typed inputs to every finding."""
    from recon_xl.commands.reconcile import reconcile  # noqa: PLC0415 - a process each

    inputs, clock = stage.kept("inputs"), stage.kept("clock")
    with stage.clock():
        reconcile(inputs, clock)


def write(stage: Stage) -> None:
    """Patch, save and prove the results of a run."""
    from recon_xl.hosts.file import FileHost  # noqa: PLC0415 - a process each

    snapshot, changeset = stage.kept("changes")
    host = FileHost(stage.imported)
    with stage.clock():
        host.apply(changeset, snapshot, stage.out("product_write"))


def _command(*arguments: str) -> None:
    from recon_xl.cli.main import main  # noqa: PLC0415 - importing is part of what is measured

    code = main(arguments)
    if code not in (0, 1):
        raise SystemExit(f"recon-xl {arguments[0]}: exit code {code}")


def _controls(stage: Stage) -> list[str]:
    printed: Mapping[str, str] = stage.facts["control_totals"]
    return [word for invoice, total in printed.items() for word in ("--control", f"{invoice}={total}")]


STATIONS: dict[str, tuple[Any, ...]] = {
    "import": (import_files,),
    "engine": (engine,),
    "engine, with prices, rules, drafts and proof": (whole_engine,),
    "write": (write,),
    "whole": (import_files, run),
    "whole, in one command": (run_import,),
}
"""Station -> the jobs that it takes, a process each. What follows a comma tells ways apart to do what others do in one."""


@cache
def stations() -> dict[str, tuple[Any, ...]]:
    """Those that this version knows: the benchmark also measures versions whose `run` took no files."""
    from recon_xl.cli import run as command  # noqa: PLC0415 - a job must not pay for it

    parser = argparse.ArgumentParser()
    command.arguments(parser)
    knows = {run_import: "--import" in parser.format_usage()}
    return {station: jobs for station, jobs in STATIONS.items() if all(knows.get(job, True) for job in jobs)}
