"""docs/commands.md: every button of the ribbon, and every command with its options, from the declarations themselves."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from recon_xl.catalogues.markdown import code, page, plain, table
from recon_xl.cli.main import Subcommand, commands
from recon_xl.commands import registry
from recon_xl.commands.model import Command, Enabled

_RIBBON = (
    "Every button of the ribbon tab has a twin on the command line that does the same in a saved workbook. Press Alt, the key",
    "tip of the tab, and the key tip of the button to press it without the mouse. **Reads** and **Writes** are the tables that a",
    "button touches; draft tabs and Start are written with the results.",
    "",
)
_COMMAND_LINE = (
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
    "`demo` and `new` exit with 0 once the workbook is made: the sample's findings are its own. `sources` exits with 1",
    "where the month lacks something, `mapping-gaps` where there is one, `preview` as the run would. A command that goes",
    "somewhere writes nothing: it prints the place. The cell given with `--at` stands for the one that is selected in Excel.",
    "",
)
_JSON = (code("--json"), "print one JSON object on stdout")


def commands_page() -> str:
    """An overview, then one section a command."""
    modules = commands()
    overview = (
        [f"[{code(f'recon-xl {one.NAME}')}](#recon-xl-{one.NAME})", plain(_sentence(one.HELP))] for one in modules
    )
    lines = ["## The ribbon", "", *_RIBBON, *_buttons(modules)]
    lines += ["", "## The command line", "", *_COMMAND_LINE, *table(["Command", "What it does"], overview)]
    for module in modules:
        lines += ["", f"## recon-xl {module.NAME}", "", *_section(module)]
    return page("Commands", "recon_xl/commands and recon_xl/cli", lines)


def _buttons(modules: list[Subcommand]) -> list[str]:
    """One row a button, in the order of the ribbon."""
    twins = {_button_of(module): module.NAME for module in modules}
    rows = ([*_button(one), f"[{code(twins[one.id])}](#recon-xl-{twins[one.id]})"] for one in registry.commands())
    return table(["Group", "Button", "Key tip", "What it does", "Works", "Reads", "Writes", "Command line"], rows)


def _button(one: Command) -> list[str]:
    works = plain({Enabled.ALWAYS: "always", Enabled.BOOK: "in a month-end workbook"}.get(one.enabled, "after a run"))
    tables = (plain(", ".join(names)) or "nothing" for names in (one.reads, one.writes))
    return [plain(one.group), f"**{plain(one.label)}**", code(one.key_tip), plain(one.supertip), works, *tables]


def _button_of(module: Subcommand) -> str:
    """The id of the button that a sub-command is the twin of; blank for those that have none."""
    return str(module.TWIN_OF) if hasattr(module, "TWIN_OF") else ""


def _section(module: Subcommand) -> Iterator[str]:
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
