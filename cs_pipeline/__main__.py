"""The person's door: `cs`. Parsing and printing live in `cli/`."""


def main() -> int:
    return 0
