"""Helpers of the tests about people: valid PESEL numbers, page URLs, form data of a new family."""

from django.urls import reverse

from families.people.duplicates.merge_rules import find_contradictions

# Valid numbers: a woman of 9 May 1988, a man of 20 January 1985, a boy of 30 August 2017, a girl of 2 April 2009.
DANUTA, PIOTR, KACPER, OLIWIA = "88050912346", "85012000556", "17283000016", "09240200205"


def page_url(family, name: str, *rows) -> str:
    """The address of a page or a form of the family's people: page(kowalscy, "person-edit", danuta)."""
    return reverse(f"families:{name}", args=[family.pk, *(row.pk for row in rows)])


def latest_membership(family, first_name: str):
    """The newest membership of the person in the family."""
    return family.memberships.filter(person__first_name=first_name).latest("starts_on", "pk")


def decisions_for(person, other) -> dict[str, str]:
    """The choices of the manager by which every row of the first of the two persons stays."""
    return {each.key: each.options[0][0] for each in find_contradictions(person, other)}


def last_change(row) -> tuple[str, str]:
    """Who changed the row last and why, from its history."""
    entry = row.history.first()
    return entry.history_user.username, entry.history_change_reason


# ---- Nowa rodzina ------------------------------------------------------------------------------------

OPEN_CASE_URL = "/rodziny/nowa/"


def open_case_data(*people, **fields) -> dict:
    """The form with an address in the town and these people, each as a row."""
    rows = {"people-TOTAL_FORMS": len(people)}
    for number, row in enumerate(people):
        rows |= {f"people-{number}-{name}": value for name, value in row.items()}
    place = {"street": "Długa", "house": "14", "flat": "2", "postal_code": "68300", "locality": "Lubsko"}
    return place | rows | fields


def person_row(first_name, last_name, kinship, **fields) -> dict:
    return {"first_name": first_name, "last_name": last_name, "kinship": kinship, "stay": "here"} | fields


MOTHER = person_row("Danuta", "Kowalska", "mother", pesel=DANUTA)
