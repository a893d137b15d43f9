"""Rules of plan deadlines at the limits of law and norms, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from families.choices import DeadlineKind, PlanState
from families.deadlines.rules import CaseFacts, compute_deadlines
from families.plans.review_triggers import (
    Coverage,
    PlanFacts,
    PlanVersionFacts,
    ReviewTrigger,
    TriggerKind,
    build_review_triggers,
)

ANNA, EWA, TOMASZ = 1, 2, 3
BEGAN, DRAWN_UP, SIGNED, UNTIL = date(2026, 3, 4), date(2026, 3, 20), date(2026, 4, 1), date(2026, 9, 30)
CALM = date(2026, 5, 4)
STEPS = {DeadlineKind.PLAN_FIX, DeadlineKind.PLAN_CONSULT, DeadlineKind.PLAN_ACCEPT, DeadlineKind.PLAN_SIGN}


def version(number=1, state=PlanState.SIGNED, *, covers_to=UNTIL, **days) -> PlanVersionFacts:
    days.setdefault("drawn_up_on", DRAWN_UP)
    days.setdefault("sent_on", days["drawn_up_on"])
    if state == PlanState.SIGNED:
        days.setdefault("in_force_from", SIGNED)
    return PlanVersionFacts(number, state, covers_to, **days)


def due(kind, on, *versions, events=(), reviewed_on=None, **overrides):
    overrides.setdefault("began_on", BEGAN)
    overrides.setdefault("assistants", [(ANNA, BEGAN, None)])
    overrides.setdefault("social_workers", [(TOMASZ, BEGAN, None)])
    reviews = [Coverage(reviewed_on)] if reviewed_on else []
    facts = CaseFacts(
        bases=[(BEGAN, None)], plan=PlanFacts(list(versions), reviews, sorted(events)), **overrides
    )
    return [each for each in compute_deadlines(facts, on) if each.kind == kind]


# ---- the first plan ----------------------------------------------------------------------------------


def test_the_first_plan_is_due_thirty_days_from_the_first_assistant():
    later = [(ANNA, date(2026, 3, 10), None)]
    (deadline,) = due(DeadlineKind.PLAN, CALM, assistants=later)
    assert (deadline.due_on, deadline.since, deadline.responsible) == (
        date(2026, 4, 9),
        date(2026, 3, 10),
        ANNA,
    )
    assert due(DeadlineKind.PLAN, CALM, assistants=[]) == [], "nobody is there to write it"


def test_it_is_done_on_the_day_it_was_first_sent():
    """A draft does not complete the deadline; a sent plan does, whatever happens to it later."""
    draft = version(state=PlanState.DRAFT, drawn_up_on=None)
    assert due(DeadlineKind.PLAN, CALM, draft)[0].done_on is None
    assert due(DeadlineKind.PLAN, CALM, version(state=PlanState.CONSULTATION))[0].done_on == DRAWN_UP
    assert due(DeadlineKind.PLAN, CALM, version(state=PlanState.DRAFT))[0].done_on == DRAWN_UP
    second = version(2, drawn_up_on=date(2026, 5, 1))
    assert due(DeadlineKind.PLAN, CALM, version(), second)[0].done_on == DRAWN_UP
    assert due(DeadlineKind.PLAN, DRAWN_UP - timedelta(days=1), version())[0].done_on is None


def test_a_corrected_plan_covers_events_before_it_was_sent_again():
    """Drawn up in March, returned, sent again in May: events of April are covered by it."""
    again = version(state=PlanState.CONSULTATION, sent_on=date(2026, 5, 1))
    overrides = {"events": [ReviewTrigger(date(2026, 4, 10), TriggerKind.BIRTH)]}
    (waits,) = due(
        DeadlineKind.PLAN_REVIEW,
        date(2026, 4, 20),
        version(),
        version(2, PlanState.CONSULTATION),
        **overrides,
    )
    assert waits.since == date(2026, 4, 10)
    (calm,) = due(DeadlineKind.PLAN_REVIEW, CALM, version(), replace(again, number=2), **overrides)
    assert calm.since == DRAWN_UP
    (past,) = due(
        DeadlineKind.PLAN_REVIEW, date(2026, 4, 20), version(), replace(again, number=2), **overrides
    )
    assert past.since == date(2026, 4, 10), "on that day it was not sent again yet"


# ---- a version in progress ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state,days,kind,since,due_on,who",
    [
        (PlanState.DRAFT, {}, DeadlineKind.PLAN_FIX, "20.03", "27.03", ANNA),
        (PlanState.DRAFT, {"returned_on": date(2026, 3, 24)}, DeadlineKind.PLAN_FIX, "24.03", "31.03", ANNA),
        (PlanState.DRAFT, {"returned_on": date(2026, 3, 19)}, DeadlineKind.PLAN_FIX, "20.03", "27.03", ANNA),
        (PlanState.CONSULTATION, {}, DeadlineKind.PLAN_CONSULT, "20.03", "27.03", TOMASZ),
        (
            PlanState.ACCEPTANCE,
            {"consulted_on": date(2026, 3, 23)},
            DeadlineKind.PLAN_ACCEPT,
            "23.03",
            "30.03",
            None,
        ),
        (
            PlanState.ACCEPTED,
            {"accepted_on": date(2026, 3, 25)},
            DeadlineKind.PLAN_SIGN,
            "25.03",
            "08.04",
            ANNA,
        ),
    ],
)
def test_it_waits_for_one_person_at_a_time(state, days, kind, since, due_on, who):
    plan = version(2, state, **days)
    (deadline,) = due(kind, CALM, plan)
    assert (f"{deadline.since:%d.%m}", f"{deadline.due_on:%d.%m}", deadline.responsible) == (
        since,
        due_on,
        who,
    )
    assert (deadline.subject_id, deadline.done_on) == (2, None)
    assert all(due(other, CALM, plan) == [] for other in STEPS - {kind})


def test_a_draft_nobody_has_seen_and_a_signed_plan_wait_for_nobody():
    for plan in (version(state=PlanState.DRAFT, drawn_up_on=None), version()):
        assert all(due(kind, CALM, plan) == [] for kind in STEPS)


def test_without_a_social_worker_the_manager_sees_to_the_consultation():
    (deadline,) = due(
        DeadlineKind.PLAN_CONSULT, CALM, version(state=PlanState.CONSULTATION), social_workers=[]
    )
    assert deadline.responsible is None


def test_the_stand_in_is_responsible_for_corrections():
    both = [(ANNA, BEGAN, None), (EWA, CALM, CALM)]
    assert (
        due(DeadlineKind.PLAN_FIX, CALM, version(state=PlanState.DRAFT), assistants=both)[0].responsible
        == EWA
    )


# ---- a plan in force ---------------------------------------------------------------------------------


def test_a_plan_is_looked_at_by_the_end_of_its_period():
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, version())
    assert (deadline.due_on, deadline.since, deadline.responsible) == (UNTIL, DRAWN_UP, ANNA)
    assert due(DeadlineKind.PLAN_REVIEW, CALM, version(state=PlanState.ACCEPTED, accepted_on=DRAWN_UP)) == []


def test_an_event_brings_the_review_nearer_until_somebody_looked():
    events = [
        ReviewTrigger(date(2026, 5, 2), TriggerKind.CONSENT_ENDED),
        ReviewTrigger(date(2026, 4, 20), TriggerKind.ASSISTANT_CHANGED),
    ]
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, version(), events=events)
    assert (deadline.due_on, deadline.since) == (date(2026, 5, 4), date(2026, 4, 20)), "from the older one"
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, version(), events=events, reviewed_on=date(2026, 4, 20))
    assert deadline.since == date(2026, 5, 2), "on the day of the review the older one was known"
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, version(), events=events, reviewed_on=CALM)
    assert deadline.due_on == UNTIL
    newer = version(2, PlanState.CONSULTATION, drawn_up_on=date(2026, 5, 3), covers_to=date(2026, 12, 31))
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, version(), newer, events=events)
    assert deadline.due_on == date(2026, 12, 31), "a newer version was sent after it"


def test_only_what_came_after_the_plan_and_has_come_already_counts():
    for day in (DRAWN_UP - timedelta(days=9), DRAWN_UP, CALM + timedelta(days=1)):
        (deadline,) = due(
            DeadlineKind.PLAN_REVIEW,
            CALM,
            version(),
            events=[ReviewTrigger(day, TriggerKind.ASSISTANT_CHANGED)],
        )
        assert deadline.due_on == UNTIL, day


def test_near_its_end_an_event_puts_nothing_off():
    late = UNTIL - timedelta(days=3)
    assert (
        due(
            DeadlineKind.PLAN_REVIEW, late, version(), events=[ReviewTrigger(late, TriggerKind.CONSENT_ENDED)]
        )[0].due_on
        == UNTIL
    )


def test_a_review_does_not_prolong_the_period_of_the_plan():
    after = UNTIL + timedelta(days=5)
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, after, version(), reviewed_on=UNTIL + timedelta(days=2))
    assert deadline.due_on == UNTIL


def test_after_the_work_nothing_is_due_about_the_plan():
    ended = {"ended_on": CALM}
    for kind in (*STEPS, DeadlineKind.PLAN, DeadlineKind.PLAN_REVIEW):
        for state in PlanState.values:
            plan = version(state=state, consulted_on=DRAWN_UP, accepted_on=DRAWN_UP)
            assert due(kind, CALM + timedelta(days=1), plan, **ended) == [], (kind, state)


# ---- what happened before the plan was sent and was recorded after it ---------------------------------

SENT_AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
PLACED_ON = date(2026, 3, 15)


def placed(day, entered_at) -> list[ReviewTrigger]:
    return build_review_triggers(placed=[(day, entered_at)])


def test_a_fact_recorded_after_the_plan_was_sent_opens_a_review():
    """Its time counts from the day the plan was sent: earlier there was no such plan to review."""
    sent = version(sent_at=SENT_AT)
    (calm,) = due(DeadlineKind.PLAN_REVIEW, CALM, sent, events=placed(PLACED_ON, SENT_AT))
    assert calm.due_on == UNTIL, "recorded by then, so the writer knew it"
    late = placed(PLACED_ON, SENT_AT + timedelta(days=20))
    (deadline,) = due(DeadlineKind.PLAN_REVIEW, CALM, sent, events=late)
    assert (deadline.since, deadline.due_on) == (DRAWN_UP, DRAWN_UP + timedelta(days=14))
    reasons = PlanFacts([sent], [], late).reasons(CALM)
    assert [str(each) for each in reasons] == [
        "umieszczenie dziecka w pieczy 15.03.2026, zapisano 09.04.2026"
    ]


def test_of_one_day_the_later_moment_decides():
    sent = version(sent_at=SENT_AT)
    for minutes, expected in ((-1, 0), (0, 0), (1, 1)):
        events = placed(DRAWN_UP, SENT_AT + timedelta(minutes=minutes))
        assert len(PlanFacts([sent], [], events).pending_triggers(CALM)) == expected, minutes


def test_a_review_covers_what_was_recorded_by_then_only():
    late = placed(PLACED_ON, SENT_AT + timedelta(days=20))
    for days, expected in ((19, 1), (20, 0), (21, 0)):
        moment = SENT_AT + timedelta(days=days)
        reviews = [Coverage(moment.date(), moment)]
        plan = PlanFacts([version(sent_at=SENT_AT)], reviews, late)
        assert len(plan.pending_triggers(CALM)) == expected, days


def test_a_later_review_changes_nothing_of_an_earlier_day():
    events = placed(date(2026, 4, 12), None)
    reviews = [Coverage(date(2026, 4, 20)), Coverage(CALM)]
    plan = PlanFacts([version()], reviews, events)
    assert plan.pending_triggers(date(2026, 4, 25)) == [], (
        "the review of 20 April stands beside that of 4 May"
    )


# ---- review reasons as text --------------------------------------------------------------------------


def test_review_reasons_are_listed_with_their_days():
    events = build_review_triggers(
        leading=[(EWA, date(2026, 4, 10), None), (ANNA, BEGAN, None)],
        consents_ended=[(date(2026, 4, 11), None)],
        orders=[(date(2026, 4, 12), None)],
        placed=[(date(2026, 4, 13), None)],
        returned=[(date(2026, 4, 14), None)],
        births=[(date(2026, 4, 15), None)],
    )
    plan = PlanFacts([version(covers_to=CALM)], [], events)
    assert [str(each) for each in plan.reasons(CALM)] == [
        "zmiana asystenta 10.04.2026",
        "koniec zgody 11.04.2026",
        "zobowiązanie sądu 12.04.2026",
        "umieszczenie dziecka w pieczy 13.04.2026",
        "powrót dziecka z pieczy 14.04.2026",
        "urodzenie dziecka 15.04.2026",
        "koniec okresu planu 04.05.2026",
    ]
    assert [str(each) for each in plan.reasons(date(2026, 4, 10))] == ["zmiana asystenta 10.04.2026"]
    assert PlanFacts([], [], events).reasons(CALM) == [], "no plan, nothing to look at"


def test_the_same_assistant_again_is_no_change():
    days = [(ANNA, BEGAN), (ANNA, date(2026, 4, 1)), (EWA, date(2026, 4, 5)), (ANNA, date(2026, 4, 9))]
    again = [(who, day, None) for who, day in days]
    assert [each.day for each in build_review_triggers(leading=again)] == [date(2026, 4, 5), date(2026, 4, 9)]
