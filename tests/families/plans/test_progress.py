"""Progress of one action recorded outside a visit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import end_work
from families.plans.actions import record_progress
from families.plans.models import ActionProgress
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.plans.helpers import UNKNOWN_ID, plan_version_url, two_versions
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import EDUCATION_ROW, create_draft_plan, create_plan_in_force, get_period, plan_data

NOTE = "Wychowawczyni: dwa tygodnie bez nieobecności."


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria):
    with clock.freeze_time(date(2026, 10, 1)):
        return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


@pytest.fixture
def row(plan):
    return plan.actions.get(position=1)


def url_of(row) -> str:
    return plan_version_url(row.plan, "progress", row.pk)


def test_progress_is_recorded_with_its_day(as_anna, row, anna):
    response = submit_form(as_anna, url_of(row), day="10.10.2026", state="done", effect="reached", note=NOTE)
    assert (response.status_code, response.url) == (302, f"{plan_version_url(row.plan)}#w1")
    fact = ActionProgress.objects.get()
    assert (fact.action, fact.day, fact.state, fact.effect) == (row, date(2026, 10, 10), "done", "reached")
    assert (fact.note, fact.visit, fact.entered_by) == (NOTE, None, anna)
    assert fact.history.get().history_change_reason == "Postęp działania planu"
    html = response_text(as_anna.get(plan_version_url(row.plan)))
    assert "Zapisano postęp wiersza 1: zrealizowane, 10.10.2026." in html
    assert "<b>zrealizowane</b>, 10.10.2026; efekt osiągnięty" in html


def test_page_shows_the_row_and_enters_no_state(as_anna, row, anna):
    """What became of the action is a fact: the last state is shown with the row, never chosen beforehand."""
    record_progress(action=row, day=date(2026, 10, 5), state="partly", by=anna)
    html = response_text(as_anna.get(url_of(row)))
    assert EDUCATION_ROW["expected_outcome"] in html and "zrealizowane częściowo" in html
    assert '<option value="" selected>' in html and '<option value="partly">' in html
    assert 'value="13.10.2026"' in html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": ""}, "Wybierz stan realizacji."),
        ({"state": "dropped"}, "Napisz, dlaczego od tego odstąpiono."),
        ({"day": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"day": "30.09.2026"}, "W dniu 30.09.2026 ta wersja planu nie obowiązywała."),
        ({"day": "jutro"}, "Wpisz datę jako dzień.miesiąc.rok"),
    ],
)
def test_invalid_input_is_refused(as_anna, row, fields, sentence):
    response = submit_form(as_anna, url_of(row), **({"state": "done"} | fields))
    html = response_text(response)
    assert response.status_code == 422 and "Postępu nie zapisano." in html
    assert html.count(sentence) == 2  # above and beside the field
    assert not ActionProgress.objects.exists()


def test_all_refusals_at_once(as_anna, row):
    """The rule about the note stands beside a day that cannot be read, and beside one that is refused."""
    for day, sentence in (
        ("31.02.2026", "Takiego dnia nie ma"),
        ("14.10.2026", "Ten dzień jeszcze nie nadszedł."),
    ):
        html = response_text(submit_form(as_anna, url_of(row), day=day, state="dropped", note=""))
        assert html.count(sentence) == html.count("Napisz, dlaczego od tego odstąpiono.") == 2


def test_refused_form_keeps_the_typed_text(as_anna, row):
    html = response_text(submit_form(as_anna, url_of(row), day="14.10.2026", state="done", note=NOTE))
    assert NOTE in html and 'value="14.10.2026"' in html


def test_double_submission_records_once(as_anna, row):
    data = form_data(as_anna, url_of(row), state="done")
    assert as_anna.post(url_of(row), data).url == as_anna.post(url_of(row), data).url
    assert ActionProgress.objects.count() == 1


def test_replaced_version_accepts_progress_of_its_days(as_anna, kowalscy, row, anna, tomasz, maria):
    data = plan_data(reason="koniec półrocza")
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
    assert submit_form(as_anna, url_of(row), day="05.10.2026", state="done").status_code == 302
    assert submit_form(as_anna, url_of(row), day="13.10.2026", state="done").status_code == 422


def test_a_draft_has_no_progress(as_anna, kowalscy, anna):
    row = create_draft_plan(kowalscy, by=anna).actions.first()
    response = as_anna.get(url_of(row), follow=True)
    assert "nie został jeszcze wysłany" in response_text(response)


def test_unknown_row_is_404(as_anna, plan, kowalscy):
    url = reverse("families:plan-progress", args=[kowalscy.pk, plan.number, UNKNOWN_ID])
    assert as_anna.get(url).status_code == 404


def test_row_of_another_version_is_404(as_anna, kowalscy, anna, tomasz, maria):
    first, second = two_versions(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    assert as_anna.get(plan_version_url(second, "progress", first.actions.first().pk)).status_code == 404


@pytest.mark.parametrize("name", ["tomasz", "maria"])
def test_only_the_assistant(client, row, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(row)).status_code == 403
    assert client.post(url_of(row)).status_code == 403


def test_user_without_access_gets_404(client, row, zofia):
    client.force_login(zofia)
    assert client.get(url_of(row)).status_code == 404


def test_no_progress_after_the_work_ended(as_anna, row, kowalscy, maria):
    data = form_data(as_anna, url_of(row), state="done")
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    assert as_anna.post(url_of(row), data).status_code in (403, 422)
    assert not ActionProgress.objects.exists()
