"""The historical run against the record."""
