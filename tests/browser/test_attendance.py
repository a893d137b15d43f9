"""Attendance with one finger on a phone, and a whole grid by keyboard."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from families.people.identity import register_person
from families.people.models import Person
from sessions.models import Attendance
from tests.browser.conftest import HANDSET, come_in, said
from tests.browser.looks import wrong_with
from tests.sessions.attendance.helpers import (
    TODAY,
    enrol,
    grid_url,
    make_past,
    make_workshop,
    mark,
    meeting_url,
)

SURNAMES = [
    "Bąk",
    "Czech",
    "Gil",
    "Janik",
    "Kos",
    "Lis",
    "Mazur",
    "Nowak",
    "Orzeł",
    "Pawlak",
    "Rak",
    "Sowa",
    "Wilk",
]
SURNAMES += ["Żak"]


@pytest.fixture
def group(tomasz, maria, anna):
    return make_workshop(tomasz, maria, leader=anna, capacity=40)


def enrol_people(group, by, number: int) -> list:
    people = [
        Person(
            first_name="Ewa", last_name=f"{SURNAMES[n % len(SURNAMES)]}{'' if n < 14 else n}", sex="female"
        )
        for n in range(number)
    ]
    return [
        enrol(group, by, person=register_person(person=each, by=by), begun_on=TODAY - timedelta(days=40))
        for each in people
    ]


def test_a_list_of_fourteen_with_three_exceptions_takes_few_taps(another, group, anna, tomasz):
    enrol_people(group, tomasz, 14)
    meeting = make_past(group, anna)
    page = another(**HANDSET)
    come_in(page, anna)
    page.goto(page.base + meeting_url(meeting))
    taps = 0

    def tap(target):
        nonlocal taps
        target.tap()
        taps += 1

    tap(page.get_by_role("button", name="Zaznacz obecność wszystkich"))
    expect(page.locator("[data-marked]")).to_have_text("Zaznaczono 14 z 14 osób.")
    for name, presence in (("Lis Ewa", "late"), ("Mazur Ewa", "excused"), ("Żak Ewa", "unexcused")):
        row = page.get_by_role("group", name=f"{name}, 13.10.2026")
        tap(row.locator(f"label:has([value={presence}])"))
    tap(page.get_by_role("button", name="Zapisz obecność"))
    said(page, "Zapisano obecność 13.10.2026: 12 z 14.")
    assert taps <= 18
    assert taps == 5
    presences = list(Attendance.objects.values_list("presence", flat=True))
    assert [presences.count(each) for each in ("present", "late", "excused", "unexcused")] == [11, 1, 1, 1]


def test_thirty_people_and_twenty_meetings_by_keyboard_alone(visit, group, anna, tomasz):
    enrol_people(group, tomasz, 30)
    for n in range(20):
        make_past(group, anna, TODAY - timedelta(days=n))
    come_in(visit, anna)
    visit.goto(visit.base + grid_url(group))
    cells = visit.locator("[data-grid] input")
    expect(cells).to_have_count(600)
    for _ in range(80):  # Tab comes to the grid
        if visit.evaluate("document.activeElement.matches('[data-grid] input')"):
            break
        visit.keyboard.press("Tab")
    visit.keyboard.type("o" * 598 + "sn")
    assert cells.evaluate_all("all => all.filter((each) => each.value).length") == 600
    visit.keyboard.press("Control+z")
    visit.keyboard.press("u")
    visit.keyboard.press("ArrowUp")
    visit.keyboard.press("Delete")
    visit.keyboard.press("Enter")
    said(visit, "Zapisano obecność na 20 spotkaniach.")
    presences = list(Attendance.objects.values_list("presence", flat=True))
    assert [presences.count(each) for each in ("present", "excused", "late", "unexcused")] == [598, 1, 0, 0]


def test_the_pages_look_right(another, group, anna, tomasz, kowalscy):
    people = enrol_people(group, tomasz, 3)
    meetings = [make_past(group, anna, TODAY - timedelta(days=n)) for n in (4, 2, 0)]
    for meeting in meetings[:2]:
        mark(meeting, dict.fromkeys(people, "unexcused"), by=anna)
    page = another(reduced_motion="reduce")
    come_in(page, anna)
    addresses = [meeting_url(meetings[2]), grid_url(group), f"/nieobecnosci/{people[0].pk}/"]
    addresses += [f"{meeting_url(meetings[2])}dopisz/", f"{meeting_url(meetings[2])}dopisz/spoza/"]
    faults = []
    for address in addresses:
        page.goto(page.base + address)
        faults += wrong_with(page)
    assert not faults, chr(10).join(faults)
