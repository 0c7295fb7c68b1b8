"""The page of scale: its chart draws what was lived, and says by whom."""

from __future__ import annotations

import numpy as np

from benchmarks import spread
from benchmarks.scale import OUTCOMES, Size


def test_the_chart_of_scale_says_how_many_seeds_it_rests_on() -> None:
    """Spread falls with the square root of size; the one run of the largest country has no spread of its own."""
    luck = np.random.default_rng(1)
    known = [
        Size(n, {name: 6.0 + luck.normal(0.0, 40.0 / np.sqrt(n), seeds) for name in OUTCOMES})
        for n, seeds in ((6_000, 9), (25_000, 9), (100_000, 9), (25_600_000, 1))
    ]
    page = spread.draw(known)
    words = " ".join(text.get_text() for text in page.figure.findobj(lambda one: hasattr(one, "get_text")))
    assert "up to 9 seeds" in words
    assert "25,000 households" in words
