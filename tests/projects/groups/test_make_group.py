"""A group is made: from nothing or from an action of the document, within the project, with what fits its kind."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from projects import actions as projects
from projects.models import PlannedAction, ProjectGroup
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import ENDS, STARTS, make_group, page
from tests.projects.helpers import make_complete, make_draft, make_running


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


def new(edition):
    return page("projects:group-new", edition.pk)


def test_tomasz_makes_a_group_with_its_leader(as_tomasz, tomasz, edition):
    fields = {"name": "Warsztaty", "kind": "workshop", "leader": tomasz.pk, "capacity": "12", "goals": ["1"]}
    response = submit_form(as_tomasz, new(edition), **fields)
    group = ProjectGroup.objects.get()
    assert response.url == page("groups:group", group.pk)
    assert (group.name, group.capacity, group.goals, group.takes) == ("Warsztaty", 12, [1], "persons")
    assert group.leaders.get().user == tomasz
    assert group.leaders.get().starts_on == edition.starts_on


def test_an_action_of_the_document_fills_the_form_in(as_tomasz, tomasz, edition):
    planned = PlannedAction.objects.get(edition=edition, name="Warsztat budżetu")
    assert "Warsztat budżetu" in response_text(as_tomasz.get(page("projects:groups", edition.pk)))
    submit_form(as_tomasz, f"{new(edition)}?z={planned.pk}")
    group = ProjectGroup.objects.get()
    assert (group.name, group.kind, group.hours, group.goals) == ("Warsztat budżetu", "workshop", 6, [2])
    assert "Z opisu projektu" in response_text(as_tomasz.get(page("projects:groups", edition.pk)))
    assert "Warsztat komunikacji" in response_text(as_tomasz.get(page("projects:groups", edition.pk)))


@pytest.mark.parametrize(("name", "leads"), [("Tomasz Lis", "user"), ("Olga Marzec", "name")])
def test_the_leader_named_in_the_document_leads(as_tomasz, tomasz, edition, name, leads):
    planned = edition.plannedactions.first()
    tomasz.first_name, tomasz.last_name = "Tomasz", "Lis"
    tomasz.save(update_fields=["first_name", "last_name"])
    PlannedAction.objects.filter(pk=planned.pk).update(leader=name)
    submit_form(as_tomasz, f"{new(edition)}?z={planned.pk}")
    leader = ProjectGroup.objects.get().leaders.get()
    assert str(getattr(leader, leads)) == name


def test_groups_are_made_in_a_draft(tomasz):
    assert make_group(make_draft(tomasz, starts_on=STARTS), tomasz).pk


def test_not_in_a_project_given_up(tomasz):
    draft = make_draft(tomasz, starts_on=STARTS)
    projects.withdraw_edition(edition=draft, text="Brak chętnych.", version=None, by=tomasz)
    with pytest.raises(PermissionDenied, match="zamknięty"):
        make_group(draft, tomasz)


def test_anna_is_no_author(as_anna, anna, edition):
    assert as_anna.get(new(edition)).status_code == 403
    with pytest.raises(PermissionDenied):
        make_group(edition, anna)


def test_a_group_without_an_end_lasts_as_long_as_the_project(tomasz):
    draft = make_draft(tomasz, starts_on=STARTS, ends_on=ENDS)
    assert make_group(draft, tomasz, ends_on=None).ends_on == ENDS


# ---- bad input ---------------------------------------------------------------------------------------
BAD = {
    "the end before the start": ({"starts_on": "05.11.2026", "ends_on": "04.11.2026"}, "Koniec nie może"),
    "before the project": ({"starts_on": "30.09.2026"}, "Zajęcia mieszczą się w czasie projektu"),
    "ages the wrong way round": ({"age_from": "12", "age_to": "5"}, "Wiek „do” nie może być mniejszy"),
    "200 years": ({"age_to": "200"}, "mniejsza lub równa 120"),
    "no places": ({"capacity": "0"}, "większa lub równa 1"),
    "hours 0": ({"meetings": "", "hours": "0"}, "dłużej niż 0 godzin"),
    "hours 10 000": ({"meetings": "", "hours": "10 000"}, "o zera za dużo"),
    "900 hours in 9 meetings": ({"meetings": "9", "hours": "900"}, "ponad dobę na jedno spotkanie"),
    "hours less than nothing": ({"hours": "-2"}, "od zera w górę"),
    "two leaders in one": ({"leader_name": "Olga Marzec", "leader": "tomasz"}, "jedno z dwojga"),
    "an event with places": ({"kind": "event"}, "Wydarzenie jest bez zapisów, więc nie ma liczby miejsc"),
    "work with families with meetings": ({"kind": "family_work", "meetings": "9"}, "nie ma liczby spotkań"),
    "a consultation with meetings": ({"kind": "consultation", "meetings": "9"}, "nie ma liczby spotkań"),
    "no kind": ({"kind": ""}, "Wybierz: Rodzaj zajęć"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused_beside_the_field_with_everything_kept(as_tomasz, tomasz, edition, case):
    fields, sentence = BAD[case]
    if fields.get("leader"):
        fields = fields | {"leader": tomasz.pk}
    defaults = {"name": "Warsztaty zimowe", "kind": "workshop", "capacity": "12", "description": "Co środę."}
    response = submit_form(as_tomasz, new(edition), **defaults | fields)
    page_text = response_text(response)
    assert response.status_code == 422
    assert sentence in page_text and "Warsztaty zimowe" in page_text and "Co środę." in page_text
    assert not ProjectGroup.objects.exists()


def test_the_same_name_twice_whatever_the_case(as_tomasz, tomasz, edition):
    make_group(edition, tomasz, name="Senso-Ludki")
    response = submit_form(as_tomasz, new(edition), name="SENSO-ludki", kind="children")
    assert response.status_code == 422
    assert "ma już grupę o tej nazwie" in response_text(response)


def test_more_places_than_the_project_has_are_asked_about(as_tomasz, edition):
    response = submit_form(as_tomasz, new(edition), name="Warsztaty", kind="workshop", capacity="15")
    assert response.status_code == 422
    assert "Grupa ma 15 miejsc, a cały projekt 14 miejsc." in response_text(response)
    assert not ProjectGroup.objects.exists()


def test_the_form_asks_what_fits_the_kind(as_tomasz, edition):
    url = new(edition)
    response = submit_form(as_tomasz, url, name="Zbiórka", kind="event", _refresh="1")
    assert response.status_code == 200
    page_text = response_text(response)
    assert 'name="partners"' in page_text and 'name="capacity"' not in page_text


def test_a_goal_the_project_does_not_have(tomasz):
    draft = make_complete(tomasz, starts_on=date(2026, 10, 1))
    with pytest.raises(ValidationError, match="Projekt nie ma celu 3"):
        make_group(draft, tomasz, goals=[1, 3])
