"""Workflow actions: draft, consultation, acceptance, signatures, in force; four-eyes rule and completeness."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from families.caseload.actions import end_work, hand_over, start_work_and_assign
from families.choices import PlanState, SignatureKind
from families.plans.actions import (
    accept_plan,
    consult_plan,
    create_plan,
    discard_plan,
    put_plan_in_force,
    record_progress,
    record_signature,
    return_plan,
    send_plan,
    update_plan,
    withdraw_plan,
)
from families.plans.models import Plan, PlanAction
from families.plans.presenters import row_summaries
from families.plans.queries import (
    missing_signers,
    plan_in_force_on,
    plan_in_preparation,
    progress_by_lineage,
    required_signers,
)
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.history import VersionConflict
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import consent_data
from tests.plan_factories import (
    BUDGET_ROW,
    EDUCATION_ROW,
    create_accepted_plan,
    create_consulted_plan,
    create_draft_plan,
    create_plan_in_force,
    create_sent_plan,
    get_period,
    plan_data,
)

TODAY = date(2026, 10, 13)


def danuta(family):
    return family.memberships.get(person__first_name="Danuta").person


def reload_plan(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_plan_passes_all_stages(kowalscy, anna, tomasz, maria):
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    assert (plan.number, plan.state, plan.in_force_from) == (1, PlanState.SIGNED, TODAY)
    assert (plan.consulted_by, plan.accepted_by) == (tomasz, maria)
    assert plan_in_force_on(kowalscy, on=TODAY) == plan
    assert plan_in_force_on(kowalscy, on=TODAY - timedelta(days=1)) is None
    reasons = list(plan.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons == [
        "Pierwszy plan", "Wysłanie planu do konsultacji", "Konsultacja planu", "Akceptacja planu",
        "Plan wszedł w życie",
    ]  # fmt: skip


@pytest.mark.parametrize("lacking", [{"due_on": None}, {"expected_outcome": "  "}])
def test_row_without_due_date_or_outcome_blocks_sending(kowalscy, anna, lacking):
    plan = create_draft_plan(
        kowalscy, by=anna, data=plan_data(PlanAction(**EDUCATION_ROW), PlanAction(**BUDGET_ROW | lacking))
    )
    with pytest.raises(ValidationError) as refusal:
        send_plan(plan=plan, version=None, by=anna)
    assert any(
        "Wiersz 2" in words and "art.\u00a015\u00a0ust.\u00a03" in words for words in refusal.value.messages
    )
    assert reload_plan(plan).state == PlanState.DRAFT


def test_a_plan_without_rows_or_goal_is_not_sent(kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna, data=plan_data(PlanAction(), main_goal=""))
    with pytest.raises(ValidationError) as refusal:
        send_plan(plan=plan, version=None, by=anna)
    assert "Dodaj do planu przynajmniej jeden wiersz." in refusal.value.messages
    assert "Wpisz cel główny." in refusal.value.messages


def test_author_neither_consults_nor_accepts(kowalscy, anna, tomasz, maria):
    plan = create_sent_plan(kowalscy, by=anna)
    with pytest.raises(PermissionDenied):
        consult_plan(plan=plan, remarks="", version=None, by=anna)
    plan = consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    with pytest.raises(PermissionDenied):
        accept_plan(plan=plan, version=None, by=anna)


def test_user_who_changed_the_draft_counts_as_its_writer(kowalscy, anna, ewa, tomasz, maria):
    plan = create_draft_plan(kowalscy, by=anna)
    update_plan(plan=plan, data=plan_data(), version=None, by=ewa)
    plan = send_plan(plan=plan, version=None, by=anna)
    with pytest.raises(PermissionDenied):
        consult_plan(plan=plan, remarks="", version=None, by=ewa)


def test_one_person_consults_and_accepts_only_with_a_small_staff(
    kowalscy, anna, tomasz, system_user, monkeypatch
):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
    plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    with pytest.raises(PermissionDenied):
        accept_plan(plan=plan, version=None, by=tomasz)
    monkeypatch.setattr("families.plans.validators.get_norm", lambda name, on: 1)
    assert accept_plan(plan=plan, version=None, by=tomasz).single_reviewer


def test_returned_with_remarks_and_corrected(kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    row = plan.actions.get(position=2)
    back = return_plan(
        plan=plan, text="Realny.", remarks={row: "Kto sprawdza zeszyt?"}, version=None, by=tomasz
    )
    plan = reload_plan(plan)
    assert (plan.state, back.stage) == (PlanState.DRAFT, PlanState.CONSULTATION)
    remark = back.remarks.get()
    first = plan.actions.get(position=1)
    rows = [
        PlanAction(**EDUCATION_ROW, pk=first.pk),
        PlanAction(**BUDGET_ROW | {"actions": "Danuta prowadzi zeszyt."}, pk=row.pk),
    ]
    update_plan(plan=plan, data=plan_data(*rows, addressed=[remark.pk]), version=plan.version, by=anna)
    remark.refresh_from_db()
    assert remark.addressed
    assert plan.actions.get(position=2).actions == "Danuta prowadzi zeszyt."
    # Returning it did not make tomasz a writer, so he may consult the corrected plan.
    plan = send_plan(plan=plan, version=None, by=anna)
    assert consult_plan(plan=plan, remarks="", version=None, by=tomasz).state == PlanState.ACCEPTANCE


def test_return_requires_a_remark(kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    with pytest.raises(ValidationError):
        return_plan(plan=plan, text=" ", remarks={}, version=None, by=tomasz)
    assert reload_plan(plan).state == PlanState.CONSULTATION


def test_a_remark_outlives_its_row(kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    row = plan.actions.get(position=2)
    back = return_plan(plan=plan, text="", remarks={row: "Zbędne."}, version=None, by=tomasz)
    update_plan(plan=plan, data=plan_data(PlanAction(**EDUCATION_ROW)), version=None, by=anna)
    assert back.remarks.get().about == "2. Rodzina płaci czynsz na czas"


def test_an_accepted_plan_never_changes(kowalscy, anna, tomasz, maria):
    plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    with pytest.raises(ValidationError):
        update_plan(plan=plan, data=plan_data(), version=None, by=anna)
    with pytest.raises(ValidationError):
        withdraw_plan(plan=plan, version=None, by=anna)
    with pytest.raises(ValidationError):
        discard_plan(plan=plan, version=None, by=anna)


def test_withdrawn_plan_is_consulted_again(kowalscy, anna, tomasz):
    plan = withdraw_plan(plan=create_consulted_plan(kowalscy, by=anna, tomasz=tomasz), version=None, by=anna)
    assert (plan.state, plan.consulted_by) == (PlanState.DRAFT, None)


def test_unsent_draft_may_be_discarded(kowalscy, anna, tomasz):
    plan = create_draft_plan(kowalscy, by=anna)
    discard_plan(plan=plan, version=None, by=anna)
    assert not Plan.objects.exists() and Plan.history.count() == 2
    plan = create_sent_plan(kowalscy, by=anna)
    plan = withdraw_plan(plan=plan, version=None, by=anna)
    with pytest.raises(ValidationError):
        discard_plan(plan=plan, version=None, by=anna)


def test_concurrent_updates_conflict(kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna)
    update_plan(plan=plan, data=plan_data(), version=1, by=anna)
    with pytest.raises(VersionConflict):
        update_plan(plan=plan, data=plan_data(), version=1, by=anna)


def test_sender_becomes_author_and_earlier_writer_cannot_decide(
    kowalscy, anna, ewa, tomasz, maria, system_user
):
    """A draft handed over is sent by the new assistant, who becomes its author and may withdraw it."""
    plan = create_draft_plan(kowalscy, by=anna)
    hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=TODAY, by=maria)
    plan = send_plan(plan=plan, version=None, by=ewa)
    assert plan.author == ewa
    grant_role(user=anna, role=Role.MANAGER, starts_on=TODAY, by=system_user)
    with pytest.raises(PermissionDenied):
        consult_plan(plan=plan, remarks="", version=None, by=anna)
    assert withdraw_plan(plan=plan, version=None, by=ewa).state == PlanState.DRAFT


def test_one_version_at_a_time(kowalscy, anna):
    create_draft_plan(kowalscy, by=anna)
    with pytest.raises(ValidationError, match="już w przygotowaniu"):
        create_draft_plan(kowalscy, by=anna)


def test_no_plan_after_the_work_ended(kowalscy, anna, maria):
    period = get_period(kowalscy)
    end_work(period=period, on=TODAY - timedelta(days=1), reason="moved", by=maria)
    with pytest.raises(ValidationError, match="zakończona"):
        create_plan(period=period, data=plan_data(), by=anna)


class TestSignatures:
    def test_every_adult_in_the_household_must_sign(self, kowalscy, anna, tomasz, maria):
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        # Piotr lives elsewhere, Kacper is a child.
        assert [person.first_name for person in required_signers(plan, on=TODAY)] == ["Danuta"]

    def test_refusal_needs_a_reason_and_does_not_block_the_plan(self, kowalscy, anna, tomasz, maria):
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        values = {"plan": plan, "person": danuta(kowalscy), "day": TODAY, "version": None, "by": anna}
        with pytest.raises(ValidationError) as refusal:
            record_signature(**values, kind=SignatureKind.REFUSED)
        assert "reason" in refusal.value.error_dict
        record_signature(**values, kind=SignatureKind.REFUSED, reason="Nie zgadza się na zeszyt wydatków.")
        assert reload_plan(plan).in_force_from == TODAY

    def test_no_signature_before_the_acceptance_nor_tomorrow(self, kowalscy, anna, tomasz, maria):
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(ValidationError) as refusal:
                record_signature(
                    plan=plan,
                    person=danuta(kowalscy),
                    kind=SignatureKind.SIGNED,
                    day=day,
                    version=None,
                    by=anna,
                )
            assert "day" in refusal.value.error_dict

    def test_nobody_signs_a_draft(self, kowalscy, anna):
        with pytest.raises(ValidationError):
            record_signature(
                plan=create_draft_plan(kowalscy, by=anna),
                person=danuta(kowalscy),
                kind=SignatureKind.SIGNED,
                day=TODAY,
                version=None,
                by=anna,
            )

    def test_a_plan_nobody_signed_is_not_in_force(self, kowalscy, anna, tomasz, maria):
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert missing_signers(plan, on=TODAY) == [danuta(kowalscy)]
        with pytest.raises(ValidationError, match="Danuta"):
            put_plan_in_force(plan=plan, version=None, by=anna)


class TestNewVersion:
    def test_it_replaces_the_old_one_from_its_first_day(self, kowalscy, anna, tomasz, maria):
        old = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        starts = TODAY + timedelta(days=20)
        data = plan_data(covers_from=starts, covers_to=starts + timedelta(days=150), reason="koniec półrocza")
        new = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        assert (new.number, new.in_force_from) == (2, starts)
        assert reload_plan(old).in_force_to == starts - timedelta(days=1)
        assert plan_in_force_on(kowalscy, on=TODAY) == old
        assert plan_in_force_on(kowalscy, on=starts) == new
        assert plan_in_preparation(kowalscy) is None

    def test_replaced_on_its_first_day_starts_a_day_later(self, kowalscy, anna, tomasz, maria):
        old = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        data = plan_data(reason="pomyłka w terminie")
        new = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        assert reload_plan(old).in_force_to == TODAY
        assert new.in_force_from == TODAY + timedelta(days=1)

    def test_new_version_requires_a_reason(self, kowalscy, anna, tomasz, maria):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        with pytest.raises(ValidationError) as refusal:
            create_draft_plan(kowalscy, by=anna)
        assert "reason" in refusal.value.error_dict

    def test_progress_follows_the_row_through_the_versions(self, kowalscy, anna, tomasz, maria):
        old = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        row = old.actions.get(position=1)
        record_progress(action=row, day=TODAY, state="under_way", by=anna)
        carried = PlanAction(**EDUCATION_ROW, origin_id=row.lineage_id)
        with clock.freeze_time(TODAY + timedelta(days=30)):
            data = plan_data(carried, reason="koniec półrocza")
            new = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
            later = new.actions.get()
            record_progress(action=later, day=clock.today(), state="done", effect="reached", by=anna)
            line = progress_by_lineage(new, until=clock.today())[row.pk]
            assert [each.state for each in line] == ["under_way", "done"]
            # The state on a day depends only on progress until that day.
            assert [each.state for each in progress_by_lineage(new, until=TODAY)[row.pk]] == ["under_way"]
            # The replaced version does not show progress made in the next one.
            assert [each.state for each in progress_by_lineage(old, until=clock.today())[row.pk]] == [
                "under_way"
            ]

    def test_progress_after_a_version_ended_retroactively(self, kowalscy, anna, tomasz, maria):
        with clock.freeze_time(TODAY - timedelta(days=30)):
            old = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        row = old.actions.get(position=1)
        with clock.freeze_time(TODAY - timedelta(days=5)):
            data = plan_data(PlanAction(**BUDGET_ROW), reason="nowe cele")
            new = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        record_progress(action=row, day=TODAY - timedelta(days=2), state="done", by=anna)
        values = {"kind": SignatureKind.SIGNED, "day": TODAY - timedelta(days=4), "version": None, "by": anna}
        record_signature(plan=new, person=danuta(kowalscy), **values)
        assert reload_plan(old).in_force_to == TODAY - timedelta(days=5)
        assert [each.state.state for each in row_summaries(reload_plan(old), on=TODAY) if each.state] == [
            "done"
        ]

    def test_progress_belongs_to_a_plan_in_force(self, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        row = plan.actions.get(position=1)
        with pytest.raises(ValidationError):
            record_progress(action=row, day=TODAY - timedelta(days=1), state="done", by=anna)
        with pytest.raises(ValidationError):
            record_progress(action=row, day=TODAY, state="dropped", by=anna)


def test_rows_keep_order_and_empty_rows_are_dropped(kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna)
    one, two = plan.actions.order_by("position")
    data = plan_data(
        PlanAction(**BUDGET_ROW, pk=two.pk), PlanAction(), PlanAction(**EDUCATION_ROW, pk=one.pk)
    )
    update_plan(plan=plan, data=data, version=None, by=anna)
    goals = list(plan.actions.order_by("position").values_list("goal", flat=True))
    assert goals == [BUDGET_ROW["goal"], EDUCATION_ROW["goal"]]
    data = replace(data, rows=[PlanAction(**EDUCATION_ROW, pk=one.pk)])
    update_plan(plan=reload_plan(plan), data=data, version=None, by=anna)
    assert PlanAction.objects.count() == 1 and PlanAction.history.filter(history_type="-").count() == 1


def test_plan_ends_with_the_work(kowalscy, anna, tomasz, maria):
    """When the family returns, its old plan is not in force in the new work period."""
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    end_work(period=get_period(kowalscy), on=TODAY, reason="moved", by=maria)
    assert plan_in_force_on(kowalscy, on=TODAY) == plan
    assert plan_in_force_on(kowalscy, on=TODAY + timedelta(days=1)) is None
    assert reload_plan(plan).in_force_until == TODAY


def test_version_due_after_the_work_was_never_in_force(kowalscy, anna, tomasz, maria):
    starts = TODAY + timedelta(days=20)
    plan = create_plan_in_force(
        kowalscy, by=anna, tomasz=tomasz, maria=maria, data=plan_data(covers_from=starts)
    )
    assert plan.was_in_force
    end_work(period=get_period(kowalscy), on=TODAY, reason="moved", by=maria)
    assert not reload_plan(plan).was_in_force and plan_in_force_on(kowalscy, on=starts) is None


def test_versions_are_numbered_through_the_case_file(kowalscy, anna, tomasz, maria):
    """One URL is one plan, also when the family returns."""
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    end_work(period=get_period(kowalscy), on=TODAY, reason="moved", by=maria)
    with clock.freeze_time(TODAY + timedelta(days=60)):
        bases = [consent_data(kowalscy, clock.today())]
        again = start_work_and_assign(
            family=kowalscy, assistant=anna, starts_on=clock.today(), bases=bases, by=maria
        )
        plan = create_plan(period=again.period, data=plan_data(), by=anna)
    assert plan.number == 2
