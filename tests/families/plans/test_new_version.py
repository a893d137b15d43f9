"""A new version: unfinished rows continue their lineage, finished ones are offered, a reason is required."""

from datetime import date

import pytest

from families.caseload.actions import BasisData, add_basis, hand_over
from families.choices import ActionState, BasisKind, Kinship, PlanState, Sex
from families.people.actions import add_member
from families.plans.actions import record_progress
from families.plans.models import Plan
from lubsko_ops.core import clock
from tests.factories import person_data
from tests.families.plans.editor import SEND, new_plan_url, press_button
from tests.families.plans.test_write_first_plan import error_sentences, place_kacper
from tests.form_client import parse_form, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_plan_in_force
from tests.statement_counts import page_statements

BEGUN = date(2026, 6, 1)


@pytest.fixture
def first(kowalscy, anna, tomasz, maria):
    """The first plan, in force since June until 28 November."""
    with clock.freeze_time(BEGUN):
        return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


def initial_values(client, family) -> dict:
    return parse_form(client.get(new_plan_url(family)).content.decode())


class TestInitialValues:
    def test_half_a_year_from_the_day_after_the_previous_plan(self, as_anna, kowalscy, first):
        assert first.covers_to == date(2026, 11, 28)
        fields = initial_values(as_anna, kowalscy)
        assert (fields["covers_from"], fields["covers_to"]) == (["29.11.2026"], ["28.05.2027"])
        assert fields["main_goal"] == [first.main_goal]

    def test_never_from_a_past_day(self, client, kowalscy, first, anna):
        with clock.freeze_time(date(2026, 12, 20)):
            client.force_login(anna)
            assert initial_values(client, kowalscy)["covers_from"] == ["20.12.2026"]

    def test_unfinished_rows_continue_and_finished_are_offered(self, as_anna, kowalscy, first, anna):
        done, goes_on = first.actions.order_by("position")
        record_progress(action=done, day=date(2026, 9, 1), state=ActionState.DONE, by=anna)
        record_progress(action=goes_on, day=date(2026, 9, 2), state=ActionState.UNDER_WAY, by=anna)
        fields = initial_values(as_anna, kowalscy)
        assert (fields["rows-TOTAL_FORMS"], fields["rows-0-goal"]) == (["1"], [BUDGET_ROW["goal"]])
        html = response_text(as_anna.get(new_plan_url(kowalscy)))
        assert "Przenieś wiersz z wersji 1 (1)" in html and "zrealizowane, 01.09.2026" in html
        assert "Ostatnio: w trakcie, 02.09.2026" in html

    def test_reopened_row_continues(self, as_anna, kowalscy, first, anna):
        row = first.actions.first()
        for day, state in ((1, ActionState.DONE), (2, ActionState.UNDER_WAY)):
            record_progress(action=row, day=date(2026, 9, day), state=state, by=anna)
        assert initial_values(as_anna, kowalscy)["rows-TOTAL_FORMS"] == ["2"]


