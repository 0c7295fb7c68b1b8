"""What the Mesa program and the engine are compared by: sums over all months, in words and units."""

from __future__ import annotations

OUTCOMES = {
    "harvest": ("harvest", "Mt"),
    "procured": ("procured", "Mt"),
    "grain_exported": ("grain exported", "Mt"),
    "excess_deaths": ("excess deaths", "million"),
    "persons_exiled": ("people exiled", "million"),
    "disturbances": ("disturbances", "thousand"),
    "slaughtered_cattle": ("cattle slaughtered", "million"),
    "net_rural_urban_migration": ("people moved to towns", "million"),
}
"""Sums over all months of the country."""
SCALE = {"Mt": 1e6, "million": 1e6, "thousand": 1e3}
