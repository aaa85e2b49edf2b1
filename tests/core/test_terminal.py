"""A command as it can be typed: with the Python that has recon-xl, because its folder is seldom on the PATH."""

from __future__ import annotations

import sys

import pytest

from recon_xl.core.terminal import python, typed


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (r"C:\recon\Scripts\python.exe", r"C:\recon\Scripts\python.exe -m recon_xl addin doctor"),
        (r"C:\My Folder\python.exe", r'"C:\My Folder\python.exe" -m recon_xl addin doctor'),
        ("/opt/a&b/python", '"/opt/a&b/python" -m recon_xl addin doctor'),
        ("", "recon-xl addin doctor"),
    ],
)
def test_the_full_path_is_named(monkeypatch: pytest.MonkeyPatch, path: str, wanted: str) -> None:
    """Quoted only where a shell would read it as something else; without a path the command's own name is left."""
    monkeypatch.setattr(sys, "executable", path)
    assert wanted == typed("addin doctor")


def test_pip_is_that_of_the_same_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python's pip would install beside it."""
    monkeypatch.setattr(sys, "executable", "/opt/venv/bin/python")
    assert "/opt/venv/bin/python" == python()
