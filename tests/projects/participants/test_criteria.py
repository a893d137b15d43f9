"""Criteria when somebody is taken in: the file answers what it can, the rest is asked, no refusal is for good."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import Criterion
from projects.participants.actions import take_steps
from tests.factories import TODAY
from tests.form_client import submit_form
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_running

FIRST = date(2026, 10, 1)


@pytest.fixture
def running(tomasz, maria):
    edition = make_running(tomasz, maria)
    return edition, make_group(edition, tomasz)


def criterion(edition, by, text, **fields):
    row = Criterion(edition=edition, position=edition.criterions.count() + 1, text=text, **fields)
    return save_with_history(row, by=by, why="Kryterium")


def reported(running, family, by, kinship="mother", **fields):
    edition, group = running
    person = family.memberships.filter(kinship=kinship).order_by("pk").first().person
    values = {"status": Status.REPORTED, "day": FIRST, "group": group, "person": person, "family": family}
    return make_participation(edition, by, **(values | fields))


def qualify(rows, by):
    return take_steps(participations=rows, kind=Step.QUALIFY, day=TODAY, by=by)


def test_what_the_file_answers_is_kept_when_several_are_taken_in(running, kowalscy, tomasz):
    criterion(running[0], tomasz, "Kobieta", check_by="female")
    criterion(running[0], tomasz, "Ma dziecko", check_by="has_child")
    (row,) = qualify([reported(running, kowalscy, tomasz)], tomasz)
    answers = row.answers.order_by("criterion__position").values_list("answer", "source")
    assert [answer for answer, _ in answers] == ["yes", "yes"]
    assert answers[0][1] == "teczka: płeć"


def test_who_does_not_meet_one_is_named_and_nobody_is_taken_in(running, kowalscy, tomasz):
    criterion(running[0], tomasz, "Kobieta", check_by="female")
    mother, father = (reported(running, kowalscy, tomasz, each) for each in ("mother", "father"))
    with pytest.raises(ValidationError) as refusal:
        qualify([mother, father], tomasz)
    (sentence,) = refusal.value.messages
    assert sentence.startswith(f"{father}: Nie wszystkie kryteria")
    mother.refresh_from_db()
    assert mother.status == Status.REPORTED and not mother.answers.exists()


def test_the_answer_to_an_offer_asks_for_the_criteria(as_tomasz, running, kowalscy, tomasz):
    asked = criterion(running[0], tomasz, "Osłabione więzi")
    row = reported(running, kowalscy, tomasz, status=Status.RESERVE, offered_on=FIRST)
    url = reverse("projects:participation-confirm", args=[running[0].pk, row.pk])
    response = submit_form(as_tomasz, url)
    assert response.status_code == 422 and "Napisz, dlaczego" in response.content.decode()
    assert submit_form(as_tomasz, url, **{f"criterion_{asked.pk}": "yes"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.answers.get().answer) == (Status.QUALIFIED, "yes")


def test_a_child_enrolled_along_is_not_measured_by_the_criteria_of_adults(running, kowalscy, tomasz):
    criterion(running[0], tomasz, "W wieku aktywności zawodowej", check_by="age", age_from=18, age_to=60)
    child, father = (reported(running, kowalscy, tomasz, each) for each in ("child", "father"))
    child, father = qualify([child, father], tomasz)
    assert not child.answers.exists()
    assert father.answers.get().answer == "yes"


def test_a_project_for_children_asks_children(running, kowalscy, tomasz):
    criterion(running[0], tomasz, "Uczeń szkoły podstawowej", check_by="age", age_from=7, age_to=15)
    (row,) = qualify([reported(running, kowalscy, tomasz, "child")], tomasz)
    assert row.answers.get().answer == "yes"
