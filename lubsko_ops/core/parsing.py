"""Numbers as people and addresses write them."""


def parse_int(text: str | None) -> int | None:
    """The number of up to eighteen plain digits (an id of the database); None for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
