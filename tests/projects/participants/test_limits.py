"""What is refused beyond the forms: groups of other projects, work with families, narrow circles, no place."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from families.people.actions import correct_person
from projects.choices import LeavingReason
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import TherapyReason
from projects.participants.actions import move_participation
from projects.participants.forms import StepForm
from projects.participants.record_actions import record_therapy_reason
from tests.factories import TODAY
from tests.projects.factories import make_group
from tests.projects.helpers import make_draft
from tests.projects.participants.helpers import FIRST, enrol_one, make_running_with_group, member, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(tomasz, maria):
    return make_running_with_group(tomasz, maria, capacity=1)


def move(row, group, by):
    return move_participation(participation=row, group=group, day=TODAY, version=None, by=by)


def test_no_group_of_another_project(running, kowalscy, tomasz):
    edition, group = running
    other = make_group(make_draft(tomasz, title="Bliżej siebie"), tomasz)
    with pytest.raises(ValidationError, match="innego projektu"):
        enrol_one(edition, other, kowalscy, by=tomasz)
    row = enrol_one(edition, group, kowalscy, by=tomasz)
    with pytest.raises(ValidationError, match="innego projektu"):
        move(row, other, tomasz)


def test_a_family_whose_work_counts_is_not_moved(running, kowalscy, tomasz):
    """Its visits would count for the new group from the first day on."""
    edition, _ = running
    groups = [
        make_group(edition, tomasz, name=name, kind="family_work", takes="families")
        for name in ("Praca", "Asysta")
    ]
    row = enrol_one(edition, groups[0], kowalscy, by=tomasz, whole=True)
    row = step(step(row, Step.QUALIFY, by=tomasz), Step.BEGIN, by=tomasz)
    with pytest.raises(ValidationError, match="od dnia do dnia"):
        move(row, groups[1], tomasz)


def test_the_reason_of_a_therapy_is_for_its_circle(running, nowakowie, kowalscy, tomasz, zofia):
    """Tomasz runs the project, but does not work with the Nowakowie."""
    edition, group = running
    row = enrol_one(edition, group, nowakowie, by=zofia)
    with pytest.raises(PermissionDenied):
        record_therapy_reason(participation=row, text="lęk", version=None, by=tomasz)
    assert not TherapyReason.objects.exists()


def test_a_death_undone_does_not_take_the_place_of_somebody_else(running, kowalscy, tomasz):
    edition, group = running
    row = step(enrol_one(edition, group, kowalscy, by=tomasz, on=FIRST), Step.QUALIFY, by=tomasz, on=FIRST)
    correct_person(person=row.person, version=None, by=tomasz, died_on=TODAY)
    other = enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    step(other, Step.QUALIFY, by=tomasz)
    correct_person(person=row.person, version=None, by=tomasz, died_on=None)
    row.refresh_from_db()
    assert row.status == Status.BROKEN_OFF


@pytest.mark.parametrize("with_death", [True, False])
def test_a_death_is_a_reason_only_of_somebody_from_outside(with_death):
    form = StepForm(today=TODAY, says_why=True, with_death=with_death, submit="Zapisz")
    assert (LeavingReason.DIED in dict(form.fields["reason"].choices)) is with_death


def test_a_guardian_is_asked_for_where_a_child_takes_part(running, kowalscy, tomasz, client):
    edition, group = running
    client.force_login(tomasz)
    for kinship, asked in (("mother", False), ("child", True)):
        row = enrol_one(edition, group, kowalscy, person=member(kowalscy, kinship), by=tomasz)
        page = client.get(f"/projekty/{edition.pk}/uczestnicy/{row.pk}/zgody/nowa/").text
        assert ("Zgoda za dziecko" in page) is asked
        assert ("zgoda opiekuna na udział dziecka" in page) is asked


def test_to_turn_somebody_away_is_not_the_main_button(running, kowalscy, tomasz, client):
    edition, group = running
    step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    row = enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    row = step(row, Step.PUT_ON_RESERVE, by=tomasz)
    client.force_login(tomasz)
    steps = client.get(f"/projekty/{edition.pk}/uczestnicy/{row.pk}/").context["actions"]
    assert [(each["label"], each["main"]) for each in steps] == [("Nie zakwalifikowano", False)]
