"""Enrolment, places, the reserve list, steps, consents: what is written, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from families.people.actions import correct_person
from families.people.models import Person
from lubsko_ops.audit.history import VersionConflict, save_with_history
from projects.actions import end_edition
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import Criterion, ParticipantConsent, Participation, ParticipationStep
from projects.participants.actions import Newcomer, enrol, enrol_outsider, move_participation, take_steps
from projects.participants.family_views import places_to_join
from projects.participants.places import taken_in_edition, taken_in_group, waiting
from projects.participants.record_actions import record_consent, record_therapy_reason, withdraw_consent
from tests.concurrency import run_concurrently
from tests.factories import TODAY, person_data
from tests.projects.factories import make_group
from tests.projects.helpers import make_draft
from tests.projects.participants.helpers import (
    FIRST,
    enrol_one,
    make_recruiting,
    make_running_with_group,
    member,
    sign_for_child,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(tomasz, maria):
    return make_running_with_group(tomasz, maria)


def outsider(edition, group, by, name="Ewelina", **values):
    person = person_data(name, "Dudzik", born_on=date(1990, 1, 1))
    data = Participation(reported_on=TODAY, **values)
    return enrol_outsider(edition=edition, group=group, person=person, child=None, data=data, by=by)


class TestEnrolment:
    def test_a_member_of_a_family(self, running, kowalscy, anna):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna, signed=True)
        assert (row.status, row.status_on, row.family, row.version) == (Status.REPORTED, TODAY, kowalscy, 1)
        assert [(each.kind, each.day) for each in row.steps.all()] == [(Step.REPORT, TODAY)]
        assert ParticipantConsent.objects.get().kind == "declaration"
        assert row.history.get().history_user == anna

    def test_beside_an_event_without_enrolment_people_join_the_project_itself(self, tomasz, maria):
        edition = make_recruiting(tomasz, maria)
        make_group(edition, tomasz, name="Zbiórka żywności", kind="event", takes="nobody")
        assert list(places_to_join()) == [(edition, None)]

    def test_a_declaration_signed_before_is_not_written_twice(self, running, kowalscy, anna, tomasz):
        edition, group = running
        for each in (group, make_group(edition, tomasz, name="Grupa II")):
            enrol_one(edition, each, kowalscy, by=anna, signed=True)
        assert ParticipantConsent.objects.count() == 1

    def test_a_household_at_once_or_nobody(self, running, kowalscy, anna):
        edition, group = running
        people = [member(kowalscy, kinship) for kinship in ("mother", "father", "child")]
        newcomers = [Newcomer(person=person, family=kowalscy) for person in people]
        data = Participation(reported_on=TODAY)
        assert len(enrol(edition=edition, group=group, newcomers=newcomers, data=data, by=anna)) == 3
        Participation.objects.filter(person=people[0]).update(status=Status.REJECTED)
        with pytest.raises(ValidationError, match="jest już"):
            enrol(edition=edition, group=group, newcomers=newcomers, data=data, by=anna)
        assert Participation.objects.count() == 3

    def test_no_declaration_of_a_child_is_signed_with_the_others(self, running, kowalscy, anna):
        edition, group = running
        enrol_one(edition, group, kowalscy, person=member(kowalscy, "child"), by=anna, signed=True)
        assert not ParticipantConsent.objects.exists()

    def test_a_pair_and_a_whole_family(self, running, kowalscy, anna, tomasz):
        edition, _ = running
        pairs = make_group(edition, tomasz, name="Mama i ja", takes="pairs")
        work = make_group(edition, tomasz, name="Praca z rodzinami", kind="family_work", takes="families")
        row = enrol_one(edition, pairs, kowalscy, by=anna, child=member(kowalscy, "child"))
        assert str(row) == "Danuta Kowalska z dzieckiem: Kacper Kowalska"
        assert enrol_one(edition, work, kowalscy, by=anna, whole=True).person is None
        with pytest.raises(ValidationError, match="Wybierz dziecko"):
            enrol_one(edition, pairs, kowalscy, by=anna, person=member(kowalscy, "father"))

    def test_somebody_from_outside(self, running, tomasz):
        edition, group = running
        row = outsider(edition, group, tomasz, contact_phone="600 100 200")
        assert (row.family, str(row.person), row.contact_phone) == (None, "Ewelina Dudzik", "600 100 200")

    def test_families_of_others_and_outsiders_are_refused(self, running, nowakowie, anna):
        edition, group = running
        with pytest.raises(PermissionDenied):
            enrol_one(edition, group, nowakowie, by=anna)
        with pytest.raises(PermissionDenied):
            outsider(edition, group, anna)
        assert not Participation.objects.exists()
        assert not Person.objects.filter(last_name="Dudzik").exists()

    def test_twice(self, running, kowalscy, anna):
        edition, group = running
        enrol_one(edition, group, kowalscy, by=anna)
        with pytest.raises(ValidationError, match="jest już w tym miejscu"):
            enrol_one(edition, group, kowalscy, by=anna)

    def test_not_into_a_draft(self, tomasz, kowalscy, anna):
        with pytest.raises(ValidationError, match="szkicem"):
            enrol_one(make_draft(tomasz), None, kowalscy, by=anna)

    def test_not_somebody_dead_nor_tomorrow(self, running, kowalscy, anna):
        edition, group = running
        with pytest.raises(ValidationError, match="jeszcze nie nadszedł"):
            enrol_one(edition, group, kowalscy, by=anna, on=TODAY + timedelta(days=1))
        person = member(kowalscy, "father")
        Person.objects.filter(pk=person.pk).update(died_on=TODAY - timedelta(days=1))
        person.refresh_from_db()
        with pytest.raises(ValidationError, match="data śmierci"):
            enrol_one(edition, group, kowalscy, by=anna, person=person)


def test_a_slip_in_the_year_of_the_enrolment_is_refused(running, kowalscy, anna):
    """It would put the person at the head of the reserve list."""
    edition, group = running
    with pytest.raises(ValidationError, match="ponad rok wcześniej"):
        enrol_one(edition, group, kowalscy, by=anna, on=date(2006, 10, 1))


def test_nobody_joins_a_group_that_is_over(tomasz, maria, kowalscy):
    edition, group = make_running_with_group(tomasz, maria, ends_on=FIRST)
    with pytest.raises(ValidationError, match="Te zajęcia skończyły się"):
        enrol_one(edition, group, kowalscy, by=tomasz)
    row = step(enrol_one(edition, group, kowalscy, by=tomasz, on=FIRST), Step.QUALIFY, by=tomasz)
    with pytest.raises(ValidationError, match="Te zajęcia skończyły się"):
        step(row, Step.BEGIN, by=tomasz)


class TestPlaces:
    def test_the_fifteenth_waits_and_a_free_place_is_offered(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria, capacity=1)
        first, second = outsider(edition, group, tomasz), outsider(edition, group, tomasz, "Mariola")
        step(first, Step.QUALIFY, by=tomasz)
        with pytest.raises(ValidationError, match="1 z 1"):
            step(second, Step.QUALIFY, by=tomasz)
        second = step(second, Step.PUT_ON_RESERVE, by=tomasz)
        with pytest.raises(ValidationError, match="1 z 1"):
            step(second, Step.OFFER, by=tomasz)
        step(first, Step.BREAK_OFF, by=tomasz, reason="work")
        assert list(waiting(edition, group)) == [second]
        second = step(second, Step.OFFER, by=tomasz)
        assert (second.status, second.offered_on, taken_in_group(group)) == (Status.RESERVE, TODAY, 1)
        second = step(second, Step.CONFIRM, by=tomasz)
        assert (second.status, second.offered_on) == (Status.QUALIFIED, None)

    def test_an_offer_declined_frees_the_place(self, tomasz, maria):
        edition, group = make_running_with_group(tomasz, maria, capacity=1)
        row = step(outsider(edition, group, tomasz), Step.PUT_ON_RESERVE, by=tomasz)
        row = step(row, Step.OFFER, by=tomasz)
        with pytest.raises(ValidationError, match="Wybierz powód"):
            step(row, Step.DECLINE, by=tomasz)
        row = step(row, Step.DECLINE, by=tomasz, reason="no_time")
        assert (row.status, taken_in_group(group)) == (Status.REJECTED, 0)

    def test_a_person_in_two_groups_takes_one_place_of_the_project(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria, places=1)
        other = make_group(edition, tomasz, name="Grupa II")
        for each in (group, other):
            step(enrol_one(edition, each, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        assert taken_in_edition(edition) == 1
        with pytest.raises(ValidationError, match="w projekcie"):
            step(outsider(edition, other, tomasz), Step.QUALIFY, by=tomasz)

    def test_a_group_with_places_of_its_own_takes_none_of_the_project(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria, places=1)
        children = make_group(edition, tomasz, name="Zajęcia dla dzieci", capacity=12)
        step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        child = enrol_one(edition, children, kowalscy, person=member(kowalscy, "child"), by=tomasz)
        assert step(child, Step.QUALIFY, by=tomasz).status == Status.QUALIFIED
        assert (taken_in_edition(edition), taken_in_group(children)) == (1, 1)

    def test_moving_needs_a_free_place(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria)
        full = make_group(edition, tomasz, name="Grupa II", capacity=1)
        step(outsider(edition, full, tomasz), Step.QUALIFY, by=tomasz)
        row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        with pytest.raises(ValidationError, match="1 z 1"):
            move_participation(participation=row, group=full, day=TODAY, version=None, by=tomasz)
        free = make_group(edition, tomasz, name="Grupa III")
        row = move_participation(participation=row, group=free, day=TODAY, version=None, by=tomasz)
        assert (row.group, row.status) == (free, Status.QUALIFIED)
        assert row.steps.order_by("-pk")[0].kind == Step.MOVE

    def test_in_a_full_project_people_still_change_groups(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria, places=1)
        other = make_group(edition, tomasz, name="Grupa II")
        row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        row = move_participation(participation=row, group=other, day=TODAY, version=None, by=tomasz)
        assert row.group == other

    def test_nobody_moves_past_those_who_wait_in_the_other_group(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria)
        other = make_group(edition, tomasz, name="Grupa II", capacity=2)
        step(outsider(edition, other, tomasz), Step.PUT_ON_RESERVE, by=tomasz)
        row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        move = {"participation": row, "group": other, "day": TODAY, "version": None, "by": tomasz}
        with pytest.raises(ValidationError, match="ktoś czeka dłużej"):
            move_participation(**move)
        row = move_participation(**move, text="rano nie ma opieki dla dziecka")
        assert row.steps.order_by("-pk")[0].text == "Grupa II. rano nie ma opieki dla dziecka"

    def test_nobody_moves_where_activities_are_over_or_begin_later(self, tomasz, maria, kowalscy):
        edition, group = make_running_with_group(tomasz, maria)
        over = make_group(edition, tomasz, name="Wrzesień", ends_on=FIRST)
        later = make_group(edition, tomasz, name="Wiosna", starts_on=TODAY + timedelta(days=1))
        row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        row = step(row, Step.BEGIN, by=tomasz)
        for target, sentence in ((over, "skończyły się"), (later, "zaczynają się")):
            with pytest.raises(ValidationError, match=sentence):
                move_participation(participation=row, group=target, day=TODAY, version=None, by=tomasz)

    def test_nobody_moves_once_the_project_has_ended(self, running, tomasz, kowalscy):
        edition, group = running
        row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
        other = make_group(edition, tomasz, name="Grupa II")
        end_edition(edition=edition, last_day=TODAY, version=None, by=tomasz)
        with pytest.raises(ValidationError, match="się skończyły"):
            move_participation(participation=row, group=other, day=TODAY, version=None, by=tomasz)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_for_the_last_place(tomasz, maria):
    edition, group = make_running_with_group(tomasz, maria, capacity=1)
    rows = [outsider(edition, group, tomasz, name) for name in ("Ewelina", "Mariola")]
    results = run_concurrently(lambda row: step(row, Step.QUALIFY, by=tomasz), rows)
    assert sum(isinstance(each, ValidationError) for each in results) == 1
    assert taken_in_group(group) == 1


class TestSteps:
    def test_a_child_without_a_consent_does_not_begin(self, running, kowalscy, tomasz):
        edition, group = running
        child, mother = member(kowalscy, "child"), member(kowalscy)
        row = enrol_one(edition, group, kowalscy, person=child, by=tomasz, on=FIRST)
        row = step(row, Step.QUALIFY, by=tomasz, on=FIRST)
        with pytest.raises(ValidationError, match="brakuje zgody opiekuna"):
            step(row, Step.BEGIN, by=tomasz)
        consent = sign_for_child(row, child, mother, by=tomasz)
        with pytest.raises(ValidationError, match="brakuje zgody opiekuna"):
            step(row, Step.BEGIN, by=tomasz, on=FIRST)  # before it was signed
        withdraw_consent(consent=consent, participation=row, day=TODAY, version=None, by=tomasz)
        with pytest.raises(ValidationError, match="brakuje zgody opiekuna"):
            step(row, Step.BEGIN, by=tomasz)
        sign_for_child(row, child, mother, by=tomasz)
        assert step(row, Step.BEGIN, by=tomasz).status == Status.TAKING_PART

    def test_of_a_pair_the_child_needs_a_consent(self, running, kowalscy, tomasz):
        edition, _ = running
        group = make_group(edition, tomasz, name="Mama i ja", takes="pairs")
        row = enrol_one(edition, group, kowalscy, child=member(kowalscy, "child"), by=tomasz)
        row = step(row, Step.QUALIFY, by=tomasz)
        with pytest.raises(ValidationError, match="Kacper"):
            step(row, Step.BEGIN, by=tomasz)

    def test_several_at_once_or_nobody(self, running, kowalscy, tomasz):
        edition, group = running
        rows = [
            enrol_one(edition, group, kowalscy, person=member(kowalscy, each), by=tomasz)
            for each in ("mother", "child")
        ]
        rows = take_steps(participations=rows, kind=Step.QUALIFY, day=TODAY, by=tomasz)
        with pytest.raises(ValidationError, match="Kacper"):
            take_steps(participations=rows, kind=Step.BEGIN, day=TODAY, by=tomasz)
        assert set(Participation.objects.values_list("status", flat=True)) == {Status.QUALIFIED}

    def test_only_who_runs_the_project_decides(self, running, kowalscy, anna, ewa, tomasz):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna)
        for user in (anna, ewa):
            with pytest.raises(PermissionDenied):
                step(row, Step.QUALIFY, by=user)

    def test_a_stale_page(self, running, kowalscy, tomasz):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=tomasz)
        step(row, Step.QUALIFY, by=tomasz)
        with pytest.raises(ValidationError, match="Teraz status to: zakwalifikowany"):
            step(row, Step.QUALIFY, by=tomasz)

    def test_criteria_are_soft_and_their_answers_stay(self, running, kowalscy, tomasz):
        edition, group = running
        criterion = Criterion(edition=edition, position=1, text="bez pracy")
        save_with_history(criterion, by=tomasz, why="Kryterium")
        row = enrol_one(edition, group, kowalscy, by=tomasz)
        with pytest.raises(ValidationError, match="Napisz, dlaczego"):
            step(row, Step.QUALIFY, by=tomasz)
        row = step(
            row,
            Step.QUALIFY,
            by=tomasz,
            answers={criterion: ("no", "rozmowa")},
            admission_reason="Czeka na staż.",
        )
        answer = row.answers.get()
        assert (answer.answer, answer.source, row.admission_reason) == ("no", "rozmowa", "Czeka na staż.")


class TestPapers:
    def test_a_guardian_from_outside(self, running, kowalscy, anna, tomasz):
        edition, group = running
        child = member(kowalscy, "child")
        row = enrol_one(edition, group, kowalscy, person=child, by=anna)
        consent = record_consent(
            participation=row,
            person=child,
            kind="guardian",
            given_on=TODAY,
            guardian=person_data("Hanna", "Wrona"),
            by=anna,
        )
        assert str(consent.given_by) == "Hanna Wrona"

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"kind": "guardian"}, "pełnoletnią"),
            ({"kind": "declaration", "given_on": TODAY + timedelta(days=1)}, "jeszcze nie nadszedł"),
            ({"kind": "image", "given_on": date(1926, 10, 13)}, "Sprawdź rok"),
        ],
    )
    def test_what_makes_no_sense(self, running, kowalscy, anna, values, sentence):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna)
        with pytest.raises(ValidationError, match=sentence):
            record_consent(participation=row, person=row.person, by=anna, **({"given_on": TODAY} | values))

    def test_twice(self, running, kowalscy, anna):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna, signed=True)
        with pytest.raises(ValidationError, match="już wpisany"):
            record_consent(participation=row, person=row.person, kind="declaration", given_on=TODAY, by=anna)

    def test_a_stranger_records_nothing(self, running, kowalscy, anna, ewa):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna)
        with pytest.raises(PermissionDenied):
            record_consent(participation=row, person=row.person, kind="image", given_on=TODAY, by=ewa)

    def test_the_reason_of_a_therapy_is_encrypted(self, running, kowalscy, tomasz):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=tomasz)
        record_therapy_reason(participation=row, text="opóźniona mowa", version=None, by=tomasz)
        assert row.therapy_reason.text == "opóźniona mowa"
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM projects_therapyreason")
            assert "mowa" not in cursor.fetchone()[0]
        with pytest.raises(VersionConflict):  # another one, opened before there was a reason
            record_therapy_reason(participation=row, text="lęk", version=None, by=tomasz)
        record_therapy_reason(participation=row, text="", version=1, by=tomasz)
        assert not type(row.therapy_reason).objects.exists()


class TestWhatRestsOnIt:
    def test_death_ends_the_participation_and_its_withdrawal_undoes_it(self, running, kowalscy, tomasz, anna):
        edition, group = running
        row = enrol_one(edition, group, kowalscy, by=anna, on=FIRST)
        correct_person(person=row.person, version=None, by=anna, died_on=TODAY)
        row.refresh_from_db()
        assert (row.status, row.status_on) == (Status.BROKEN_OFF, TODAY)
        assert ParticipationStep.objects.filter(participation=row, reason="died").exists()
        correct_person(person=row.person, version=None, by=anna, died_on=None)
        row.refresh_from_db()
        assert (row.status, row.status_on) == (Status.REPORTED, FIRST)

    def test_a_project_with_people_waiting_does_not_end(self, running, kowalscy, tomasz):
        edition, group = running
        step(enrol_one(edition, group, kowalscy, by=tomasz), Step.PUT_ON_RESERVE, by=tomasz)
        with pytest.raises(ValidationError, match="lista rezerwowa: 1"):
            end_edition(edition=edition, last_day=TODAY, version=None, by=tomasz)

    def test_a_project_does_not_end_before_somebody_began(self, running, kowalscy, tomasz):
        """Somebody who began later could neither finish nor break off, and the project never be settled."""
        edition, group = running
        row = step(enrol_one(edition, group, kowalscy, by=tomasz, on=FIRST), Step.QUALIFY, by=tomasz)
        step(row, Step.BEGIN, by=tomasz)
        with pytest.raises(ValidationError, match="Uczestnicy mają kroki do"):
            end_edition(edition=edition, last_day=TODAY - timedelta(days=1), version=None, by=tomasz)
