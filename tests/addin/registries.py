"""A few declarations for the generators, and the registries as they stand."""

from __future__ import annotations

from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.functions.model import Argument, WorksheetFunction


def execute(call: Call) -> Reply:
    return Reply()


def command(
    name: str, group: Group, key_tip: str, enabled: Enabled = Enabled.BOOK, *, is_large: bool = False
) -> Command:
    return Command(
        id=name,
        label=name.replace("_", " ").capitalize(),
        group=group,
        key_tip=key_tip,
        screentip='Costs & "markups" <today>',
        supertip="What it does \u2212 in the accountant\u2019s words.",
        icon="CalculateNow",
        execute=execute,
        enabled=enabled,
        is_large=is_large,
    )


COMMANDS = (
    command("bring_in", Group.IMPORT, "I", is_large=True),
    command("new_month", Group.IMPORT, "N", Enabled.ALWAYS),
    command("compare", Group.RECONCILE, "R", is_large=True),
    command("sign", Group.CLOSE, "S", Enabled.RESULTS),
)

FUNCTIONS = (
    WorksheetFunction(
        name="ADDUP",
        help="Adds up \u2212 to the cent.",
        arguments=(
            Argument("price", 'The "price".'),
            Argument("currency", "Blank for none.", is_optional=True),
            Argument("lines", "The whole table.", is_optional=True, is_table=True),
        ),
        calculate=lambda price, currency, lines: price,
        examples=(),
        doc="",
    ),
)
