"""History of a case file: texts of changes, privacy, sources, pagination."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from stdnum.pl import pesel as pesel_number

from families.caseload.actions import BasisData, add_basis, assign_assistant
from families.choices import BasisKind, Category, Kinship, LivingArrangement, Problem
from families.people.actions import (
    add_member,
    change_membership,
    correct_person,
    end_membership,
    set_problems,
    update_family,
)
from families.people.address_actions import correct_address, set_address
from families.people.models import DuplicateDismissal, Person, PersonMerge
from families.register_import.models import RegisterImport
from families.visits.actions import record_safeguarding_step
from families.visits.dto import OutcomeData
from families.visits.models import Agreement
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.audit.change_entries import HISTORY_TABLES
from lubsko_ops.audit.changes import FieldChange, RowChange, get_history_page
from lubsko_ops.audit.models import AccessLogEntry, AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import accusative
from tests.factories import TODAY, person_data
from tests.families.visits.helpers import make_concern, make_contact, make_visit
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.roles import permissions_of, set_permissions


def pesel(ten_digits: str) -> str:
    """A valid number from its first ten digits."""
    return ten_digits + pesel_number.calc_check_digit(ten_digits)


def history_page(family) -> str:
    return reverse("families:history", args=[family.pk])


def newest(family, user):
    """The newest entry."""
    return get_history_page(family.pk, user=user).entries[0]


def changed_rows(family, user) -> list[RowChange]:
    """The changed rows of all entries, newest entries first."""
    return [row for entry in get_history_page(family.pk, user=user, size=999).entries for row in entry.rows]


def mother_of(family):
    return family.memberships.get(kinship=Kinship.MOTHER).person


# ---- entries -----------------------------------------------------------------------------------------


def test_a_correction_shows_what_was_before(anna, kowalscy):
    mother = mother_of(kowalscy)
    correct_person(
        person=mother, version=mother.version, by=anna, first_name="Dorota", born_on=date(1988, 5, 8)
    )
    entry = newest(kowalscy, anna)
    assert entry.reason == "Zmiana danych osoby"
    assert entry.author == "Anna Sikora"
    assert (entry.day, entry.time) == (TODAY, "12:00")
    (row,) = entry.rows
    assert row.subject == "Zmieniono osobę: Dorota Kowalska"
    assert row.changes == [
        FieldChange("Imię", "Dorota", "Danuta"),
        FieldChange("Data urodzenia", "08.05.1988", "09.05.1988"),
    ]


def test_page_texts(client, anna, kowalscy):
    mother = mother_of(kowalscy)
    correct_person(person=mother, version=mother.version, by=anna, first_name="Dorota")
    client.force_login(anna)
    text = page_text(client.get(history_page(kowalscy)))
    assert (
        "13 października 2026 r. Zmiana danych osoby Zmieniono osobę: Dorota Kowalska "
        "Imię: było Danuta, jest Dorota" in text
    )
    assert "12:00, Anna Sikora" in text
    assert AccessLogEntry.objects.get().access_area == "history"


def test_choices_and_people_are_shown_by_name(anna, ewa, maria, kowalscy):
    with clock.freeze_time(TODAY + timedelta(days=1)):
        assign_assistant(
            period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY + timedelta(days=1), by=maria
        )
    entry = newest(kowalscy, maria)
    assert entry.reason == "Przekazanie rodziny innemu asystentowi"
    end, hand_over = entry.rows
    assert hand_over.subject == "Dodano przydzielenie asystenta: Ewa Czyż"
    assert hand_over.validity == "od\u00a014.10.2026"
    assert hand_over.changes == [FieldChange("Rodzaj", "prowadzi")]
    assert end.validity == "04.03.2026–13.10.2026"
    assert end.changes == [FieldChange("Ostatni dzień", "13.10.2026")]


def test_a_late_entry_shows_both_days(anna, kowalscy):
    """Entered today, valid from 1 September."""
    since = date(2026, 9, 1)
    set_address(family=kowalscy, since=since, street="Polna", house="3", locality="Lubsko", by=anna)
    entry = newest(kowalscy, anna)
    assert entry.day == TODAY
    assert entry.rows[-1].subject == "Dodano adres: ul. Polna 3, Lubsko"
    assert entry.rows[-1].validity == "od\u00a001.09.2026"


def test_a_member_who_moves_out_is_named(anna, kowalscy):
    child = kowalscy.memberships.get(kinship=Kinship.CHILD)
    change_membership(
        membership=child,
        kinship=Kinship.CHILD,
        stay=LivingArrangement.ALTERNATE,
        since=TODAY,
        version=child.version,
        by=anna,
    )
    rows = newest(kowalscy, anna).rows
    assert {row.subject for row in rows} == {
        "Zmieniono członka rodziny: Kacper Kowalska",
        "Dodano członka rodziny: Kacper Kowalska",
    }
    assert FieldChange("Gdzie mieszka", "na przemian w dwóch domach") in [
        c for row in rows for c in row.changes
    ]


def test_an_address_of_one_member_shows_whose_it_is(anna, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER)
    set_address(membership=father, since=TODAY, house="7", postal_code="68-300", locality="Tuchola", by=anna)
    assert (
        newest(kowalscy, anna).rows[-1].subject == "Dodano adres: Tuchola 7, 68-300 (Piotr Kowalska, ojciec)"
    )


def test_rows_of_one_action_share_a_title(client, anna, kowalscy):
    """Leaving the family also ends the member's own address: one action, one title."""
    father = kowalscy.memberships.get(kinship=Kinship.FATHER)
    end_membership(membership=father, on=TODAY, version=None, by=anna)
    client.force_login(anna)
    text = page_text(client.get(history_page(kowalscy)))
    assert text.count("Odejście z rodziny") == 1
    displayed = text.partition("Odejście z rodziny")[2].partition("12:00")[0]
    assert "Zmieniono członka rodziny: Piotr Kowalska" in displayed
    assert "Zmieniono adres: Chocicz 21, 68-300 (Piotr Kowalska, ojciec)" in displayed


