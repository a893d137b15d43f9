"""Dashboard of a manager."""

from datetime import date, timedelta

import pytest

from families import law
from families.caseload.actions import BasisData, assign_assistant, end_assignment, end_basis
from families.caseload.caseload import get_caseloads
from families.caseload.models import Assignment, LegalBasis
from families.choices import BasisKind, Kinship, LivingArrangement, VisitResult
from families.dashboard.caseload_board import get_caseload_board
from families.dashboard.numbers import get_manager_numbers
from families.people.actions import add_member, open_family
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, WORK_STARTED_ON, create_family_with_work
from tests.families.caseload.helpers import assign_families
from tests.families.dashboard.helpers import WINDOW, dashboard_text, make_concern
from tests.families.visits.helpers import make_visit, member_of
from tests.form_client import response_text
from tests.page import Page
from tests.statement_counts import page_statements

pytestmark = pytest.mark.usefixtures("limit_of_15")

DANGER = "Zagrożenie bezpieczeństwa dziecka"


# ---- queue -------------------------------------------------------------------------------------------


def test_concern_is_shown_at_once_to_responsible_users_only(
    client, maria, tomasz, zofia, anna, ewa, jan, kowalscy, nowakowie
):
    make_concern(kowalscy, anna)
    for user in (maria, tomasz):
        text = dashboard_text(client, user)
        assert DANGER in text
        assert WINDOW in text
    for user in (zofia, ewa, jan):
        text = dashboard_text(client, user)
        assert DANGER not in text
        assert WINDOW not in text
        assert "Kowalscy" not in text


def test_urgent_items_first_and_counted_in_the_heading(
    client, maria, anna, kowalscy, nowakowie, unassigned_family
):
    make_concern(kowalscy, anna)
    row = Assignment.objects.get(period__family=nowakowie)
    end_assignment(assignment=row, on=TODAY.replace(day=12), version=None, by=maria)
    text = dashboard_text(client, maria)
    assert "Do decyzji: 3 sprawy Wtorek, 13 października 2026." in text
    assert "1 pilna, najdłużej czeka rodzina od 02.03.2026." in text
    queue = text.partition("Po terminie:")[0]
    first, second, third = (queue.index(name) for name in (WINDOW, "Lisowie", "Nowakowie"))
    assert first < second < third
    assert "Czeka na asystenta Lisowie nowa, 1 dziecko, Lubsko 158 dni roboczych od 02.03.2026" in queue
    assert "Nowakowie 2026/002, 1 dziecko, Lubsko od dziś od 13.10.2026 Przydziel : Nowakowie" in queue
    assert f"/rodziny/{nowakowie.pk}/przydziel/" in Page(client.get("/")).urls
    entry = AccessLogEntry.objects.order_by("pk").last()
    assert (entry.access_area, set(entry.families)) == (
        "list",
        {kowalscy.pk, nowakowie.pk, unassigned_family.pk},
    )


def test_heading_is_the_day_when_the_queue_is_empty(client, maria, kowalscy):
    text = dashboard_text(client, maria)
    assert "Nic nie czeka na decyzję" in text
    assert "Do decyzji:" not in text
    assert "Wtorek, 13 października 2026" in text


def test_longest_waiting_first_and_overflow_is_shown(client, maria, town):
    for number in range(17):
        name, opened = f"Rodzina {number:02}", TODAY - timedelta(days=number)
        with clock.freeze_time(opened):
            open_family(name=name, on=opened, by=maria)
    text = dashboard_text(client, maria)
    assert "Do decyzji: 17 spraw" in text
    assert text.index("Rodzina 16 nowa") < text.index("Rodzina 15 nowa")
    assert "od 27.09.2026" in text
    assert "Rodzina 01" not in text
    assert '<a class="tap" href="/rodziny/?widok=czekaja">i jeszcze 2<' in client.get("/").content.decode()
    whole = response_text(client.get("/rodziny/?widok=czekaja"))
    assert "17 rodzin, <span>od najdłużej czekającej.</span>" in whole
    assert whole.index("Rodzina 16") < whole.index("Rodzina 00")


# ---- overdue by person -------------------------------------------------------------------------------


