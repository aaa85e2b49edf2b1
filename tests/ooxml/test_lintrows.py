"""A row is passed without a closer look only where a closer look would find nothing."""

from __future__ import annotations

import pytest

from recon_xl.ooxml.lintrows import KnownRows

GOOD = (
    '<c r="A{n}" s="1"><v>-1.5</v></c><c r="B{n}"/>'
    '<c r="C{n}" s="2" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>'
)


def rows_like_it(many: int) -> KnownRows:
    known = KnownRows(3)
    assert all(known.has(n, GOOD.format(n=n)) for n in range(6, 6 + many))
    return known


def test_a_row_of_a_known_shape_is_passed() -> None:
    """Other values in the same form are good, in the first rows and when there are many."""
    for many in (0, 1, 999, 1000, 1100):
        known = rows_like_it(many)
        assert known.has(1048576, GOOD.format(n=1048576).replace("-1.5", "46348.25"))
        assert not known.has(1048577, GOOD.format(n=1048577))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-1.5", "1.5x"),
        ("-1.5", ""),
        ("&amp;", "&bad;"),
        ("&amp;", "&"),
        ("a &amp; b", "a<b/>"),
        ("a &amp; b", "_xD83D_"),
        ("a &amp; b", "x" * 9000),
        ('r="B12"', 'r="B13"'),
        ('r="A12"', 'r="A13"'),
        ('r="B12"', 'r="D12"'),
        ('s="2"', 's="3"'),
        ("</c>", ""),
        ('<c r="B12"/>', '<c r="B12"/><c r="B12"/>'),
    ],
)
def test_a_row_with_a_fault_is_looked_at(old: str, new: str) -> None:
    """Anything that differs in more than its values is not passed, however often it comes."""
    row = GOOD.format(n=12)
    assert old in row
    for many in (0, 1, 1100):
        known = rows_like_it(many)
        assert [False] * 5 == [known.has(12, row.replace(old, new, 1)) for _ in range(5)]
