"""The timeline of a case: all events, newest first, page by page."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind
from families.timeline.events import EVENT_KINDS
from families.timeline.models import TimelineEntry
from families.timeline.queries import get_timeline
from families.visits.actions import log_contact, log_visit
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.visits.helpers import visit_data


@pytest.fixture(autouse=True)
def addresses(monkeypatch):
    """The page of a visit has its own tests."""
    monkeypatch.setattr("families.visits.timeline_events.reverse", lambda name, args: f"/{name}/{args[-1]}/")


@pytest.fixture
def family_with_visits(kowalscy, anna):
    """Seven visits and a call, two of them on one day."""
    period = kowalscy.periods.get()
    for days in range(1, 7):
        day = TODAY - timedelta(days=days)
        log_visit(period=period, data=visit_data(day, "09:00", "10:00", facts=f"Dzień {days}."), by=anna)
    day = TODAY - timedelta(days=1)
    log_visit(period=period, data=visit_data(day, "15:00", "16:00", facts="Po południu."), by=anna)
    log_contact(
        period=period,
        day=day,
        starts_at=time(12),
        channel="phone",
        counterpart_type="school",
        subject="Nieobecności",
        by=anna,
    )
    return kowalscy


def test_newest_first_with_texts(family_with_visits, anna):
    events = get_timeline(family_with_visits.pk, user=anna, until=TODAY).events
    assert [(each.day.day, each.at, each.kind) for each in events[:3]] == [
        (12, time(15), "visit"),
        (12, time(12), "contact"),
        (12, time(9), "visit"),
    ]
    assert (events[0].title, events[0].who, events[0].text) == (
        "Wizyta planowana",
        "Anna Sikora",
        "Po południu.",
    )
    assert events[1].title == "Rozmowa telefoniczna: szkoła, przedszkole"
    assert {each.title for each in events[8:]} == {
        "Początek pracy z rodziną",
        "Podstawa pracy: zgoda",
        "Asystent prowadzący: Anna Sikora",
        "Prowadzący pracownik socjalny: Tomasz Lis",
    }


def test_one_statement_for_the_page_and_one_for_each_kind_with_details(
    family_with_visits, anna, django_assert_num_queries
):
    assert anna.roles  # every page knows them already
    with django_assert_num_queries(3):  # entries, visits, contacts
        get_timeline(family_with_visits.pk, user=anna, until=TODAY)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_page_by_page_there_and_back_nothing_is_lost(family_with_visits, anna, size):
    def page_of(**kwargs):
        page = get_timeline(family_with_visits.pk, user=anna, until=TODAY, **kwargs)
        return page, [(each.kind, each.row) for each in page.events]

    _, everything = page_of(size=100)
    assert len(everything) == len(set(everything)) == 12
    (page, there), before = page_of(size=size), []
    while page.older:
        before, (page, rows) = there[-size:], page_of(size=size, older=page.older)
        assert page_of(size=size, newer=page.newer)[1] == before
        there += rows
    assert there == everything


def test_later_events_are_left_out(family_with_visits, anna):
    events = get_timeline(family_with_visits.pk, user=anna, until=date(2026, 10, 9)).events
    assert max(each.day for each in events) == date(2026, 10, 9)


def test_filtered_by_source(family_with_visits, anna):
    page = get_timeline(family_with_visits.pk, user=anna, until=TODAY, only=("contact",))
    assert [each.kind for each in page.events] == ["contact"]


@pytest.mark.parametrize("cursor", ["x", "0", "9" * 30, "2026-10-12.0900.visit.1", "' or 1=1"])
def test_an_invalid_cursor_gives_the_first_page(family_with_visits, anna, cursor):
    assert get_timeline(family_with_visits.pk, user=anna, until=TODAY, older=cursor).events[0].at == time(15)


def test_nothing_of_another_family(family_with_visits, nowakowie, ewa):
    assert "visit" not in {each.kind for each in get_timeline(nowakowie.pk, user=ewa, until=TODAY).events}
    assert reverse("families:overview", args=[nowakowie.pk])
    assert {kind.name for kind in EVENT_KINDS} >= {
        "visit",
        "contact",
        "began",
        "joined",
        "left",
    }


def test_an_order_of_the_court_is_shown_to_its_circle(kowalscy, anna, maria, make_user):
    order = BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III Nsm 1/26")
    add_basis(period=kowalscy.periods.get(), data=order, by=maria)
    specialist = make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)

    def bases(user):
        page = get_timeline(kowalscy.pk, user=user, until=TODAY, only=("basis",))
        return [each.title.removeprefix("Podstawa pracy: ") for each in page.events]

    assert bases(anna) == [BasisKind.COURT.label, BasisKind.CONSENT.label]
    assert bases(specialist) == [BasisKind.CONSENT.label]


def test_a_row_deleted_meanwhile_is_left_out(family_with_visits, anna):
    """Another transaction may delete it between the statements of a page."""
    gone = {"day": TODAY, "sorted_at": time(9), "kind": "visit", "row": 0}
    TimelineEntry.objects.create(family=family_with_visits.pk, **gone)
    page = get_timeline(family_with_visits.pk, user=anna, until=TODAY, only=("visit",))
    assert 0 not in {each.row for each in page.events}
    assert page.events
