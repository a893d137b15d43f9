"""Documents, training and absences in the file of an assistant, and the papers to sign."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from families import law
from families.employees.models import Absence, EmployeeDocument, EmployeeFile, Training
from families.employees.rules import REQUIREMENTS_BY_CODE
from families.employees.views import papers
from lubsko_ops.centre.actions import add_citation
from lubsko_ops.output import documents
from tests.factories import TODAY
from tests.families.employees.form_submissions import absence, document, training
from tests.families.employees.test_confirm_file import page
from tests.form_client import response_text, submit_form


def test_a_document_with_its_place(as_maria, anna):
    response = submit_form(
        as_maria,
        page(anna, "teczka", "dodaj", "diploma"),
        dated="07.2015",
        details="pedagogika",
        location="akta osobowe, cz. A",
    )
    assert response.status_code == 422  # the day is needed
    response = submit_form(
        as_maria, page(anna, "teczka", "dodaj", "diploma"), dated="01.07.2015", details="pedagogika"
    )
    assert response.status_code == 302
    row = EmployeeDocument.objects.get(user=anna)
    assert (row.kind, row.dated, row.details) == ("diploma", date(2015, 7, 1), "pedagogika")


def test_of_a_check_only_its_day_and_result_are_asked(as_maria, anna):
    url = page(anna, "teczka", "dodaj", "offenders_register")
    text = response_text(as_maria.get(url))
    assert "Wydruku z rejestru nie skanuje się ani nie przepisuje." in text and "opis" not in text.lower()
    assert submit_form(as_maria, url, dated="02.02.2024").status_code == 422  # no result
    submit_form(as_maria, url, dated="02.02.2024", result="clear", details="treść z rejestru")
    row = EmployeeDocument.objects.get(user=anna)
    assert (row.result, row.details) == ("clear", "")


def test_a_document_of_the_future_and_one_of_no_kind(as_maria, anna):
    response = submit_form(as_maria, page(anna, "teczka", "dodaj", "maintenance"), dated="01.01.2027")
    assert "Ta data jest w przyszłości." in response_text(response)
    assert as_maria.get(page(anna, "teczka", "dodaj", "scan")).status_code == 404


def test_a_document_is_corrected(as_maria, anna, maria):
    row = document(anna, by=maria)
    submit_form(as_maria, page(anna, "teczka", row.pk), location="segregator 2")
    assert EmployeeDocument.objects.get(pk=row.pk).location == "segregator 2"


def test_the_variant_and_languages(as_maria, anna):
    url = page(anna, "teczka", "dane")
    submit_form(as_maria, url, variant="secondary", languages="ukraiński")
    submit_form(as_maria, url, other_roles="świetlica")
    row = EmployeeFile.objects.get(user=anna)
    assert (row.variant, row.languages, row.other_roles, row.version) == (
        "secondary",
        "ukraiński",
        "świetlica",
        2,
    )


def test_one_supervision_of_several_assistants(as_maria, anna, ewa):
    response = submit_form(
        as_maria,
        page(anna, "szkolenia", "dodaj"),
        kind="supervision",
        held_on="05.10.2026",
        hours="2,5",
        subject="Granice",
        also=[ewa.pk],
    )
    assert response.status_code == 302
    assert {row.user for row in Training.objects.all()} == {anna, ewa}
    assert Training.objects.first().hours == Decimal("2.5")
    assert "2,5 godz. w 12 miesięcy" in response_text(as_maria.get(page(ewa, "teczka")))


@pytest.mark.parametrize("hours", ["0", "-2", "501", "dwie"])
def test_hours_that_cannot_be(as_maria, anna, hours):
    response = submit_form(
        as_maria,
        page(anna, "szkolenia", "dodaj"),
        kind="training",
        held_on="05.10.2026",
        hours=hours,
        subject="Granice",
    )
    assert response.status_code == 422 and not Training.objects.exists()


def test_an_absence_of_which_the_manager_alone_sees_the_reason(as_maria, client, anna):
    response = submit_form(
        as_maria,
        page(anna, "nieobecnosci", "dodaj"),
        starts_on="02.11.2026",
        ends_on="06.11.2026",
        reason="sickness",
    )
    assert response.status_code == 302
    assert "zwolnienie lekarskie" in response_text(as_maria.get(page(anna, "teczka")))


def test_absences_do_not_overlap_and_end(as_maria, anna, maria):
    absence(anna, by=maria)
    url = page(anna, "nieobecnosci", "dodaj")
    response = submit_form(as_maria, url, starts_on="06.11.2026", ends_on="09.11.2026", reason="leave")
    assert "W tych dniach jest już zapisana nieobecność tej osoby." in response_text(response)
    response = submit_form(as_maria, url, starts_on="16.11.2026", ends_on="13.11.2026", reason="leave")
    assert "Ostatni dzień nie może poprzedzać pierwszego." in response_text(response)
    assert submit_form(as_maria, url, starts_on="16.11.2026", reason="leave").status_code == 422
    assert Absence.objects.count() == 1


def test_a_training_and_an_absence_are_corrected_and_removed(as_maria, anna, maria):
    row, off = training(anna, by=maria), absence(anna, by=maria)
    control = as_maria.get(page(anna, "szkolenia", row.pk)).context["form"].fields["hours"].widget
    assert control.input_type == "text", "a browser shows no decimal comma in a control of type number"
    submit_form(as_maria, page(anna, "szkolenia", row.pk), hours="4")
    submit_form(as_maria, page(anna, "nieobecnosci", off.pk), ends_on="09.11.2026")
    assert Training.objects.get().hours == 4 and Absence.objects.get().ends_on == date(2026, 11, 9)
    submit_form(as_maria, page(anna, "szkolenia", row.pk, "usun"), why="pomyłka")
    submit_form(as_maria, page(anna, "nieobecnosci", off.pk, "usun"), why="pomyłka")
    assert not Training.objects.exists() and not Absence.objects.exists()


PAPERS = {"upowaznienie.pdf": "data_authorisation", "zobowiazanie.pdf": "secrecy_pledge"}


@pytest.fixture
def printed(monkeypatch):
    """The HTML of the papers, instead of their PDF."""
    html = []
    monkeypatch.setattr(documents, "write_pdf", lambda text, static: html.append(text) or b"%PDF-")
    return html


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_to_sign(as_maria, printed, anna, paper):
    response = as_maria.get(f"/pracownicy/{anna.pk}/{paper}")
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    assert "Anna Sikora" in printed[0] and "Podstawa prawna" not in printed[0]


@pytest.mark.parametrize(("paper", "code"), PAPERS.items())
def test_a_provision_that_was_read_is_their_basis_with_the_journal_of_the_day(
    as_maria, maria, printed, anna, monkeypatch, paper, code
):
    read = replace(REQUIREMENTS_BY_CODE[code], verified=True)
    for view in (papers.AuthorisationPdfView, papers.PledgePdfView):
        monkeypatch.setattr(view, "requirement", read)
    add_citation(
        act=law.SUPPORT.short, journal="t.j. Dz.U. 2026 poz. 1234", starts_on=TODAY, source="ISAP", by=maria
    )
    as_maria.get(f"/pracownicy/{anna.pk}/{paper}")
    assert read.article.split()[1] in printed[0] and "1234" in printed[0]
