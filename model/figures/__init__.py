"""Charts of a run, drawn from its Dataset alone, in one style, beside the documented record.

`draw_all(dataset, folder, scenario_title=...)` draws them all; each chart is also a function of its own name, so that
`from model.figures import famine; famine(dataset)` gives a matplotlib Figure. The charts of the fit show many
runs beside the record: `draw_fit(Digests(digests, confront(digests)), folder)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.figures.album import CHARTS, CHARTS_OF_THE_FIT, draw_all, draw_fit, save
    from model.figures.board import board_chart
    from model.figures.digests import Digests
    from model.figures.fit import fit_to_history
    from model.figures.fit_band import coverage
    from model.figures.fit_panels import fit_series
    from model.figures.fit_places import fit_regions
    from model.figures.flows import grain_flows
    from model.figures.glance import overview
    from model.figures.grain import grain_balance, grain_use_over_time
    from model.figures.hunger import famine
    from model.figures.kolkhozy import collectivisation
    from model.figures.livestock import livestock_by_kind
    from model.figures.maps import region_map, region_map_collectivised
    from model.figures.posterior import posterior_ranges
    from model.figures.spread import hunger_spread, without_cow_or_horse
    from model.figures.tiles import region_small_multiples
    from model.figures.towns import demography, urbanisation

__all__ = [
    "CHARTS",
    "CHARTS_OF_THE_FIT",
    "Digests",
    "board_chart",
    "collectivisation",
    "coverage",
    "demography",
    "draw_all",
    "draw_fit",
    "famine",
    "fit_regions",
    "fit_series",
    "fit_to_history",
    "grain_balance",
    "grain_flows",
    "grain_use_over_time",
    "hunger_spread",
    "livestock_by_kind",
    "overview",
    "posterior_ranges",
    "region_map",
    "region_map_collectivised",
    "region_small_multiples",
    "save",
    "urbanisation",
    "without_cow_or_horse",
]


def __getattr__(name: str) -> Any:
    """Import matplotlib only when a chart is asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'model.figures' has no attribute {name!r}")
    from model.figures import album

    if name == "posterior_ranges":  # of a calibration, not of a run
        from model.figures.posterior import posterior_ranges

        return posterior_ranges
    if name == "board_chart":  # of many runs
        from model.figures.board import board_chart

        return board_chart
    if name in album.CHARTS or name in album.CHARTS_OF_THE_FIT:
        return album.chart_named(name)
    if name == "Digests":
        from model.figures.digests import Digests

        return Digests
    return getattr(album, name)
