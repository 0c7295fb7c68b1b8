"""To whom a rule applies, and in what order: loops over households and villages, one subject a file."""
