"""Processes to kill: each begins as a copy of one that has loaded everything, so that thousands cost little."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

TESTS = Path(__file__).parents[1]


def workers() -> ForkServerContext:
    """Where processes come from that have loaded what they need."""
    # The server looks for modules here, and not where this process found them.
    paths = [*map(str, (TESTS, TESTS.parent)), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["soak.kills", "soak.faults", "soak.writers", "hostile.watch"])
    return context


def told(here: Connection) -> str:
    """What a process that has ended said last; nothing where it had no time to."""
    try:
        return str(here.recv()) if here.poll() else ""
    except EOFError:
        return ""
    finally:
        here.close()
