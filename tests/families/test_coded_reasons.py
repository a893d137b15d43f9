"""Why a row ended and who wrote a plan are columns: no decision depends on the words of the history."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from families.caseload.actions import (
    assign_assistant,
    assign_lead_worker,
    end_assignment,
    end_work,
    hand_over,
)
from families.caseload.corrections import cancel_assignment, cancel_lead_worker, correct_assignment
from families.caseload.models import Assignment, LegalBasis
from families.choices import AssignmentKind, ClosingReason, LivingArrangement
from families.people.actions import add_phone, change_membership, correct_person
from families.people.models import Family
from families.plans.actions import consult_plan, return_plan, send_plan, update_plan
from families.plans.models import Plan
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.temporal import EndCause
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.people.helpers import latest_membership
from tests.plan_factories import create_draft_plan, create_sent_plan, plan_data

DECEMBER, WEEK, LATE = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 20)
DIED_ON = date(2026, 10, 1)


@pytest.fixture(params=["Inne słowa", "Przekazanie rodziny innemu asystentowi", "Śmierć osoby", "Odesłanie"])
def reword_history(request):
    """Function that gives every entry of the history another reason."""

    def reword():
        models = [model for model in apps.get_models() if issubclass(model, AuditedModel)]
        with connection.cursor() as cursor:
            for table in (model.history.model._meta.db_table for model in models):
                cursor.execute(f'UPDATE "{table}" SET history_change_reason = %s', [request.param])
        assert set(Family.history.values_list("history_change_reason", flat=True)) == {request.param}

    return reword


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


class TestHandOver:
    def test_undone_it_gives_the_family_back(self, period, ewa, maria, reword_history):
        stand_in = {"kind": AssignmentKind.STAND_IN, "starts_on": TODAY, "ends_on": LATE}
        assign_assistant(period=period, assistant=ewa, by=maria, **stand_in)
        row = hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
        reword_history()
        correct_assignment(
            assignment=row, starts_on=WEEK, ends_on=None, why="Później.", version=None, by=maria
        )
        reword_history()
        cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria)
        ends = dict(period.assignments.values_list("kind", "ends_on"))
        assert ends == {AssignmentKind.LEADING: None, AssignmentKind.STAND_IN: LATE}
        assert not period.assignments.exclude(end_cause="", planned_end=None).exists()

    def test_an_assignment_ended_for_itself_stays_ended(self, period, ewa, maria, reword_history):
        last_day = date(2026, 11, 30)
        end_assignment(assignment=period.assignments.get(), on=last_day, version=None, by=maria)
        reword_history()
        row = hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
        reword_history()
        assert cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria) == []
        assert period.assignments.get().ends_on == last_day

    def test_the_lead_social_worker_is_given_back(self, kowalscy, zofia, tomasz, maria, reword_history):
        row = assign_lead_worker(family=kowalscy, social_worker=zofia, since=DECEMBER, by=maria)
        reword_history()
        cancel_lead_worker(lead=row, why="Pomyłka.", version=None, by=maria)
        lead = kowalscy.leads.get()
        assert (lead.social_worker, lead.starts_on, lead.ends_on) == (tomasz, WORK_STARTED_ON, None)

    def test_a_cancelled_accompanying_assignment_gives_nothing_back(self, period, ewa, maria):
        hand_over(period=period, assistant=ewa, starts_on=DECEMBER, accompany_until=WEEK, by=maria)
        accompanying = period.assignments.get(kind=AssignmentKind.ACCOMPANYING)
        assert cancel_assignment(assignment=accompanying, why="Zbędne.", version=None, by=maria) == []
        leading = period.assignments.filter(kind=AssignmentKind.LEADING).order_by("starts_on")
        assert [row.ends_on for row in leading] == [date(2026, 11, 30), None]

    def test_a_corrected_last_day_is_no_longer_the_successors(self, period, ewa, maria):
        hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
        row = period.assignments.get(end_cause=EndCause.HANDED_OVER)
        days = {"starts_on": row.starts_on, "ends_on": date(2026, 11, 20)}
        row = correct_assignment(assignment=row, why="Wcześniej.", version=None, by=maria, **days)
        assert (row.ends_on, row.end_cause, row.planned_end) == (date(2026, 11, 20), "", None)

    def test_an_assignment_replaced_on_its_first_day_has_no_cause_left(self, period, anna, ewa, maria):
        hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
        row = hand_over(period=period, assistant=anna, starts_on=WEEK, by=maria)
        cancel_assignment(assignment=row, why="Pomyłka.", version=None, give_back=False, by=maria)
        row = hand_over(period=period, assistant=anna, starts_on=DECEMBER, by=maria)
        assert (row.assistant, row.starts_on, row.ends_on, row.end_cause) == (anna, DECEMBER, None, "")


class TestDeath:
    @pytest.fixture
    def danuta(self, kowalscy):
        return latest_membership(kowalscy, "Danuta").person

    def test_undone_it_lets_the_rows_continue(self, kowalscy, danuta, maria, reword_history):
        phone = {"number": "600 100 200", "starts_on": date(2026, 5, 1), "by": maria}
        add_phone(family=kowalscy, person=danuta, **phone)
        correct_person(person=danuta, version=None, died_on=DIED_ON, by=maria)
        reword_history()
        correct_person(person=danuta, version=None, died_on=None, by=maria)
        for row in (danuta.memberships.get(), danuta.phones.get(), LegalBasis.objects.get(person=danuta)):
            assert (row.ends_on, row.end_cause) == (None, ""), row

    def test_a_basis_continues_no_longer_than_the_work(self, period, danuta, maria):
        correct_person(person=danuta, version=None, died_on=DIED_ON, by=maria)
        end_work(period=period, on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
        correct_person(person=danuta, version=None, died_on=None, by=maria)
        basis = LegalBasis.objects.get(person=danuta)
        assert (basis.ends_on, basis.end_cause, basis.end_reason) == (TODAY, "", "")

    def test_a_phone_given_after_the_day_of_death_continues_too(self, kowalscy, danuta, maria):
        phone = {"number": "600 100 200", "starts_on": TODAY, "by": maria}
        add_phone(family=kowalscy, person=danuta, **phone)
        correct_person(person=danuta, version=None, died_on=DIED_ON, by=maria)
        assert danuta.phones.get().ends_on == TODAY
        correct_person(person=danuta, version=None, died_on=None, by=maria)
        assert danuta.phones.get().ends_on is None

    def test_a_change_entered_after_the_death_continues_too(self, danuta, maria):
        correct_person(person=danuta, version=None, died_on=DIED_ON, by=maria)
        row = danuta.memberships.get()
        change_membership(
            membership=row,
            kinship=row.kinship,
            stay=LivingArrangement.ELSEWHERE,
            since=date(2026, 9, 1),
            version=None,
            by=maria,
        )
        correct_person(person=danuta, version=None, died_on=None, by=maria)
        ends = list(danuta.memberships.order_by("starts_on").values_list("ends_on", flat=True))
        assert ends == [date(2026, 8, 31), None]


class TestFourEyes:
    def test_who_returned_the_plan_may_consult_it(self, kowalscy, anna, tomasz, reword_history):
        plan = create_sent_plan(kowalscy, by=anna)
        return_plan(plan=plan, text="Dopisz szkołę.", remarks={}, version=None, by=tomasz)
        reword_history()
        send_plan(plan=plan, version=None, by=anna)
        assert consult_plan(plan=plan, remarks="", version=None, by=tomasz).consulted_by == tomasz

    def test_who_changed_the_draft_may_not(self, kowalscy, anna, ewa, tomasz, reword_history):
        plan = create_draft_plan(kowalscy, by=anna)
        update_plan(plan=plan, data=plan_data(), version=None, by=ewa)
        plan = send_plan(plan=plan, version=None, by=anna)
        reword_history()
        assert plan.writers == [anna.pk, ewa.pk]
        with pytest.raises(PermissionDenied, match="Kto pisał plan"):
            consult_plan(plan=plan, remarks="", version=None, by=ewa)


# ---- what the database holds -------------------------------------------------------------------------
def refused(rows, **values) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return True
    return False


def test_nobody_who_wrote_a_plan_consults_or_accepts_it(kowalscy, anna, ewa, tomasz):
    plan = create_draft_plan(kowalscy, by=anna)
    update_plan(plan=plan, data=plan_data(), version=None, by=ewa)
    rows = Plan.objects.filter(pk=plan.pk)
    for user in (anna, ewa):
        assert refused(rows, consulted_by=user) and refused(rows, accepted_by=user)
    assert refused(rows, writers=[ewa.pk]), "the author is a writer"
    assert not refused(rows, consulted_by=tomasz)


def test_an_early_end_has_a_day_and_a_cause_of_its_kind(period, kowalscy):
    rows = Assignment.objects.filter(period=period)
    assert refused(rows, end_cause=EndCause.HANDED_OVER), "it has not ended"
    assert refused(rows, ends_on=TODAY, planned_end=LATE), "a planned day without a cause"
    assert refused(rows, ends_on=TODAY, end_cause=EndCause.DEATH)
    assert refused(rows, ends_on=LATE, end_cause=EndCause.HANDED_OVER, planned_end=TODAY)
    assert refused(kowalscy.memberships.all(), ends_on=TODAY, end_cause=EndCause.HANDED_OVER)
    assert not refused(rows, ends_on=TODAY, end_cause=EndCause.HANDED_OVER, planned_end=LATE)
