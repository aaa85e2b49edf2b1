"""A slice of the long trial in tests/soak/machine.py."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from rerun.machine import Month


def test_a_user_and_the_product_take_turns() -> None:
    """A few months of a few turns each, always the same ones."""
    settled = settings(
        max_examples=4,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Month, settings=settled)
