"""Actions on visits and contacts: validation, saved rows, clock changes, concurrency."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from families.caseload.actions import assign_assistant
from families.choices import (
    AgreementOwner,
    AgreementResult,
    AssignmentKind,
    Kinship,
    NotifiedParty,
    VisitLocation,
    VisitResult,
)
from families.visits.actions import correct_visit, log_contact, log_visit, record_safeguarding_step
from families.visits.dto import OutcomeData
from families.visits.models import Agreement, Contact, SafeguardingConcern, Visit, VisitAttendee
from families.visits.validators import visit_confirmations
from lubsko_ops.accounts.actions import sign_contract
from lubsko_ops.accounts.models import Contract
from lubsko_ops.audit.history import VersionConflict, end_row
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.visits.helpers import member_of, visit_data

YESTERDAY = date(2026, 10, 12)


def refused(**expected):
    """Assert a ValidationError with these texts by field."""

    class Refused:
        def __enter__(self):
            self.raises = pytest.raises(ValidationError)
            self.caught = self.raises.__enter__()

        def __exit__(self, *exc):
            done = self.raises.__exit__(*exc)
            errors = self.caught.value.message_dict
            for field, text in expected.items():
                assert text in " ".join(errors.get(field, [])), errors
            return done

    return Refused()


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


def test_saves_all_parts_of_a_visit(kowalscy, period, anna):
    mother, son = member_of(kowalscy, Kinship.MOTHER), member_of(kowalscy, Kinship.CHILD)
    agreed = Agreement(what="Złożyć wniosek o dodatek mieszkaniowy", person=mother, due_on=date(2026, 10, 20))
    visit = log_visit(
        period=period,
        data=visit_data(
            present=[mother, son], agreements=[agreed], next_day=date(2026, 10, 26), next_at=time(13, 30)
        ),
        by=anna,
    )
    assert (visit.minutes, visit.started_at) == (60, datetime(2026, 10, 12, 11, 30, tzinfo=UTC))
    assert {row.person for row in visit.attendees.all()} == {mother, son}
    assert [row.responsible_name for row in visit.agreements.all()] == ["Danuta"]
    entry = visit.history.get()
    assert (entry.history_user, entry.history_change_reason) == (anna, "Wpis wizyty")
    assert VisitAttendee.history.filter(visit=visit, history_user=anna).count() == 2


def test_saves_the_outcome_of_an_agreement(period, anna):
    agreed = [Agreement(what="Zadzwonić do wychowawczyni", agreed_by=AgreementOwner.ASSISTANT)]
    first = log_visit(period=period, data=visit_data(date(2026, 10, 5), agreements=agreed), by=anna)
    moved = OutcomeData(first.agreements.get(), AgreementResult.MOVED, date(2026, 10, 19))
    second = log_visit(period=period, data=visit_data(outcomes=[moved]), by=anna)
    tick = second.agreement_outcomes.get()
    assert (tick.outcome, tick.moved_to) == (AgreementResult.MOVED, date(2026, 10, 19))


def test_an_agreement_of_another_family_is_refused(period, nowakowie, anna, ewa):
    agreed = [Agreement(what="Zadzwonić", agreed_by=AgreementOwner.FAMILY)]
    theirs = log_visit(period=nowakowie.periods.get(), data=visit_data(agreements=agreed), by=ewa)
    with pytest.raises(ValidationError, match="innej rodziny"):
        log_visit(
            period=period,
            data=visit_data(outcomes=[OutcomeData(theirs.agreements.get(), AgreementResult.DONE)]),
            by=anna,
        )
    assert Visit.objects.filter(assistant=anna).count() == 0


@pytest.mark.parametrize(
    "said,field,words",
    [
        ({"day": date(2026, 10, 14)}, "day", "jeszcze się nie odbyła"),
        ({"day": TODAY, "starts_at": "12:30", "ends_at": "13:30"}, "starts_at", "jeszcze się nie odbyła"),
        ({"day": TODAY, "starts_at": "11:30", "ends_at": "12:30"}, "ends_at", "jeszcze nie nadeszła"),
        (
            {"starts_at": "14:30", "ends_at": "13:30"},
            "ends_at",
            "od 14:30 do 13:30: koniec wypada przed początkiem",
        ),
        ({"starts_at": "14:30", "ends_at": "14:30"}, "ends_at", "takie same"),
        ({"day": date(2026, 3, 3)}, "day", "Praca z rodziną zaczęła się 04.03.2026"),
        ({"facts": "  "}, "facts", "co się działo"),
        ({"place": VisitLocation.OTHER}, "place_note", "gdzie to było"),
        ({"other_attendees": ["other"]}, "others_note", "kto to był"),
        ({"confirmation": "refused"}, "no_signature_reason", "dlaczego"),
        ({"next_day": date(2026, 10, 11)}, "next_day", "przed tą"),
        ({"next_at": time(13)}, "next_day", "datę następnej wizyty"),
    ],
)
def test_refuses_impossible_values(period, anna, said, field, words):
    with refused(**{field: words}):
        log_visit(period=period, data=visit_data(**said), by=anna)
    assert not Visit.objects.exists()


def test_no_attendees_when_nobody_was_home(kowalscy, period, anna):
    mother = member_of(kowalscy, Kinship.MOTHER)
    with refused(present="nikogo z rodziny nie było"):
        log_visit(period=period, data=visit_data(result=VisitResult.NOBODY_HOME, present=[mother]), by=anna)


def test_failed_visit_has_no_duration_and_no_text(period, anna):
    failed = visit_data(ends_at="13:30", result=VisitResult.NOBODY_HOME, facts="")
    visit = log_visit(period=period, data=failed, by=anna)
    assert (visit.held, visit.minutes) == (False, 0)


def test_attendees_must_belong_to_the_family(period, nowakowie, anna):
    with refused(present="nie należy do rodziny w dniu 12.10.2026"):
        log_visit(period=period, data=visit_data(present=[member_of(nowakowie, Kinship.MOTHER)]), by=anna)


def test_refuses_a_day_without_assignment(period, ewa):
    with refused(day="W dniu 12.10.2026 ta rodzina nie była Ci przydzielona."):
        log_visit(period=period, data=visit_data(), by=ewa)


def test_stand_in_enters_visits_of_past_days(period, ewa, maria):
    with clock.freeze_time(date(2026, 10, 1)):
        days = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 9)}
        assign_assistant(period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, by=maria, **days)
    assert log_visit(period=period, data=visit_data(date(2026, 10, 9)), by=ewa).assistant == ewa
    with refused(day="nie była Ci przydzielona"):
        log_visit(period=period, data=visit_data(date(2026, 10, 10)), by=ewa)


def test_refuses_a_day_outside_the_contract(period, anna, system_user):
    contract = Contract.objects.get(user=anna)
    end_row(contract, on=date(2026, 10, 9), by=system_user, why="Koniec umowy")
    with refused(day="W dniu 12.10.2026 asystent nie ma umowy."):
        log_visit(period=period, data=visit_data(), by=anna)
    sign_contract(user=anna, starts_on=date(2026, 10, 12), by=system_user)
    assert log_visit(period=period, data=visit_data(), by=anna)


class TestHours:
    def test_refuses_overlapping_visits(self, period, anna):
        log_visit(period=period, data=visit_data(), by=anna)
        with refused(starts_at="Od 13:30 do 14:30 masz już zapisaną wizytę: Kowalscy."):
            log_visit(period=period, data=visit_data(starts_at="14:00", ends_at="15:00"), by=anna)
        assert log_visit(period=period, data=visit_data(starts_at="14:30", ends_at="15:00"), by=anna)

    def test_visit_past_midnight(self, period, anna):
        visit = log_visit(period=period, data=visit_data(starts_at="23:15", ends_at="00:30"), by=anna)
        assert visit.minutes == 75
        assert f"{visit.ended_at:%d.%m %H:%M}" == "13.10 00:30"

    def test_refuses_a_nonexistent_hour(self, period, anna):
        with refused(starts_at="Tej nocy zegar przeskoczył"):
            log_visit(period=period, data=visit_data(date(2026, 3, 29), "02:30", "03:30"), by=anna)

    def test_duration_across_the_clock_change(self, period, anna):
        visit = log_visit(period=period, data=visit_data(date(2026, 3, 29), "01:30", "03:30"), by=anna)
        assert visit.minutes == 60

    def test_ambiguous_hour_needs_fold(self, period, anna):
        night = date(2026, 10, 25)
        with clock.freeze_time(date(2026, 10, 26)):
            with refused(second_hour="godzina 02:30 wypada dwa razy"):
                log_visit(period=period, data=visit_data(night, "02:30", "03:30"), by=anna)
            late = log_visit(period=period, data=visit_data(night, "02:30", "03:30", fold=True), by=anna)
            data = visit_data(night, "02:00", "02:30", fold=False, end_fold=False)
            early = log_visit(period=period, data=data, by=anna)
        assert (late.started_at, late.minutes) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 60)
        assert (early.started_at, early.minutes) == (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), 30)

    @pytest.mark.django_db(transaction=True)
    def test_concurrent_overlapping_visits_save_one(self, period, anna):
        results = []

        def send():
            try:
                results.append(log_visit(period=period, data=visit_data(), by=anna))
            except ValidationError as refusal:
                results.append(refusal)
            finally:
                connection.close()

        threads = [Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Visit.objects.count() == 1
        assert sum(isinstance(result, ValidationError) for result in results) == 1


class TestConcern:
    def danger(self, **said):
        said.setdefault("notified_at", clock.to_instant(YESTERDAY, time(14, 10)))
        values = {
            "description": "Okno bez klamki",
            "action_taken": "Odsunięte łóżko",
            "notified": NotifiedParty.BUILDING,
        }
        return SafeguardingConcern(**(values | said))

    @pytest.mark.parametrize(
        "said,field,words",
        [
            ({"description": " "}, "danger_description", "któremu dziecku"),
            ({"action_taken": ""}, "danger_action_taken", "co zrobiono"),
            ({"notified": ""}, "danger_notified", "kogo zawiadomiono"),
            ({"notified_at": None}, "danger_notified_at", "dzień i godzinę"),
            (
                {"notified_at": datetime(2026, 10, 14, tzinfo=UTC)},
                "danger_notified_at",
                "jeszcze nie nadeszła",
            ),
            (
                {"notified_at": datetime(2026, 10, 11, tzinfo=UTC)},
                "danger_notified_at",
                "wcześniejsze niż wizyta",
            ),
        ],
    )
    def test_concern_requires_details(self, period, anna, said, field, words):
        with refused(**{field: words}):
            log_visit(period=period, data=visit_data(concern=self.danger(**said)), by=anna)
        assert not Visit.objects.exists()

    def test_concern_is_followed_up_and_closed(self, period, anna, tomasz):
        visit = log_visit(period=period, data=visit_data(concern=self.danger()), by=anna)
        step = record_safeguarding_step(
            concern=visit.concern, day=TODAY, what="Klamka wstawiona", closes=True, by=tomasz
        )
        assert (step.closes, step.history.get().history_user) == (True, tomasz)
        with refused(day="wcześniejszy niż zgłoszenie"):
            record_safeguarding_step(
                concern=visit.concern, day=date(2026, 10, 1), what="x", closes=False, by=tomasz
            )

    def test_reported_concern_cannot_be_removed(self, period, anna):
        visit = log_visit(period=period, data=visit_data(concern=self.danger()), by=anna)
        with refused(danger="nie można cofnąć"):
            correct_visit(visit=visit, data=visit_data(), version=1, by=anna)


class TestCorrection:
    def test_previous_version_stays_in_the_history(self, kowalscy, period, anna):
        mother, son = member_of(kowalscy, Kinship.MOTHER), member_of(kowalscy, Kinship.CHILD)
        agreed = Agreement(what="Kupić zeszyt", person=mother)
        visit = log_visit(period=period, data=visit_data(present=[mother], agreements=[agreed]), by=anna)
        other = Agreement(what="Kupić dwa zeszyty", person=mother, pk=visit.agreements.get().pk)
        data = visit_data(present=[son], agreements=[other], facts="Poprawione.")
        correct_visit(visit=visit, data=data, version=1, by=anna)
        visit.refresh_from_db()
        assert (visit.facts, visit.version) == ("Poprawione.", 2)
        assert [row.person for row in visit.attendees.all()] == [son]
        assert visit.agreements.get().what == "Kupić dwa zeszyty"
        assert visit.history.earliest("history_id").facts.startswith("Kacper")
        assert VisitAttendee.history.filter(visit=visit, history_type="-").get().history_user == anna

    def test_version_conflict(self, period, anna):
        visit = log_visit(period=period, data=visit_data(), by=anna)
        correct_visit(visit=visit, data=visit_data(facts="Drugie"), version=1, by=anna)
        with pytest.raises(VersionConflict):
            correct_visit(visit=visit, data=visit_data(facts="Trzecie"), version=1, by=anna)

    def test_correction_does_not_overlap_itself(self, period, anna):
        visit = log_visit(period=period, data=visit_data(), by=anna)
        correct_visit(visit=visit, data=visit_data(ends_at="15:00"), version=1, by=anna)
        assert Visit.objects.get().minutes == 90


class TestConfirmations:
    @pytest.mark.parametrize(
        "said,words",
        [
            ({"day": TODAY - timedelta(days=61)}, "była 61 dni temu"),
            ({"starts_at": "22:00", "ends_at": "22:30"}, "w nocy, o 22:00"),
            ({"starts_at": "05:59", "ends_at": "06:30"}, "w nocy, o 05:59"),
            ({"starts_at": "08:00", "ends_at": "18:01"}, "razem 10 godz. 1 min"),
        ],
    )
    def test_unusual_values_need_confirmation(self, period, anna, said, words):
        asked = visit_confirmations(visit_data(**said), period=period, assistant=anna)
        assert len(asked) == 1
        assert words in asked[0].replace("\xa0", " ")

    @pytest.mark.parametrize(
        "said",
        [
            {"day": TODAY - timedelta(days=60)},
            {"starts_at": "21:59", "ends_at": "23:00"},
            {"starts_at": "06:00", "ends_at": "06:30"},
            {"starts_at": "08:00", "ends_at": "18:00"},
        ],
    )
    def test_limits_need_no_confirmation(self, period, anna, said):
        assert visit_confirmations(visit_data(**said), period=period, assistant=anna) == []


def test_a_contact_is_never_a_visit(period, anna):
    contact = log_contact(
        period=period,
        day=YESTERDAY,
        channel="phone",
        counterpart_type="school",
        subject="Nieobecności Kacpra",
        by=anna,
    )
    assert Contact.objects.get() == contact
    assert not Visit.objects.exists()
    with refused(day="jeszcze nie nadszedł"):
        log_contact(
            period=period,
            day=date(2026, 10, 14),
            channel="phone",
            counterpart_type="school",
            subject="x",
            by=anna,
        )
