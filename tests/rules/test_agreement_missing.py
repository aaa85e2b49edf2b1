"""Rule agreement-missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, exceptions, rules_of, the_draft, the_exception
from scenarios.plain import CLIENT, plain_month, with_seats

from recon_xl.core.errors import ContractError


def test_fires_for_a_required_kind(books: OpenBooks) -> None:
    """One client has an MCA, the other has none: their 140.00 net."""
    month = plain_month(lambda period: books(period, required_agreements="mca"))
    with_seats(month.customer("Birch"), "Birch")
    month.add("Agreements", {"Agreement": "M-1", "Customer": "Birch", "Type": "MCA"})
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.customer, finding.hit.at_stake, finding.hit.direction) == (
        "agreement-missing", CLIENT, Decimal("140.00"), "review",
    )  # fmt: skip
    assert {draft.customer: draft.status for draft in result.drafts} == {CLIENT: "Held", "Birch": "Draft"}


def test_fires_once_a_kind(books: OpenBooks) -> None:
    """Two kinds are required, none is there."""
    month = plain_month(lambda period: books(period, required_agreements="contract; GDAP"))
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["agreement-missing"] * 2
    assert len(the_draft(result).hold_reasons) == 2


def test_quiet_where_nothing_is_required(books: OpenBooks) -> None:
    """The default."""
    assert rules_of(plain_month(books).reconcile()) == []


def test_quiet_where_the_kind_is_there(books: OpenBooks) -> None:
    """A blank type is a contract."""
    month = plain_month(lambda period: books(period, required_agreements="Contract"))
    assert rules_of(month.add("Agreements", {"Agreement": "A", "Customer": CLIENT}).reconcile()) == []


@pytest.mark.parametrize("kinds", ["NDA", "MCA, GDAP", "MCA; contracts"])
def test_an_unknown_kind_is_refused(books: OpenBooks, kinds: str) -> None:
    """The setting is named, with the kinds there are."""
    with pytest.raises(ContractError) as refused:
        plain_month(lambda period: books(period, required_agreements=kinds)).reconcile()
    assert refused.value.where.endswith("Required Agreements")
    assert refused.value.expected == "contract; MCA; GDAP; reseller relation"
