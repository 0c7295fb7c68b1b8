"""Many runs at once: `live_all` lives `Variant`s on this machine or a cluster and keeps each in a few numbers."""

from model.ensemble.living import live_all
from model.ensemble.variant import Variant

__all__ = ["Variant", "live_all"]
