"""At most 15 families for one assistant (art. 15 ust. 4), on every day of an assignment."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families import law
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    end_assignment,
    end_basis,
    end_work,
    hand_over,
    start_work_and_assign,
)
from families.caseload.caseload import get_caseloads, peak_caseload
from families.caseload.models import Assignment
from families.caseload.validators import LimitReached
from families.choices import AssignmentKind, BasisKind, ClosingReason
from lubsko_ops.accounts.actions import grant_role, sign_contract
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import (
    assign_families,
    court_basis,
    create_empty_family,
    create_work_without_assistant,
)

pytestmark = pytest.mark.usefixtures("limit_of_15")

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SENTENCE = (
    "Asystent prowadzi już 15\u00a0rodzin, a art.\u00a015\u00a0ust.\u00a04 ustawy z dnia 9 czerwca 2011 r. o "
    "wspieraniu rodziny i systemie pieczy zastępczej pozwala najwyżej na 15."
)
STAND_IN = AssignmentKind.STAND_IN


def one_more(assistant, *, by, on=TODAY, **kwargs):
    family = create_empty_family("Szesnaści", by=by)
    return start_work_and_assign(
        family=family, assistant=assistant, starts_on=on, bases=court_basis(WORK_STARTED_ON), by=by, **kwargs
    )


@pytest.fixture
def at_most_3(monkeypatch):
    """The same rule with a smaller limit: these tests are about days, not about the number 15."""
    rule = law.Rule(basis=law.FAMILIES_PER_ASSISTANT.basis, values=((law.IN_FORCE, 3),))
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", rule)


def za_zyciem(on=WORK_STARTED_ON):
    return [BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=on)]


def test_the_15th_is_taken_and_the_16th_refused_with_the_sentence_of_the_law(anna, maria):
    assign_families(anna, 14, by=maria)
    one_more(anna, by=maria)
    with pytest.raises(LimitReached) as refusal:
        one_more(anna, by=maria)
    assert refusal.value.message_dict == {"assistant": [SENTENCE]}
    assert Assignment.objects.filter(assistant=anna).count() == 15


def test_the_manager_may_override_with_a_reason_that_stays(anna, maria):
    assign_families(anna, 15, by=maria)
    row = one_more(anna, override_reason="Tylko pani Anna zna język migowy.", by=maria)
    row.refresh_from_db()
    assert row.override_reason == "Tylko pani Anna zna język migowy."
    past = row.history.get()
    assert past.history_user == maria
    assert past.history_change_reason == (
        "Przydzielenie asystenta rodziny. Przekroczenie limitu: Tylko pani Anna zna język migowy."
    )


def test_a_reason_nobody_asked_for_is_not_kept(anna, maria):
    assert one_more(anna, override_reason="Na wszelki wypadek.", by=maria).override_reason == ""


def test_an_override_does_not_open_the_door_for_the_next_one(anna, maria):
    assign_families(anna, 15, by=maria)
    one_more(anna, override_reason="Powód.", by=maria)
    with pytest.raises(LimitReached, match="16"):
        one_more(anna, by=maria)


def test_an_override_passes_over_the_limit_only(anna, jan, maria):
    with pytest.raises(ValidationError, match="nie jest w tym dniu asystentem"):
        one_more(jan, override_reason="Powód.", by=maria)


def test_standing_in_counts(anna, ewa, maria):
    assign_families(anna, 15, by=maria)
    period = assign_families(ewa, 1, by=maria)[0].period
    with pytest.raises(LimitReached):
        assign_assistant(
            period=period, assistant=anna, kind=STAND_IN, starts_on=TODAY, ends_on=NOVEMBER, by=maria
        )


def test_accompanying_does_not(anna, ewa, maria, at_most_3):
    assign_families(anna, 3, by=maria)
    period = assign_families(ewa, 1, by=maria)[0].period
    row = assign_assistant(
        period=period, assistant=anna, kind=AssignmentKind.ACCOMPANYING, starts_on=TODAY, by=maria
    )
    assert row.pk
    assert peak_caseload(anna, since=TODAY) == 3


def test_a_planned_stand_in_blocks_the_slot_today(anna, ewa, maria, at_most_3):
    """2 families of 3, a stand-in in November: a third from today would make 4 in November."""
    assign_families(anna, 2, by=maria)
    others = assign_families(ewa, 1, by=maria)[0].period
    assign_assistant(
        period=others, assistant=anna, kind=STAND_IN, starts_on=NOVEMBER, ends_on=DECEMBER, by=maria
    )
    with pytest.raises(LimitReached, match=r"Tak będzie od dnia 01\.11\.2026"):
        one_more(anna, by=maria)
    with pytest.raises(LimitReached) as refusal:
        one_more(anna, on=NOVEMBER, by=maria)
    assert "Tak będzie" not in str(refusal.value)
    one_more(anna, on=DECEMBER + timedelta(days=1), by=maria)


def test_a_stand_in_is_measured_on_its_own_days(anna, ewa, maria, at_most_3):
    """A third family comes in December; standing in until 30 November does no harm, one day longer does."""
    assign_families(anna, 2, by=maria)
    one_more(anna, on=DECEMBER, by=maria)
    period = assign_families(ewa, 1, by=maria)[0].period
    plan = {"period": period, "assistant": anna, "kind": STAND_IN, "starts_on": TODAY, "by": maria}
    with pytest.raises(LimitReached, match=r"Tak będzie od dnia 01\.12\.2026"):
        assign_assistant(ends_on=DECEMBER, **plan)
    assign_assistant(ends_on=DECEMBER - timedelta(days=1), **plan)


def test_a_day_in_the_past_is_measured_by_its_own_families(anna, maria, at_most_3):
    """3 until 30 September, 2 today: from 1 October there is a free slot, from 30 September there is none."""
    gone = assign_families(anna, 3, by=maria)[0].period
    last_day = date(2026, 9, 30)
    end_work(period=gone, on=last_day, reason=ClosingReason.GOALS_REACHED, by=maria)
    with pytest.raises(LimitReached):
        one_more(anna, on=last_day, by=maria)
    one_more(anna, on=last_day + timedelta(days=1), by=maria)


def test_a_hand_over_frees_the_slot_on_the_same_day(anna, ewa, maria, at_most_3):
    period = assign_families(anna, 3, by=maria)[0].period
    hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    one_more(anna, on=TODAY, by=maria)
    with pytest.raises(LimitReached):
        one_more(anna, on=TODAY - timedelta(days=1), by=maria)


def test_a_family_takes_one_slot_however_many_rows_it_has(anna, ewa, maria, at_most_3):
    """The assistant stands in for a family they will lead: it counts once."""
    assign_families(anna, 2, by=maria)
    period = assign_families(ewa, 1, by=maria)[0].period
    assign_assistant(
        period=period, assistant=anna, kind=STAND_IN, starts_on=TODAY, ends_on=NOVEMBER, by=maria
    )
    assert peak_caseload(anna, since=TODAY) == 3
    hand_over(period=period, assistant=anna, starts_on=TODAY + timedelta(days=2), by=maria)
    assert peak_caseload(anna, since=TODAY) == 3
    assert get_caseloads([anna.pk], since=TODAY)[anna.pk].families_on(NOVEMBER) == 3


def test_a_stand_in_that_ends_early_frees_the_slot(anna, ewa, maria, at_most_3):
    assign_families(anna, 2, by=maria)
    period = assign_families(ewa, 1, by=maria)[0].period
    row = assign_assistant(
        period=period, assistant=anna, kind=STAND_IN, starts_on=TODAY, ends_on=DECEMBER, by=maria
    )
    end_assignment(assignment=row, on=NOVEMBER, version=row.version, by=maria)
    one_more(anna, on=NOVEMBER + timedelta(days=1), by=maria)


def test_the_limit_is_the_one_in_force_on_the_day(anna, maria, monkeypatch):
    """A change of the law in December: 3 families are too many from that day, not before."""
    changed = law.Rule(basis="art. 15 ust. 4", values=((law.IN_FORCE, 4), (DECEMBER, 2)))
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", changed)
    assign_families(anna, 2, by=maria)
    plan = {
        "period": create_work_without_assistant("Trzeci", by=maria),
        "assistant": anna,
        "kind": STAND_IN,
        "starts_on": TODAY,
    }
    with pytest.raises(LimitReached, match=r"najwyżej na 2\. Tak będzie od dnia 01\.12\.2026"):
        assign_assistant(ends_on=DECEMBER, by=maria, **plan)
    assign_assistant(ends_on=DECEMBER - timedelta(days=1), by=maria, **plan)


def test_a_limit_of_2028_refuses_today_what_lasts_into_its_time(anna, maria, monkeypatch):
    in_2028 = date(2028, 1, 1)
    changed = law.Rule(basis="art. 15 ust. 4", values=((law.IN_FORCE, 4), (in_2028, 2)))
    assign_families(anna, 3, by=maria)
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", changed)
    with pytest.raises(LimitReached, match=r"najwyżej na 2\. Tak będzie od dnia 01\.01\.2028"):
        one_more(anna, by=maria)
    assert Assignment.objects.filter(assistant=anna, ends_on=None).count() == 3, (
        "families assigned before stay"
    )
    assign_assistant(
        period=create_work_without_assistant("Czwarty", by=maria),
        assistant=anna,
        starts_on=TODAY,
        ends_on=in_2028 - timedelta(days=1),
        by=maria,
    )


def test_until_the_end_of_2014_there_were_twenty(anna, maria, system_user):
    """The law as it is: 16 families in 2014 are allowed, one day of 2015 with 16 is not."""
    then, last_day = date(2014, 3, 3), date(2014, 12, 31)
    grant_role(user=anna, role=Role.ASSISTANT, starts_on=then, ends_on=last_day, by=system_user)
    sign_contract(user=anna, starts_on=then, ends_on=last_day, by=system_user)
    assign_families(anna, 15, on=then, by=maria)
    plan = {
        "period": create_work_without_assistant("Szesnaści", on=then, by=maria),
        "assistant": anna,
        "kind": STAND_IN,
        "starts_on": then,
    }
    with pytest.raises(LimitReached, match=r"na 15\. Tak będzie od dnia 01\.01\.2015"):
        assign_assistant(ends_on=last_day + timedelta(days=1), by=maria, **plan)
    assign_assistant(ends_on=last_day, by=maria, **plan)


# ---- Za życiem ---------------------------------------------------------------------------------------
@pytest.fixture
def excluded_from_november(monkeypatch, at_most_3):
    rule = law.Rule(basis=law.COUNTS_ZA_ZYCIEM.basis, values=((law.IN_FORCE, True), (NOVEMBER, False)))
    monkeypatch.setattr(law, "COUNTS_ZA_ZYCIEM", rule)


def test_za_zyciem_families_count_by_default_and_are_shown_separately(anna, maria, at_most_3):
    assign_families(anna, 3, by=maria, bases=za_zyciem())
    caseload = get_caseloads([anna.pk], since=TODAY)[anna.pk]
    assert (caseload.families_on(TODAY), caseload.za_zyciem_on(TODAY), caseload.count_on(TODAY)) == (3, 3, 3)
    with pytest.raises(LimitReached):
        one_more(anna, by=maria)


def test_za_zyciem_families_take_no_slot_when_excluded_by_law(anna, maria, excluded_from_november):
    assign_families(anna, 3, by=maria, bases=za_zyciem())
    caseload = get_caseloads([anna.pk], since=TODAY)[anna.pk]
    assert (caseload.count_on(TODAY), caseload.count_on(NOVEMBER), caseload.families_on(NOVEMBER)) == (
        3,
        0,
        3,
    )
    assert peak_caseload(anna, since=NOVEMBER) == 0
    assert peak_caseload(anna, since=TODAY) == 3
    with pytest.raises(LimitReached):
        one_more(anna, by=maria)
    one_more(anna, on=NOVEMBER, by=maria)


def test_with_another_basis_beside_it_the_family_counts(anna, maria, excluded_from_november):
    assign_families(anna, 2, by=maria)
    both = start_work_and_assign(
        family=create_empty_family("Obie podstawy", by=maria),
        assistant=anna,
        starts_on=WORK_STARTED_ON,
        bases=za_zyciem(),
        by=maria,
    )
    add_basis(period=both.period, data=court_basis(DECEMBER)[0], by=maria)
    caseload = get_caseloads([anna.pk], since=NOVEMBER)[anna.pk]
    assert (caseload.count_on(NOVEMBER), caseload.count_on(DECEMBER)) == (2, 3)
    with pytest.raises(LimitReached, match=r"Tak będzie od dnia 01\.12\.2026"):
        one_more(anna, on=NOVEMBER, by=maria)


def test_days_without_any_basis_count(anna, maria, excluded_from_november):
    """A family whose basis has ended still counts."""
    row = assign_families(anna, 1, by=maria, bases=za_zyciem())[0]
    end_basis(basis=row.period.bases.get(), on=DECEMBER, why="Koniec świadczeń.", version=None, by=maria)
    caseload = get_caseloads([anna.pk], since=NOVEMBER)[anna.pk]
    assert (caseload.count_on(DECEMBER), caseload.count_on(DECEMBER + timedelta(days=1))) == (0, 1)
