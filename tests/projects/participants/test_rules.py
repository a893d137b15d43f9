"""Steps, days, places, ages and criteria, without a database."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from families.choices import Sex
from families.people.birth import Birth
from families.people.models import Person
from projects.choices import EditionState, ParticipationStatus
from projects.choices import ParticipationStepKind as Step
from projects.participants.rules import (
    TRANSITIONS,
    PersonFacts,
    admission_refusal,
    age_question,
    begin_refusal,
    check_criterion,
    day_refusal,
    enrolment_refusal,
    living_refusal,
    missing_papers,
    place_refusal,
    possible_steps,
    step_refusal,
    takes_refusal,
)

TODAY = date(2026, 10, 13)
Status = ParticipationStatus
RUNNING = EditionState.RUNNING


class TestSteps:
    @pytest.mark.parametrize(
        ("status", "offered", "steps"),
        [
            (Status.REPORTED, False, [Step.QUALIFY, Step.PUT_ON_RESERVE, Step.REJECT]),
            (Status.RESERVE, False, [Step.OFFER, Step.REJECT]),
            (Status.RESERVE, True, [Step.CONFIRM, Step.DECLINE]),
            (Status.QUALIFIED, False, [Step.PUT_ON_RESERVE, Step.BEGIN, Step.BREAK_OFF]),
            (Status.TAKING_PART, False, [Step.FINISH, Step.BREAK_OFF]),
            (Status.FINISHED, False, []),
            (Status.BROKEN_OFF, False, []),
            (Status.REJECTED, False, []),
        ],
    )
    def test_which_lead_on(self, status, offered, steps):
        assert possible_steps(status, offered=offered, state=RUNNING) == steps

    def test_nothing_begins_before_the_project_runs(self):
        assert Step.BEGIN not in possible_steps(
            Status.QUALIFIED, offered=False, state=EditionState.RECRUITING
        )
        assert "nabór" in step_refusal(
            Step.BEGIN, Status.QUALIFIED, offered=False, state=EditionState.RECRUITING
        )

    @pytest.mark.parametrize("state", [EditionState.DRAFT, EditionState.SETTLED, EditionState.WITHDRAWN])
    def test_nothing_in_a_closed_project(self, state):
        assert not any(possible_steps(status, offered=False, state=state) for status in Status)
        assert enrolment_refusal(state)

    def test_a_reserve_is_never_filled_silently(self):
        """From the reserve list only an offer that was confirmed leads to a place."""
        into = [step for step, rule in TRANSITIONS.items() if rule.target == Status.QUALIFIED]
        assert {step for step in into if Status.RESERVE in TRANSITIONS[step].sources} == {Step.CONFIRM}
        assert "zaproponuj" in step_refusal(Step.CONFIRM, Status.RESERVE, offered=False, state=RUNNING)


class TestDays:
    def test_the_future_has_not_come(self):
        assert day_refusal(date(2026, 10, 14), previous=None, last_day=None, today=TODAY)
        assert not day_refusal(TODAY, previous=None, last_day=None, today=TODAY)

    def test_steps_are_in_order(self):
        assert day_refusal(date(2026, 10, 1), previous=date(2026, 10, 2), last_day=None, today=TODAY)
        assert not day_refusal(date(2026, 10, 2), previous=date(2026, 10, 2), last_day=None, today=TODAY)

    def test_nothing_after_the_project(self):
        assert day_refusal(date(2026, 10, 2), previous=None, last_day=date(2026, 10, 1), today=TODAY)
        assert not day_refusal(date(2026, 10, 1), previous=None, last_day=date(2026, 10, 1), today=TODAY)

    def test_begins_with_the_classes(self):
        assert begin_refusal(date(2026, 10, 1), starts_on=date(2026, 10, 2))
        assert not begin_refusal(date(2026, 10, 2), starts_on=date(2026, 10, 2))


class TestPeople:
    def test_who_died_or_is_not_born(self):
        def refusal(**values):
            return living_refusal(Person(first_name="Ola", last_name="Kos", **values), on=TODAY)

        assert "śmierci, 12.10.2026" in refusal(died_on=date(2026, 10, 12))
        assert not refusal(died_on=TODAY)  # the day of death counts as lived
        assert "urodzenia" in refusal(born_on=date(2026, 10, 14))
        assert not refusal(born_on=TODAY)
        assert not refusal()

    @pytest.mark.parametrize(
        ("takes", "person", "child", "fits"),
        [
            ("persons", True, False, True),
            ("persons", True, True, False),
            ("persons", False, False, False),
            ("pairs", True, True, True),
            ("pairs", True, False, False),
            ("families", False, False, True),
            ("families", True, False, False),
            ("nobody", True, False, False),
            ("nobody", False, False, False),
        ],
    )
    def test_who_fits_a_group(self, takes, person, child, fits):
        assert (takes_refusal(takes, has_person=person, has_child=child) == "") is fits

    @pytest.mark.parametrize(
        ("born", "low", "high", "unit", "asked"),
        [
            (date(2025, 10, 13), 0, 12, "months", False),
            (date(2025, 9, 13), 0, 12, "months", True),
            (date(2021, 10, 13), 5, 16, "years", False),
            (date(2021, 10, 14), 5, 16, "years", True),
            (date(2009, 10, 14), 5, 16, "years", False),
            (date(2009, 10, 13), 5, 16, "years", True),
            (date(1980, 1, 1), None, None, "years", False),
            (date(1980, 1, 1), 18, None, "years", False),
        ],
    )
    def test_an_age_beside_the_group_is_asked_about(self, born, low, high, unit, asked):
        group = Row(age_from=low, age_to=high, age_unit=unit)
        assert bool(age_question("Ola", Birth(born), group, on=TODAY)) is asked

    def test_an_unknown_age_is_not_asked_about(self):
        assert not age_question("Ola", None, Row(age_from=5, age_to=6, age_unit="years"), on=TODAY)

    def test_papers(self):
        assert missing_papers(is_child=True, given={"declaration"}) == ["guardian"]
        assert missing_papers(is_child=True, given={"guardian"}) == []
        assert missing_papers(is_child=False, given=set()) == ["declaration"]
        assert missing_papers(is_child=False, given={"declaration", "image"}) == []


def test_places():
    assert not place_refusal(13, 14, whose="w grupie")
    assert "14 z 14" in place_refusal(14, 14, whose="w grupie")
    assert not place_refusal(500, None, whose="w projekcie")


class TestCriteria:
    FACTS = PersonFacts(sex=Sex.FEMALE, age=34, children=2, has_assistant=False)

    def answer(self, facts=FACTS, **row):
        return check_criterion(Row(age_from=None, age_to=None) if not row else Row(**row), facts)

    @pytest.mark.parametrize(
        ("check", "answer"),
        [("female", "yes"), ("has_child", "yes"), ("has_assistant", "no"), ("asked", "unknown")],
    )
    def test_what_the_file_says(self, check, answer):
        assert self.answer(check_by=check, age_from=None, age_to=None)[0] == answer

    @pytest.mark.parametrize(
        ("low", "high", "answer"),
        [(34, None, "yes"), (35, None, "no"), (None, 34, "yes"), (None, 33, "no"), (18, 64, "yes")],
    )
    def test_age(self, low, high, answer):
        assert self.answer(check_by="age", age_from=low, age_to=high)[0] == answer

    @pytest.mark.parametrize("check", ["female", "age", "has_child", "has_assistant", "asked"])
    def test_what_it_does_not_say_is_not_guessed(self, check):
        answer, source = self.answer(PersonFacts(), check_by=check, age_from=18, age_to=64)
        assert (answer, source) == ("unknown", "")

    def test_admitted_with_a_reason(self):
        assert not admission_refusal(["yes", "yes"], "")
        assert admission_refusal(["yes", "no"], "")
        assert admission_refusal(["unknown"], "")
        assert not admission_refusal(["no"], "Rodzina czeka na asystenta.")
        assert not admission_refusal([], "")