def test_unchanged_versions_are_left_out(anna, kowalscy):
    """The family row is saved each time, but shown only when it changed."""
    before = get_history_page(kowalscy.pk, user=anna).entries

    def describe(name):
        update_family(
            family=kowalscy, name=name, category=Category.values[0], problems=[Problem.values[0]],
            since=TODAY, version=None, by=anna,
        )  # fmt: skip

    describe("Kowalscy")
    assert get_history_page(kowalscy.pk, user=anna).entries == before
    describe("Kowalscy z Długiej")
    assert newest(kowalscy, anna).rows[0].changes == [
        FieldChange("Nazwa rodziny", "Kowalscy z Długiej", "Kowalscy")
    ]


def test_withheld_address_and_its_earlier_versions_are_not_printed(client, anna, kowalscy):
    """Also versions from before the address was withheld."""
    correct_address(address=kowalscy.addresses.get(), version=None, by=anna, house="15")
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    correct_address(address=kowalscy.addresses.get(), version=None, by=anna, withheld_from=father)
    client.force_login(anna)
    for page in (history_page(kowalscy), reverse("families:overview", args=[kowalscy.pk])):
        content = Page(client.get(page))
        assert "nie ujawniać: Piotr Kowalska" in content.text
        assert "Długa 15" in content.text
        assert "Długa" not in content.printed_text


# ---- PESEL and sensitive data ------------------------------------------------------------------------


def test_a_pesel_is_never_shown_only_that_it_changed(client, anna, maria, kowalscy):
    first, second = pesel("8805091234"), pesel("8805091226")
    mother = mother_of(kowalscy)
    for digits, said in ((first, "wpisano"), (second, "zmieniono")):
        mother = correct_person(
            person=mother, version=mother.version, by=anna, pesel=digits, pesel_missing=""
        )
        assert FieldChange("PESEL", said) in newest(kowalscy, anna).rows[0].changes
    mother = correct_person(person=mother, version=mother.version, by=anna, last_name="Nowa")
    assert [change.label for change in newest(kowalscy, anna).rows[0].changes] == ["Nazwisko"]
    client.force_login(maria)
    text = client.get(history_page(kowalscy)).content.decode()
    assert first not in text
    assert second not in text
    assert mother.pesel_key not in text


def test_nor_the_number_of_another_document(client, anna, maria, kowalscy):
    mother = mother_of(kowalscy)
    changes = {"paszport FE123456": "wpisano", "paszport ZS654321": "zmieniono", "": "usunięto"}
    for document, said in changes.items():
        mother = correct_person(person=mother, version=mother.version, by=anna, other_document=document)
        assert newest(kowalscy, anna).rows[0].changes == [FieldChange("Inny dokument", said)]
    mother = correct_person(
        person=mother, version=mother.version, by=anna, other_document="paszport AB777777"
    )
    mother = correct_person(person=mother, version=mother.version, by=anna, last_name="Nowa")
    assert [change.label for change in newest(kowalscy, anna).rows[0].changes] == ["Nazwisko"]
    client.force_login(maria)
    text = client.get(history_page(kowalscy)).content.decode()
    assert "wpisano" in text and not any(number in text for number in ("123456", "654321", "777777"))


