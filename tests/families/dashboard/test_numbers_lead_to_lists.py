"""Every number of the manager's start page opens exactly the rows it counts."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import assign_assistant, end_work, start_work_and_assign
from families.choices import AssignmentKind, ClosingReason, VisitResult
from families.dashboard.queue import get_queue
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.caseload.helpers import assign_families, court_basis
from tests.families.dashboard.helpers import dashboard_text, make_concern
from tests.families.visits.helpers import make_visit
from tests.page import Page
from tests.plan_factories import create_accepted_plan
from tests.statement_counts import page_statements

pytestmark = pytest.mark.usefixtures("limit_of_15")


@pytest.fixture
def busy_centre(maria, anna, ewa, tomasz, kowalscy, nowakowie):
    """Visits of two quarters, a stand-in, an accompanying assistant, court orders, overdue tasks, work that ended."""
    with clock.freeze_time(TODAY - timedelta(days=6)):
        make_concern(kowalscy, anna, TODAY - timedelta(days=6))
    for day in (date(2026, 7, 1), date(2026, 7, 13), date(2026, 7, 14), date(2026, 10, 1), date(2026, 9, 20)):
        with clock.freeze_time(day):
            make_visit(kowalscy, anna, day, starts_at="09:00", ends_at="10:00")
    failed = {"result": VisitResult.NOBODY_HOME, "facts": ""}
    make_visit(nowakowie, ewa, TODAY, starts_at="09:00", ends_at="09:00", **failed)
    stand_in = {"assistant": ewa, "kind": AssignmentKind.STAND_IN, "starts_on": TODAY, "ends_on": TODAY}
    assign_assistant(period=kowalscy.periods.get(), **stand_in, by=maria)
    assign_families(ewa, 2, by=maria, on=date(2026, 10, 5))
    ended = assign_families(anna, 1, by=maria, on=date(2026, 7, 3))[0].period
    end_work(period=ended, on=TODAY - timedelta(days=1), reason=ClosingReason.GOALS_REACHED, by=maria)
    create_accepted_plan(nowakowie, by=ewa, tomasz=tomasz, maria=maria)


def links(client) -> list[tuple[str, int]]:
    """Links that are a number, with a name for screen readers at most."""
    found = [(link.url, link.text.partition(" :")[0]) for link in Page(client.get("/")).links]
    return [(url, int(number)) for url, number in found if number.isdecimal()]


def test_every_number_equals_the_rows_of_its_list(client, maria, busy_centre, walked):
    client.force_login(maria)
    found = links(client)
    for url, number in found:
        response = client.get(url)
        assert response.status_code == 200, url
        assert response.context["total"] == number, url
        assert len(response.context["rows"]) == min(number, 25), url
    paths = {url.partition("?")[0] for url, _ in found}
    assert {"/rodziny/", "/rodziny/po-terminie/"} <= paths
    for figure in ("wizyty-odbyte", "wizyty-nieudane", "przybylo", "ubylo", "plany-zaakceptowane"):
        assert f"/sprawozdania/kwartalne/2026/4/{figure}/" in paths
    walked("numbers of the start page of the manager", len(found), at_least=25)


def test_only_children_have_no_list(client, maria, busy_centre):
    """Children are people, and no list shows people; every other number of the board leads to one."""
    client.force_login(maria)
    [board] = Page(client.get("/")).regions("Obciążenie asystentów")
    cells = [cell for cell in board.all("td") if cell["data-l"]]
    assert len(cells) == 15, "two assistants and the sum"
    for cell in cells:
        number = int(cell.text.split()[0])
        assert bool(cell.links) == (number > 0 and cell["data-l"] != "dzieci:"), (cell["data-l"], cell.text)


def test_the_overdue_list_filters_by_person_and_column(client, maria, anna, ewa, tomasz, busy_centre):
    client.force_login(maria)
    everything = client.get("/rodziny/po-terminie/").context["total"]
    parts = [
        client.get("/rodziny/po-terminie/", {"osoba": each}).context["total"]
        for each in (anna.pk, ewa.pk, tomasz.pk, "kierownik")
    ]
    assert sum(parts) == everything > 0
    concern = client.get("/rodziny/po-terminie/", {"osoba": tomasz.pk, "co": "zagrozenie"})
    assert concern.context["total"] == 1 and "Kowalscy" in concern.content.decode()
    assistants = client.get("/rodziny/po-terminie/", {"osoba": "asystenci"}).context["total"]
    assert assistants == parts[0] + parts[1]


def test_the_overdue_list_is_of_ones_own_scope(client, anna, busy_centre):
    client.force_login(anna)
    page = client.get("/rodziny/po-terminie/").content.decode()
    assert "Kowalscy" in page and "Nowakowie" not in page
    before = len(page_statements(client, "/rodziny/po-terminie/"))
    assert before <= 10


def test_longest_waiting_is_of_every_kind(
    client, maria, anna, ewa, tomasz, kowalscy, nowakowie, unassigned_family
):
    """Lisowie wait since March; then nobody waits longer than the plan of the Kowalscy, due in April."""
    assert "Najdłużej czeka rodzina od 02.03.2026." in dashboard_text(client, maria)
    assign_families(ewa, 1, by=maria)
    assign_assistant_to(unassigned_family, ewa, maria)
    with clock.freeze_time(TODAY - timedelta(days=6)):
        make_concern(kowalscy, anna, TODAY - timedelta(days=6))
    text = dashboard_text(client, maria)
    assert "1 pilna, najdłużej czeka sprawa po terminie od" in text


def assign_assistant_to(family, assistant, maria):
    start_work_and_assign(
        family=family, assistant=assistant, starts_on=TODAY, bases=court_basis(TODAY), by=maria
    )


def test_an_old_concern_waits_longest_however_many_newer_ones(client, maria, anna, kowalscy):
    first = TODAY - timedelta(days=20)
    for days in (20, 1):
        with clock.freeze_time(TODAY - timedelta(days=days)):
            make_concern(kowalscy, anna, TODAY - timedelta(days=days))
    assert get_queue(maria, TODAY).oldest["zagrożenie"] == first
