"""Handing a family over to another leading assistant from a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_assignment, hand_over
from families.caseload.models import Assignment
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import Contract
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import assign_families, create_work_without_assistant
from tests.form_client import form_data, parse_form, response_text, submit_form

pytestmark = pytest.mark.usefixtures("limit_of_15")

EVE = TODAY - timedelta(days=1)
WEEK = TODAY + timedelta(days=7)


def url_of(family) -> str:
    return reverse("families:assign", args=[family.pk])


def rows_of(family) -> list[tuple]:
    rows = Assignment.objects.filter(period__family=family).order_by("starts_on", "pk")
    return [(str(row.assistant), row.get_kind_display(), row.starts_on, row.ends_on) for row in rows]


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


@pytest.fixture
def julia(make_user):
    return make_user("julia", "Julia", "Dudek", Role.ASSISTANT)


def test_it_works(client, maria, ewa, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Teraz prowadzi Anna Sikora, od 04.03.2026." in page
    response = submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk)
    page = reverse("families:work", args=[kowalscy.pk])
    assert (response.status_code, response.url) == (302, f"{page}#asystent")
    assert rows_of(kowalscy) == [
        ("Anna Sikora", "prowadzi", WORK_STARTED_ON, EVE),
        ("Ewa Czyż", "prowadzi", TODAY, None),
    ]
    assert "Od 13.10.2026 rodzinę prowadzi Ewa Czyż." in response_text(client.get(response.url))


def test_history_of_both_keeps_user_and_reason(period, ewa, maria):
    new = hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    old = period.assignments.get(ends_on=EVE)
    for row, why in (
        (old, "Przekazanie rodziny innemu asystentowi"),
        (new, "Przydzielenie asystenta rodziny"),
    ):
        past = row.history.latest()
        assert (past.history_user, past.history_change_reason) == (maria, why)
        assert past.history_date == clock.now()


def test_the_previous_assistant_may_accompany_for_a_time(client, maria, ewa, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Anna Sikora towarzyszy rodzinie jeszcze do dnia" in page
    response = submit_form(
        client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk, accompany_until="20.10.2026"
    )
    assert rows_of(kowalscy) == [
        ("Anna Sikora", "prowadzi", WORK_STARTED_ON, EVE),
        ("Ewa Czyż", "prowadzi", TODAY, None),
        ("Anna Sikora", "towarzyszy", TODAY, WEEK),
    ]
    assert "Anna Sikora towarzyszy do 20.10.2026." in response_text(client.get(response.url))


def test_accompanying_cannot_end_before_the_hand_over(client, maria, ewa, kowalscy):
    client.force_login(maria)
    response = submit_form(
        client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk, accompany_until="12.10.2026"
    )
    assert response.status_code == 422
    assert response_text(response).count("Anna Sikora: Ostatni dzień nie może poprzedzać pierwszego.") == 2
    assert rows_of(kowalscy) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, None)], "all or nothing"


def test_without_a_contract_nobody_accompanies(period, anna, ewa, maria):
    Contract.objects.filter(user=anna).update(ends_on=EVE)
    with pytest.raises(ValidationError) as refusal:
        hand_over(period=period, assistant=ewa, starts_on=TODAY, accompany_until=WEEK, by=maria)
    [sentence] = refusal.value.message_dict["accompany_until"]
    assert sentence.startswith("Anna Sikora: W dniu 13.10.2026 asystent nie ma umowy.")


def test_hand_over_to_the_present_assistant_is_refused(client, maria, anna, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Anna Sikora: prowadzi tę rodzinę od 04.03.2026" in page
    response = submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=anna.pk)
    assert response.status_code == 422
    assert response_text(response).count("Ta osoba już prowadzi tę rodzinę.") == 2


@pytest.mark.parametrize(
    "starts_on,sentence",
    [
        ("03.03.2026", "Praca z rodziną zaczęła się 04.03.2026."),
        ("04.03.2026", "Od 04.03.2026 rodzinę prowadzi Anna Sikora. Wybierz późniejszy dzień."),
        ("", "Wpisz datę."),
    ],
)
def test_an_impossible_day_is_refused_at_the_field(client, maria, ewa, kowalscy, starts_on, sentence):
    client.force_login(maria)
    response = submit_form(client, url_of(kowalscy), starts_on=starts_on, assistant=ewa.pk)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    typed = parse_form(response.content.decode())
    assert (typed["starts_on"], typed["assistant"]) == ([starts_on], [str(ewa.pk)])
    assert rows_of(kowalscy) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, None)]


def test_a_hand_over_may_lie_in_the_past_or_in_the_future(period, ewa, julia, maria):
    hand_over(period=period, assistant=ewa, starts_on=date(2026, 9, 1), by=maria)
    hand_over(period=period, assistant=julia, starts_on=date(2026, 12, 1), by=maria)
    assert [row[2:] for row in rows_of(period.family)] == [
        (WORK_STARTED_ON, date(2026, 8, 31)),
        (date(2026, 9, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), None),
    ]


def test_an_earlier_day_than_a_planned_hand_over_is_refused(period, ewa, julia, maria):
    hand_over(period=period, assistant=ewa, starts_on=WEEK, by=maria)
    with pytest.raises(ValidationError, match=r"Od 20\.10\.2026 rodzinę prowadzi Ewa Czyż"):
        hand_over(period=period, assistant=julia, starts_on=TODAY, by=maria)


def test_an_assignment_entered_today_is_overwritten_from_the_same_day(client, maria, ewa, julia, kowalscy):
    """Ewa was chosen by mistake; on the same day the assignment becomes Julia's."""
    client.force_login(maria)
    submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk)
    response = submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=julia.pk)
    assert rows_of(kowalscy)[1:] == [("Julia Dudek", "prowadzi", TODAY, None)]
    assert "Poprawiono przydzielenie: od 13.10.2026 rodzinę prowadzi Julia Dudek." in response_text(
        client.get(response.url)
    )
    past = Assignment.objects.get(assistant=julia).history.latest()
    assert past.history_change_reason == "Poprawienie przydzielenia: zamiast Ewa Czyż"
    client.force_login(ewa)
    assert client.get(reverse("families:work", args=[kowalscy.pk])).status_code == 404


