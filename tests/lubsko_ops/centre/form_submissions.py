"""A valid submission of every form of the centre's data, norms and citations."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from lubsko_ops.centre.actions import add_citation, change_norm, save_centre, save_coat_of_arms
from tests.lubsko_ops.centre.pictures import SVG, Upload

CENTRE = {
    "name": "Ośrodek Pomocy Społecznej w Lubsku",
    "short_name": "OPS Lubsko",
    "locality": "Lubsko",
    "phone": "68 372 11 22",
}


def announced_norm(by):
    """A rhythm of ten days, announced for the first of November."""
    return change_norm(
        name="visit_rhythm_days",
        value=10,
        starts_on=date(2026, 11, 1),
        decided_by="zarządzenie nr 7/2026",
        by=by,
    )


def added_citation(by):
    return add_citation(
        act="ustawa o pomocy społecznej",
        journal="t.j. Dz.U. 2026 poz. 100",
        starts_on=date(2026, 10, 1),
        source="isap.sejm.gov.pl",
        by=by,
    )


def _form(
    url_name: str, row: Callable | None = None, args=(), needs: Callable | None = None, **fields
) -> Callable:
    def fill(request):
        maria = request.getfixturevalue("maria")
        if needs:
            needs(maria)
        pk = [row(maria).pk] if row else []
        return reverse(url_name, args=[*args, *pk]), fields

    return fill


def _with_coat_of_arms(by):
    save_centre(**CENTRE, by=by)
    save_coat_of_arms(content=SVG.encode(), label="Herb Lubska", by=by)


CENTRE_SUBMISSIONS = [
    ("centre", "jan", _form("centre", **CENTRE, foot="NIP 000-000-00-00")),
    (
        "coat-of-arms",
        "jan",
        _form(
            "coat-of-arms", needs=lambda by: save_centre(**CENTRE, by=by), picture=[Upload(SVG)], label="Herb Lubska"
        ),
    ),
    ("coat-of-arms-remove", "jan", _form("coat-of-arms-remove", needs=_with_coat_of_arms)),
    ("norms-confirm", "maria", _form("norms-confirm")),
    (
        "norm-change",
        "maria",
        _form(
            "norm-change", args=["visit_rhythm_days"],
            value="10", starts_on="13.10.2026", decided_by="zarządzenie nr 6/2026", why="więcej rodzin w kryzysie",
        ),
    ),
    (
        "norm-withdraw",
        "maria",
        _form("norm-withdraw", announced_norm, args=["visit_rhythm_days"], why="zarządzenie uchylono"),
    ),
    (
        "citation-add",
        "maria",
        _form(
            "citation-add",
            act="ustawa o wspieraniu rodziny", journal="t.j. Dz.U. 2026 poz. 1111", starts_on="13.10.2026",
            source="isap.sejm.gov.pl",
        ),
    ),
    ("citation-edit", "maria", _form("citation-edit", added_citation, journal="Dz.U. 2026 poz. 101", why="literówka")),
    ("citation-withdraw", "maria", _form("citation-withdraw", added_citation, why="to inny akt")),
]  # fmt: skip
