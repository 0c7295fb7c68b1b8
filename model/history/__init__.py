"""The documented record: censuses, counts, estimates and orders, as package data and its readers.

`data/README.md` tells how sure each file is, `data/sources.md` what each source key means, `data/regions.md` how the
regions were drawn.
"""

from model.history.labelled import RIVALS, Entry, RecordError, catalogue, figures, sources, subject_of
from model.history.orders import Order, orders
from model.history.regions import (
    N_REGIONS,
    REGION_GROUPS,
    REGION_IDS,
    REGION_NAMES,
    SHORT_NAMES,
    Regions,
    borders,
    members_of,
    region_index,
    regions,
)
from model.history.roles import ROLES, Role, role_of
from model.history.series import (
    USSR,
    Point,
    array_by_region,
    file_of,
    series,
    series_by_region,
    weather,
)

__all__ = [
    "N_REGIONS",
    "REGION_GROUPS",
    "REGION_IDS",
    "REGION_NAMES",
    "RIVALS",
    "ROLES",
    "SHORT_NAMES",
    "USSR",
    "Entry",
    "Order",
    "Point",
    "RecordError",
    "Regions",
    "Role",
    "array_by_region",
    "borders",
    "catalogue",
    "figures",
    "file_of",
    "members_of",
    "orders",
    "region_index",
    "regions",
    "role_of",
    "series",
    "series_by_region",
    "sources",
    "subject_of",
    "weather",
]
