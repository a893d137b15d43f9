"""The list of participants: who is shown to whom, views and their counts, the reserve list, papers that are missing."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from families.people.models import Person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from projects.models import GroupLeader, Participation
from projects.participants import index as index_module
from projects.participants import places, queries
from projects.participants.index import ParticipantIndex
from tests.factories import TODAY
from tests.form_client import response_text
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_draft, make_running
from tests.projects.participants.stored_rows import answer, member, sign
from tests.statement_counts import page_statements


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


@pytest.fixture
def cast(edition, tomasz, kowalscy, nowakowie):
    """Danuta Kowalska takes part, Danuta Nowak with Kacper as a pair; Kacper Kowalski waits."""
    school = make_group(edition, tomasz, capacity=2)
    pairs = make_group(edition, tomasz, name="Wioska Kobiet", takes="pairs", age_unit="months")
    danuta, kacper = member(kowalscy, "Danuta"), member(kowalscy, "Kacper")
    nowak, child = member(nowakowie, "Danuta"), member(nowakowie, "Kacper")
    enrolled = {"day": TODAY, "group": school, "family": kowalscy}
    return SimpleNamespace(
        school=school, pairs=pairs, danuta=danuta, kacper=kacper, nowak=nowak, child=child,
        first=make_participation(edition, tomasz, person=danuta, **enrolled),
        boy=make_participation(edition, tomasz, person=kacper, status="reserve", **enrolled),
        pair=make_participation(
            edition, tomasz, person=nowak, child=child, family=nowakowie, group=pairs, day=TODAY
        ),
    )  # fmt: skip


def page(edition, query=""):
    return reverse("projects:participants", args=[edition.pk]) + query


def index_of(edition, user, group=None):
    return ParticipantIndex(edition, user, TODAY, group)


def text_of(client, url):
    return response_text(client.get(url)).replace("\u00a0", " ")


def listed(edition, user, view, group=None):
    return [entry.pk for entry in index_of(edition, user, group).listed(view)]


# ---- who is shown ------------------------------------------------------------------------------------
def test_a_project_without_participants(as_tomasz, edition):
    assert "Zapisz pierwszą osobę" in text_of(as_tomasz, page(edition))


def test_a_draft_says_that_enrolment_comes_later(as_tomasz, tomasz):
    text = text_of(as_tomasz, page(make_draft(tomasz)))
    assert "Uczestników zapisuje się, gdy projekt jest zatwierdzony" in text and "Zapisz pierwszą" not in text


def test_tomasz_sees_the_people_of_the_project_he_writes(as_tomasz, edition, cast):
    text = text_of(as_tomasz, page(edition))
    people = ("Kowalska Danuta", "Nowak Danuta", "z: Kacper", "Kowalska Kacper")
    for each in (*people, "Warsztaty dla mam: 1 z 2", "Wioska Kobiet: 1", "lista rezerwowa"):
        assert each in text
    assert (
        "Warsztaty dla mam 1 z 2 miejsc, 1 osoba na liście rezerwowej. Brakuje 2 deklaracji i 1 zgody opiekuna."
        in text
    )


def test_anna_sees_her_families_and_the_number_of_the_others(as_anna, edition, cast):
    text = text_of(as_anna, page(edition))
    assert "Kowalska Danuta" in text and "Nowak" not in text
    assert "I 1 osoba spoza Twoich rodzin i grup" in text and "Warsztaty dla mam 1 z 2 miejsc" in text
    entry = AccessLogEntry.objects.latest("pk")
    assert set(entry.persons) == {cast.danuta.pk, cast.kacper.pk} and entry.access_area == "projects"


def test_ewa_who_leads_the_group_sees_it_without_the_links_to_files(
    client, edition, cast, ewa, tomasz, kowalscy
):
    leader = GroupLeader(group=cast.school, user=ewa, starts_on=TODAY)
    save_with_history(leader, by=tomasz, why="Prowadzi")
    client.force_login(ewa)
    response = client.get(page(edition, f"?grupa={cast.school.pk}"))
    assert "Kowalska Danuta" in response_text(response) and "spoza Twoich rodzin" in response_text(response)
    assert reverse("families:overview", args=[kowalscy.pk]) not in response.content.decode()
    assert AccessLogEntry.objects.latest("pk").families == []


def test_the_administrator_does_not_come_in(client, jan, edition, cast):
    client.force_login(jan)
    assert client.get(page(edition)).status_code == 403


# ---- views -------------------------------------------------------------------------------------------
def test_each_view_has_its_people(edition, cast, tomasz, kowalscy):
    left = make_participation(
        edition, tomasz, person=cast.kacper, group=cast.pairs, child=None, day=TODAY, status="finished"
    )
    make_new = {"person": cast.danuta, "family": kowalscy, "day": TODAY, "status": "reported"}
    new = make_participation(edition, tomasz, **make_new)
    expected = {
        index_module.ALL: [cast.first.pk, cast.boy.pk, left.pk, cast.pair.pk, new.pk],
        index_module.TAKING: [cast.first.pk, cast.pair.pk],
        index_module.REPORTED: [new.pk],
        index_module.RESERVE: [cast.boy.pk],
        index_module.OVER: [left.pk],
        index_module.GAPS: [cast.first.pk, cast.pair.pk],
    }
    assert {view: listed(edition, tomasz, view) for view in expected} == expected


def test_the_tabs_count_what_they_open(client, tomasz, anna, edition, cast):
    for user in (tomasz, anna):
        client.force_login(user)
        tabs = client.get(page(edition)).context["views"]
        assert tabs[0]["count"] > 1
        for each in tabs:
            assert client.get(each["url"]).context["total"] == each["count"], each


def test_a_group_alone(as_tomasz, edition, cast):
    text = text_of(as_tomasz, page(edition, f"?grupa={cast.pairs.pk}"))
    assert "Nowak Danuta" in text and "Kowalska" not in text and "1 zajęte miejsce." in text
    both = page(edition, f"?widok=rezerwa&grupa={cast.school.pk}")
    assert "Kowalska Kacper" in text_of(as_tomasz, both) and "Kowalska Danuta" not in text_of(as_tomasz, both)


@pytest.mark.parametrize("query", ["?widok=x", "?grupa=x", "?grupa=0", "?po=x&przed=0", "?po=999999"])
def test_an_odd_address_shows_everybody(as_tomasz, edition, cast, query):
    assert as_tomasz.get(page(edition, query)).context["total"] == 3


# ---- the reserve list --------------------------------------------------------------------------------
def test_the_reserve_list_is_in_the_order_of_reports(as_anna, edition, cast, tomasz, nowakowie, kowalscy):
    """Anna's row keeps the number it has in the whole list."""
    values = {"group": cast.school, "status": "reserve"}
    earlier = make_participation(
        edition, tomasz, person=cast.nowak, family=nowakowie, day=TODAY - timedelta(days=3), **values
    )
    later = make_participation(edition, tomasz, person=cast.child, family=nowakowie, day=TODAY, **values)
    assert listed(edition, tomasz, index_module.RESERVE) == [earlier.pk, cast.boy.pk, later.pk]
    section = as_anna.get(page(edition, "?widok=rezerwa")).context["sections"][0]
    assert [(row.entry.pk, row.number) for row in section.rows] == [(cast.boy.pk, 2)]


