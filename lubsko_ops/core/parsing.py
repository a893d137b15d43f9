"""Parsing of numbers from URLs and forms."""


def parse_int(text: str | None) -> int | None:
    """The number written with up to 18 plain digits (fits a database id); None for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
