"""The plans of the demo: every state exists, each history is believable, and every row was entered on its day."""

from datetime import date

import pytest
from django.db.models import Count, F

from devtools.demo.dataset import TOPICS, PlanPattern
from devtools.demo.plan_generator import draft_days
from devtools.demo.plan_writer import covers_to, due_on, second_goal
from families.care.models import Placement
from families.caseload.models import WorkPeriod
from families.choices import ActionState, Area, EffectRating, PlanState, SignatureKind, VisitResult
from families.plans.models import ActionProgress, Plan, PlanAction, PlanReturn, PlanReview, PlanSignature
from families.plans.queries import plan_in_force_on, plan_in_preparation, plan_versions
from lubsko_ops.core import clock
from lubsko_ops.core.dates import is_working_day
from tests.devtools.lubsko import FAMILIES, get_family
from tests.factories import TODAY


@pytest.fixture
def plan_of(loaded, db):
    """Returns the version in preparation, or the one in force, of a family by its key."""

    def find(key: str) -> Plan:
        family = get_family(key)
        return plan_in_preparation(family) or plan_in_force_on(family, on=TODAY)

    return find


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("szewczenkowie", PlanState.DRAFT),
        ("zielinscy", PlanState.CONSULTATION),
        ("golebiowie", PlanState.CONSULTATION),
        ("wisniewscy", PlanState.ACCEPTANCE),
        ("grabowscy", PlanState.ACCEPTED),
        ("kowalscy", PlanState.SIGNED),
    ],
)
def test_there_is_a_plan_in_each_state(plan_of, key, state):
    assert plan_of(key).state == state


def test_every_open_case_has_a_plan_in_force(loaded, db):
    for period in WorkPeriod.objects.filter(ends_on=None).select_related("family"):
        assert plan_in_force_on(period.family, on=TODAY), period.family


def test_the_draft_lacks_one_due_date_and_sent_versions_are_complete(plan_of):
    draft = plan_of("szewczenkowie")
    assert draft.actions.filter(due_on=None).count() == 1
    assert draft.drawn_up_on is None
    sent = PlanAction.objects.exclude(plan=draft)
    assert not sent.filter(due_on=None).exists()
    assert not sent.filter(expected_outcome="").exists()


def test_one_plan_is_past_its_period_without_a_newer_one(plan_of):
    plan = plan_of("zolkiewscy")
    assert plan.covers_to < TODAY
    assert plan.in_force_on(TODAY)
    late = Plan.objects.filter(covers_to__lt=TODAY, in_force_from__isnull=False, in_force_to=None)
    assert late.filter(period__ends_on=None).count() == 1


def test_plans_wait_for_tomasz_and_maria(loaded, db):
    waiting = Plan.objects.filter(state=PlanState.CONSULTATION)
    leads = {plan.period.family.leads.active_on(TODAY).get().social_worker.username for plan in waiting}
    assert leads == {"tomasz", "zofia"}
    assert Plan.objects.filter(state=PlanState.ACCEPTANCE).count() == 2


def test_plan_of_a_family_obliged_by_the_court_holds_without_its_signature(plan_of):
    plan = plan_of("malinowscy")
    (refusal,) = plan.signatures.all()
    assert refusal.kind == SignatureKind.REFUSED
    assert "dopóki syn nie wróci" in refusal.reason
    assert plan.in_force_on(TODAY)
    refused = PlanSignature.objects.filter(kind=SignatureKind.REFUSED)
    assert refused.values("plan__period__family").distinct().count() >= 4


def test_a_plan_for_a_child_in_care_is_agreed_with_the_coordinator(plan_of):
    placement = Placement.objects.active_on(TODAY).get(person__first_name="Igor")
    plan = plan_of("malinowscy")
    assert plan.coordinated
    assert "koordynator" in plan.coordinated_with
    assert plan.actions.filter(area=Area.CHILD_IN_CARE).exists()
    before = plan_versions(plan.period.family).filter(drawn_up_on__lt=placement.starts_on)
    assert before.exists()
    assert not before.filter(coordinated=True).exists()


def test_one_version_was_returned_and_corrected(plan_of):
    plan = plan_of("kowalscy")
    returned = plan.returns.get()
    assert returned.entered_by.username == "tomasz"
    remark = returned.remarks.get()
    assert remark.addressed
    assert "2 godziny" in remark.action.expected_outcome
    assert plan.drawn_up_on < plan.sent_on


def test_another_version_waits_to_be_corrected(plan_of):
    plan = plan_of("mazurowie")
    assert (plan.state, plan.returns.count()) == (PlanState.DRAFT, 1)
    assert plan.drawn_up_on is not None


def test_one_of_two_signatures_is_missing(plan_of):
    assert plan_of("grabowscy").signatures.count() == 1


