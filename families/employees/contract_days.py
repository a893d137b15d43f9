"""Days on which rows of other apps need an assistant to have a contract: it is not pulled from under them."""

from collections.abc import Callable, Iterable
from datetime import date

from lubsko_ops.core.registry import Registry

# Registered by other apps: from the id of the assistant to the days of rows that need a contract, of what kind each.
CONTRACT_DAYS: Registry[Callable[[int], Iterable[tuple[date, str]]]] = Registry("days of contracts")
# From the id of the assistant and a day to a sentence about what goes on after it; empty when nothing does.
AFTER_CONTRACT: Registry[Callable[[int, date], str]] = Registry("what goes on after a contract")


def needed_days(user: int) -> set[tuple[date, str]]:
    """All days on which the assistant (id) needs a contract."""
    return {each for days in CONTRACT_DAYS for each in days(user)}


def sentences_after(user: int, day: date) -> list[str]:
    """What goes on with the assistant (id) after the day."""
    return [sentence for get_sentence in AFTER_CONTRACT if (sentence := get_sentence(user, day))]
