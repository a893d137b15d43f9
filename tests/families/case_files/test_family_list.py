"""List of families: scope, tabs, row texts, filters, pagination, statements."""

from datetime import date, timedelta

import pytest

from families.case_files.family_list.queries import summaries_in_tab
from families.case_files.family_list.tabs import TABS
from families.case_files.family_list.tabs import tab_counts as tab_counts_of
from families.case_files.models import CaseSummary
from families.case_files.summaries import refresh_due
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    begin_work,
    end_assignment,
    end_basis,
    end_work,
)
from families.caseload.models import Assignment, LegalBasis
from families.choices import AssignmentKind, BasisKind, Category, Kinship, LivingArrangement
from families.people.actions import add_member, open_family, set_category
from families.people.address_actions import set_address
from lubsko_ops.audit.history import end_row
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import TODAY, WORK_STARTED_ON, create_family_with_work, person_data
from tests.form_client import response_text
from tests.page import Page, page_text

LIST = "/rodziny/"


def listed(response) -> list[str]:
    """Names of the families on the page, in its order."""
    return [link.text for link in Page(response).all("a", "who")]


def line_of(response, name: str) -> str:
    """Text of the row of a family."""
    return next(row.text for row in Page(response).rows if name in [link.text for link in row.links])


def tab_counts(response) -> dict[str, int]:
    tabs = [
        link.text.removesuffix(")").rpartition(" (")
        for link in Page(response).links
        if link.text.endswith(")")
    ]
    return {label: int(number) for label, _, number in tabs}


# ---- scope -------------------------------------------------------------------------------------------


def test_manager_sees_all_families(client, maria, kowalscy, nowakowie):
    client.force_login(maria)
    response = client.get(LIST)
    assert listed(response) == ["Kowalscy", "Nowakowie"]
    assert line_of(response, "Kowalscy") == (
        "Kowalscy 2026/001 aktywna 1 Pierwsza wizyta 11.03.2026 po terminie 7 miesięcy jeszcze nie było"
        " Lubsko A. Sikora"
    )
    assert "2 rodziny, od najbliższego terminu." in page_text(response)


def test_a_name_is_text_and_never_markup(as_maria, kowalscy):
    CaseSummary.objects.filter(family=kowalscy).update(sort_name="<b>Kowalscy</b>")
    assert "&lt;b&gt;Kowalscy&lt;/b&gt;" in as_maria.get(LIST).content.decode()


def test_assistant_sees_own_families(client, anna, kowalscy, nowakowie):
    client.force_login(anna)
    response = client.get(LIST)
    assert Page(response).heading == "Moje rodziny"
    assert listed(response) == ["Kowalscy"]
    assert tab_counts(response) == {"W toku": 1, "Po terminie": 1, "Zakończone": 0}


def test_social_worker_sees_led_families_and_own_region(
    client, tomasz, kowalscy, nowakowie, unassigned_family
):
    client.force_login(tomasz)
    assert listed(client.get(LIST)) == ["Kowalscy"]
    assert listed(client.get(LIST, {"widok": "nowe"})) == ["Lisowie"]


def test_the_administrator_has_no_list(client, jan, kowalscy):
    client.force_login(jan)
    response = client.get(LIST)
    assert response.status_code == 403
    assert "Kowalscy" not in response.content.decode()


def test_shown_families_are_logged(client, maria, kowalscy, nowakowie, unassigned_family):
    client.force_login(maria)
    client.get(LIST)
    entry = AccessLogEntry.objects.get()
    assert (entry.access_area, entry.user) == ("list", maria)
    assert entry.families == sorted([kowalscy.pk, nowakowie.pk])


# ---- tabs --------------------------------------------------------------------------------------------


def test_tabs_are_disjoint_but_for_what_is_overdue(client, maria, kowalscy, nowakowie, unassigned_family):
    end_work(period=nowakowie.periods.get(), on=TODAY - timedelta(days=1), reason="goals_reached", by=maria)
    client.force_login(maria)
    assert tab_counts(client.get(LIST)) == {
        "W toku": 1, "Po terminie": 1, "Bez asystenta": 0, "Nowe": 1, "Zakończone": 1,
    }  # fmt: skip
    assert listed(client.get(LIST, {"widok": "nowe"})) == ["Lisowie"]
    assert listed(client.get(LIST, {"widok": "zakonczone"})) == ["Nowakowie"]


