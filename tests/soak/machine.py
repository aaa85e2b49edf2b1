"""The state machine of tests/rerun, with many months of many turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test
from rerun.machine import Month

TITLE = "A user and the product take turns on one workbook"
_MONTHS, _TURNS = 200, 50


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """Months of turns; AssertionError with the turns that led there where something of the user's is lost."""
    counts: Counter[str] = Counter()

    class Counted(Month):
        """The same, with the product's runs counted."""

        def teardown(self) -> None:
            """Count what was done."""
            counts["months"] += 1
            counts["runs"] += getattr(self, "minute", 0)
            counts["acts"] += getattr(self, "turn", 0)
            super().teardown()

    settled = settings(
        max_examples=max(int(_MONTHS * scale), 1), stateful_step_count=_TURNS, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(seeded(seed)(Counted), settings=settled)
    return {**counts, "lost": 0}
