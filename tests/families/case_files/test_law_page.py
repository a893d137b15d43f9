"""The law that the application applies, readable by everybody, and the citations that a manager adds."""

from datetime import date, timedelta

import pytest

from families import law
from families.case_files.law import presenters
from families.case_files.law.forms import clean_journal
from families.employees.rules import requirements_on
from families.plans.pdf import legal_basis
from lubsko_ops.centre.actions import add_citation
from lubsko_ops.centre.models import ActCitation
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.statement_counts import page_statements

URL = "/ustawienia/podstawy/"
NEW = {
    "act": "ustawa o wspieraniu rodziny",
    "journal": "Dz. U. z 2026 r. poz. 1111",
    "starts_on": "01.10.2026",
    "source": "isap.sejm.gov.pl",
}


def basis(on: date) -> str:
    return legal_basis(coordinated=False, on=on)


@pytest.fixture
def citation(maria):
    return add_citation(by=maria, **NEW | {"journal": "Dz.U. 2026 poz. 1111", "starts_on": date(2026, 10, 1)})


@pytest.mark.parametrize("name", ["anna", "tomasz", "maria", "jan"])
def test_everybody_reads_it(client, request, name):
    client.force_login(request.getfixturevalue(name))
    page = response_text(client.get(URL))
    assert "art. 15 ust. 4 ustawy z dnia 9 czerwca 2011 r." in page
    assert "t.j. Dz.U. 2026 poz. 980" in page
    assert ("Dodaj miejsce publikacji" in page) == (name == "maria")


def test_every_rule_act_and_task_is_there(as_maria):
    rules = [value for value in vars(law).values() if isinstance(value, law.Rule)]
    assert [rule for rule, _, _ in presenters.RULES] == rules
    page = response_text(as_maria.get(URL))
    assert all(act.short in page for act in law.CITATIONS.values())
    assert all(task.label in page for task in law.TASKS)
    assert all(each.label[1:] in page for each in requirements_on(TODAY))


def test_what_was_not_checked_says_so(as_maria):
    page = response_text(as_maria.get(URL))
    unverified = [row for row in presenters.rule_rows(on=TODAY) if not row.verified]
    acts = [act for act in law.CITATIONS.values() if not act.verified]
    tasks = [task for task in law.TASKS if not task.verified]
    points = [each for each in requirements_on(TODAY) if not each.verified]
    assert unverified and acts and tasks and points
    expected = len(unverified) + len(acts) + len(tasks) + len(points)
    assert page.count("</svg>niesprawdzone<") == expected


def test_a_value_of_the_past_and_of_the_future_stands_beside(monkeypatch):
    coming = law.Rule(
        basis="art. 15", values=((date(2012, 1, 1), 20), (date(2015, 1, 1), 15), (date(2028, 1, 1), 12))
    )
    monkeypatch.setattr(presenters, "RULES", [(coming, "najwięcej rodzin", str)])
    (row,) = presenters.rule_rows(on=TODAY)
    assert (row.text, row.since) == ("15", date(2015, 1, 1))
    assert row.others == ((date(2012, 1, 1), "20"), (date(2028, 1, 1), "12"))


def test_a_manager_adds_where_an_act_is_published(as_maria, maria):
    assert submit_form(as_maria, f"{URL}dodaj/", **NEW).status_code == 302
    row = ActCitation.objects.get()
    assert (row.journal, row.starts_on, row.entered_by) == ("Dz.U. 2026 poz. 1111", date(2026, 10, 1), maria)
    assert basis(date(2026, 9, 30)).endswith("(t.j. Dz.U. 2026 poz. 980)")
    assert basis(date(2026, 10, 1)).endswith("(Dz.U. 2026 poz. 1111)")
    page = response_text(as_maria.get(URL))
    assert "dodane w ośrodku" in page and "dodał(a) Maria Bocian; isap.sejm.gov.pl" in page


