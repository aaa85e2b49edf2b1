"""A month of any size from a seed: the same seed gives the same month, to the letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.billing import bill_all
from recon_xl.sample.clients import Client
from recon_xl.sample.cycles import days_in, period_text, shift
from recon_xl.sample.deals import BilledLine
from recon_xl.sample.faults import FAULTS, places_needed, plant, stage
from recon_xl.sample.month import Month
from recon_xl.sample.people import make_clients
from recon_xl.sample.renewals import left, renewed
from recon_xl.sample.rules import client_rules, default_rules
from recon_xl.sample.standing import make_plain, settle_terms
from recon_xl.sample.stories import (
    at_least,
    changing_as_billed,
    changing_fixed,
    changing_flex,
    changing_foreign,
    changing_markup,
    not_prorated,
    rare,
    simple,
    trial,
    two_subscriptions,
)
from recon_xl.sample.tables import billed_row
from recon_xl.sample.turns import (
    backup,
    consumption,
    credited,
    devices,
    networking,
    prepaid_year,
    reservation,
    returned,
    support,
    training,
    upgraded,
)
from recon_xl.sample.workshop import Workshop

Story = Callable[[Workshop, Client], None]
STORIES: tuple[Story, ...] = (
    simple, changing_markup, changing_fixed, changing_flex, changing_as_billed, changing_foreign, not_prorated,
    at_least, two_subscriptions, trial, prepaid_year, returned, credited, upgraded, consumption, networking,
    reservation, devices, backup, training, support, consumption, networking, reservation, changing_fixed,
    two_subscriptions, prepaid_year, returned, prepaid_year, returned, credited, renewed, left, renewed,
)  # fmt: skip
EVERYDAY: tuple[Story, ...] = (
    simple, changing_markup, changing_fixed, changing_flex, changing_as_billed, consumption, networking, devices,
    backup, two_subscriptions,
)  # fmt: skip
RARE_CLIENTS = 6
LARGE = 1000


def generate_month(
    seed: int,
    lines: int = 300,
    faults: Sequence[str] = (),
    period: str = "2026-10",
    currencies: Sequence[str] = ("USD", "EUR"),
) -> Month:
    """A month of about so many vendor lines, never fewer; `faults` names what is planted, repeated for several.

    Without faults the month is clean: every story in it is lawful and the billed lines are what they should be.
    Every story comes up at least once, so that even a small month has some 150 vendor lines.
    """
    if unknown := [name for name in faults if name not in FAULTS]:
        raise ValueError(f"unknown fault {unknown[0]!r}; known: {', '.join(FAULTS)}")
    shop = Workshop(seed, period, currencies)
    make_clients(shop, max(18, lines // 12) + places_needed(faults))
    settle_terms(shop)
    shop.guests = [make_plain(shop.clients.pop()) for _ in range(places_needed(faults))]
    default_rules(shop)
    client_rules(shop)
    _tell_stories(shop, lines)
    if lines >= LARGE:
        _print_some_refunds_the_other_way(shop)
    staged = stage(shop, faults)
    bill_all(shop)
    assembly = Assembly(shop)
    assembly.stray_billed.extend(_other_months(shop))
    return assembly.seal(plant(assembly, faults, seed, staged))


def _tell_stories(shop: Workshop, lines: int) -> None:
    for client in shop.clients:
        simple(shop, client)
    for client in shop.clients[:RARE_CLIENTS]:
        rare(shop, client)
    for number, story in enumerate(STORIES):
        _tell_somewhere(shop, story, (number * 5 + 1) % len(shop.clients))
    misses = 0
    while shop.count_lines() < lines and misses < 50:
        before = shop.count_lines()
        for client in shop.rng.sample(shop.clients, max(1, len(shop.clients) // 8)):
            shop.rng.choice(EVERYDAY * 3 + STORIES)(shop, client)
        misses = misses + 1 if shop.count_lines() == before else 0


def _tell_somewhere(shop: Workshop, story: Story, first: int) -> None:
    """Tell the story of the first client in turn to whom it can happen."""
    before = len(shop.deals)
    for client in shop.clients[first:] + shop.clients[:first]:
        story(shop, client)
        if len(shop.deals) > before:
            return


def _print_some_refunds_the_other_way(shop: Workshop) -> None:
    """Some sources print a refund as a negative quantity at a positive price."""
    refunds = [line for deal in shop.deals.values() for line in deal.lines if line.subtotal < 0]
    for line in refunds[::5]:
        line.reversed = True


def _other_months(shop: Workshop) -> list[dict[str, str]]:
    """Billed lines of the month before and the month after: not compared with this month's invoices."""
    found: list[BilledLine] = [line for deal in shop.deals.values() for line in deal.billed][
        :: max(1, len(shop.deals) // 4)
    ]
    rows = []
    for number, line in enumerate(found):
        first = shift(shop.first, -1 if number % 2 else 1)
        dated = replace(line, month="" if number % 3 == 0 else period_text(first), start=first)
        rows.append(billed_row(replace(dated, end=first.replace(day=days_in(first)))))
    return rows
