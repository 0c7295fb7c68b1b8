"""One family's years: found among the households of a run, read from its columns, told in plain sentences."""