class TestWriting:
    def test_rows_continue_their_lineages(self, as_anna, kowalscy, first, anna):
        submit_form(
            as_anna,
            new_plan_url(kowalscy),
            reason="Zmiana szkoły",
            **{"rows-1-goal": "Czynsz płacony do 10."},
        )
        plan = Plan.objects.get(number=2)
        lines = [(row.origin_id, row.goal) for row in plan.actions.order_by("position")]
        before = list(first.actions.order_by("position").values_list("pk", flat=True))
        assert lines == [(before[0], EDUCATION_ROW["goal"]), (before[1], "Czynsz płacony do 10.")]
        assert (plan.reason, plan.state) == ("Zmiana szkoły", PlanState.DRAFT)
        assert plan.history.get().history_change_reason == "Nowa wersja planu"

    def test_finished_row_is_reused_without_a_script(self, as_anna, kowalscy, first, anna):
        done = first.actions.order_by("position").first()
        record_progress(action=done, day=date(2026, 9, 1), state=ActionState.DONE, by=anna)
        fields = press_button(
            as_anna, new_plan_url(kowalscy), "_add", f"rows:wiersz-{done.pk}", reason="Wraca problem"
        )
        assert (fields["rows-1-goal"], fields["rows-1-due_on"]) == ([EDUCATION_ROW["goal"]], ["31.01.2027"])
        as_anna.post(new_plan_url(kowalscy), fields)
        taken = Plan.objects.get(number=2).actions.order_by("position").last()
        assert taken.origin == done

    def test_lineage_continues_in_one_row_only(self, as_anna, kowalscy, first):
        line = first.actions.order_by("position").first().pk
        fields = press_button(
            as_anna, new_plan_url(kowalscy), "_add", f"rows:wiersz-{line}", reason="Dwa razy"
        )
        as_anna.post(new_plan_url(kowalscy), fields)
        rows = Plan.objects.get(number=2).actions.order_by("position")
        assert [row.origin_id for row in rows].count(line) == 1 and len(rows) == 3

    def test_lineage_of_another_family_is_ignored(
        self, as_anna, kowalscy, first, nowakowie, ewa, zofia, maria
    ):
        other = create_plan_in_force(nowakowie, by=ewa, tomasz=zofia, maria=maria).actions.first()
        submit_form(as_anna, new_plan_url(kowalscy), reason="Zmiana", **{"rows-0-goes_on_from": other.pk})
        assert Plan.objects.get(number=2).actions.order_by("position").first().origin is None

    def test_the_reason_is_required(self, as_anna, kowalscy, first):
        response = submit_form(as_anna, new_plan_url(kowalscy))
        assert response.status_code == 422 and Plan.objects.count() == 1
        assert error_sentences(response) == ["Powód zmiany planu: Napisz, dlaczego plan się zmienia."]

    def test_a_reason_too_long(self, as_anna, kowalscy, first, anna):
        place_kacper(kowalscy, anna)
        because = as_anna.get(new_plan_url(kowalscy)).context["editor"].reasons
        response = submit_form(as_anna, new_plan_url(kowalscy), because=because, reason="a" * 280)
        assert error_sentences(response) == ["Inny powód albo szczegóły: Skróć powód do 300 znaków."]


class TestSuggestedReasons:
    def reasons(self, client, family) -> list[str]:
        return client.get(new_plan_url(family)).context["editor"].reasons

    def test_nothing_has_happened(self, as_anna, kowalscy, first):
        assert self.reasons(as_anna, kowalscy) == []

    def test_the_end_of_the_period(self, client, kowalscy, first, anna):
        with clock.freeze_time(date(2026, 11, 1)):
            client.force_login(anna)
            assert self.reasons(client, kowalscy) == ["koniec okresu planu 28.11.2026"]

    def test_changes_in_the_case_file(self, as_anna, kowalscy, first, anna, maria):
        place_kacper(kowalscy, anna)
        baby = person_data("Zosia", "Kowalska", Sex.FEMALE, date(2026, 9, 10))
        add_member(family=kowalscy, person=baby, kinship=Kinship.CHILD, starts_on=date(2026, 9, 10), by=maria)
        court = BasisData(kind=BasisKind.COURT, starts_on=date(2026, 9, 20), reference="III Nsm 1/26")
        add_basis(period=kowalscy.periods.get(), data=court, by=maria)
        assert self.reasons(as_anna, kowalscy) == [
            "zobowiązanie sądu z 20.09.2026",
            "urodzenie dziecka (Zosia) 10.09.2026",
            "umieszczenie w pieczy (Kacper) 05.09.2026",
        ]

    def test_another_assistant(self, client, kowalscy, first, ewa, maria):
        period = kowalscy.periods.get()
        hand_over(period=period, assistant=ewa, starts_on=date(2026, 10, 1), by=maria)
        client.force_login(ewa)
        assert self.reasons(client, kowalscy) == ["zmiana asystenta od 01.10.2026"]

    def test_ticked_and_typed_reasons_are_joined(self, as_anna, kowalscy, first, anna):
        place_kacper(kowalscy, anna)
        because = ["umieszczenie w pieczy (Kacper) 05.09.2026"]
        submit_form(as_anna, new_plan_url(kowalscy), because=because, reason="Matka prosi o zmianę")
        plan = Plan.objects.get(number=2)
        assert plan.reason == "umieszczenie w pieczy (Kacper) 05.09.2026; Matka prosi o zmianę"
        again = parse_form(as_anna.get(f"{new_plan_url(kowalscy)[:-5]}2/edycja/").content.decode())
        assert (again["because"], again["reason"]) == (because, ["Matka prosi o zmianę"])


def test_new_version_is_saved_and_sent(as_anna, kowalscy, first):
    submit_form(as_anna, new_plan_url(kowalscy), reason="Nowa szkoła", **SEND)
    assert Plan.objects.get(number=2).state == PlanState.CONSULTATION


def test_query_count(as_anna, kowalscy, first, anna):
    place_kacper(kowalscy, anna)
    assert len(page_statements(as_anna, new_plan_url(kowalscy))) <= 16
