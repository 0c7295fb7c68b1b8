"""How one household, village, town or office acts: pure functions of numbers, one subject a file."""
