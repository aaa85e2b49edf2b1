"""Names of generated clients: as many as a month needs, each once."""

from __future__ import annotations

import random

import pytest

from recon_xl.sample.names import company_names


def names(how_many: int) -> list[tuple[str, str]]:
    return company_names(random.Random(7), how_many)  # noqa: S311 - sample data


def test_a_large_month_begins_with_the_names_of_a_small_one() -> None:
    """The first 1,600 names are those of every month of the seed; more follow, and none comes twice."""
    small, large = names(18), names(5000)
    assert small == large[:1600]
    assert len(large) >= 5000
    assert len(large) == len(set(large))
    assert all(len(first.split()) == 2 for first, _ in large[1600:])


def test_nobody_is_named_twice_for_want_of_names() -> None:
    """Forty first words in pairs, by forty trades: beyond 64,000 the generator says so."""
    with pytest.raises(ValueError, match="there are 64000 names"):
        names(64_001)
