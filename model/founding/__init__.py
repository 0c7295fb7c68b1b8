"""The country of July 1927, founded from the census tables at any number of households."""

from model.founding.facts import KINDS, RegionFacts, facts_of
from model.founding.founder import LARGEST, SMALLEST, found

__all__ = ["KINDS", "LARGEST", "SMALLEST", "RegionFacts", "facts_of", "found"]
