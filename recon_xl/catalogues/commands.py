"""docs/commands.md: every command with its options, from the command line itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from types import ModuleType

from recon_xl.catalogues.markdown import code, page, plain, table
from recon_xl.cli.main import commands

_INTRODUCTION = (
    "`recon-xl COMMAND --help` says the same. Progress goes to stderr, results to stdout. With `--json` every command",
    "prints exactly one object on stdout, described in [json.md](json.md).",
    "",
    *table(
        ["Exit code", "Meaning"],
        [
            ["0", "clean, or done"],
            ["1", "findings, a control that fails, NOT RECONCILABLE, or cells of an imported file that cannot be read"],
            ["2", "could not run; nothing was written, and the message says where, what was found, and what to do"],
        ],
    ),
    "",
    "`demo` and `new` exit with 0 once the workbook is made: the sample's findings are its own.",
    "",
)
_JSON = (code("--json"), "print one JSON object on stdout")


def commands_page() -> str:
    """An overview, then one section a command."""
    modules = commands()
    overview = (
        [f"[{code(f'recon-xl {one.NAME}')}](#recon-xl-{one.NAME})", plain(_sentence(one.HELP))] for one in modules
    )
    lines = [*_INTRODUCTION, *table(["Command", "What it does"], overview)]
    for module in modules:
        lines += ["", f"## recon-xl {module.NAME}", "", *_section(module)]
    return page("Commands", "recon_xl/cli", lines)


def _section(module: ModuleType) -> Iterator[str]:
    yield plain(" ".join((module.__doc__ or "").split()))
    yield from ("", "```", f"{module.EXAMPLE}", "```", "")
    parser = argparse.ArgumentParser(add_help=False)
    module.arguments(parser)
    rows = [[_name(action), plain(_sentence(action.help or ""))] for action in parser._actions]
    yield from table(["Argument", "Meaning"], [*rows, [_JSON[0], _sentence(_JSON[1])]])


def _name(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else ""
    if not action.option_strings:
        return code(f"{value} ..." if action.nargs == "+" else value)
    return code(" ".join([action.option_strings[-1], *([value] if action.nargs != 0 and value else [])]))


def _sentence(words: str) -> str:
    """Help texts begin small and have no full stop; a page has sentences."""
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
