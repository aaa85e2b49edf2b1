"""A row is passed without a closer look only where a closer look would find nothing."""

from __future__ import annotations

import pytest

from recon_xl.ooxml.lintrows import KnownRows

GOOD = (
    '<c r="A{n}" s="1"><v>-1.5</v></c><c r="B{n}"/>'
    '<c r="C{n}" s="2" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>'
)


def rows_like_it() -> KnownRows:
    known = KnownRows(3)
    assert [False, False, True, True] == [known.has(n, GOOD.format(n=n)) for n in range(6, 10)]
    return known


def test_a_row_of_a_known_shape_is_passed() -> None:
    """From the third row of a shape on, other values in the same form are good; a row number is checked in every cell."""
    assert rows_like_it().has(1048576, GOOD.format(n=1048576).replace("-1.5", "46348.25"))
    assert not rows_like_it().has(1048577, GOOD.format(n=1048577))


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
        ('<c r="B12"/>', ""),
        ('<c r="B12"/>', '<c r="B12"/><c r="B12"/>'),
    ],
)
def test_a_row_with_a_fault_is_looked_at(old: str, new: str) -> None:
    """Anything that differs in more than its values is not passed, however often it comes."""
    row = GOOD.format(n=12)
    assert old in row
    known = rows_like_it()
    if old == '<c r="B12"/>' and not new:  # another good shape: passed once it is known itself
        assert [False, False, True] == [known.has(12, row.replace(old, new)) for _ in range(3)]
        return
    assert [False] * 5 == [known.has(12, row.replace(old, new, 1)) for _ in range(5)]