def test_a_plan_was_reviewed_and_kept(loaded, db):
    families = {review.period.family.name for review in PlanReview.objects.all()}
    assert families == {"Wójcikowie", "Kaczmarkowie", "Baranowscy"}


def test_progress_at_visits_is_of_the_plan_in_force_on_their_day(loaded, db):
    rows = ActionProgress.objects.select_related("visit", "action__plan")
    with_visit = [row for row in rows if row.visit]
    assert len(with_visit) > 500
    for row in with_visit:
        assert row.action.plan.in_force_on(row.day)
        assert row.visit.day == row.day
        assert row.visit.result == VisitResult.HELD
        assert row.action.area in row.visit.areas
        assert row.action.plan.period_id == row.visit.period_id
    busiest = rows.values("visit").exclude(visit=None).annotate(n=Count("pk")).order_by("-n").first()
    assert busiest["n"] == 2


def test_effects_are_reached_and_not_reached(loaded, db):
    effects = set(ActionProgress.objects.exclude(effect="").values_list("effect", flat=True))
    assert effects == set(EffectRating.values)
    states = set(ActionProgress.objects.exclude(state="").values_list("state", flat=True))
    assert states >= {ActionState.UNDER_WAY, ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE}


def test_the_plan_of_the_example_family_has_progress(plan_of):
    plan = plan_of("kowalscy")
    assert plan.number >= 4
    assert plan.actions.count() >= 3
    lines = {action.lineage_id for action in plan.actions.all()}
    assert lines != {action.pk for action in plan.actions.all()}  # some go on from an earlier version
    assert ActionProgress.objects.filter(action__plan=plan, visit__isnull=False).count() >= 3


def test_each_row_was_entered_on_its_day(loaded, db):
    for plan in Plan.objects.filter(drawn_up_on__isnull=False):
        assert clock.local_date(plan.entered_at) <= plan.drawn_up_on <= plan.sent_on < TODAY
        assert is_working_day(plan.drawn_up_on), plan
    for row in PlanSignature.objects.all():
        assert clock.local_date(row.entered_at) == row.day
    for row in PlanReturn.objects.all():
        assert clock.local_date(row.entered_at) == row.day
    for row in ActionProgress.objects.select_related("visit"):
        entered_on = clock.local_date(row.visit.entered_at) if row.visit else row.day
        assert clock.local_date(row.entered_at) == entered_on >= row.day
    latest = max(Plan.history.order_by("-history_date").values_list("history_date", flat=True)[:1])
    assert clock.local_date(latest) < TODAY


def test_every_accepted_plan_was_consulted_by_another_person(loaded, db):
    accepted = Plan.objects.filter(accepted_on__isnull=False)
    assert accepted.count() > 90
    assert not accepted.filter(consulted_by=F("author")).exists()
    assert not accepted.filter(single_reviewer=True).exists()


def test_no_placeholder_is_left_in_a_text(loaded, db):
    for row in PlanAction.objects.all():
        for text in (row.problem, row.goal, row.actions, row.who, row.expected_outcome):
            assert text
            assert "{" not in text
    assert not ActionProgress.objects.filter(note__contains="{").exists()
    assert not Plan.objects.filter(main_goal="").exists()


def test_every_topic_of_a_family_has_plan_rows():
    patterns = [source.visits for source in FAMILIES.values() if source.visits]
    for name in {name.partition("@")[0] for pattern in patterns for name in pattern.topics}:
        assert TOPICS[name].episodes and TOPICS[name].rows and TOPICS[name].goal, name


@pytest.mark.parametrize("begun", [date(2024, 1, 2), date(2026, 5, 4), date(2026, 9, 20)])
def test_versions_follow_each_other_half_a_year_apart(begun):
    period = WorkPeriod(starts_on=begun, year=begun.year, serial=1)
    days = draft_days("kowalscy", period, PlanPattern(), TODAY, latest=True)
    assert days == sorted(days)
    assert all(is_working_day(day) and begun < day < TODAY for day in days)
    assert bool(days) == (begun < date(2026, 9, 1))


def test_due_dates_lie_within_the_plan():
    covers_from = date(2026, 4, 8)
    dates = [due_on(covers_from, row, 5) for row in range(5)]
    assert dates == sorted(dates)
    assert covers_from < dates[0] and dates[-1] < covers_to(covers_from)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("dzieci są bezpieczne", "dzieci chodzą do szkoły", "przy tym chodzą do szkoły"),
        ("w domu jest spokój", "w domu jest porządek dnia", "przy tym porządek dnia"),
        ("w domu nikt nie krzyczy", "w domu jest porządek dnia", "przy tym jest porządek dnia"),
        ("Igor wraca do domu", "w domu jest porządek dnia", "w domu jest porządek dnia"),
    ],
)
def test_a_main_goal_does_not_name_the_same_people_twice(first, second, expected):
    assert second_goal(first, second) == expected
