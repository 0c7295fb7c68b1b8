"""`python -m model` is the same program as `collectivisation`."""

from model.cli import main

if __name__ == "__main__":
    main()