def test_a_person_entered_with_a_pesel_shows_only_that_there_is_one(anna, kowalscy):
    data = Person(first_name="Ida", last_name="Kowalska", sex="", pesel=pesel("1521091234"))
    add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=anna)
    assert FieldChange("PESEL", "wpisano") in [c for row in newest(kowalscy, anna).rows for c in row.changes]


def test_sensitive_rows_are_hidden_without_permission(anna, maria, make_user, kowalscy):
    specialist = make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)
    set_problems(family=kowalscy, problems=[Problem.ALCOHOL, Problem.UNEMPLOYMENT], on=TODAY, by=anna)
    add_basis(
        period=kowalscy.periods.get(),
        data=BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III"),
        by=maria,
    )
    seen = " ".join(row.subject for row in changed_rows(kowalscy, anna))
    hidden = " ".join(row.subject for row in changed_rows(kowalscy, specialist))
    assert "alkoholizm" in seen
    assert "zobowiązanie sądu" in seen
    assert "alkoholizm" not in hidden
    assert "zobowiązanie sądu" not in hidden
    assert "bezrobocie" in hidden


# ---- sentences ----------------------------------------------------------------------------------------


def test_what_became_of_a_value_is_a_sentence():
    assert FieldChange("Imię", "Dorota", "Danuta").text == "było Danuta, jest Dorota"
    assert FieldChange("Uwaga", "po 16", "").text == "wpisano po 16"
    assert FieldChange("Uwaga", "", "po 16").text == "usunięto, było po 16"
    assert FieldChange("PESEL", "zmieniono", secret=True).text == "zmieniono"


def test_numbers_have_a_decimal_comma_and_days_their_polish_form(client, anna, kowalscy):
    visit = make_visit(kowalscy, anna, kilometres=Decimal("12.5"), next_day=TODAY + timedelta(days=9))
    client.force_login(anna)
    text = page_text(client.get(history_page(kowalscy)))
    assert "Kilometry: 12,5" in text and "Następna wizyta: 22.10.2026" in text and "12.5" not in text
    assert f"Dodano wizytę: {visit.day:%d.%m.%Y}" in text


def test_people_present_are_one_sentence(client, anna, kowalscy):
    people = [row.person for row in kowalscy.memberships.order_by("pk")][:2]
    make_visit(kowalscy, anna, present=people)
    client.force_login(anna)
    text = page_text(client.get(history_page(kowalscy)))
    assert f"Dodano obecność: {people[0]}, {people[1]}" in text
    assert text.count("Dodano obecność") == 1


def test_every_kind_of_row_has_an_object_of_its_sentence():
    """The names of the models of the history in the accusative; a new one is written here once it reads well."""
    objects = {accusative(str(table.model._meta.verbose_name)) for table in HISTORY_TABLES}
    assert objects == {
        "rodzinę", "osobę", "członka rodziny", "adres", "telefon", "problem rodziny", "kategorię rodziny",
        "okres pracy", "podstawę pracy", "przydzielenie asystenta", "prowadzącego pracownika socjalnego",
        "wizytę", "obecność", "ustalenie", "wynik ustalenia", "zagrożenie bezpieczeństwa dziecka",
        "krok w sprawie zagrożenia", "przyjęcie zagrożenia do wiadomości", "kontakt", "okresową ocenę",
        "plan pracy z rodziną", "wiersz planu", "podpis pod planem", "odesłanie planu",
        "uwagę do wiersza planu", "przegląd planu", "postęp działania", "umieszczenie w pieczy zastępczej",
        "konto", "nadanie roli", "przypisanie rejonu", "odsyłacz do konta", "umowę", "teczkę pracownika",
        "dokument w teczce", "potwierdzenie teczki", "szkolenie", "nieobecność", "projekt", "krok projektu",
        "cel szczegółowy", "działanie projektu", "osobę w kadrze", "partnera", "pozycję budżetu", "ryzyko",
        "kryterium", "grupę", "prowadzącego grupę", "dzień zajęć", "udział w projekcie", "krok uczestnika",
        "odpowiedź na kryterium", "zgodę uczestnika", "powód terapii", "konsultację", "specjalistę w rodzinie",
        "harmonogram grupy", "spotkanie", "zmianę terminu", "prowadzącego spotkanie", "część spotkania",
        "plik do spotkania", "obecność na spotkaniu", "wyjaśnienie nieobecności", "zaświadczenie",
        "ankietę", "pytanie ankiety", "kartkę ankiety", "fakturę", "pomiar wskaźnika",
        "teksty sprawozdania z projektu",
    }  # fmt: skip


