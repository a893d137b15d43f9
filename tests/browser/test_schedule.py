"""A schedule is written while answers of the server are on their way."""

from contextlib import suppress
from datetime import date

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import come_in
from tests.sessions.planning.helpers import schedule_url
from tests.sessions.printouts.helpers import workshop


@pytest.fixture
def group(tomasz, maria):
    return workshop(tomasz, maria, starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18))


def test_a_late_answer_leaves_the_new_day_of_a_holiday(visit, group, tomasz):
    come_in(visit, tomasz)
    visit.goto(visit.base + schedule_url(group))
    visit.get_by_label("Zdanie 1").fill("w środy w listopadzie 2026")
    expect(visit.get_by_label("pomiń")).to_be_visible()
    held = []
    address = f"**{schedule_url(group)}"
    visit.route(address, lambda route: held.append(route))
    visit.get_by_label("przenieś na inny dzień").check()
    visit.wait_for_timeout(100)
    visit.get_by_label("Nowy dzień").press_sequentially("12.11.2026")
    assert held
    for each in held:
        with suppress(Error):  # given up in the meantime
            each.continue_()
    visit.unroute(address)
    visit.wait_for_timeout(500)
    expect(visit.get_by_label("Nowy dzień")).to_have_value("12.11.2026")
    visit.keyboard.press("Tab")
    expect(visit.get_by_text("zamiast środy 11.11, święta")).to_be_visible()
