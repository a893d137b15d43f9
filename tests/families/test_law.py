"""The rules of the Act, provision by provision, at their boundary values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families import law
from lubsko_ops.core.dates import Period

THE_ACT = "ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej"
TODAY = date(2026, 10, 13)


def plain(sentence: str) -> str:
    return sentence.replace("\u00a0", " ")


# ---- art. 15 ust. 4: how many families --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        (date(2012, 1, 1), 20),
        (date(2014, 12, 31), 20),
        (date(2015, 1, 1), 15),
        (TODAY, 15),
    ],
)
def test_art_15_ust_4_the_limit_of_the_day(day, limit):
    assert law.FAMILIES_PER_ASSISTANT.on(day) == limit
    assert law.FAMILIES_PER_ASSISTANT.verified


def test_before_the_act_there_was_no_limit_to_ask_for():
    with pytest.raises(LookupError, match="Not yet in force on 2011-12-31"):
        law.FAMILIES_PER_ASSISTANT.on(date(2011, 12, 31))


@pytest.mark.parametrize(
    ("has", "day", "refused"),
    [
        (0, TODAY, False),
        (14, TODAY, False),
        (15, TODAY, True),
        (16, TODAY, True),
        (15, date(2014, 12, 31), False),
        (19, date(2014, 12, 31), False),
        (20, date(2014, 12, 31), True),
        (15, date(2015, 1, 1), True),
    ],
)
def test_art_15_ust_4_the_last_place_and_the_one_after(has, day, refused):
    assert bool(law.caseload_limit_refusal(has, on=day)) is refused


def test_art_15_ust_4_refusal_text():
    assert plain(law.caseload_limit_refusal(15, on=TODAY)) == (
        f"Asystent prowadzi już 15 rodzin, a art. 15 ust. 4 {THE_ACT} pozwala najwyżej na 15."
    )
    assert "już 22 rodziny, a" in plain(law.caseload_limit_refusal(22, on=TODAY))


def test_art_15_ust_4_several_families_at_once():
    assert law.caseload_limit_refusal(12, on=TODAY, adding=3) == ""
    assert plain(law.caseload_limit_refusal(13, on=TODAY, adding=3)) == (
        "Asystent prowadzi 13 rodzin. Po przejęciu jeszcze 3 rodzin miałby ich 16, "
        f"a art. 15 ust. 4 {THE_ACT} pozwala najwyżej na 15."
    )
    assert plain(law.caseload_limit_refusal(1, on=TODAY, adding=15)).startswith(
        "Asystent prowadzi 1 rodzinę. "
    )


@given(st.integers(0, 40), st.integers(1, 10), st.dates(date(2012, 1, 1), date(2030, 1, 1)))
def test_art_15_ust_4_refuses_exactly_above_the_limit(has, adding, day):
    refusal = law.caseload_limit_refusal(has, on=day, adding=adding)
    assert bool(refusal) == (has + adding > law.FAMILIES_PER_ASSISTANT.on(day))


def test_za_zyciem_counts_until_a_lawyer_says_otherwise():
    assert law.COUNTS_ZA_ZYCIEM.on(TODAY) is True
    assert not law.COUNTS_ZA_ZYCIEM.verified


def test_a_changed_law_leaves_the_past_alone():
    rule = law.Rule("art. 1", ((date(2012, 1, 1), 20), (date(2015, 1, 1), 15), (date(2027, 7, 1), 10)))
    assert [rule.on(date(year, 6, 30)) for year in (2014, 2015, 2027)] == [20, 15, 15]
    assert rule.on(date(2027, 7, 1)) == 10


# ---- art. 15 ust. 1 pkt 15: the assessment ----------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2026, 4, 15), date(2026, 10, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 30), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_art_15_ust_1_pkt_15_half_a_year(since, due):
    assert law.assessment_due_on(since) == due


# ---- art. 17: who may be an assistant, on what contract ----------------------------------------------


def test_art_17_never_both_roles():
    assert law.both_roles_refusal() == (
        "Ta sama osoba nie może być w tym samym czasie asystentem rodziny i pracownikiem socjalnym: "
        f"zabrania tego art.\u00a017 {THE_ACT}."
    )
    assert law.both_roles_refusal(assistant=True, social_worker=False) == ""
    assert law.both_roles_refusal(assistant=False, social_worker=True) == ""


def test_art_17_works_on_the_first_and_the_last_day_of_the_contract():
    contracts = [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 2), None)]
    allowed = [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 2), date(2030, 1, 1)]
    assert [law.outside_contract_refusal(on=day, contracts=contracts) for day in allowed] == [""] * 4
    for day in (date(2025, 12, 31), date(2026, 7, 1)):
        assert law.outside_contract_refusal(on=day, contracts=contracts)


def test_art_17_refusal_text():
    assert law.outside_contract_refusal(on=date(2026, 7, 1)) == (
        f"W dniu 01.07.2026 asystent nie ma umowy. Art.\u00a017 {THE_ACT} wymaga stosunku pracy w systemie "
        "zadaniowego czasu pracy albo umowy o świadczenie usług."
    )


# ---- art. 8 ust. 3, art. 11 ust. 1a, art. 109 kro: the basis of work --------------------------------


def test_a_basis_must_hold_on_the_day_itself():
    consent = [(date(2026, 3, 4), date(2026, 5, 31))]
    assert law.no_basis_refusal(on=date(2026, 3, 4), bases=consent) == ""
    assert law.no_basis_refusal(on=date(2026, 5, 31), bases=consent) == ""
    assert law.no_basis_refusal(on=date(2026, 3, 3), bases=consent)
    assert law.no_basis_refusal(on=date(2026, 6, 1), bases=consent)


def test_missing_basis_refusal_text():
    assert plain(law.no_basis_refusal(on=date(2026, 3, 3))) == (
        "Praca z rodziną wymaga podstawy na każdy dzień, a na dzień 03.03.2026 jej nie ma. "
        f"Może nią być zgoda rodziny (art. 8 ust. 3 {THE_ACT}), "
        "małoletni rodzic (art. 11 ust. 1a tej samej ustawy), "
        "zobowiązanie sądu (art. 109 Kodeksu rodzinnego i opiekuńczego) albo wniosek „Za życiem” "
        "(art. 8 ustawy z dnia 4 listopada 2016 r. o wsparciu kobiet w ciąży i rodzin „Za życiem”)."
    )


def test_days_between_a_withdrawn_consent_and_the_court_order():
    work = Period(date(2026, 3, 4), date(2026, 10, 13))
    consent, order = (date(2026, 3, 4), date(2026, 5, 31)), (date(2026, 6, 10), None)
    assert law.days_without_basis(work, [consent, order]) == [Period(date(2026, 6, 1), date(2026, 6, 9))]
    assert law.days_without_basis(work, [consent, order, (date(2026, 5, 31), date(2026, 6, 9))]) == []


# ---- the period of work -----------------------------------------------------------------------------


def test_the_first_and_the_last_day_belong_to_the_work():
    began, ended = date(2026, 3, 4), date(2026, 9, 30)
    for day, allowed in [
        (began - timedelta(days=1), False),
        (began, True),
        (ended, True),
        (ended + timedelta(days=1), False),
    ]:
        refusal = law.outside_work_refusal(began_on=began, ended_on=ended, on=day)
        assert (refusal == "") is allowed, refusal


def test_work_that_goes_on_has_no_last_day():
    assert law.after_work_refusal(ended_on=None, on=TODAY) == ""


def test_outside_work_refusal_text():
    assert law.before_work_refusal(began_on=date(2026, 3, 4), on=date(2026, 3, 3)) == (
        "Praca z rodziną zaczęła się 04.03.2026. Wybierz ten dzień albo późniejszy, nie 03.03.2026."
    )
    assert law.after_work_refusal(ended_on=date(2026, 9, 30), on=date(2026, 10, 1)) == (
        "Praca z rodziną została zakończona 30.09.2026. Wybierz ten dzień albo wcześniejszy, nie 01.10.2026."
    )
