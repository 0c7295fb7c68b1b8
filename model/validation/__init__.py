"""How well the model agrees with what happened: the board of sixteen patterns, baselines, and where it cannot speak.

Reads digests of runs (`results.digest`) and the record; it never feeds anything back into the model.
"""
