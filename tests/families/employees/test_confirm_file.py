"""The manager confirms the file of an assistant; without it no new family is given."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import BasisData, start_work_and_assign
from families.caseload.models import Assignment
from families.employees.actions import add_document, remove_document, withdraw_confirmation
from families.employees.models import EmployeeDocument, PointConfirmation
from families.employees.queries import get_file
from tests.factories import TODAY
from tests.families.caseload.test_assign import entry, url_of
from tests.families.employees.form_submissions import document
from tests.form_client import form_data, response_text, submit_form


def page(user, *parts):
    return "/".join([f"/pracownicy/{user.pk}", *map(str, parts), ""])


@pytest.fixture
def unconfirmed(anna, maria):
    withdraw_confirmation(user=anna, why="nowe oświadczenia", by=maria)
    return anna


def test_confirmed_whole_with_what_was_seen_on_paper(as_maria, unconfirmed, maria):
    url = page(unconfirmed, "teczka", "potwierdz")
    codes = [each.requirement.code for each in get_file(unconfirmed, on=TODAY).points]
    notes = {f"note_{code}": "akta osobowe, cz. B" for code in codes if code != "contract"}
    response = submit_form(as_maria, url, everything="on", **notes)
    assert response.status_code == 302
    row = PointConfirmation.objects.get(user=unconfirmed, point="maintenance")
    assert (row.confirmed_on, row.note, row.entered_by) == (TODAY, "akta osobowe, cz. B", maria)
    assert get_file(unconfirmed, on=TODAY).is_confirmed
    assert row.history.get().history_change_reason == "Potwierdzenie teczki asystenta"


def test_what_is_missing_stands_there_with_its_article_before_the_choice(as_maria, unconfirmed):
    text = response_text(as_maria.get(page(unconfirmed, "teczka", "potwierdz")))
    assert "W aplikacji brakuje 7 punktów z 8." in text
    assert re.search(
        r"obowiązku alimentacyjnym: brak, .{0,30}art\. 12 ust\. 1 pkt 2–4", text.replace("\xa0", " ")
    )


def test_a_point_without_a_paper_is_refused_and_nothing_is_saved(as_maria, unconfirmed):
    url = page(unconfirmed, "teczka", "potwierdz")
    response = submit_form(as_maria, url, point_contract="on", point_maintenance="on")
    assert response.status_code == 422
    assert "Dodaj dokument albo napisz, gdzie go sprawdzono." in response_text(response)
    assert not PointConfirmation.objects.filter(user=unconfirmed).exists()


def test_confirmed_by_point_it_says_how_many_are_left(as_maria, unconfirmed):
    response = submit_form(as_maria, page(unconfirmed, "teczka", "potwierdz"), point_contract="on")
    assert "Potwierdzono 1 punkt, zostaje 7 punktów." in response_text(as_maria.get(response.url))


def test_not_from_tomorrow_and_not_nothing(as_maria, unconfirmed):
    url = page(unconfirmed, "teczka", "potwierdz")
    response = submit_form(as_maria, url, point_contract="on", confirmed_on="20.11.2026")
    assert "Potwierdza się z dniem dzisiejszym albo wcześniejszym." in response_text(response)
    assert "Zaznacz, co potwierdzasz." in response_text(submit_form(as_maria, url))


def test_a_person_listed_in_the_register_cannot_be_confirmed(as_maria, unconfirmed, maria):
    document(unconfirmed, by=maria, kind="offenders_register", result="listed")
    response = submit_form(
        as_maria,
        page(unconfirmed, "teczka", "potwierdz"),
        point_offenders_register="on",
        note_offenders_register="widziałam",
    )
    assert response.status_code == 422 and "nie pozwala na pracę z rodziną" in response_text(response)


# ---- what rests on it --------------------------------------------------------------------------------
def test_without_it_a_family_is_not_given(as_maria, unconfirmed, unassigned_family):
    form_page = as_maria.get(url_of(unassigned_family))
    assert "teczka bez potwierdzenia kierownika" in response_text(form_page)
    data = form_data(as_maria, url_of(unassigned_family), **entry(unassigned_family, unconfirmed))
    response = as_maria.post(url_of(unassigned_family), data)
    assert response.status_code == 422
    assert not Assignment.objects.filter(assistant=unconfirmed).exists()


def test_the_action_refuses_it_too(unconfirmed, unassigned_family, maria):
    with pytest.raises(ValidationError, match="teczka tego asystenta jest kompletna"):
        start_work_and_assign(
            family=unassigned_family,
            assistant=unconfirmed,
            starts_on=TODAY,
            bases=[BasisData(kind="court", starts_on=TODAY)],
            by=maria,
        )


def test_families_given_before_stay(kowalscy, unconfirmed):
    assert Assignment.objects.active_on(TODAY).filter(assistant=unconfirmed).exists()


def test_a_check_that_comes_out_against_the_person_ends_the_confirmation_of_its_point(anna, maria):
    document(anna, by=maria, kind="offenders_register", result="clear")
    row = EmployeeDocument(kind="offenders_register", dated=TODAY, result="listed")
    ended = add_document(user=anna, document=row, by=maria)
    assert ended == ["sprawdzenie w Rejestrze Sprawców Przestępstw na Tle Seksualnym"]
    assert not PointConfirmation.objects.filter(user=anna, point="offenders_register").exists()


def test_removing_the_document_it_rests_on_ends_it_and_nothing_else(anna, maria):
    row = document(anna, by=maria, kind="maintenance")
    ended = remove_document(document=row, why="cudze", version=row.version, by=maria)
    assert ended == ["oświadczenie o obowiązku alimentacyjnym"]
    left = set(PointConfirmation.objects.filter(user=anna).values_list("point", flat=True))
    assert "maintenance" not in left and len(left) == 7
    gone = PointConfirmation.history.filter(point="maintenance", history_type="-").get()
    assert gone.history_change_reason == "Koniec potwierdzenia: usunięto: " + (
        "oświadczenie o obowiązku alimentacyjnym z 06.05.2019"
    )


# ---- who may -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["anna", "tomasz", "jan"])
def test_only_the_manager_opens_a_file(client, request, anna, name):
    client.force_login(request.getfixturevalue(name))
    for part in ("teczka", "teczka/potwierdz", "umowy/dodaj", "nieobecnosci/dodaj"):
        assert client.get(page(anna, part)).status_code == 403


def test_a_row_of_somebody_else_is_not_there(as_maria, anna, ewa, maria):
    row = document(ewa, by=maria)
    assert as_maria.get(page(anna, "teczka", row.pk)).status_code == 404


def test_the_list_shows_first_those_that_wait(as_maria, unconfirmed, ewa):
    response = as_maria.get("/pracownicy/teczki/")
    assert [state.user for state in response.context["rows"]] == [unconfirmed, ewa]
    assert "1 teczka czeka na potwierdzenie" in response_text(response)


def test_the_number_of_statements_does_not_grow(as_maria, anna, maria, django_assert_max_num_queries):
    for day in range(1, 9):
        row = EmployeeDocument(kind="course", dated=date(2020, 1, day))
        add_document(user=anna, document=row, by=maria)
    with django_assert_max_num_queries(20):  # with session, access log and savepoints
        as_maria.get(page(anna, "teczka"))
    with django_assert_max_num_queries(16):
        as_maria.get("/pracownicy/teczki/")


def test_the_history_of_the_file_is_for_the_manager_alone(client, as_maria, anna, jan, maria):
    document(anna, by=maria, kind="diploma", details="pedagogika")
    url = f"/pracownicy/{anna.pk}/historia/"
    assert "pedagogika" in response_text(as_maria.get(url))
    client.force_login(jan)
    response = client.get(url)
    assert response.status_code == 200 and "pedagogika" not in response_text(response)


def test_a_point_confirmed_meanwhile_is_confirmed_once(as_maria, unconfirmed):
    url = page(unconfirmed, "teczka", "potwierdz")
    data = form_data(as_maria, url, point_contract="on")
    submit_form(as_maria, url, point_contract="on")
    assert as_maria.post(url, data).status_code == 409  # the same was saved a moment ago
    assert PointConfirmation.objects.filter(user=unconfirmed).count() == 1