def test_anna_does_not_offer_the_free_place(as_anna, edition, cast):
    assert "1 wolne miejsce" in text_of(as_anna, page(edition))
    assert "Zaproponuj" not in text_of(as_anna, page(edition)), "she does not run the project"


def test_a_free_place_is_offered_to_the_first_who_waits(as_tomasz, edition, cast):
    offer = reverse("projects:participation-offer", args=[edition.pk, cast.boy.pk])
    assert "1 wolne miejsce" in text_of(as_tomasz, page(edition))
    assert offer in as_tomasz.get(page(edition)).content.decode()
    Participation.objects.filter(pk=cast.boy.pk).update(offered_on=TODAY)
    text = text_of(as_tomasz, page(edition))
    assert "wolne miejsce" not in text and "zaproponowano 13.10.2026" in text and "2 z 2" in text


def test_nothing_is_offered_while_the_group_or_the_project_is_full(edition, cast, tomasz, nowakowie):
    assert [(group.pk, free) for group, free, _ in index_of(edition, tomasz).vacancies] == [
        (cast.school.pk, 1)
    ]
    make_participation(edition, tomasz, person=cast.nowak, family=nowakowie, group=cast.school, day=TODAY)
    assert index_of(edition, tomasz).vacancies == []
    cast.school.capacity = None  # then the places of the project count
    cast.school.save()
    edition.places = 2
    assert index_of(edition, tomasz).vacancies == []
    edition.places = 14
    assert index_of(edition, tomasz).vacancies


def test_the_first_in_the_queue_is_not_named_to_who_may_not_see_them(
    as_anna, edition, cast, tomasz, nowakowie
):
    Participation.objects.filter(pk=cast.boy.pk).update(status="rejected")
    make_participation(
        edition, tomasz, person=cast.nowak, family=nowakowie, group=cast.school, day=TODAY, status="reserve"
    )
    text = text_of(as_anna, page(edition))
    assert "czeka osoba spoza Twoich rodzin i grup" in text and "Nowak" not in text


def test_places_are_counted_as_the_actions_count_them(edition, cast, tomasz, nowakowie, kowalscy):
    make_participation(edition, tomasz, person=cast.danuta, family=kowalscy, group=cast.pairs, day=TODAY)
    Participation.objects.filter(pk=cast.boy.pk).update(offered_on=TODAY)
    index = index_of(edition, tomasz)
    assert (
        len(index.holders) == places.taken_in_edition(edition) == 2
    )  # the pairs have no places of their own
    assert index.taken(cast.pairs.pk) == places.taken_in_group(cast.pairs) == 2
    assert index.taken(cast.school.pk) == places.taken_in_group(cast.school) == 2


