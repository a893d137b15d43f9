"""What this room offers to the frame of the family file."""


def register() -> None:
    """Nothing yet."""
