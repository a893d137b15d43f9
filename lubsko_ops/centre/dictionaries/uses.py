"""What rests on the entries of dictionaries: apps above register it, the pages of the dictionaries show it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from lubsko_ops.audit.dictionary import DictionaryEntry
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class EntryUse:
    """Rows of another app that refer to entries of this model today.

    ``count``: their number by id of the entry, one statement. ``get_url``: their list, for users with the permission.
    ``forms``: the noun with its plural forms, for ``count_of``.
    """

    model: type[DictionaryEntry]
    forms: str
    count: Callable[[], dict[int, int]]
    get_url: Callable[[Any], str]
    permission: Permission
    consequence: str  # what becomes of them when the entry is closed


ENTRY_USES: Registry[EntryUse] = Registry("uses of dictionary entries", key=lambda use: use.model)


def uses_of(model: type[DictionaryEntry], user) -> list[Callable[[DictionaryEntry], dict | None]]:
    """For each use of the model a function of the entry: text, consequence, and the URL of the list or "".

    None for an entry without such rows. One statement for each use, however many entries follow.
    """
    return [
        partial(_use_of_entry, use, use.count(), has_permission(user, use.permission))
        for use in ENTRY_USES
        if use.model is model
    ]


def _use_of_entry(
    use: EntryUse, numbers: dict[int, int], linked: bool, entry: DictionaryEntry
) -> dict | None:
    number = numbers.get(entry.pk, 0)
    if not number:
        return None
    url = use.get_url(entry) if linked else ""
    return {"text": count_of(number, use.forms), "consequence": use.consequence, "url": url}