def test_family_without_assistant_is_marked_and_has_a_tab(client, maria, ewa, kowalscy, nowakowie):
    row = Assignment.objects.get(period__family=kowalscy)
    end_assignment(assignment=row, on=TODAY - timedelta(days=1), version=None, by=maria)
    assign_assistant(
        period=kowalscy.periods.get(),
        assistant=ewa,
        starts_on=TODAY,
        kind=AssignmentKind.ACCOMPANYING,
        by=maria,
    )
    client.force_login(maria)
    response = client.get(LIST, {"widok": "bez-asystenta"})
    assert listed(response) == ["Kowalscy"]
    assert "bez asystenta" in line_of(response, "Kowalscy")
    assert "E. Czyż (towarzyszy)" in line_of(response, "Kowalscy")


def test_work_without_a_basis_is_marked(client, maria, kowalscy):
    basis = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=TODAY - timedelta(days=1), why="wycofanie zgody", version=None, by=maria)
    client.force_login(maria)
    assert "bez podstawy" in line_of(client.get(LIST), "Kowalscy")


def test_an_ended_case_is_shown_as_of_its_last_day(client, maria, kowalscy):
    """Assistant and age of the child are as of the last day of work."""
    with clock.freeze_time(TODAY):
        end_work(period=kowalscy.periods.get(), on=TODAY, reason="goals_reached", by=maria)
    with clock.freeze_time(TODAY + timedelta(days=365 * 12)):
        client.force_login(maria)
        line = line_of(client.get(LIST, {"widok": "zakonczone"}), "Kowalscy")
    assert "zakończona 1 2 04.03.2026 – 13.10.2026 zgoda" in line
    assert line.endswith("A. Sikora")


def test_work_that_begins_tomorrow_is_not_in_progress_yet(client, maria, unassigned_family):
    with clock.freeze_time(TODAY + timedelta(days=1)):
        begin_work(
            family=unassigned_family, starts_on=TODAY + timedelta(days=1), bases=court(TODAY), by=maria
        )
    client.force_login(maria)
    response = client.get(LIST, {"widok": "nowe"})
    assert "jeszcze nie rozpoczęta" in line_of(response, "Lisowie")


def test_unknown_tab_falls_back_to_the_first(client, maria, kowalscy):
    client.force_login(maria)
    assert listed(client.get(LIST, {"widok": "wszystko"})) == ["Kowalscy"]


def test_assistant_has_no_intake_tabs(client, anna, kowalscy, unassigned_family):
    client.force_login(anna)
    assert listed(client.get(LIST, {"widok": "nowe"})) == ["Kowalscy"]


# ---- handed over -------------------------------------------------------------------------------------


def hand_over(family, *, to, on, by):
    with clock.freeze_time(on):
        assign_assistant(period=family.periods.get(), assistant=to, starts_on=on, by=by)


def test_handed_over_family_shows_the_last_readable_day(client, anna, ewa, maria, kowalscy):
    hand_over(kowalscy, to=ewa, on=date(2026, 10, 1), by=maria)
    client.force_login(anna)
    assert listed(client.get(LIST)) == []
    response = client.get(LIST, {"widok": "przekazane"})
    assert "przekazana, odczyt do 30.10.2026" in line_of(response, "Kowalscy")
    assert tab_counts(response) == {"W toku": 0, "Po terminie": 0, "Przekazane": 1, "Zakończone": 0}
    client.force_login(ewa)
    assert "przekazana" not in line_of(client.get(LIST), "Kowalscy")


@pytest.mark.parametrize("day,seen", [(date(2026, 10, 30), ["Kowalscy"]), (date(2026, 10, 31), [])])
def test_last_readable_day_is_inclusive(client, anna, ewa, maria, kowalscy, day, seen):
    hand_over(kowalscy, to=ewa, on=date(2026, 10, 1), by=maria)
    with clock.freeze_time(day):
        client.force_login(anna)
        assert listed(client.get(LIST, {"widok": "przekazane"})) == seen


# ---- counts in a row ---------------------------------------------------------------------------------


