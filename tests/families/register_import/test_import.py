"""The register is imported: all of it, marked, with history and what is computed from it."""

from datetime import date

import pytest
from django.urls import reverse

from families.assessments.models import Assessment
from families.caseload.models import Assignment, CaseCounter, WorkPeriod
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.models import Family, Person, Phone
from families.plans.models import Plan
from families.register_import import work_rows
from families.register_import.actions import start_import, upload_register
from families.register_import.models import ImportFile, ImportState, RegisterImport
from families.register_import.register import MODELS
from families.register_import.running import run_check, run_import
from families.register_import.storage import load_files, load_made_rows, load_report
from lubsko_ops.audit.models import ChangeEntry, Origin
from lubsko_ops.core.stored_rows import STORED_ROWS
from lubsko_ops.jobs.refresh import refresh_stored_rows
from tests.factories import TODAY
from tests.families.register_import.workbooks import MALINOWSCY, rows_of, workbook
from tests.form_client import response_text


def checked(*files: bytes, by) -> RegisterImport:
    row = upload_register(files=list(files), by=by)
    run_check(row.pk)
    return RegisterImport.objects.get(pk=row.pk)


def imported(*files: bytes, by) -> RegisterImport:
    row = checked(*files, by=by)
    assert row.state == ImportState.READY, [each.text for each in load_report(row).errors]
    start_import(register_import=row, version=row.version, by=by)
    run_import(row.pk)
    return RegisterImport.objects.get(pk=row.pk)


@pytest.fixture
def malinowscy(maria):
    return imported(workbook(MALINOWSCY), by=maria)


def test_a_family_comes_with_everything_the_sheets_say(malinowscy, anna, ewa, tomasz, town):
    assert malinowscy.state == ImportState.DONE
    family = Family.objects.get(name="Malinowscy")
    address = family.addresses.get()
    assert (address.line, address.region) == ("ul. Krótka 5 m. 3, 68-300 Lubsko", town)
    assert sorted(family.phones.values_list("number", flat=True)) == ["600 100 200", "600 100 201"]
    julia, adas = Person.objects.filter(memberships__family=family).order_by("pk")
    assert (julia.pesel, julia.born_on, julia.sex) == ("88050912346", date(1988, 5, 9), "female")
    assert (str(adas.birth), adas.sex, adas.pesel_missing) == ("2019 (w przybliżeniu)", "male", "unknown")
    period = family.periods.get()
    assert (period.starts_on, period.case_reference, period.register_number) == (
        date(2024, 2, 1), "OPS.522.14.2024", "14/2024",
    )  # fmt: skip
    assert period.number == "2024/001"
    days = [(row.assistant, row.starts_on, row.ends_on) for row in period.assignments.order_by("starts_on")]
    assert days == [(ewa, date(2024, 2, 1), date(2025, 2, 28)), (anna, date(2025, 3, 1), None)]
    assert family.leads.get().social_worker == tomasz
    basis = period.bases.get()
    assert (basis.person, basis.starts_on) == (julia, date(2024, 1, 28))
    assert Assessment.objects.get(period=period).author == anna


def test_a_plan_on_paper_is_in_force_with_its_dates(malinowscy, ewa, anna):
    first, second = Plan.objects.order_by("number")
    assert (first.in_force_from, first.in_force_to, first.author) == (date(2024, 3, 1), date(2026, 3, 4), ewa)
    assert (second.in_force_from, second.in_force_to, second.author) == (date(2026, 3, 5), None, anna)
    assert second.main_goal == "Cel główny jest w planie na papierze."
    due = open_deadlines(second.period.family)
    assert due[DeadlineKind.PLAN_REVIEW] == date(2027, 2, 28)
    assert DeadlineKind.PLAN not in due


def open_deadlines(family) -> dict:
    return dict(Deadline.objects.filter(family=family, done_on=None).values_list("kind", "due_on"))


def test_the_first_visit_recorded_here_counts_from_the_import(malinowscy):
    """Those before are on paper: nobody is years late with them."""
    due = open_deadlines(Family.objects.get(name="Malinowscy"))
    assert due[DeadlineKind.FIRST_VISIT] == date(2026, 10, 20)


def test_every_imported_row_is_marked_and_has_its_history(malinowscy, maria):
    made = load_made_rows(malinowscy)
    assert len(made) == 12
    for model in MODELS:
        rows = model.objects.filter(pk__in=made[model._meta.label_lower])
        assert {row.origin for row in rows} == {Origin.IMPORT}, model
        assert all(row.history.get().history_user == maria for row in rows), model
    family = Family.objects.get(name="Malinowscy")
    entry = ChangeEntry.objects.get(file_kind="family", file_id=family.pk)
    assert (entry.reason, entry.by) == ("Wczytanie dotychczasowego rejestru", maria)


def test_what_is_computed_from_the_rows_is_already_right(malinowscy):
    assert refresh_stored_rows() == {rows.label: 0 for rows in STORED_ROWS}


def test_the_file_is_deleted_with_the_import(malinowscy):
    assert not load_files(malinowscy)
    assert ImportFile.objects.get(pk=malinowscy.pk).report


def test_case_numbers_go_on_where_the_centre_is(kowalscy, maria):
    number = CaseCounter.objects.get(year=2026).last
    rows = rows_of(
        "Rodziny",
        {"number": 1, "name": "Lisowie", "starts_on": "1.04.2026"},
        {"number": 2, "name": "Wilkowie", "starts_on": "1.03.2026"},
    )
    imported(workbook({"Rodziny": rows}), by=maria)
    numbers = dict(WorkPeriod.objects.filter(year=2026).values_list("family__name", "serial"))
    assert (numbers["Wilkowie"], numbers["Lisowie"]) == (number + 1, number + 2)