def test_overdue_deadlines_by_person(client, maria, anna, ewa, tomasz, kowalscy, nowakowie):
    """Plans and assessments are missing; the concern of six days ago is Tomasz's."""
    with clock.freeze_time(TODAY - timedelta(days=6)):
        make_visit(nowakowie, ewa, TODAY - timedelta(days=6), starts_at="08:00", ends_at="09:00")
        make_concern(kowalscy, anna, TODAY - timedelta(days=6))
    text = dashboard_text(client, maria).partition("Po terminie: 5")[2]
    assert text.startswith(
        " Sprawy po terminie według osoby Osoba Zagrożenie Plan Ocena"
        " Ewa Czyż 0 1 : Ewa Czyż 1 : Ewa Czyż Tomasz Lis 1 : Tomasz Lis 0 0"
        " Anna Sikora 0 1 : Anna Sikora 1 : Anna Sikora Razem 1 2 2"
    )
    assert "plan pracy z rodziną, po terminie 193 dni." in text
    assert f"/rodziny/po-terminie/?osoba={anna.pk}&co=ocena" in Page(client.get("/")).urls


def test_saved_visit_leaves_the_overdue_table(client, maria, anna, kowalscy):
    assert "Po terminie: 3 Sprawy po terminie według osoby Osoba Wizyta Plan Ocena" in dashboard_text(
        client, maria
    )
    make_visit(kowalscy, anna)
    assert "Po terminie: 2 Sprawy po terminie według osoby Osoba Plan Ocena" in dashboard_text(client, maria)


# ---- the quarter -------------------------------------------------------------------------------------


def test_quarter_compared_with_the_previous_one(client, maria, anna, ewa, kowalscy, nowakowie):
    """13 October is the thirteenth day; of the third quarter count 1–13 July, not 14 July."""
    for day in (date(2026, 7, 1), date(2026, 7, 13), date(2026, 7, 14), date(2026, 10, 1)):
        with clock.freeze_time(day):
            make_visit(kowalscy, anna, day, starts_at="09:00", ends_at="10:00")
    make_visit(
        nowakowie, ewa, TODAY, starts_at="09:00", ends_at="09:00", result=VisitResult.NOBODY_HOME, facts=""
    )
    assign_families(ewa, 2, by=maria, on=date(2026, 10, 5))
    assign_families(ewa, 1, by=maria, on=date(2026, 7, 14))
    text = dashboard_text(client, maria).partition("IV kwartał do dziś")[2]
    assert text.startswith(
        " Sprawozdanie Kwartał do dziś, obok ten sam dzień poprzedniego kwartału Liczba teraz III kw. po 13 dniach"
        " Wizyty odbyte 1 2 Wizyty nieudane 1 0"
        " Praca rozpoczęta 2 0 Praca zakończona 0 0"
    )


# ---- caseload board ---------------------------------------------------------------------------------------


def test_caseload_board_counts(client, maria, anna, ewa, kowalscy, nowakowie):
    """Anna: a family with one child and two by order of the court; two visits in thirty days, one before them."""
    assign_families(anna, 2, by=maria, on=TODAY)
    for day in (TODAY - timedelta(days=30), TODAY - timedelta(days=29), TODAY - timedelta(days=1)):
        with clock.freeze_time(day):
            make_visit(kowalscy, anna, day, starts_at="08:00", ends_at="09:00")
    text = dashboard_text(client, maria).partition("Obciążenie asystentów")[2]
    assert text.startswith(" 4 rodziny, limit 15 na osobę")
    assert "Anna Sikora 3 z 15 3 z 15 1 2 2 2 : Anna Sikora" in text
    assert "Ewa Czyż 1 z 15 1 z 15 1 0 0 3 : Ewa Czyż" in text
    assert "Razem 4 2 2 2 5" in text
    assert "jest w wierszach obu osób" not in text


def test_a_family_with_a_stand_in_is_counted_once(client, maria, anna, ewa, kowalscy):
    assign_assistant(
        period=kowalscy.periods.get(),
        assistant=ewa,
        starts_on=TODAY,
        ends_on=TODAY,
        kind="stand_in",
        by=maria,
    )
    text = dashboard_text(client, maria).partition("Obciążenie asystentów")[2]
    assert text.startswith(" 1 rodzina, limit 15 na osobę")
    assert "jest w wierszach obu osób" in text


