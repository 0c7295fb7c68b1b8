"""Grievance, disturbances and the retreat before them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import unrest

patient = settings(deadline=None)  # the first call compiles the rule

positive = st.floats(0, 50, width=32)


def _riots(grievance, retreat=0.0, unwilling=0.0, exiled=0.0):
    return unrest.riot_hazard(grievance, retreat, unwilling, 0.0, exiled, 0.009, 1.48, 12.0, 0.03, 0.04)


@patient
@given(positive, positive)
def test_more_grievance_never_calms_a_village(grievance, more):
    assert 0.0 <= _riots(grievance) <= _riots(grievance + more) * (1.0 + 1e-4) <= 0.51


def test_village_rises_together():
    assert _riots(2.0) > 2.0 * _riots(1.0)


def test_disowned_officials_give_the_unwilling_their_chance():
    assert _riots(1.0, 1.0, 0.5) > 5.0 * _riots(1.0, 0.0, 0.5)


def test_exile_deters():
    assert _riots(1.0, exiled=3.0) < _riots(1.0)


@patient
@given(st.floats(0, 1e6), st.floats(1, 1e9))
def test_retreat_is_a_share(events, threshold):
    assert 0.0 <= unrest.retreat_asked_for(events, threshold) <= 1.0


def test_state_that_never_retreats_does_not():
    assert unrest.next_retreat(0.0, 0, 50_000.0, 1e9, 1.3) == (0.0, 0)


def test_retreat_is_held_and_then_ends():
    """A retreat that decays slowly, or never, would stop the drive of 1931."""
    retreat, held, path = 0.0, 0, []
    for events in [8000.0] * 4 + [300.0] * 12 + [50.0] * 8:
        retreat, held = unrest.next_retreat(retreat, held, events, 800.0, 0.4)
        path.append(retreat)
    assert path[8] > 0.99
    assert path[-1] == 0.0
