"""A valid submission of every form of the dictionaries."""

from collections.abc import Callable

from django.urls import reverse

from lubsko_ops.accounts.models import Region
from lubsko_ops.centre.dictionaries.actions import add_entry, close_entry
from tests.factories import TODAY
from tests.lubsko_ops.centre.dictionaries.helpers import make_place, make_school, make_symbol


def _region(by):
    return add_entry(entry=Region(name="Rejon III"), by=by)


def _closed(make: Callable) -> Callable:
    return lambda by: close_entry(entry=make(by), on=TODAY, why="pomyłka", version=None, by=by)


def _school(by):
    return make_school(by=by)


def _place(by):
    return make_place(by=by)


def _symbol(by):
    return make_symbol(by=by)


def _form(url_name: str, make: Callable | None = None, *args, **fields) -> tuple[str, str, Callable]:
    """The form of this address, about the row that ``make`` returns, sent by the administrator."""

    def fill(request):
        rows = [make(request.getfixturevalue("jan")).pk] if make else []
        return reverse(url_name, args=[*rows, *args]), fields

    return url_name, "jan", fill


SYMBOL = {"unit": "ABC", "symbol": "4321", "title": "Sprawy", "category": "be 10", "year_from": "2026"}
NEW_ENTRIES = {
    "regions": (_region, {"name": "Rejon IV"}),
    "institutions": (_school, {"kind": "police", "name": "Komisariat", "phone": "68 000 00 00"}),
    "places": (_place, {"name": "Sala wiejska", "capacity": "30", "accessible": "yes"}),
}
DICTIONARY_SUBMISSIONS = [
    *(_form(f"{name}-add", **fields) for name, (_, fields) in NEW_ENTRIES.items()),
    *(_form(f"{name}-change", make, **fields) for name, (make, fields) in NEW_ENTRIES.items()),
    *(
        _form(f"{name}-close", make, closed_from="13.10.2026", why="Nie działa.")
        for name, (make, _) in NEW_ENTRIES.items()
    ),
    *(_form(f"{name}-reopen", _closed(make), why="Znów działa.") for name, (make, _) in NEW_ENTRIES.items()),
    *(_form(f"{name}-remove", make, why="Wpisano dwa razy.") for name, (make, _) in NEW_ENTRIES.items()),
    _form("filing-symbol-add", **SYMBOL),
    _form("filing-symbol-change", _symbol, title="Asysta rodzinna"),
    _form("filing-symbol-remove", _symbol, why="Wpisano dwa razy."),
    _form("symbol-counter", _symbol, 2026, last="17"),
]