# ---- sources -----------------------------------------------------------------------------------------


def test_a_visit_stands_above_those_who_attended_it(anna, kowalscy):
    make_visit(kowalscy, anna, present=[mother_of(kowalscy)])
    visit, attendance = newest(kowalscy, anna).rows
    assert (visit.model_label, attendance.model_label) == ("Wizyta", "Obecność")
    assert attendance.changes == [], "it stands under its visit"


def test_visits_are_hidden_without_permission(client, monkeypatch, anna, maria, tomasz, kowalscy):
    """Without the permission no row that belongs to a visit is shown."""
    mother = mother_of(kowalscy)
    wish = [Agreement(what="Złożyć wniosek", person=mother)]
    first = make_visit(kowalscy, anna, TODAY - timedelta(days=2), present=[mother], agreements=wish)
    outcomes = [OutcomeData(first.agreements.get(), "done")]
    report = make_concern(kowalscy, anna, outcomes=outcomes)
    record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
    make_contact(kowalscy, anna)
    client.force_login(maria)
    kept = {"Wizyta", "Obecność", "Ustalenie", "Wynik ustalenia", "Kontakt"}
    kept |= {"Zagrożenie bezpieczeństwa dziecka", "Krok w sprawie zagrożenia"}
    displayed = {row.model_label for row in changed_rows(kowalscy, maria)}
    assert kept <= displayed
    page = response_text(client.get(history_page(kowalscy)))
    assert "Zagrożenie ustało:" in page and "Druga godzina" not in page, (
        "what was not ticked is not displayed"
    )
    set_permissions(monkeypatch, Role.MANAGER, permissions_of(Role.MANAGER) - {VISIT_VIEW})
    rows = changed_rows(kowalscy, maria)
    assert rows and {row.model_label for row in rows} == displayed - kept
    client.force_login(maria)
    words = response_text(client.get(history_page(kowalscy)))
    for said in ("Wpis wizyty", "Klamka", "Okno bez klamki", "Złożyć wniosek", "Nieobecności", "zagrożeni"):
        assert said not in words, said


def test_a_person_of_two_families_shows_in_both_a_membership_only_in_its_own(
    anna, maria, kowalscy, nowakowie
):
    shared = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    add_member(
        family=nowakowie, person=shared, kinship=Kinship.GRANDCHILD, starts_on=TODAY,
        stay=LivingArrangement.ELSEWHERE, by=maria,
    )  # fmt: skip
    correct_person(person=shared, version=shared.version, by=anna, first_name="Kasper")
    for family in (kowalscy, nowakowie):
        changes = [change for row in changed_rows(family, maria) for change in row.changes]
        assert FieldChange("Imię", "Kasper", "Kacper") in changes
    of_members = [
        row
        for row in changed_rows(kowalscy, maria)
        if row.subject == "Dodano członka rodziny: Kasper Kowalska"
    ]
    assert len(of_members) == 1


def test_other_families_are_left_out(maria, kowalscy, nowakowie):
    text = str(get_history_page(kowalscy.pk, user=maria, size=999).entries)
    assert "Nowak" not in text


@pytest.mark.parametrize(
    "name,status", [("anna", 200), ("tomasz", 200), ("maria", 200), ("ewa", 404), ("jan", 404)]
)
def test_history_follows_the_scope(client, request, kowalscy, name, status):
    client.force_login(request.getfixturevalue(name))
    response = client.get(history_page(kowalscy))
    assert response.status_code == status
    assert ("Kowalscy" in response.content.decode()) == (status == 200)


def test_every_recorded_model_of_the_families_has_a_history_table(walked):
    """A new audited model needs a HistoryTable, or an exception here."""
    recorded = {
        model
        for model in get_own_models()
        if issubclass(model, AuditedModel)
        and model.__module__.startswith("families.")
        and model._meta.app_label != "employees"  # of the staff, whose files are no case files
    }
    # A duplicate dismissal belongs to no family: it would name a person of another family. An import belongs to none.
    of_families = {table.model for table in HISTORY_TABLES if table.file_kind == "family"}
    assert recorded - {DuplicateDismissal, PersonMerge, RegisterImport} == of_families
    walked("models in the history of a file", len(of_families), at_least=27)


def test_somebody_with_no_pesel_has_the_reason_in_text(anna, kowalscy):
    data = person_data("Ida", "Kowalska", born_on=date(2020, 1, 1))
    add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=anna)
    said = [change for row in newest(kowalscy, anna).rows for change in row.changes]
    assert FieldChange("Dlaczego nie ma numeru PESEL", "nie ustalono") in said