def test_a_later_release_wins_from_its_day_on(citation):
    act = law.Citation("ustawa", "", "", ((date(2026, 11, 1), "Dz.U. 2026 poz. 2222"),), True)
    added = [(citation.starts_on, citation.journal)]
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 1)]
    assert [act.journal_on(day, added) for day in days] == [
        "",
        "Dz.U. 2026 poz. 1111",
        "Dz.U. 2026 poz. 2222",
    ]
    own = presenters._act_row(act, [citation], date(2026, 11, 1))
    assert (own.added, own.others) == (None, (citation,))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("journal", "poz. 980", "Wpisz rok i pozycję Dziennika Ustaw"),
        ("journal", "Dz.U. 2031 poz. 1", "Dziennika Ustaw z 2031 r. nie ma."),
        ("journal", "Dz.U. 1901 poz. 1", "Dziennika Ustaw z 1901 r. nie ma."),
        ("starts_on", "31.12.2025", "Tekst z 2026 r. nie mógł być przywołany w 2025 r."),
        ("act", "ustawa o rybach", "Tego już nie można wybrać."),
        ("source", "", "Uzupełnij: Gdzie to sprawdzono."),
    ],
)
def test_refusals_keep_what_was_typed(as_maria, field, value, sentence):
    response = submit_form(as_maria, f"{URL}dodaj/", **NEW | {field: value})
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not ActCitation.objects.exists()


def test_two_of_one_day_are_refused(as_maria, citation):
    response = submit_form(as_maria, f"{URL}dodaj/", **NEW | {"journal": "Dz.U. 2026 poz. 1112"})
    assert response.status_code == 422
    assert "Od tego dnia jest już wpisane miejsce publikacji tego aktu." in response_text(response)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("t.j. Dz.U. 2026 poz. 980", "t.j. Dz.U. 2026 poz. 980"),
        ("tekst jedn. Dz. U. z 2026 r. poz. 980, ze zm.", "t.j. Dz.U. 2026 poz. 980, ze zm."),
        ("Dz.U. 2010 Nr 218, poz. 1439", "Dz.U. 2010 Nr 218 poz. 1439"),
        (
            "t.j. Dz.U. 2024 poz. 1673, zm. Dz.U. 2026 poz. 160",
            "t.j. Dz.U. 2024 poz. 1673, zm. Dz.U. 2026 poz. 160",
        ),
    ],
)
def test_one_spelling(typed, stored):
    assert clean_journal(typed) == stored
    assert clean_journal(stored) == stored


def test_every_reference_of_the_release_is_spelled_so():
    references = [text for act in law.CITATIONS.values() for _, text in act.journals if text]
    assert [clean_journal(text) for text in references] == references


def test_a_wrong_one_is_corrected_with_a_reason(as_maria, citation):
    response = submit_form(
        as_maria, f"{URL}{citation.pk}/popraw/", journal="Dz.U. 2026 poz. 1112", why="Literówka."
    )
    assert response.status_code == 302
    assert basis(TODAY).endswith("(Dz.U. 2026 poz. 1112)")
    assert citation.history.latest("history_id").history_change_reason == "Literówka."


def test_or_withdrawn_with_a_reason(as_maria, citation):
    opened = form_data(as_maria, f"{URL}{citation.pk}/wycofaj/", why="To inny akt.")
    assert as_maria.post(f"{URL}{citation.pk}/wycofaj/", opened).status_code == 302
    assert basis(TODAY).endswith("(t.j. Dz.U. 2026 poz. 980)")
    assert citation.history.latest("history_id").history_change_reason == "To inny akt."
    assert as_maria.get(f"{URL}{citation.pk}/wycofaj/").status_code == 404


def test_others_may_not(client, jan, anna, citation):
    for user in (jan, anna):
        client.force_login(user)
        for path in ("dodaj/", f"{citation.pk}/popraw/", f"{citation.pk}/wycofaj/"):
            assert client.get(f"{URL}{path}").status_code == 403


def test_the_page_takes_at_most_eight_statements(as_maria, citation, maria):
    for number in range(3):
        day = citation.starts_on + timedelta(days=number + 1)
        add_citation(act=citation.act, journal="Dz.U. 2026 poz. 1", starts_on=day, source="x", by=maria)
    assert len(page_statements(as_maria, URL)) <= 8
