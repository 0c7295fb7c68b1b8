"""What a run leaves behind: variables declared once, ledgers that must close, and the files people read."""
