"""Overview of a case file: header, household, workers, warnings, statements."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families.case_files.header import basis_text
from families.case_files.models import CaseSummary
from families.case_files.overview import duration_text
from families.case_files.summary_facts import compute_summaries
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    begin_work,
    end_assignment,
    end_basis,
    end_work,
    start_work_and_assign,
)
from families.caseload.models import Assignment, LegalBasis
from families.choices import BasisKind, ClosingReason, Kinship, Problem
from families.people.actions import add_member, add_phone, end_membership, set_category, set_problems
from families.people.address_actions import correct_address
from families.people.queries import category_and_problems
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import plural_form
from tests.factories import TODAY, consent_data, create_family, create_family_with_work, person_data
from tests.page import Page, page_text
from tests.statement_counts import page_statements


def overview_text(client, family) -> str:
    """Text of the overview without tags."""
    response = client.get(reverse("families:overview", args=[family.pk]))
    assert response.status_code == 200
    return page_text(response)


# ---- access ------------------------------------------------------------------------------------------


def test_assistant_opens_own_family_and_it_is_logged(client, anna, kowalscy):
    client.force_login(anna)
    text = overview_text(client, kowalscy)
    assert "Kowalscy 2026/001 aktywna" in text
    assert "Adres ul. Długa 14 m. 2, Lubsko Mapa Podstawa zgoda z 04.03.2026" in text
    assert "Asystent Anna Sikora Pracownik socjalny Tomasz Lis, Rejon I, miasto" in text
    entry = AccessLogEntry.objects.get()
    assert (entry.access_area, entry.families, entry.user) == ("overview", [kowalscy.pk], anna)


@pytest.mark.parametrize("name", ["ewa", "zofia", "jan"])
def test_family_out_of_scope_gives_404(client, request, kowalscy, name):
    client.force_login(request.getfixturevalue(name))
    response = client.get(reverse("families:overview", args=[kowalscy.pk]))
    assert response.status_code == 404
    assert "Kowalscy" not in response.content.decode()


def test_tabs_follow_permissions(client, anna, maria, kowalscy):
    client.force_login(anna)
    assert "Dostęp" not in overview_text(client, kowalscy)
    client.force_login(maria)
    assert "Dostęp" in overview_text(client, kowalscy)


# ---- the household -----------------------------------------------------------------------------------


def test_household_summary(client, anna, maria, kowalscy):
    for name, born_on in (("Ola", date(2020, 5, 1)), ("Iga", date(2026, 9, 1))):
        data = person_data(name, "Kowalska", born_on=born_on)
        add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
    client.force_login(anna)
    text = overview_text(client, kowalscy)
    assert "W domu 1 dorosły, 3 dzieci" in text
    assert "Poza domem Piotr (ojciec)" in text
    assert "Ola Kowalska córka 6 lat" in text
    assert "Iga Kowalska córka 6 tygodni" in text


@pytest.mark.parametrize("n,words", [(1, "dorosły"), (2, "dorosłych"), (5, "dorosłych"), (22, "dorosłych")])
def test_adults_are_counted_in_three_forms(n, words):
    assert plural_form(n, "dorosły,dorosłych,dorosłych") == words


def test_member_link_and_other_home(client, anna, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER)
    client.force_login(anna)
    assert "Piotr Kowalska ojciec 41 lat gdzie indziej: Chocicz 21" in overview_text(client, kowalscy)
    page = client.get(reverse("families:overview", args=[kowalscy.pk])).content.decode()
    people = reverse("families:people", args=[kowalscy.pk])
    assert f'href="{people}#osoba-{father.person.pk}">Piotr Kowalska</a>' in page
    assert f'id="osoba-{father.person.pk}"' in client.get(people).content.decode()
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    correct_address(address=father.addresses.get(), version=None, withheld_from=mother, by=anna)
    page = client.get(reverse("families:overview", args=[kowalscy.pk])).content.decode()
    assert '<span class="d-print-none">Chocicz 21</span>' in page


def test_phone_menu_has_the_secondary_buttons(client, anna, ewa, maria, kowalscy):
    """On a phone and at 200 % zoom the menu must contain every hidden button."""
    client.force_login(anna)
    page = client.get(reverse("families:overview", args=[kowalscy.pk])).content.decode()
    menu = page.partition('<details class="menu phone-only">')[2].partition("</details>")[0]
    assert "Inne czynności" in menu
    for name, words in (("person-add", "Dodaj osobę"), ("family-edit", "Zmień dane rodziny")):
        assert f'<a href="{reverse(f"families:{name}", args=[kowalscy.pk])}">{words}</a>' in menu
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    assert "Inne czynności" not in overview_text(client, kowalscy)


def test_phone_header_omits_basis_and_social_worker(client, anna, kowalscy):
    client.force_login(anna)
    [facts] = Page(client.get(reverse("families:overview", args=[kowalscy.pk]))).all("dl", "idfacts")
    omitted = [fact.all("dt")[0].text for fact in facts.all("div", "less")]
    assert omitted == ["Podstawa", "Pracownik socjalny"]


def test_former_members_are_left_out(client, anna, maria, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER)
    end_membership(membership=father, on=TODAY - timedelta(days=1), version=None, by=maria)
    client.force_login(anna)
    text = overview_text(client, kowalscy).partition("Kto pracuje")[0]
    assert "Piotr" not in text


# ---- the work ----------------------------------------------------------------------------------------


def test_earlier_periods_are_listed(client, maria, anna, tomasz, town):
    family = create_family("Zielińscy", region=town, by=maria, on=date(2021, 3, 1))
    with clock.freeze_time(date(2021, 3, 2)):
        consent = [consent_data(family, date(2021, 3, 2))]
        earlier = begin_work(family=family, starts_on=date(2021, 3, 2), bases=consent, by=maria)
    with clock.freeze_time(date(2022, 11, 30)):
        end_work(period=earlier, on=date(2022, 11, 30), reason="goals_reached", by=maria)
    with clock.freeze_time(date(2024, 4, 15)):
        consent = [consent_data(family, date(2024, 4, 15))]
        now = begin_work(family=family, starts_on=date(2024, 4, 15), bases=consent, by=maria)
        assign_assistant(period=now, assistant=anna, starts_on=date(2024, 4, 15), by=maria)
    client.force_login(maria)
    text = overview_text(client, family)
    assert "Zielińscy 2024/001 aktywna" in text
    assert "Praca od 15.04.2024, 2 lata i 5 mies." in text
    assert "2021/001 02.03.2021–30.11.2022, osiągnięcie celów" in text


@pytest.mark.parametrize(
    "since,until,words",
    [
        (date(2026, 10, 13), date(2026, 10, 13), "1 dzień"),
        (date(2026, 10, 1), date(2026, 10, 13), "13 dni"),
        (date(2026, 9, 13), date(2026, 10, 13), "1 mies."),
        (date(2025, 10, 13), date(2026, 10, 13), "1 rok"),
        (date(2024, 4, 13), date(2026, 10, 13), "2 lata i 6 mies."),
        (date(2021, 10, 14), date(2026, 10, 13), "4 lata i 11 mies."),
    ],
)
def test_how_long_the_work_lasts(since, until, words):
    assert duration_text(since, until).replace("\u00a0", " ") == words


def test_who_works_with_the_family_now_and_who_did(client, anna, ewa, maria, kowalscy):
    with clock.freeze_time(date(2026, 10, 1)):
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 10, 1), by=maria)
    client.force_login(maria)
    text = overview_text(client, kowalscy)
    assert "Ewa Czyż prowadzi od 01.10.2026" in text
    assert "Anna Sikora prowadzi 04.03.2026–30.09.2026 wcześniej" in text


def test_an_assistant_to_come_is_marked(client, ewa, maria, kowalscy):
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 11, 2), by=maria)
    client.force_login(maria)
    assert "Ewa Czyż prowadzi od 02.11.2026 dopiero będzie" in overview_text(client, kowalscy)


def test_new_family_without_work(client, maria, unassigned_family):
    client.force_login(maria)
    text = overview_text(client, unassigned_family)
    assert "Lisowie nowa" in text
    assert "Praca od praca jeszcze się nie rozpoczęła" in text


# ---- warnings ----------------------------------------------------------------------------------------


def test_warning_without_an_assistant(client, maria, kowalscy):
    row = Assignment.objects.get(period__family=kowalscy)
    end_assignment(assignment=row, on=date(2026, 9, 30), version=None, by=maria)
    client.force_login(maria)
    text = overview_text(client, kowalscy)
    assert "Bez asystenta od 01.10.2026." in text
    assert "bez asystenta" in text.partition("Przegląd")[0]


def test_warning_without_a_basis(client, anna, maria, kowalscy):
    basis = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=date(2026, 9, 30), why="wycofanie zgody", version=None, by=maria)
    client.force_login(anna)
    assert "Bez podstawy pracy od 01.10.2026." in overview_text(client, kowalscy)


def test_no_warnings(client, anna, kowalscy):
    client.force_login(anna)
    response = client.get(reverse("families:overview", args=[kowalscy.pk]))
    assert 'class="notice' not in response.content.decode()


def test_handed_over_family_is_read_only_until_a_day(client, anna, ewa, maria, kowalscy):
    with clock.freeze_time(date(2026, 10, 1)):
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 10, 1), by=maria)
    client.force_login(anna)
    text = overview_text(client, kowalscy)
    assert "Rodzina przekazana. Teczkę możesz czytać do 30.10.2026, bez zmieniania." in text
    assert "tylko do odczytu" in text
    assert "Dodaj osobę" not in text


def test_assign_button_only_without_an_assistant(client, maria, kowalscy, unassigned_family):
    client.force_login(maria)
    assert "Przydziel asystenta" not in overview_text(client, kowalscy)
    assert "Przydziel asystenta" in overview_text(client, unassigned_family)
    end_work(period=kowalscy.periods.get(), on=TODAY - timedelta(days=1), reason="goals_reached", by=maria)
    assert "Przydziel asystenta" not in overview_text(client, kowalscy)


def test_closed_file_says_who_worked_on_what_basis_and_how_to_begin_again(client, maria, tomasz, zolkiewscy):
    client.force_login(maria)
    assert "zakończona" not in overview_text(client, zolkiewscy)
    end_work(period=zolkiewscy.periods.get(), on=TODAY - timedelta(days=1), reason="goals_reached", by=maria)
    text = overview_text(client, zolkiewscy)
    for words in (
        "Praca z rodziną zakończona 12.10.2026",
        "Ostatni dzień 12.10.2026, osiągnięcie celów",
        "Kto pracował Anna Sikora, asystent prowadzący, 04.03.2026–12.10.2026; "
        "Tomasz Lis, pracownik socjalny, od 04.03.2026",
        "Na jakiej podstawie zgoda, ",
        "Gdy rodzina wraca, rozpocznij pracę i przydziel asystenta",
    ):
        assert words in text, words
    response = client.get(reverse("families:overview", args=[zolkiewscy.pk]))
    [link] = [each for each in Page(response).links if each.text == "rozpocznij pracę i przydziel asystenta"]
    assert "Rozpocznij pracę i przydziel asystenta" in page_text(client.get(link.url))
    client.force_login(tomasz)
    text = overview_text(client, zolkiewscy)
    assert "Gdy rodzina wraca, pracę zaczyna kierownik" in text


# ---- sensitive data ----------------------------------------------------------------------------------


@pytest.fixture
def specialist(make_user):
    """A user who sees files but no sensitive data."""
    return make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)


def test_problems_are_shown_to_those_who_work_with_the_family(client, anna, kowalscy):
    set_problems(family=kowalscy, problems=[Problem.ALCOHOL, Problem.POVERTY], on=TODAY, by=anna)
    client.force_login(anna)
    assert "Problemy alkoholizm, ubóstwo" in overview_text(client, kowalscy)


def test_a_specialist_does_not_see_health_court_or_violence(specialist, anna, kowalscy):
    period = kowalscy.periods.get()
    for basis in period.bases.all():
        end_basis(basis=basis, on=TODAY, why="", version=None, by=anna)
    LegalBasis.objects.filter(pk=basis.pk).update(kind=BasisKind.COURT)
    shown = [
        Problem.POVERTY,
        Problem.ALCOHOL,
        Problem.ILLNESS,
        Problem.DOMESTIC_VIOLENCE,
        Problem.AFTER_PRISON,
    ]
    set_problems(family=kowalscy, problems=shown, on=TODAY, by=anna)
    set_category(family=kowalscy, category="za_zyciem", on=TODAY, by=anna)
    summary = CaseSummary.objects.get(pk=kowalscy.pk)
    category, problems = category_and_problems(kowalscy, user=specialist, on=TODAY)
    assert (category, [str(each) for each in problems]) == (None, ["ubóstwo"])
    assert len(category_and_problems(kowalscy, user=anna, on=TODAY)[1]) == 5
    assert basis_text(summary, specialist) == "jest"
    assert basis_text(summary, anna) == "zobowiązanie sądu z 04.03.2026"


def test_phone_shows_its_owner(client, anna, kowalscy):
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    add_phone(family=kowalscy, number="600 100 200", starts_on=TODAY, person=mother, note="po 15", by=anna)
    client.force_login(anna)
    assert "Telefon 600 100 200 (Danuta, po 15)" in overview_text(client, kowalscy)


def test_the_number_to_call_is_of_somebody_at_home(client, anna, kowalscy):
    """The father lives elsewhere; his number is known longer."""
    father, mother = (
        kowalscy.memberships.get(kinship=each).person for each in (Kinship.FATHER, Kinship.MOTHER)
    )
    for person, since in ((father, date(2026, 4, 1)), (mother, TODAY)):
        number = f"600 100 {person.pk % 1000:03d}"
        add_phone(family=kowalscy, number=number, starts_on=since, person=person, by=anna)
    assert compute_summaries([kowalscy.pk], on=TODAY)[0].phone.person == mother
    assert compute_summaries([kowalscy.pk], on=date(2026, 4, 1))[0].phone.person == father


# ---- statements --------------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_the_file(client, maria, anna, ewa, tomasz, town):
    family = create_family_with_work(
        "Długoszowie", assistant=anna, social_worker=tomasz, region=town, by=maria
    )
    url = reverse("families:overview", args=[family.pk])
    client.force_login(maria)
    few = page_statements(client, url)
    period = family.periods.get()
    for number in range(8):
        since = date(2026, 4, 1) + timedelta(days=20 * number)
        with clock.freeze_time(since):
            assign_assistant(period=period, assistant=(ewa, anna)[number % 2], starts_on=since, by=maria)
            data = person_data(f"Dziecko {number}", "Długosz", born_on=date(2010 + number, 1, 1))
            add_member(family=family, person=data, kinship=Kinship.CHILD, starts_on=since, by=maria)
            add_phone(family=family, number=f"600 000 00{number}", starts_on=since, by=maria)
            set_problems(family=family, problems=Problem.values[number : number + 3], on=since, by=maria)
    # one more for the people who joined: the timeline fetches the rows of each kind it shows
    assert (len(few), len(page_statements(client, url))) == (13, 14)


def test_court_is_a_basis_that_can_stand_beside_a_consent(client, anna, maria, kowalscy):
    data = BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III Nsm 1/26")
    add_basis(period=kowalscy.periods.get(), data=data, by=maria)
    client.force_login(anna)
    assert "Podstawa zgoda z 04.03.2026 i zobowiązanie sądu z 13.10.2026" in overview_text(client, kowalscy)


def test_withheld_address_is_marked_and_not_printed(client, maria, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    residence = kowalscy.addresses.get()
    correct_address(address=residence, version=residence.version, withheld_from=father, by=maria)
    client.force_login(maria)
    page = client.get(reverse("families:overview", args=[kowalscy.pk])).content.decode()
    assert '<span class="d-print-none">ul. Długa 14 m. 2, Lubsko</span>' in page
    assert "nie ujawniać: Piotr Kowalska" in page


def test_a_family_that_returns_has_one_header_on_all_pages(client, maria, anna, ewa, kowalscy):
    """Work has ended, new work is planned: from the stored summary and from the state of the case."""
    end_work(
        period=kowalscy.periods.get(), on=date(2026, 10, 1), reason=ClosingReason.GOALS_REACHED, by=maria
    )
    again = date(2026, 11, 1)
    start_work_and_assign(
        family=kowalscy, assistant=ewa, starts_on=again, bases=[consent_data(kowalscy, again)], by=maria
    )
    client.force_login(maria)
    for name in ("overview", "people"):
        text = page_text(client.get(reverse(f"families:{name}", args=[kowalscy.pk])))
        assert "Anna Sikora, do 01.10.2026; Ewa Czyż od 01.11.2026" in text, name
