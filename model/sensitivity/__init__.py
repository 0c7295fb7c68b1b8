"""Which of the things we are unsure of decide the outcomes: screening (Morris), curves (OFAT), shares of variance (Sobol).

`study(...)` lives the runs through the ensemble's store and returns tables; `collectivisation sensitivity` calls it.
"""

from model.sensitivity.design import Budget
from model.sensitivity.study import Study, study

__all__ = ["Budget", "Study", "study"]
