"""The page that starts work with a family and assigns its assistant."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families import law
from families.caseload.actions import BasisData, end_work, start_work_and_assign
from families.caseload.forms.assignments import LIMIT_REACHED_HINT
from families.caseload.models import Assignment, WorkPeriod
from families.choices import BasisKind, ClosingReason, Kinship
from families.people.actions import add_member
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY, person_data
from tests.families.caseload.helpers import assign_families, create_empty_family
from tests.form_client import form_data, parse_form, response_text, submit_form

pytestmark = pytest.mark.usefixtures("limit_of_15")

SENTENCE = "Asystent prowadzi już 15 rodzin, a art. 15 ust. 4 ustawy z dnia 9 czerwca 2011 r."


def url_of(family) -> str:
    return reverse("families:assign", args=[family.pk])


def mother_of(family):
    return family.memberships.get(kinship=Kinship.MOTHER).person


def entry(family, who, **fields) -> dict:
    """Form data of a family whose mother has consented."""
    return {
        "starts_on": "13.10.2026",
        "consent_people": [str(mother_of(family).pk)],
        "consent_since": "12.10.2026",
        "assistant": who.pk,
    } | fields


def test_it_works(client, maria, anna, unassigned_family):
    client.force_login(maria)
    response = submit_form(client, url_of(unassigned_family), **entry(unassigned_family, anna))
    work = reverse("families:work", args=[unassigned_family.pk])
    assert (response.status_code, response.url) == (302, f"{work}#asystent")
    row = Assignment.objects.get()
    assert (row.assistant, row.kind, row.starts_on, row.ends_on) == (anna, "leading", TODAY, None)
    assert row.period.number == "2026/001"
    basis = row.period.bases.get()
    assert (basis.kind, basis.person, basis.starts_on) == (
        "consent",
        mother_of(unassigned_family),
        date(2026, 10, 12),
    )
    page = response_text(client.get(response.url))
    assert "Lisowie: praca od 13.10.2026, numer sprawy 2026/001, prowadzi Anna Sikora." in page
    assert row.history.get().history_user == maria


def test_several_bases_may_hold_at_once(client, maria, anna, unassigned_family):
    people = [
        membership.person for membership in unassigned_family.memberships.exclude(kinship=Kinship.CHILD)
    ]
    client.force_login(maria)
    response = submit_form(
        client,
        url_of(unassigned_family),
        **entry(
            unassigned_family,
            anna,
            consent_people=[str(person.pk) for person in people],
            court_reference="III Nsm 123/26",
            court_since="29.09.2026",
            za_zyciem_since="01.10.2026",
        ),
    )
    assert response.status_code == 302
    rows = [(row.kind, row.person, row.reference) for row in WorkPeriod.objects.get().bases.order_by("pk")]
    assert rows == [
        *((BasisKind.CONSENT, person, "") for person in people),
        (BasisKind.COURT, None, "III Nsm 123/26"),
        (BasisKind.ZA_ZYCIEM, None, ""),
    ]


def test_a_minor_parent_is_a_basis_without_a_consent(client, maria, anna, unassigned_family):
    young = person_data("Maja", "Lis", born_on=date(2010, 2, 2))
    member = add_member(
        family=unassigned_family, person=young, kinship=Kinship.MOTHER, starts_on=TODAY, by=maria
    )
    fields = {
        "starts_on": "13.10.2026",
        "minor_parent": member.person_id,
        "minor_parent_since": "01.10.2026",
        "assistant": anna.pk,
    }
    client.force_login(maria)
    assert submit_form(client, url_of(unassigned_family), **fields).status_code == 302
    basis = WorkPeriod.objects.get().bases.get()
    assert (basis.kind, basis.person) == (BasisKind.MINOR_PARENT, member.person)


def test_only_adults_are_offered_for_consent_and_only_minors_of_age_as_minor_parents(
    client, maria, unassigned_family
):
    for name, born_on in (
        ("Ola", date(2010, 2, 2)),
        ("Iga", date(2016, 10, 13)),
        ("Ida", date(2016, 10, 14)),
    ):
        child = person_data(name, "Lisowie", born_on=born_on)
        add_member(family=unassigned_family, person=child, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
    client.force_login(maria)
    form = client.get(url_of(unassigned_family)).context["form"]
    assert [name for _, name in form.fields["consent_people"].choices] == [
        "Piotr Lisowie, ojciec, 41\u00a0lat",
        "Danuta Lisowie, matka, 38\u00a0lat",
    ]
    assert [name for _, name in form.fields["minor_parent"].choices] == [
        "nie",
        "Ola Lisowie, córka, 16\u00a0lat",
        "Iga Lisowie, córka, 10\u00a0lat",
    ], "nobody aged 9 is a parent"


@pytest.mark.parametrize(
    "changed,sentence",
    [
        ({"consent_people": None}, "Zaznacz, kto wyraził zgodę, albo wypełnij inną podstawę pracy."),
        ({"consent_since": ""}, "Wpisz dzień, od którego ta podstawa obowiązuje."),
        ({"consent_since": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"court_since": "29.09.2026"}, "Podaj sygnaturę albo numer pisma sądu."),
        ({"court_reference": "III Nsm 1/26"}, "Wpisz dzień, od którego ta podstawa obowiązuje."),
        ({"starts_on": "31.09.2026"}, "Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."),
        ({"starts_on": "we wrześniu"}, "Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026."),
        (
            {"starts_on": "01.10.2026"},
            "Podstawa obowiązuje od 12.10.2026, a praca ma się zacząć 01.10.2026. Popraw jeden z tych dni.",
        ),
        (
            {"starts_on": "01.05.2011", "consent_since": "01.05.2011"},
            "Asystenci rodziny pracują od 01.01.2012.",
        ),
        ({"assistant": None}, "Wybierz asystenta."),
        ({"assistant": "999999"}, "Wybierz asystenta z listy."),
    ],
)
def test_bad_input_stays_typed_with_the_sentence_beside_it(
    client, maria, anna, unassigned_family, changed, sentence
):
    client.force_login(maria)
    response = submit_form(client, url_of(unassigned_family), **entry(unassigned_family, anna, **changed))
    assert response.status_code == 422
    page = response_text(response)
    assert page.count(sentence) == 2, "in the summary and beside the field"
    assert "Pracy nie rozpoczęto. Popraw 1 miejsce." in page
    typed = parse_form(response.content.decode())
    wanted = {
        name: str(value)
        for name, value in (entry(unassigned_family, anna) | changed).items()
        if isinstance(value, str)
    }
    assert {name: typed[name][0] for name in wanted if name != "assistant"} == {
        name: value for name, value in wanted.items() if name != "assistant"
    }
    assert not WorkPeriod.objects.exists()
    assert Draft.objects.filter(user=maria).count() == 1, "what was typed waits as a draft"


# ---- the limit ---------------------------------------------------------------------------------------
def test_the_16th_is_refused_and_the_manager_may_give_a_reason(
    client, maria, anna, make_user, unassigned_family
):
    assign_families(make_user("zuzanna", "Zuzanna", "Żak", Role.ASSISTANT), 15, by=maria)
    assign_families(anna, 15, by=maria)
    client.force_login(maria)
    page = response_text(client.get(url_of(unassigned_family)))
    assert "15 z 15" in page and "brak miejsca" in page
    assert "Powód przekroczenia limitu" not in page, "nobody is invited to break the law"

    response = submit_form(client, url_of(unassigned_family), **entry(unassigned_family, anna))
    assert response.status_code == 422
    page = response_text(response)
    assert page.count(SENTENCE) == 2
    assert page.count(LIMIT_REACHED_HINT) == 2, (
        "the summary leads to the field, which stands beside the assistant"
    )
    assert "Popraw 1 miejsce." in page and f"najwyżej na 15. {LIMIT_REACHED_HINT}</a>" in page
    assert page.index("Anna Sikora") < page.index("Powód przekroczenia limitu") < page.index("Zuzanna Żak")
    assert not unassigned_family.periods.exists()

    again = parse_form(response.content.decode()) | {"override_reason": ["Ta sama klatka schodowa, pilne."]}
    response = client.post(url_of(unassigned_family), again)
    assert response.status_code == 302
    row = Assignment.objects.get(period__family=unassigned_family)
    assert row.override_reason == "Ta sama klatka schodowa, pilne."
    assert "Przekroczenie limitu: Ta sama klatka schodowa, pilne." in row.history.get().history_change_reason
    page = response_text(client.get(response.url))
    assert "Powód przekroczenia limitu jest zapisany." in page
    assert "Ponad limit: Ta sama klatka schodowa, pilne." in page


def test_an_empty_reason_is_no_reason(client, maria, anna, unassigned_family, monkeypatch):
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", law.Rule(basis="art. 15", values=((law.IN_FORCE, 0),)))
    client.force_login(maria)
    response = submit_form(
        client, url_of(unassigned_family), **entry(unassigned_family, anna, override_reason="  ")
    )
    assert response.status_code == 422
    assert response_text(response).count(LIMIT_REACHED_HINT) == 2
    assert not unassigned_family.periods.exists()


# ---- nothing lost, nothing doubled -------------------------------------------------------------------
def test_sent_twice_it_begins_once(client, maria, anna, unassigned_family):
    client.force_login(maria)
    data = form_data(client, url_of(unassigned_family), **entry(unassigned_family, anna))
    first, second = client.post(url_of(unassigned_family), data), client.post(url_of(unassigned_family), data)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert unassigned_family.periods.count() == 1


def test_resubmitting_with_another_assistant_shows_both_and_saves_nothing(
    client, maria, anna, ewa, unassigned_family
):
    client.force_login(maria)
    data = form_data(client, url_of(unassigned_family), **entry(unassigned_family, anna))
    client.post(url_of(unassigned_family), data)
    response = client.post(url_of(unassigned_family), data | {"assistant": [str(ewa.pk)]})
    assert response.status_code == 409
    assert "Ewa Czyż" in response_text(response)
    assert Assignment.objects.get().assistant == anna


def test_a_family_without_adults_shows_where_to_add_them(client, maria):
    family = create_empty_family("Bezludni", by=maria)
    client.force_login(maria)
    assert "Najpierw dodaj na stronie „Osoby” dorosłych członków rodziny." in response_text(
        client.get(url_of(family))
    )


def test_work_started_by_another_user_meanwhile_is_not_handed_over_unseen(
    client, maria, anna, ewa, unassigned_family
):
    client.force_login(maria)
    data = form_data(client, url_of(unassigned_family), **entry(unassigned_family, ewa))
    basis = BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=TODAY)
    start_work_and_assign(family=unassigned_family, assistant=anna, starts_on=TODAY, bases=[basis], by=maria)
    response = client.post(url_of(unassigned_family), data)
    assert response.status_code == 422
    assert (
        "W międzyczasie ktoś zmienił przydzielenie tej rodziny. Rodzinę prowadzi Anna Sikora"
        in response_text(response)
    )
    assert Assignment.objects.get().assistant == anna


# ---- rights ------------------------------------------------------------------------------------------
def test_an_unrelated_assistant_gets_404(client, ewa, kowalscy):
    client.force_login(ewa)
    assert client.get(url_of(kowalscy)).status_code == 404
    assert client.post(url_of(kowalscy)).status_code == 404


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_assistants_and_social_workers_do_not_assign(client, kowalscy, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(kowalscy)).status_code == 403
    assert client.post(url_of(kowalscy)).status_code == 403


def test_work_with_a_closed_case_can_start_again(client, maria, kowalscy):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.MOVED, by=maria)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        page = response_text(client.get(url_of(kowalscy)))
    assert "Rozpocznij pracę i przydziel asystenta" in page


def test_opening_the_form_is_logged(client, maria, unassigned_family):
    client.force_login(maria)
    client.get(url_of(unassigned_family))
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.access_area, entry.families) == (
        maria,
        "assignment",
        [unassigned_family.pk],
    )
