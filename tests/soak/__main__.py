"""`python -m tests.soak [--seed N] [--scale S] [--only NAME ...] [--write docs/soak.md]`: every soak, and a dated report.

Prints the seed first: the same seed does the same again.
"""

from __future__ import annotations

import argparse
import pkgutil
import secrets
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))  # as pytest does: soaks share what the tests of their subject have

from soak._report import commit_now, report  # noqa: E402 - needs the path above


@dataclass(frozen=True)
class Done:
    """One soak's outcome; `failure` is empty where all held."""

    name: str
    title: str
    seconds: float
    figures: Mapping[str, object] = field(default_factory=dict)
    failure: str = ""


def names() -> list[str]:
    """The soaks of this folder."""
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return [name for name in found if not name.startswith(("_", "test_"))]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 where everything held, else 1."""
    options = _options(argv)
    sys.stdout.write(f"seed {options.seed}, scale {options.scale:g}\n")
    done, commit = [], commit_now()
    for name in options.only or names():
        done.append(_run(name, options.seed, options.scale))
        told = done[-1].failure or ", ".join(f"{key} {value}" for key, value in done[-1].figures.items())
        sys.stdout.write(f"{'FAILED' if done[-1].failure else 'held':6} {name} ({done[-1].seconds:.0f} s): {told}\n")
        sys.stdout.flush()
    if options.write:
        options.write.write_text(report(done, options.seed, options.scale, commit), encoding="utf-8")
    return int(any(one.failure for one in done))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="to do the same again")
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 = the whole; 0.01 = a hundredth of each")
    parser.add_argument("--only", nargs="+", choices=names(), default=[], metavar="NAME", help=", ".join(names()))
    parser.add_argument("--write", type=Path, metavar="REPORT.md", help="write the dated report to this file")
    return parser.parse_args(argv)


def _run(name: str, seed: int, scale: float) -> Done:
    module = import_module(f"soak.{name}")
    started = time.monotonic()
    try:
        figures = module.soak(seed, scale)
    except Exception as error:  # noqa: BLE001,RUF100 - a soak that breaks is reported, the others go on
        traceback.print_exc()
        return Done(name, module.TITLE, time.monotonic() - started, failure=f"{type(error).__name__}: {error}")
    return Done(name, module.TITLE, time.monotonic() - started, figures)


if __name__ == "__main__":
    sys.exit(main())
