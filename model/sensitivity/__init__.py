"""Which of the things we are unsure of decide the outcomes: by screening (Morris), curves (OFAT), shares (Sobol).

`study(...)` lives the runs through the ensemble's store and returns tables; `collectivisation sensitivity` calls it.
"""

from model.sensitivity.design import Budget
from model.sensitivity.inquiry import Study, study

__all__ = ["Budget", "Study", "study"]
