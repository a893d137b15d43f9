"""Starting work with a family: case number, legal basis, one period at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import BasisData, begin_work, end_work, start_work_and_assign
from families.caseload.models import Assignment, CaseCounter, LegalBasis, WorkPeriod
from families.choices import BasisKind, ClosingReason
from lubsko_ops.core import clock
from tests.factories import TODAY, consent_data
from tests.families.caseload.helpers import court_basis, create_work_without_assistant

JANUARY = date(2027, 1, 4)


def test_it_works(unassigned_family, maria):
    consent = consent_data(unassigned_family, TODAY)
    period = begin_work(family=unassigned_family, starts_on=TODAY, bases=[consent], by=maria)
    assert (period.number, period.starts_on, period.ends_on) == ("2026/001", TODAY, None)
    basis = period.bases.get()
    assert (basis.kind, basis.person, basis.starts_on) == (BasisKind.CONSENT, consent.person, TODAY)


def test_history_keeps_user_and_reason(unassigned_family, maria):
    period = begin_work(
        family=unassigned_family, starts_on=TODAY, bases=[consent_data(unassigned_family, TODAY)], by=maria
    )
    for row, why in ((period, "Początek pracy z rodziną"), (period.bases.get(), "Podstawa pracy z rodziną")):
        past = row.history.get()
        assert (past.history_user, past.history_change_reason) == (maria, why)
        assert past.history_date == row.entered_at == clock.now()
        assert row.entered_by == maria


def test_numbers_follow_one_another_within_a_year(unassigned_family, maria):
    first = create_work_without_assistant("Bąkowie", by=maria)
    second = begin_work(
        family=unassigned_family, starts_on=TODAY, bases=[consent_data(unassigned_family, TODAY)], by=maria
    )
    assert [first.number, second.number] == ["2026/001", "2026/002"]


def test_the_year_of_the_first_day_gives_the_number(unassigned_family, maria):
    create_work_without_assistant("Bąkowie", by=maria)
    with clock.freeze_time(JANUARY):
        period = begin_work(
            family=unassigned_family,
            starts_on=JANUARY,
            bases=[consent_data(unassigned_family, JANUARY)],
            by=maria,
        )
    assert period.number == "2027/001"


def test_a_refused_beginning_uses_no_number_up(unassigned_family, maria, tomasz):
    with pytest.raises(ValidationError):  # a social worker is no assistant; the number was already drawn
        start_work_and_assign(
            family=unassigned_family,
            assistant=tomasz,
            starts_on=TODAY,
            bases=[consent_data(unassigned_family, TODAY)],
            by=maria,
        )
    assert not WorkPeriod.objects.exists() and not LegalBasis.objects.exists()
    assert create_work_without_assistant("Bąkowie", by=maria).number == "2026/001"
    assert CaseCounter.objects.get().last == 1


@pytest.mark.parametrize("since", [None, date(2026, 10, 14)])
def test_without_a_basis_on_the_first_day_no_work_begins(unassigned_family, maria, since):
    bases = [] if since is None else [consent_data(unassigned_family, since)]
    with pytest.raises(ValidationError, match=r"na dzień 13\.10\.2026 jej nie ma"):
        begin_work(family=unassigned_family, starts_on=TODAY, bases=bases, by=maria)
    assert not WorkPeriod.objects.exists()


def test_an_older_basis_holds_on_the_first_day(unassigned_family, maria):
    consent = consent_data(unassigned_family, date(2026, 9, 1))
    assert (
        begin_work(family=unassigned_family, starts_on=TODAY, bases=[consent], by=maria)
        .bases.get()
        .is_active_on(TODAY)
    )


def test_a_consent_names_its_person(unassigned_family, maria):
    with pytest.raises(ValidationError, match="Wskaż osobę"):
        begin_work(
            family=unassigned_family,
            starts_on=TODAY,
            bases=[BasisData(kind=BasisKind.CONSENT, starts_on=TODAY)],
            by=maria,
        )


def test_a_family_has_one_period_at_a_time(kowalscy, maria):
    with pytest.raises(ValidationError, match="trwa już praca"):
        begin_work(family=kowalscy, starts_on=TODAY, bases=court_basis(), by=maria)
    assert kowalscy.periods.count() == 1


def test_nothing_begins_before_the_act(unassigned_family, maria):
    with pytest.raises(ValidationError, match=r"01\.01\.2012"):
        begin_work(
            family=unassigned_family,
            starts_on=date(2011, 12, 31),
            bases=court_basis(date(2011, 1, 1)),
            by=maria,
        )


def test_a_family_that_returns_gets_a_new_number_in_the_same_file(kowalscy, anna, maria):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
    with pytest.raises(
        ValidationError, match="trwa już praca"
    ):  # the last day of work is still a day of work
        begin_work(family=kowalscy, starts_on=TODAY, bases=[consent_data(kowalscy, TODAY)], by=maria)
    back = date(2026, 12, 1)
    with clock.freeze_time(back):
        row = start_work_and_assign(
            family=kowalscy, assistant=anna, starts_on=back, bases=[consent_data(kowalscy, back)], by=maria
        )
    assert [period.number for period in kowalscy.periods.order_by("starts_on")] == ["2026/001", "2026/002"]
    assert row.period.bases.count() == 1
    assert Assignment.objects.active_on(back).get() == row
