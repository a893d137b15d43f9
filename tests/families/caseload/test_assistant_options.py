"""The table of assistants in the form: who may be assigned on the day, with their caseload."""

from datetime import date

from families.caseload.actions import BasisData
from families.caseload.models import WorkPeriod
from families.choices import BasisKind
from lubsko_ops.accounts.actions import sign_contract
from lubsko_ops.accounts.models import Contract
from lubsko_ops.core.permissions import Role
from tests.factories import WORK_STARTED_ON
from tests.families.caseload.helpers import assign_families
from tests.families.caseload.test_assign import entry, url_of
from tests.form_client import form_data, parse_form, response_text, submit_form


def test_the_table_shows_the_caseload_of_each_on_the_day(
    client, maria, anna, ewa, make_user, unassigned_family
):
    assign_families(anna, 3, by=maria)
    assign_families(ewa, 2, by=maria, bases=[BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=WORK_STARTED_ON)])
    julia = make_user("julia", "Julia", "Dudek", Role.ASSISTANT)
    client.force_login(maria)
    response = client.get(url_of(unassigned_family))
    board = [
        (str(row.user), row.caseload_label, row.za_zyciem_label)
        for row in response.context["form"].top_options
    ]
    assert board == [
        (str(julia), "0 z 15", ""),
        (str(ewa), "2 z 15", "w tym 2 Za życiem"),
        (str(anna), "3 z 15", ""),
    ]
    page = response_text(response)
    assert "Rodziny w dniu 13.10.2026, razem z zastępstwami." in page
    for words in ("2 z 15", "w tym 2 Za życiem", "3 z 15"):
        assert words in page


def test_another_day_shows_another_caseload_and_keeps_the_form_data(client, maria, anna, unassigned_family):
    assign_families(anna, 2, by=maria, on=date(2026, 9, 1))
    client.force_login(maria)
    data = form_data(
        client, url_of(unassigned_family), **entry(unassigned_family, anna, starts_on="31.08.2026")
    )
    response = client.post(url_of(unassigned_family), data | {"_refresh": "1"})
    assert response.status_code == 200
    [row] = [each for each in response.context["form"].top_options if each.user == anna]
    assert (row.caseload_label, row.full_label) == ("0 z 15", "")
    typed = parse_form(response.content.decode())
    assert typed["consent_since"] == ["12.10.2026"] and typed["assistant"] == [str(anna.pk)]
    assert "Rodziny w dniu 31.08.2026" in response_text(response)
    assert not WorkPeriod.objects.filter(family=unassigned_family).exists()


def test_the_end_of_a_contract_is_shown_unless_another_follows(
    client, maria, system_user, make_user, unassigned_family
):
    beata = make_user("beata", "Beata", "Wrona", Role.ASSISTANT)
    julia = make_user("julia", "Julia", "Dudek", Role.ASSISTANT)
    Contract.objects.update(ends_on=date(2026, 12, 31))
    sign_contract(user=julia, starts_on=date(2027, 1, 1), by=system_user)
    client.force_login(maria)
    notes = {row.user: row.notes for row in client.get(url_of(unassigned_family)).context["form"].top_options}
    assert (notes[beata], notes[julia]) == ("umowa do 31.12.2026", "")


def test_who_cannot_be_chosen_is_listed_with_the_reason(
    client, maria, anna, make_user, system_user, unassigned_family
):
    make_user("beata", "Beata", "Wrona", Role.ASSISTANT)
    Contract.objects.exclude(user=anna).update(ends_on=date(2026, 9, 30))
    client.force_login(maria)
    response = client.get(url_of(unassigned_family))
    assert [row.user for row in response.context["form"].top_options] == [anna]
    assert "Beata Wrona: bez umowy w dniu 13.10.2026" in response_text(response)


def test_outside_the_contract_nobody_is_assigned(client, maria, anna, unassigned_family):
    Contract.objects.update(ends_on=date(2026, 10, 12))
    client.force_login(maria)
    response = submit_form(client, url_of(unassigned_family), **entry(unassigned_family, anna))
    assert response.status_code == 422
    assert response_text(response).count("W dniu 13.10.2026 asystent nie ma umowy. Art. 17 ustawy") == 2
    assert not WorkPeriod.objects.exists()


def test_a_switched_off_account_is_not_offered(client, maria, anna, ewa, unassigned_family):
    anna.is_active = False
    anna.save()
    client.force_login(maria)
    form = client.get(url_of(unassigned_family)).context["form"]
    assert [row.user for row in form.top_options] == [ewa]
    assert submit_form(client, url_of(unassigned_family), **entry(unassigned_family, anna)).status_code == 422
    assert not WorkPeriod.objects.exists()


def test_many_assistants_are_collapsed_except_the_chosen_one(client, maria, make_user, unassigned_family):
    people = [make_user(f"a{number}", "Anna", f"Nowak{number:02}", Role.ASSISTANT) for number in range(13)]
    client.force_login(maria)
    response = submit_form(
        client, url_of(unassigned_family), **entry(unassigned_family, people[12], consent_people=None)
    )
    form = response.context["form"]
    assert [len(form.top_options), len(form.other_options)] == [13, 2]
    assert people[12] in [row.user for row in form.top_options]
    assert "Pokaż pozostałych: 2" in response_text(response)


def test_the_number_of_queries_does_not_grow_with_the_assistants(
    client, maria, anna, make_user, unassigned_family, django_assert_max_num_queries
):
    assign_families(anna, 4, by=maria)
    client.force_login(maria)
    with django_assert_max_num_queries(25) as few:
        client.get(url_of(unassigned_family))
    for number in range(6):
        assistant = make_user(f"a{number}", "Anna", f"Nowak{number:02}", Role.ASSISTANT)
        assign_families(assistant, 2, by=maria)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url_of(unassigned_family))
