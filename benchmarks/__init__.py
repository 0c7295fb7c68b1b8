"""What the model costs and what its mechanisms do: programs that are run apart from the tests."""