def test_the_next_day_it_is_not_overwritten_any_more(period, ewa, julia, maria):
    hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    with (
        clock.freeze_time(TODAY + timedelta(days=1)),
        pytest.raises(ValidationError, match="prowadzi Ewa Czyż"),
    ):
        hand_over(period=period, assistant=julia, starts_on=TODAY, by=maria)


def test_the_stand_in_of_the_new_leading_assistant_ends(period, ewa, maria):
    assign_assistant(
        period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, starts_on=EVE, ends_on=WEEK, by=maria
    )
    hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    assert rows_of(period.family)[1:] == [
        ("Ewa Czyż", "zastępuje", EVE, EVE),
        ("Ewa Czyż", "prowadzi", TODAY, None),
    ]


def test_a_planned_stand_in_of_the_new_assistant_blocks_the_hand_over(period, ewa, maria):
    assign_assistant(
        period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, starts_on=WEEK, ends_on=WEEK, by=maria
    )
    with pytest.raises(ValidationError, match=r"od 20\.10\.2026 zastępuje w tej rodzinie"):
        hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)


def test_an_active_stand_in_allows_only_a_later_day(period, ewa, maria):
    with clock.freeze_time(EVE):
        assign_assistant(
            period=period,
            assistant=ewa,
            kind=AssignmentKind.STAND_IN,
            starts_on=TODAY,
            ends_on=WEEK,
            by=maria,
        )
    with pytest.raises(ValidationError, match=r"zastępuje w tej rodzinie\. Wybierz późniejszy dzień\.'"):
        hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)


def test_a_family_left_without_an_assistant_gets_one(client, maria, anna, ewa, kowalscy):
    end_assignment(assignment=kowalscy.periods.get().assignments.get(), on=EVE, version=None, by=maria)
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Przydziel asystenta" in page
    assert submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk).status_code == 302
    assert rows_of(kowalscy)[1:] == [("Ewa Czyż", "prowadzi", TODAY, None)]


def test_work_begun_without_an_assistant_gets_its_first_one(anna, maria):
    period = create_work_without_assistant("Bąkowie", by=maria)
    row = hand_over(period=period, assistant=anna, starts_on=TODAY, by=maria)
    assert row.starts_on == TODAY
    with pytest.raises(ValidationError, match="nikt nie przekazuje rodziny"):
        hand_over(
            period=create_work_without_assistant("Pąkowie", by=maria),
            assistant=anna,
            starts_on=TODAY,
            accompany_until=WEEK,
            by=maria,
        )


def test_the_limit_applies_and_the_reason_is_kept(client, maria, ewa, kowalscy):
    assign_families(ewa, 15, by=maria)
    client.force_login(maria)
    response = submit_form(client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk)
    assert response.status_code == 422
    assert response_text(response).count("Asystent prowadzi już 15 rodzin, a art. 15 ust. 4") == 2
    again = parse_form(response.content.decode()) | {"override_reason": ["Długa choroba."]}
    assert client.post(url_of(kowalscy), again).status_code == 302
    assert Assignment.objects.get(assistant=ewa, period__family=kowalscy).override_reason == "Długa choroba."


def test_a_concurrent_change_is_reported(client, maria, ewa, julia, kowalscy):
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), starts_on="14.10.2026", assistant=julia.pk)
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    response = client.post(url_of(kowalscy), data)
    assert response.status_code == 422
    assert "Rodzinę prowadzi Ewa Czyż od 13.10.2026. Sprawdź i zapisz jeszcze raz." in response_text(response)
    assert rows_of(kowalscy)[-1][:2] == ("Ewa Czyż", "prowadzi")
    again = parse_form(response.content.decode())
    assert client.post(url_of(kowalscy), again).status_code == 302, "after the warning the form is saved"
    assert rows_of(kowalscy)[-1][0] == "Julia Dudek"


def test_sent_twice_it_hands_over_once(client, maria, ewa, kowalscy):
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), starts_on="13.10.2026", assistant=ewa.pk)
    first, second = client.post(url_of(kowalscy), data), client.post(url_of(kowalscy), data)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert len(rows_of(kowalscy)) == 2


@pytest.mark.parametrize("name,status", [("ewa", 404), ("anna", 403), ("tomasz", 403), ("jan", 404)])
def test_only_the_manager_hands_over(client, ewa, jan, kowalscy, request, name, status):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(kowalscy)).status_code == status
    assert client.post(url_of(kowalscy)).status_code == status
