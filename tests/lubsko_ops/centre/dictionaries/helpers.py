"""Entries of the dictionaries, as the administrator enters them."""

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.centre.models import FilingSymbol, Institution, MeetingPlace


def make_symbol(*, by: User, **values) -> FilingSymbol:
    """ABC.1234 for the work with families since 2020."""
    facts = {"unit": "ABC", "symbol": "1234", "title": "Praca z rodziną", "category": "B10"}
    facts |= {"year_from": 2020, "purpose": "family_work"}
    return add_entry(entry=FilingSymbol(**facts | values), by=by)


def make_school(*, by: User, **values) -> Institution:
    facts = {"kind": "school", "name": "Szkoła nr 1", "address": "ul. Długa 1"}
    return add_entry(entry=Institution(**facts | values), by=by)


def make_place(*, by: User, **values) -> MeetingPlace:
    return add_entry(entry=MeetingPlace(**{"name": "Świetlica", "capacity": 12} | values), by=by)