@pytest.mark.parametrize("counts_za_zyciem", [True, False])
def test_the_board_counts_the_places_that_the_limit_counts(
    maria, anna, ewa, kowalscy, nowakowie, monkeypatch, counts_za_zyciem
):
    """Anna: a family with a consent, one only under Za życiem, one under both; Ewa leads two and stands in for one."""
    rule = law.Rule(basis=law.COUNTS_ZA_ZYCIEM.basis, values=((law.IN_FORCE, counts_za_zyciem),))
    monkeypatch.setattr(law, "COUNTS_ZA_ZYCIEM", rule)
    bases = [
        BasisData(kind=kind, starts_on=WORK_STARTED_ON) for kind in (BasisKind.ZA_ZYCIEM, BasisKind.COURT)
    ]
    assign_families(anna, 1, by=maria, bases=bases[:1])
    assign_families(anna, 1, by=maria, bases=bases)
    assign_families(ewa, 1, by=maria, bases=bases[:1])
    stand_in = {"kind": "stand_in", "starts_on": TODAY, "ends_on": TODAY}
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, by=maria, **stand_in)
    board = get_caseload_board(TODAY, get_manager_numbers(TODAY))
    caseloads = get_caseloads([anna.pk, ewa.pk], since=TODAY)
    taken = {row.user: row.taken for row in board.rows}
    assert taken == {user: caseloads[user.pk].count_on(TODAY) for user in (anna, ewa)}
    assert taken == ({anna: 3, ewa: 3} if counts_za_zyciem else {anna: 2, ewa: 2})
    assert board.families == (5 if counts_za_zyciem else 3)


def test_a_child_of_two_families_is_counted_once(client, maria, anna, kowalscy, nowakowie):
    """Kacper Kowalski lives by turns with both; the son of the Nowakowie with them alone."""
    kacper = member_of(kowalscy, Kinship.CHILD)
    stay = LivingArrangement.ALTERNATE
    add_member(family=nowakowie, person=kacper, kinship=Kinship.CHILD, starts_on=TODAY, stay=stay, by=maria)
    text = dashboard_text(client, maria).partition("Obciążenie asystentów")[2]
    assert board_row(text, "Anna Sikora")[2] == "1"
    assert board_row(text, "Ewa Czyż")[2] == "2"
    assert board_row(text, "Razem")[1] == "2"


def board_row(text, name) -> list[str]:
    """The words after "3 z 15" in the row of the board."""
    return text.partition(f"{name} ")[2].replace("z 15 ", "").split()[:6]


def test_assistant_with_fifteen_families_is_full(client, maria, anna, tomasz, town):
    for number in range(15):
        create_family_with_work(
            f"Rodzina {number:02}", assistant=anna, social_worker=tomasz, region=town, by=maria
        )
    assert "Anna Sikora bez wolnych miejsc 15 z 15" in dashboard_text(client, maria)


def test_a_lower_limit_of_the_contract_is_the_one_shown(client, maria, anna, kowalscy):
    anna.contracts.update(family_limit=1)
    assert "Anna Sikora bez wolnych miejsc 1 z 1" in dashboard_text(client, maria)
    assert "Zajęte miejsca: 1 z 1." in dashboard_text(client, anna)


def test_statements_do_not_grow_with_families(
    client, maria, anna, ewa, tomasz, town, kowalscy, unassigned_family
):
    assign_families(anna, 13, by=maria)
    for row in assign_families(ewa, 14, by=maria):
        end_assignment(assignment=row, on=TODAY.replace(day=12), version=None, by=maria)
    make_concern(kowalscy, anna)
    make_concern(kowalscy, anna, at="08:00")
    client.force_login(maria)
    assert len(page_statements(client, "/")) <= 12


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SPECIALIST])
def test_others_see_no_family(client, make_user, maria, anna, kowalscy, unassigned_family, role):
    make_concern(kowalscy, anna)
    text = dashboard_text(client, make_user("olga", "Olga", "Nowa", role))
    own = {Role.ADMIN: "Czekają na pierwsze logowanie", Role.SPECIALIST: "Moje grupy"}
    assert own[role] in text
    for name in ("Kowalscy", "Lisowie", DANGER):
        assert name not in text
    assert not AccessLogEntry.objects.exists()


def test_work_without_a_basis_comes_first(client, maria, anna, kowalscy, unassigned_family):
    """Lisowie wait since March, the work with Kowalscy has no basis since October: the Act comes first."""
    basis = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=date(2026, 9, 30), why="wycofanie zgody", version=None, by=maria)
    queue = dashboard_text(client, maria).partition("Po terminie:")[0]
    assert queue.index("Praca bez podstawy Kowalscy") < queue.index("Czeka na asystenta Lisowie")
    assert "Uzupełnij : Kowalscy" in queue
    assert "najdłużej czeka rodzina od 02.03.2026" in queue.lower()