def test_children_are_those_under_eighteen_who_live_here_today(client, maria, kowalscy):
    """Kacper lives here. Ada is eighteen today, Ola will be tomorrow; Jan lives elsewhere, Ida in two homes."""
    for name, born_on, stay in [
        ("Ada", date(2008, 10, 13), LivingArrangement.HERE),
        ("Ola", date(2008, 10, 14), LivingArrangement.HERE),
        ("Jan", date(2015, 1, 1), LivingArrangement.ELSEWHERE),
        ("Ida", date(2016, 1, 1), LivingArrangement.ALTERNATE),
        ("Zoe", None, LivingArrangement.HERE),
    ]:
        person = person_data(name, "Kowalska", born_on=born_on)
        since = {"kinship": Kinship.CHILD, "starts_on": WORK_STARTED_ON}
        add_member(family=kowalscy, person=person, stay=stay, **since, by=maria)
    client.force_login(maria)
    assert "aktywna 4 Pierwsza wizyta" in line_of(client.get(LIST), "Kowalscy")


def test_two_assistants_and_bases_give_one_row(client, maria, ewa, kowalscy):
    period = kowalscy.periods.get()
    assign_assistant(
        period=period, assistant=ewa, starts_on=TODAY, kind=AssignmentKind.ACCOMPANYING, by=maria
    )
    add_basis(period=period, data=court(TODAY)[0], by=maria)
    client.force_login(maria)
    line = line_of(client.get(LIST), "Kowalscy")
    assert line.count("Kowalscy") == 1
    assert "aktywna 1 Pierwsza" in line
    assert line.endswith("A. Sikora, E. Czyż (towarzyszy)")


def test_family_without_an_address(client, maria):
    family = open_family(name="Bezdomni", on=TODAY, by=maria)
    begin_work(family=family, starts_on=TODAY, bases=court(TODAY), by=maria)
    client.force_login(maria)
    assert "aktywna" not in line_of(client.get(LIST), "Bezdomni")  # the mark stands instead of the usual word
    assert "bez stałego adresu" in line_of(client.get(LIST), "Bezdomni")
    set_address(family=family, since=TODAY, house="3", locality="Górzyn", by=maria)
    assert "Górzyn" in line_of(client.get(LIST), "Bezdomni")


# ---- filters, order, pages ---------------------------------------------------------------------------


def court(on):
    return [BasisData(kind=BasisKind.COURT, starts_on=on, reference="III Nsm 1/26")]


def test_each_filter(client, maria, anna, villages, kowalscy, nowakowie):
    set_category(family=nowakowie, category=Category.MINOR_PARENT, on=TODAY, by=maria)
    client.force_login(maria)
    assert listed(client.get(LIST, {"asystent": anna.pk})) == ["Kowalscy"]
    assert listed(client.get(LIST, {"rejon": villages.pk})) == ["Nowakowie"]
    assert listed(client.get(LIST, {"kategoria": Category.MINOR_PARENT})) == ["Nowakowie"]
    assert listed(client.get(LIST, {"podstawa": BasisKind.CONSENT})) == ["Kowalscy", "Nowakowie"]
    assert listed(client.get(LIST, {"podstawa": BasisKind.COURT})) == []


def test_active_filter_is_shown_with_a_remove_link(client, maria, anna, town, kowalscy, nowakowie):
    client.force_login(maria)
    response = client.get(LIST, {"asystent": anna.pk, "rejon": town.pk})
    text = response_text(response)
    assert "1 rodzina z 2" in text
    assert f'<a class="chip" href="/rodziny/?rejon={town.pk}"><span>Asystent: Anna Sikora</span>' in text


def test_empty_result_repeats_active_filters(client, maria, anna, villages, kowalscy, nowakowie):
    client.force_login(maria)
    text = response_text(client.get(LIST, {"asystent": anna.pk, "rejon": villages.pk}))
    assert "0 rodzin z 2" in text
    assert "Szukano: asystent Anna Sikora, rejon Rejon II, wsie. Usuń jeden z filtrów" in text


def test_invalid_filters_are_ignored(client, maria, kowalscy):
    client.force_login(maria)
    response = client.get(LIST, {"asystent": "' OR 1=1", "rejon": "x", "po": "y", "sort": "haslo"})
    assert response.status_code == 200
    assert listed(response) == ["Kowalscy"]


def test_filters_of_ended_cases_use_the_last_day(client, maria, anna, ewa, kowalscy, nowakowie):
    for family in (kowalscy, nowakowie):
        end_work(period=family.periods.get(), on=TODAY - timedelta(days=9), reason="goals_reached", by=maria)
    client.force_login(maria)
    asked = {"widok": "zakonczone", "asystent": anna.pk, "podstawa": BasisKind.CONSENT}
    assert listed(client.get(LIST, asked)) == ["Kowalscy"]


