"""Client Summary and Margin: expected, billed, cost and gap, by client and by product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.finding import Hit
from recon_xl.core.margin import sell_of
from recon_xl.core.money import ZERO, total
from recon_xl.core.price import margin_of, markup_of
from recon_xl.report.exceptions import CONSEQUENCE
from recon_xl.report.result import Result
from recon_xl.report.values import columns_change, money, quantity, ref, rows_change, this_row

Match = Mapping[str, Any]


def client_summary(result: Result) -> ReplaceRows:
    """One row a client and currency."""
    groups: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in result.matches:
        groups[match["client"], match["currency"]].append(match)
    hits: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    for finding in result.exceptions:
        if finding.is_primary:
            hits[finding.hit.customer, finding.hit.currency].append(finding.hit)
    drafts = {(draft.customer, draft.currency): draft for draft in result.drafts}
    keys = sorted({*groups, *drafts})
    return rows_change("Client Summary", [_client(key, groups[key], drafts.get(key), hits[key]) for key in keys])


def _client(key: tuple[str, str], matches: Sequence[Match], draft: Any, hits: Sequence[Hit]) -> dict[str, Value]:
    client, currency = key
    expected, billed = total(map(sell_of, matches)), total(match["billed"] for match in matches)
    held = draft is not None and draft.is_held
    status = "Held" if held else "Exceptions" if hits else "Clean" if _all_checked(matches) else "Not checked"
    return {
        "Customer": client,
        "Currency": currency,
        "Services": len({match["product"] for match in matches}),
        "Expected Quantity": quantity(total(match["expected_quantity"] or ZERO for match in matches)),
        "Billed Quantity": quantity(total(match["billed_quantity"] or ZERO for match in matches)),
        "Expected": money(expected, currency),
        "Billed": money(billed, currency),
        "Variance": Formula(_difference("Client Summary", "Billed", "Expected"), money(billed - expected, currency)),
        "Exceptions": Formula(_counted(), len(hits)),
        "At Stake": Formula(_staked(), money(total(hit.at_stake for hit in hits), currency)),
        "Draft": draft.number if draft else None,
        "Status": status,
    }


def _all_checked(matches: Sequence[Match]) -> bool:
    return all(match["status"] in ("compared", "timing", "covered") for match in matches)


def margin(result: Result) -> ReplaceRows:
    """One row a client, product and currency, on what should be billed."""
    rows, floor, tolerance = result.margins, result.settings.margin_floor, result.settings.billed_tolerance
    return columns_change(
        "Margin",
        {
            "Customer": [row.client for row in rows],
            "Product": [row.product for row in rows],
            "Currency": [row.currency for row in rows],
            "Revenue": [money(row.sell, row.currency) for row in rows],
            "Cost": [money(row.cost, row.currency) for row in rows],
            "Margin": [None if row.cost is None else _margin(row.sell, row.cost, row.currency) for row in rows],
            "Margin %": [
                None if row.cost is None else _share("Revenue", margin_of(row.sell, row.cost)) for row in rows
            ],
            "Markup %": [None if row.cost is None else _share("Cost", markup_of(row.sell, row.cost)) for row in rows],
            "Check": [row.check(floor, tolerance) for row in rows],
        },
    )


def _margin(sell: Decimal, cost: Decimal, currency: str) -> Value:
    return Formula(_difference("Margin", "Revenue", "Cost"), money(sell - cost, currency))


def _share(base: str, percent: Decimal | None) -> Value:
    """Margin of sell, or markup of cost, as the fraction that a percent cell stores."""
    return None if percent is None else Formula(_quotient(base), percent.scaleb(-2))


@cache
def _quotient(base: str) -> str:
    return f"ROUND({this_row('Margin', 'Margin')}/{this_row('Margin', base)},4)"


@cache
def _difference(table: str, left: str, right: str) -> str:
    return f"{this_row(table, left)}-{this_row(table, right)}"


def _criteria() -> str:
    """Plain comparisons: a criterion of SUMIFS would take a name such as `>5` or `A*` for more than a name."""
    same = "*".join(
        f"({ref('Exceptions', column)}={this_row('Client Summary', column)})" for column in ("Customer", "Currency")
    )
    severity = ref("Exceptions", "Severity")
    return f'{same}*({severity}<>"{CONSEQUENCE}")*({severity}<>"Resolved")'


@cache
def _counted() -> str:
    return f"SUMPRODUCT({_criteria()})"


@cache
def _staked() -> str:
    return f"SUMPRODUCT({_criteria()},{ref('Exceptions', 'At Stake')})"
