"""What the law asks of the file of an assistant; without a database."""

from datetime import date

import pytest

from families.employees import rules
from families.employees.rules import Document, check_file, training_note, unconfirmed_file_refusal

HIRED = date(2024, 3, 1)
STATEMENTS = [
    Document(kind, date(2024, 2, 20))
    for kind in (
        "parental_authority",
        "maintenance",
        "no_conviction",
        "offenders_register",
        "data_authorisation",
        "secrecy_pledge",
    )
]


def missing(*, variant="degree", documents, contract_from=HIRED, on=HIRED, assistant=True):
    points = check_file(
        variant=variant, documents=documents, contract_from=contract_from, on=on, assistant=assistant
    )
    return {each.requirement.code: each.missing for each in points if each.missing}


def qualified(kind, years=None):
    return Document(kind, date(2015, 7, 1), years=years)


def test_a_whole_file_lacks_nothing():
    assert missing(documents=[*STATEMENTS, qualified("diploma")]) == {}


def test_an_empty_file_names_every_point():
    lacking = missing(variant="", documents=[], contract_from=None)
    assert list(lacking) == [each.code for each in rules.REQUIREMENTS]


@pytest.mark.parametrize(
    ("variant", "documents", "said"),
    [
        ("degree", [], "brak: dyplom ukończenia studiów"),
        (
            "other_degree",
            [qualified("diploma")],
            "brak: szkolenie albo studia podyplomowe z pracy z dziećmi lub rodziną i "
            "staż pracy z dziećmi lub rodziną",
        ),
        (
            "other_degree",
            [qualified("diploma"), qualified("course"), qualified("experience", years=0)],
            "staż krótszy niż 1 rok",
        ),
        (
            "secondary",
            [qualified("school_certificate"), qualified("course"), qualified("experience", years=2)],
            "staż krótszy niż 3 lata",
        ),
        ("", [qualified("diploma")], "nie wskazano wariantu wykształcenia"),
    ],
)
def test_each_variant_asks_for_its_own_papers(variant, documents, said):
    assert missing(variant=variant, documents=[*STATEMENTS, *documents]) == {"qualifications": said}


def test_years_in_two_jobs_add_up():
    documents = [
        qualified("school_certificate"),
        qualified("course"),
        qualified("experience", years=1),
        qualified("experience", years=2),
    ]
    assert missing(variant="secondary", documents=[*STATEMENTS, *documents]) == {}


def test_either_the_statement_or_the_register_shows_that_somebody_was_not_convicted():
    others = [each for each in STATEMENTS if each.kind != "no_conviction"]
    checked = Document("criminal_record", date(2024, 2, 20))
    assert missing(documents=[*others, checked, qualified("diploma")]) == {}


def test_a_check_against_the_person_is_never_met():
    others = [each for each in STATEMENTS if each.kind != "offenders_register"]
    listed = Document("offenders_register", date(2024, 2, 20), clear=False)
    lacking = missing(documents=[*others, listed, qualified("diploma")])
    assert lacking == {"offenders_register": "wynik nie pozwala na zatrudnienie"}


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2023, 1, 31), False), (date(2023, 2, 1), True), (date(2023, 2, 2), True)]
)
def test_the_register_is_asked_about_since_its_day(on, asked):
    assert ("offenders_register" in missing(documents=[], on=on)) == asked


@pytest.mark.parametrize(
    ("hired", "checked", "late"),
    [
        (HIRED, HIRED, False),
        (HIRED, date(2024, 3, 2), True),
        # Hired before the law asked: the check could not come before the contract.
        (date(2020, 1, 1), date(2023, 2, 10), False),
    ],
)
def test_a_check_after_the_first_day_of_the_contract_is_remarked_on(hired, checked, late):
    documents = [Document("offenders_register", checked)]
    points = check_file(variant="", documents=documents, contract_from=hired, on=date(2024, 6, 1))
    [point] = [each for each in points if each.requirement.code == "offenders_register"]
    assert bool(point.remark) == late and not point.missing


def test_of_other_workers_only_the_authorisation_and_the_pledge_are_asked():
    assert set(missing(documents=[], assistant=False)) == {"data_authorisation", "secrecy_pledge"}


def test_the_refusal_names_what_is_not_confirmed():
    codes = {each.code for each in rules.REQUIREMENTS}
    assert unconfirmed_file_refusal(confirmed=codes, on=HIRED) == ""
    sentence = unconfirmed_file_refusal(confirmed=codes - {"maintenance"}, on=HIRED)
    assert "kierownik nie potwierdził: oświadczenie o obowiązku alimentacyjnym" in sentence
    assert "art.\u00a012" in sentence
    assert "teczka tego asystenta jest kompletna" in unconfirmed_file_refusal(confirmed=set(), on=HIRED)


@pytest.mark.parametrize(
    ("last_on", "on", "said"),
    [
        (date(2025, 11, 30), date(2026, 11, 29), False),
        (date(2025, 11, 30), date(2026, 11, 30), True),
        (None, date(2025, 2, 28), False),
        (None, date(2025, 3, 1), True),
    ],
)
def test_a_year_without_training_is_noticed(last_on, on, said):
    assert bool(training_note(last_on=last_on, employed_from=HIRED, on=on)) == said
