"""The identity bar: the same facts on every page of a family's file."""

from datetime import date

from families.casefile.queries import Standing, standing_of
from families.dictionaries import BasisKind
from families.people.models import Family
from lubsko_ops.access import Sensitive, sees
from lubsko_ops.polish import list_in_words, short_day
from lubsko_ops.templatetags.ui import tag


def identity_of(family: Family, *, user, on: date) -> dict:
    """What the bar shows: number, tags, facts; and the standing itself for the page below."""
    standing = standing_of(family, on=on)
    facts = [
        {"term": "Adres", "value": standing.address.street_line if standing.address else "bez stałego adresu"},
        {"term": "Podstawa", "value": basis_words(standing, user), "less": True},
        {"term": "Asystent", "value": assistant_words(standing)},
        {"term": "Pracownik socjalny", "value": social_worker_words(standing), "less": True},
    ]
    return {"number": standing.number, "tags": tags_of(standing), "facts": facts, "standing": standing}


def tags_of(standing: Standing) -> list:
    """The state, and only what is unusual about it."""
    tags = [tag(standing.status, "accent" if standing.period is None else "")]
    if standing.working and not standing.assignments:
        tags.append(tag("bez asystenta", "soon"))
    if standing.working and not standing.bases:
        tags.append(tag("bez podstawy pracy", "late"))
    return tags


def basis_words(standing: Standing, user) -> str:
    """ "zgoda z 15.04.2024"; a court order only for those who may see court facts."""
    shown = [basis for basis in standing.bases if basis.kind != BasisKind.COURT or sees(user, Sensitive.COURT)]
    by_kind = {}
    for basis in shown:
        by_kind.setdefault(basis.kind, basis)
    words = [f"{basis.get_kind_display()} z {short_day(basis.starts_on)}" for basis in by_kind.values()]
    return list_in_words(words) or ("brak" if not standing.bases else "jest")


def assistant_words(standing: Standing) -> str:
    words = [str(standing.leading.assistant)] if standing.leading else []
    words += [f"{row.assistant} ({row.get_kind_display()})" for row in standing.helping]
    return list_in_words(words) or "nieprzydzielony"


def social_worker_words(standing: Standing) -> str:
    region = standing.address.region if standing.address else None
    who = str(standing.lead.social_worker) if standing.lead else "nie wskazano"
    return f"{who}, {region}" if region else who
