"""How well the model agrees with the record, and with what it is fair to compare it."""