def test_the_sixteenth_family_is_listed_not_refused(maria, anna, limit_of_15):
    families = [{"number": n, "name": f"Rodzina {n}", "starts_on": "1.04.2026"} for n in range(1, 17)]
    given = [{"number": n, "assistant": "anna", "starts_on": "1.04.2026"} for n in range(1, 17)]
    content = workbook(
        {"Rodziny": rows_of("Rodziny", *families), "Przydzielenia": rows_of("Przydzielenia", *given)}
    )
    row = imported(content, by=maria)
    assert any("pozwala najwyżej na 15" in each.text for each in load_report(row).remarks)
    assert Assignment.objects.filter(assistant=anna).count() == 16


def test_the_first_visit_counts_from_the_import_not_from_a_new_assistant(client, maria, anna):
    imported(workbook(MALINOWSCY), by=maria)
    client.force_login(anna)
    text = response_text(client.get(f"/rodziny/{Family.objects.get(name='Malinowscy').pk}/"))
    duty = text.partition("Pierwsza wizyta")[2][:300]
    assert f"Termin liczony od {TODAY:%d.%m.%Y}." in duty and "Asystent od" not in duty


def test_more_families_than_the_contract_agrees_on_are_listed(maria, anna):
    anna.contracts.update(family_limit=1)
    families = [{"number": n, "name": f"Rodzina {n}", "starts_on": "1.04.2026"} for n in (1, 2)]
    given = [{"number": n, "assistant": "anna", "starts_on": "1.04.2026"} for n in (1, 2)]
    row = checked(
        workbook(
            {"Rodziny": rows_of("Rodziny", *families), "Przydzielenia": rows_of("Przydzielenia", *given)}
        ),
        by=maria,
    )
    text = "Anna Sikora: po wczytaniu prowadzi 2\xa0rodziny, a umowa przewiduje najwyżej 1."
    assert text in [each.text for each in load_report(row).remarks]


def test_a_row_the_database_refuses_is_named_and_nothing_is_saved(maria, monkeypatch):
    row = checked(workbook(MALINOWSCY), by=maria)
    start_import(register_import=row, version=row.version, by=maria)
    monkeypatch.setattr(work_rows, "_separate", lambda *args: None)  # a rule of the check is missing
    run_import(row.pk)
    row.refresh_from_db()
    problem = load_report(row).errors[0]
    assert row.state == ImportState.HAS_ERRORS
    assert problem.place == "Przydzielenia, wiersz 3"
    assert problem.text == "Rodzina ma już asystenta prowadzącego w tym czasie."
    assert not Family.objects.exists() and not Phone.objects.exists()


def test_a_job_that_is_run_again_imports_nothing_twice(malinowscy):
    run_import(malinowscy.pk)
    run_check(malinowscy.pk)
    assert Family.objects.count() == 1


def test_what_was_sent_twice_is_not_imported_twice_unread(maria):
    family = {"number": 1, "name": "Lisowie", "starts_on": "1.04.2026"}  # nothing that may be there once only
    content = workbook({"Rodziny": rows_of("Rodziny", family)})
    first, second = (checked(content, by=maria) for _ in range(2))
    assert second.warnings == first.warnings, "neither was imported when they were checked"
    for each in (first, second):
        start_import(register_import=each, version=each.version, by=maria)
        run_import(each.pk)
    second.refresh_from_db()
    assert (second.state, Family.objects.count()) == (ImportState.READY, 1)
    assert "Ten sam plik już wczytano." in [each.text for each in load_report(second).remarks]
    start_import(register_import=second, version=second.version, by=maria)
    run_import(second.pk)
    assert Family.objects.count() == 2, "the manager has read the remarks and wants it so"


def test_a_family_given_to_a_closed_account_is_listed(maria, anna):
    anna.is_active = False
    anna.save()
    texts = [each.text for each in load_report(checked(workbook(MALINOWSCY), by=maria)).remarks]
    assert "Anna Sikora nie ma dnia 13.10.2026 czynnego konta z rolą: asystent rodziny." in texts
    assert not any("Ewa Czyż" in each for each in texts), "she was assigned only until 2025"


def test_the_pages_of_an_imported_family_open(malinowscy, as_maria):
    family = Family.objects.get(name="Malinowscy")
    for page in ("", "osoby/", "plan/", "plan/1/", "praca/", "historia/"):
        response = as_maria.get(f"/rodziny/{family.pk}/{page}")
        assert response.status_code == 200, page
    assert "Plan na papierze." in response_text(as_maria.get(f"/rodziny/{family.pk}/plan/"))


def test_a_plan_on_paper_is_compared_and_followed_by_a_new_version(malinowscy, client, anna):
    """Its own papers lie in the binder, so none is printed here."""
    client.force_login(anna)
    family = Family.objects.get(name="Malinowscy")
    plan = f"/rodziny/{family.pk}/plan/"
    assert client.get(f"{plan}nowy/").status_code == 200
    assert client.get(f"{plan}2/porownaj/").status_code == 200
    for name in ("pdf", "family-pdf", "paper-for-signature", "paper-in-force", "progress-pdf"):
        paper = reverse(f"families:plan-{name}", args=[family.pk, 2])
        assert client.get(paper).status_code == 404, name