# ---- papers and criteria -----------------------------------------------------------------------------
def test_papers_that_are_missing(edition, cast, tomasz):
    assert dict(index_of(edition, tomasz).missing_counts) == {"declaration": 2, "guardian": 1}
    sign(edition, tomasz, cast.danuta)
    sign(edition, tomasz, cast.nowak, withdrawn_on=TODAY)
    sign(edition, tomasz, cast.child, "guardian", given_by=cast.nowak)
    index = index_of(edition, tomasz)
    assert dict(index.missing_counts) == {"declaration": 1}
    assert [entry.pk for entry in index.listed(index_module.GAPS)] == [cast.pair.pk]


def test_of_an_unknown_date_of_birth_a_child_of_a_family_is_a_child(edition, cast, tomasz):
    Participation.objects.filter(pk=cast.boy.pk).update(status="taking_part")
    Person.objects.filter(pk__in=[cast.kacper.pk, cast.danuta.pk]).update(born_on=None)
    index = index_of(edition, tomasz)
    papers = {entry.pk: index.missing(entry) for entry in index.entries}
    assert papers[cast.boy.pk] == ["guardian"] and papers[cast.first.pk] == ["declaration"]


def test_a_whole_family_needs_the_declaration_of_one_of_them(edition, cast, tomasz, nowakowie):
    work = make_group(edition, tomasz, name="Praca z rodzinami", kind="family_work", takes="families")
    row = make_participation(edition, tomasz, family=nowakowie, group=work, day=TODAY)
    assert row.pk in listed(edition, tomasz, index_module.GAPS)
    sign(edition, tomasz, cast.nowak)
    assert row.pk not in listed(edition, tomasz, index_module.GAPS)


def test_the_row_says_what_was_signed(as_tomasz, edition, cast, tomasz):
    sign(edition, tomasz, cast.nowak)
    sign(edition, tomasz, cast.child, "image", given_by=cast.nowak)
    sections = as_tomasz.get(page(edition, f"?grupa={cast.pairs.pk}")).context["sections"]
    (row,) = sections[0].rows
    assert [each["text"] for each in row.papers] == ["brak zgody opiekuna", "deklaracja"]
    assert row.image == "nie, dziecko: tak" and row.age.endswith("lat")


@pytest.mark.parametrize(
    ("answers", "text", "kind"),
    [
        ({}, "–", "quiet"),
        ({"ma dziecko": "yes", "asystent": "yes"}, "spełnia 2 kryteria", "done"),
        ({"ma dziecko": "unknown", "asystent": "no"}, "nie: asystent", "soon"),
        ({"ma dziecko": "unknown", "asystent": "yes"}, "nie wiadomo: ma dziecko", "soon"),
    ],
)
def test_answers_in_a_cell(edition, cast, tomasz, answers, text, kind):
    answer(cast.first, tomasz, **answers)
    status = queries.criteria_status(cast.first.answers.select_related("criterion").order_by("pk"))
    assert (status["text"].replace("\u00a0", " "), status["kind"]) == (text, kind)


# ---- pages and statements ----------------------------------------------------------------------------
def test_a_long_list_goes_on_on_the_next_page(as_tomasz, edition, cast, monkeypatch):
    monkeypatch.setattr(index_module, "PAGE_SIZE", 2)
    seen, url = [], page(edition)
    while url:
        context = as_tomasz.get(url).context
        seen += [row.entry.pk for section in context["sections"] for row in section.rows]
        last, url = url, context["next_url"]
    assert seen == [cast.first.pk, cast.boy.pk, cast.pair.pk]
    assert as_tomasz.get(last).context["previous_url"]


@pytest.mark.parametrize("username", ["tomasz", "anna", "maria"])
def test_statements_do_not_grow(
    client, edition, cast, tomasz, nowakowie, kowalscy, monkeypatch, request, username
):
    client.force_login(request.getfixturevalue(username))
    before = len(page_statements(client, page(edition)))
    for number in range(6):
        group = make_group(edition, tomasz, name=f"Grupa {number}")
        for person, family in ((cast.nowak, nowakowie), (cast.danuta, kowalscy)):
            row = make_participation(edition, tomasz, person=person, family=family, group=group, day=TODAY)
            answer(row, tomasz, **{"ma dziecko": "no"})
    monkeypatch.setattr(index_module, "PAGE_SIZE", 5)
    urls = (page(edition), page(edition, f"?po={cast.first.pk}"), page(edition, "?widok=braki"))
    for url in urls:
        assert len(page_statements(client, url)) <= max(before, 11) <= 12