def test_polish_name_order_is_reversible(client, maria, anna, town, tomasz):
    for name in ("Żak", "Łoś", "Lis", "Śliwa", "Ćwik"):
        create_family_with_work(name, assistant=anna, social_worker=tomasz, region=town, by=maria)
    client.force_login(maria)
    assert listed(client.get(LIST)) == ["Ćwik", "Lis", "Łoś", "Śliwa", "Żak"]
    assert listed(client.get(LIST, {"sort": "-nazwa"})) == ["Żak", "Śliwa", "Łoś", "Lis", "Ćwik"]
    assert listed(client.get(LIST, {"sort": "numer"})) == ["Żak", "Łoś", "Lis", "Śliwa", "Ćwik"]


def test_sort_by_assistant_puts_unassigned_first(client, maria, kowalscy, nowakowie, unassigned_family):
    begin_work(family=unassigned_family, starts_on=TODAY, bases=court(TODAY), by=maria)
    client.force_login(maria)
    assert listed(client.get(LIST, {"sort": "asystent"})) == ["Lisowie", "Nowakowie", "Kowalscy"]
    assert listed(client.get(LIST, {"sort": "od"})) == ["Kowalscy", "Nowakowie", "Lisowie"]


# ---- nothing to show ---------------------------------------------------------------------------------


def test_empty_state_of_an_assistant(client, anna, nowakowie):
    client.force_login(anna)
    text = response_text(client.get(LIST))
    assert "Nie masz jeszcze przydzielonych rodzin" in text
    assert "Pobierz listę" not in text


def test_empty_state_of_a_manager(client, maria):
    client.force_login(maria)
    assert "Nie ma tu jeszcze żadnej rodziny" in response_text(client.get(LIST))


def test_empty_tab(client, maria, kowalscy):
    client.force_login(maria)
    assert "Każda rodzina w toku ma asystenta" in response_text(client.get(LIST, {"widok": "bez-asystenta"}))


# ---- htmx --------------------------------------------------------------------------------------------


def test_htmx_gets_the_fragment_and_a_clean_url(client, maria, town, kowalscy, nowakowie):
    client.force_login(maria)
    asked = {"widok": "w-toku", "asystent": "", "rejon": town.pk, "sort": "termin"}
    response = client.get(LIST, asked, headers={"HX-Request": "true", "HX-Target": "div#results"})
    assert Page(response).heading == ""
    assert listed(response) == ["Kowalscy"]
    assert response["HX-Push-Url"] == f"/rodziny/?rejon={town.pk}"
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]


@pytest.mark.parametrize(
    ("shown", "pushed"),
    [
        ("http://testserver/rodziny/?rejon={}#wyniki", "false"),
        ("http://testserver/rodziny/", "/rodziny/?rejon={}"),
        ("http://[zly-adres", "/rodziny/?rejon={}"),
    ],
)
def test_the_address_is_pushed_unless_it_is_shown_already(client, maria, town, kowalscy, shown, pushed):
    client.force_login(maria)
    headers = {"HX-Request": "true", "HX-Target": "div#results", "HX-Current-URL": shown.format(town.pk)}
    response = client.get(LIST, {"rejon": town.pk}, headers=headers)
    assert response["HX-Push-Url"] == pushed.format(town.pk)


def test_history_restore_gets_the_full_page(client, maria, kowalscy):
    client.force_login(maria)
    response = client.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert Page(response).heading == "Rodziny"
    assert not response.has_header("HX-Push-Url")


def test_tab_counts(kowalscy, nowakowie, unassigned_family, as_maria, maria, tomasz, anna):
    """For every user on any day."""
    end_row(nowakowie.periods.get().assignments.get(), on=TODAY - timedelta(days=3), by=maria, why="próba")
    end_row(kowalscy.periods.get().bases.get(), on=TODAY - timedelta(days=2), by=maria, why="próba")
    for user in (maria, tomasz, anna):
        for on in (TODAY, TODAY - timedelta(days=5), date(2026, 3, 3), date(2026, 1, 1)):
            refresh_due(on)
            held = {tab.code: summaries_in_tab(tab, user=user, on=on).count() for tab in TABS}
            assert tab_counts_of(user=user, on=on) == held


def test_initial_stays_with_its_surname(client, maria, kowalscy):
    client.force_login(maria)
    assert "A.\u00a0Sikora" in client.get(LIST).content.decode()
