"""What goes wrong, as one line for people."""


class BadInput(Exception):
    """Wrong use, or something is missing: the line says what to do. Exit code 2."""


class Failed(Exception):
    """It was right to try, but it did not work. Exit code 1."""
