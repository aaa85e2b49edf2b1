"""Parses, dispatches and prints. Exit codes: 0 clean, 1 findings or problems, 2 could not run."""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from recon_xl import __version__
from recon_xl.cli.from_registry import Twin, twins
from recon_xl.cli.outcome import Outcome
from recon_xl.core.collector import without_collector
from recon_xl.core.errors import ReconError

_OWN_FILES = {"main", "outcome", "books", "from_registry"}
_EXIT_CODES = "exit codes: 0 clean, 1 findings or problems, 2 could not run"

Subcommand = ModuleType | Twin
"""A file of this folder, or the twin of a button; both have NAME, HELP, EXAMPLE, `arguments` and `execute`."""


class UsageError(ReconError):
    """The command line itself cannot be understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(
            where=self.prog, found=message, expected=f"a call as in: {self.format_usage().removeprefix('usage: ').strip()}",
            todo=f"See {self.prog} --help.",
        )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    try:
        options = _parser(_named(arguments)).parse_args(arguments)
        # A command makes many values and few cycles, and ends soon: nothing is gained by looking for them.
        with without_collector():
            outcome: Outcome = options.execute(options)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Files are as they were before, or complete.\n")
        return 130
    except ReconError as error:
        _report(error, as_json)
        return 2
    except Exception as error:
        if os.environ.get("RECON_XL_DEBUG"):
            raise
        _report(_fault(error), as_json)
        return 2
    text = json.dumps(outcome.data, indent=2, ensure_ascii=False) if as_json else "\n".join(outcome.lines)
    _write(text)
    return outcome.exit_code


def commands() -> list[Subcommand]:
    """The modules of this folder that are commands, and a twin for every other button of the ribbon; by name."""
    modules = [import_module(f"recon_xl.cli.{name}") for name in _files()]
    buttons = twins(module.TWIN_OF for module in modules if hasattr(module, "TWIN_OF"))
    return sorted([*modules, *buttons], key=lambda one: str(one.NAME))


def _files() -> list[str]:
    package = import_module("recon_xl.cli")
    return [found.name for found in pkgutil.iter_modules(package.__path__) if found.name not in _OWN_FILES]


def _named(arguments: Sequence[str]) -> list[Subcommand]:
    """The one command that is called, so that the files of all others need not be loaded; all where that is not clear."""
    name = arguments[0] if arguments else ""
    files = [file for file in _files() if file.rstrip("_") == name.replace("-", "_")]
    modules = [import_module(f"recon_xl.cli.{file}") for file in files]
    return [module for module in modules if name == module.NAME] or commands()


def _parser(known: Sequence[Subcommand]) -> argparse.ArgumentParser:
    about = "Month-end billing reconciliation in an Excel workbook."
    parser = _Parser(prog="recon-xl", allow_abbrev=False, description=about, epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"recon-xl {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for module in known:
        sub = subparsers.add_parser(
            module.NAME,
            allow_abbrev=False,
            help=module.HELP,
            description=module.__doc__,
            epilog=f"example: {module.EXAMPLE}\n\n{_EXIT_CODES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(sub)
        sub.add_argument("--json", action="store_true", help="print one JSON object on stdout")
        sub.set_defaults(execute=module.execute)
    return parser


def _report(error: ReconError, as_json: bool) -> None:
    if as_json:
        _write(json.dumps({"error": error.as_dict()}, indent=2, ensure_ascii=False))
    else:
        sys.stderr.write(
            f"{error.where}\n  found:    {error.found}\n  expected: {error.expected}\n  to do:    {error.todo}\n"
        )


def _fault(error: Exception) -> ReconError:
    return ReconError(
        where="recon-xl", found=f"a fault of its own ({type(error).__name__}: {error})", expected="no fault",
        todo="Nothing was written. Set RECON_XL_DEBUG=1 to see the details, and please report it.",
    )  # fmt: skip


def _write(text: str) -> None:
    """UTF-8 whatever the console's code page, so that names come out whole."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
