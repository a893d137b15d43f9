"""Results of surveys: what is shown, and that nothing about fewer than five can be computed from it."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import SurveyMoment
from projects.models import Survey, SurveyQuestion
from projects.surveys import actions
from projects.surveys.results import TypedSheet, compute_results, load_results, shuffle
from tests.form_client import response_text, submit_form
from tests.projects.surveys.helpers import (
    AFTER_ON,
    make_own,
    make_survey,
    page,
    question,
    sheet,
    type_pairs,
    type_sheets,
)
from tests.statement_counts import page_statements

BEFORE, AFTER, ONLY = SurveyMoment.BEFORE, SurveyMoment.AFTER, SurveyMoment.ONLY


# ---- numbers -----------------------------------------------------------------------------------------
def computed(*sheets, codes=True, kind="before_after", questions=("scale",)):
    survey = Survey(kind=kind, title="Ankieta", with_codes=codes)
    rows = [
        SurveyQuestion(pk=key, position=key, kind=each, text="?")
        for key, each in enumerate(questions, start=1)
    ]
    return compute_results(survey, rows, sheets)


def pair(code, first, last):
    return [TypedSheet(BEFORE, code, {1: first}), TypedSheet(AFTER, code, {1: last})]


def test_pairs_have_means_a_change_and_a_spread():
    sheets = [
        each for code, first in zip("abcde", (1, 2, 3, 3, 4), strict=True) for each in pair(code, first, 4)
    ]
    result = computed(*sheets)
    row = result.questions[0]
    assert (result.pairs, row.before.mean, row.after.mean, row.change) == (
        5,
        Decimal("2.6"),
        Decimal("4.0"),
        Decimal("1.4"),
    )
    assert (row.before.counts, row.after.counts) == ((1, 1, 2, 1, 0), (0, 0, 0, 5, 0))


def test_a_sheet_without_its_other_one_counts_in_nothing():
    pairs = [each for code in "abcde" for each in pair(code, 3, 4)]
    alone = [TypedSheet(BEFORE, "f", {1: 1}), TypedSheet(AFTER, "g", {1: 5}), TypedSheet(AFTER, "h", {1: 5})]
    result = computed(*pairs, *alone)
    assert result.questions == computed(*pairs).questions
    assert (result.unpaired(BEFORE), result.unpaired(AFTER)) == (1, 2)


def test_four_pairs_show_nothing():
    result = computed(*(each for code in "abcd" for each in pair(code, 3, 4)))
    assert not result.is_shown and result.questions[0].change is None


def test_each_moment_of_an_anonymous_survey_has_its_own_mean():
    sheets = [TypedSheet(BEFORE, "", {1: 2})] * 6 + [TypedSheet(AFTER, "", {1: 4})] * 4
    row = computed(*sheets, codes=False).questions[0]
    assert row.before.mean == 2 and row.after is None and row.change is None
    row = computed(*sheets, TypedSheet(AFTER, "", {1: 5}), codes=False).questions[0]
    assert row.change == Decimal("2.2")


def test_the_change_is_that_of_the_means_on_the_page():
    values = [(2, 4)] * 5 + [(3, 4)] * 3 + [(3, 3)] * 1
    sheets = [each for index, (first, last) in enumerate(values) for each in pair(f"c{index}", first, last)]
    row = computed(*sheets).questions[0]
    assert row.change == row.after.mean - row.before.mean


def test_yes_and_no_are_of_a_hundred():
    sheets = [TypedSheet(ONLY, "", {1: value}) for value in (1, 1, 1, 0, 0, 0)]
    row = computed(*sheets, codes=False, kind="satisfaction", questions=("yes_no",)).questions[0]
    assert (row.only.percent, row.only.counts) == (50, (3, 3))


def test_a_question_that_few_answered_shows_nothing_beside_others_that_do():
    sheets = [TypedSheet(ONLY, "", {1: 3, **({2: 4} if index < 4 else {})}) for index in range(9)]
    first, second = computed(
        *sheets, codes=False, kind="satisfaction", questions=("scale", "scale")
    ).questions
    assert first.only and second.only is None and second.answered == {ONLY: 4}


# ---- open answers ------------------------------------------------------------------------------------
def with_words(number):
    return [TypedSheet(ONLY, "", {}, {1: (key, f"słowa {key}")}) for key in range(1, number + 1)]


def test_open_answers_are_shown_from_five_on():
    options = {"codes": False, "kind": "satisfaction", "questions": ("open",)}
    assert computed(*with_words(4), **options).questions[0].words == {}
    assert len(computed(*with_words(5), **options).questions[0].words[ONLY]) == 5


def test_their_order_stays_and_is_not_that_of_entry():
    words = [(key, f"słowa {key}") for key in range(1, 31)]
    shuffled = shuffle(words)
    assert shuffled == shuffle(reversed(words)) != [text for _, text in words]
    assert shuffle(words[:20]) == [each for each in shuffled if each in dict(words[:20]).values()]
    other = shuffle((key + 30, text) for key, text in words)
    assert other != shuffled, "the second question of the same sheets has another order"


# ---- nothing about fewer than five -------------------------------------------------------------------
FIVE = 5
CODES = [f"k{number}" for number in range(9)]
answer = st.none() | st.integers(1, 5)
sheets_of_codes = st.dictionaries(st.sampled_from(CODES), st.tuples(answer, answer), min_size=4, max_size=9)


def build(before, after, codes):
    return [
        TypedSheet(
            moment, code if codes else "", {key: value for key, value in ((1, first), (2, last)) if value}
        )
        for moment, typed in ((BEFORE, before), (AFTER, after))
        for code, (first, last) in typed.items()
    ]


def shown(result):
    """Everything that is shown of the answers, each as (question, moment, what)."""
    return {
        (row.question.pk, moment, name): getattr(spread, name)
        for row in result.questions
        for moment, spread in row.spreads.items()
        for name in ("mean", "counts", "number")
    } | {
        (row.question.pk, "both", "change"): row.change for row in result.questions if row.change is not None
    }


def influences(sheets, codes):
    """For each shown number the sheets, with their question, whose answer it depends on."""
    questions = ("scale", "scale")
    base = shown(computed(*sheets, codes=codes, questions=questions))
    depends = {name: set() for name in base}
    for index, key in product(range(len(sheets)), (1, 2)):
        if key not in sheets[index].values:
            continue
        for value in range(1, 6):
            one = sheets[index]
            changed = TypedSheet(one.moment, one.code, one.values | {key: value})
            after = shown(
                computed(*sheets[:index], changed, *sheets[index + 1 :], codes=codes, questions=questions)
            )
            for name in base:
                if base[name] != after[name]:
                    depends[name].add((index, key))
    return depends


@given(before=sheets_of_codes, after=sheets_of_codes, codes=st.booleans())
def test_no_difference_of_shown_numbers_is_about_fewer_than_five(before, after, codes):
    """The sets of answers that numbers depend on, cut into the smallest parts that differences can single out."""
    sheets = build(before, after, codes)
    depends = [names for names in influences(sheets, codes).values() if names]
    by_moment = []
    for names in depends:  # an answer before and one after are added up nowhere: each moment by itself
        by_moment += [
            {each for each in names if sheets[each[0]].moment == moment}
            for moment in (BEFORE, AFTER)
            if any(sheets[each[0]].moment == moment for each in names)
        ]
    everything = set().union(*by_moment) if by_moment else set()
    parts = {}
    for each in everything:
        parts.setdefault(tuple(each in names for names in by_moment), set()).add(each)
    assert all(len(part) >= FIVE for part in parts.values())


@given(before=sheets_of_codes, after=sheets_of_codes, codes=st.booleans())
def test_each_number_says_of_how_many_it_is(before, after, codes):
    result = computed(*build(before, after, codes), codes=codes, questions=("scale", "scale"))
    for row in result.questions:
        for moment, spread in row.spreads.items():
            assert spread.number == row.answered[moment] >= FIVE
        if codes:
            assert len(set(row.answered.values())) == 1, "pairs have both sides"
            assert set(row.spreads) in (set(), {BEFORE, AFTER})


# ---- the page ----------------------------------------------------------------------------------------
@pytest.fixture
def survey(tomasz, maria):
    return make_own(tomasz, maria)


def results_page(client, survey) -> str:
    return response_text(client.get(page("survey-results", survey)))


def test_the_page_shows_pairs_and_says_who_is_alone(as_tomasz, tomasz, survey):
    type_pairs(survey, tomasz, 5)
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 1, code="SAMA"))
    text = results_page(as_tomasz, survey)
    assert "5 par odpowiedzi" in text and "Bez pary: 1 kartka przed" in text
    assert "2,0" in text and "4,0" in text and "więcej o" in text


def test_four_pairs_are_too_few(as_tomasz, tomasz, survey):
    type_pairs(survey, tomasz, 4)
    text = results_page(as_tomasz, survey)
    assert "Wynik pokażemy od 5 pełnych par odpowiedzi, są 4" in text and "2,0" not in text


def test_an_anonymous_one_says_what_it_compares(as_tomasz, tomasz, maria):
    survey = make_own(tomasz, maria, codes=False)
    type_pairs(survey, tomasz, 5, after=(1, 1, 1, 1, 1, 1))
    text = results_page(as_tomasz, survey)
    assert "Ankieta jest anonimowa: porównujemy dwie średnie" in text and "mniej o" in text


def test_others_see_it_once_the_typing_has_ended(client, ewa, tomasz, survey):
    type_pairs(survey, tomasz, 5)
    client.force_login(ewa)
    assert "Kartki są jeszcze wpisywane" in results_page(client, survey) and "2,0" not in results_page(
        client, survey
    )
    actions.close_survey(survey=Survey.objects.get(pk=survey.pk), version=None, by=tomasz)
    assert "4,0" in results_page(client, survey) and "K01" not in results_page(client, survey)


def test_typing_ends_and_is_resumed_for_a_reason(as_tomasz, tomasz, survey):
    response = submit_form(as_tomasz, page("survey-close", survey))
    assert "Nie ma jeszcze żadnej kartki" in response_text(response)
    type_pairs(survey, tomasz, 5)
    assert submit_form(as_tomasz, page("survey-close", survey)).status_code == 302
    assert as_tomasz.get(page("survey-sheets", survey, "po", 1)).status_code == 302
    assert submit_form(as_tomasz, page("survey-reopen", survey)).status_code == 422
    assert submit_form(as_tomasz, page("survey-reopen", survey), why="znalazła się kartka").status_code == 302
    assert as_tomasz.get(page("survey-sheets", survey, "po", 1)).status_code == 200


def test_open_answers_stand_without_codes(as_tomasz, tomasz, maria):
    rows = [question("Jak było?"), question("Co zmienić?", "open")]
    survey = make_own(tomasz, maria, kind="satisfaction", codes=False, questions=rows)
    type_sheets(survey, tomasz, "only", *(sheet(survey, 4) for _ in range(5)))
    for row in survey.sheets.all():
        key = survey.questions.get(kind="open").pk
        url = page("survey-sheet", survey, row.pk)
        assert submit_form(as_tomasz, url, **{f"q{key}": f"więcej czasu {row.number}"}).status_code == 302
        assert ("więcej czasu" in results_page(as_tomasz, survey)) == (row.number == 5)


def test_it_costs_two_statements_for_a_report(django_assert_num_queries, tomasz, maria, survey):
    type_pairs(survey, tomasz, 12)
    satisfaction = make_survey(survey.edition, tomasz, kind="satisfaction", codes=False)
    type_sheets(satisfaction, tomasz, "only", *(sheet(satisfaction, 1, 2, 3, day=AFTER_ON) for _ in range(6)))
    with django_assert_num_queries(2):
        first, second = load_results(survey.edition)
    assert first.pairs == 12 and second.pairs is None and second.sheets == {ONLY: 6}


def test_a_reader_costs_no_more(client, ewa, tomasz, survey):
    type_pairs(survey, tomasz, 5)
    client.force_login(ewa)
    assert len(page_statements(client, page("survey-results", survey))) <= 10
