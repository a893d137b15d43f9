"""The pages of the import: upload, progress, preview, start, the returned workbook, the template."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from families.people.models import Family
from families.register_import import forms
from families.register_import.columns import LAYOUTS
from families.register_import.models import ImportState, RegisterImport
from families.register_import.running import run_check, run_import
from families.register_import.storage import load_report
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.centre.settings_pages import SETUP_STEPS
from tests.families.register_import.clerk import clerks_register
from tests.families.register_import.test_import import checked
from tests.families.register_import.workbooks import KEYS, MALINOWSCY, changed, rows_of, workbook
from tests.form_client import form_data, response_text, submit_form
from tests.statement_counts import page_statements

UPLOAD = "/ustawienia/import/"


def upload(client, *contents: bytes, name="rejestr.xlsx"):
    files = [SimpleUploadedFile(name, content) for content in contents]
    return client.post(UPLOAD, form_data(client, UPLOAD, files=files))


def test_a_register_is_uploaded_checked_read_and_imported(as_maria):
    response = upload(as_maria, workbook(MALINOWSCY))
    row = RegisterImport.objects.get()
    page = f"{UPLOAD}{row.pk}/"
    assert response["Location"] == page
    waiting = as_maria.get(page)
    assert "Czeka na swoją kolej" in response_text(waiting)
    run_check(row.pk)
    ready = response_text(as_maria.get(page))
    assert "Plik nie ma błędów." in ready
    assert "Malinowscy" in ready and "ul. Krótka 5 m. 3, 68-300 Lubsko" in ready
    assert submit_form(as_maria, f"{page}wczytaj/").status_code == 422  # there are remarks
    assert submit_form(as_maria, f"{page}wczytaj/", remarks_read="on").status_code == 302
    run_import(row.pk)
    assert "Wczytano 1 rodzinę i 2 osoby w" in response_text(as_maria.get(page))
    assert Family.objects.filter(name="Malinowscy").exists()


def test_several_csv_files_are_one_register(as_maria):
    families = "Nr rodziny;Nazwa rodziny\n1;Lisowie\n".encode("cp1250")
    people = "Nr rodziny,Nazwisko,Imię,Kim jest w rodzinie\n1,Lis,Ola,matka\n".encode()
    upload(as_maria, families, people, name="lista.csv")
    row = RegisterImport.objects.get()
    run_check(row.pk)
    row.refresh_from_db()
    assert (row.state, row.families, row.people) == (ImportState.READY, 1, 1)


def test_a_large_file_is_refused_in_a_sentence(as_maria):
    response = upload(as_maria, bytes(40 * 2**20))
    assert response.status_code == 422
    assert "Plik ma więcej niż 10 MB." in response_text(response)
    assert not RegisterImport.objects.exists()


def test_nothing_chosen_and_too_many_files_are_refused(as_maria, monkeypatch):
    monkeypatch.setattr(forms, "MAX_FILES", 1)
    assert "Wybierz plik z rejestrem." in response_text(submit_form(as_maria, UPLOAD))
    assert "Naraz można przesłać" in response_text(upload(as_maria, b"a", b"b"))
    assert "Ten plik jest pusty." in response_text(upload(as_maria, b""))


def test_another_file_right_after_the_first_is_no_repetition(as_maria):
    assert upload(as_maria, b"Nr rodziny;Nazwa rodziny\n1;A").status_code == 302
    assert upload(as_maria, b"Nr rodziny;Nazwa rodziny\n1;B").status_code == 302


def test_while_a_job_runs_only_its_progress_is_asked_for(as_maria, maria):
    upload(as_maria, workbook(MALINOWSCY))
    row = RegisterImport.objects.get()
    fragment = as_maria.get(f"{UPLOAD}{row.pk}/", headers={"HX-Request": "true"})
    assert "<h1>" not in fragment.content.decode()
    run_check(row.pk)
    ended = as_maria.get(f"{UPLOAD}{row.pk}/", headers={"HX-Request": "true"})
    assert ended["HX-Refresh"] == "true"


def test_a_file_that_cannot_be_read_is_one_plain_error(as_maria, maria):
    row = checked(b"%PDF-1.7", by=maria)
    page = response_text(as_maria.get(f"{UPLOAD}{row.pk}/"))
    assert "Tego pliku nie da się odczytać jako arkusza." in page
    assert "co-poprawic.xlsx" not in page
    assert "Prześlij poprawiony plik" in page


def test_the_workbook_comes_back_whole_with_what_to_mend(as_maria, maria):
    content = clerks_register(with_mistakes=True)
    row = checked(content, by=maria)
    response = as_maria.get(f"{UPLOAD}{row.pk}/co-poprawic.xlsx")
    returned, sent = (load_workbook(BytesIO(each)) for each in (response.content, content))
    assert returned.sheetnames == [*sent.sheetnames, "Uwagi do pliku"][: len(returned.sheetnames)]
    people = returned["Osoby"]
    assert [cell.value for cell in people[1]][-1] == "co poprawić"
    assert "PESEL: Ten PESEL ma błąd w cyfrach." in people.cell(5, 8).value
    assert [cell.value for cell in people[41]][1:3] == ["Zosia", "Duda"] or people[41][1].value
    again = checked(response.content, by=maria)
    assert again.errors == row.errors


def test_a_mended_workbook_is_read_without_new_problems(as_maria, maria):
    """An unknown column is a remark in a sheet of its own, and a cut postal code stays one that is mended."""

    def type_in(book):
        families = book["Rodziny"]
        families.cell(1, families.max_column + 1).value = "Uwagi"
        families.cell(2, KEYS["Rodziny"].index("postal_code") + 1).value = 8300

    row = checked(changed(workbook(MALINOWSCY), type_in), by=maria)
    returned = as_maria.get(f"{UPLOAD}{row.pk}/co-poprawic.xlsx").content
    book = load_workbook(BytesIO(returned))
    assert [cell.value for cell in book["Rodziny"][1]][-1] == "co poprawić"
    assert "Tych kolumn nie wczytujemy: „Uwagi”." in book["Uwagi do pliku"].cell(2, 2).value
    again = checked(returned, by=maria)
    remarks = [each.text for each in load_report(row).problems]
    assert "Arkusz uciął zero na początku kodu pocztowego. Wczytamy go z zerem." in remarks
    assert [each.text for each in load_report(again).problems] == remarks


def test_the_template_is_read_back_as_an_empty_register(as_maria, maria):
    response = as_maria.get(f"{UPLOAD}szablon.xlsx")
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == [*(layout.title for layout in LAYOUTS), "Jak wypełnić"]
    row = checked(response.content, by=maria)
    assert (row.errors, row.families) == (1, 0)


def test_a_file_that_the_check_names_is_in_the_access_log(kowalscy, as_maria, maria):
    other = {
        "number": 1,
        "last_name": "Kowalska",
        "first_name": "Danuta",
        "born_on": "9.05.1988",
        "kinship": "matka",
    }
    row = checked(workbook(MALINOWSCY | {"Osoby": MALINOWSCY["Osoby"] + rows_of("Osoby", other)}), by=maria)
    assert "Kowalscy" in response_text(as_maria.get(f"{UPLOAD}{row.pk}/"))
    assert AccessLogEntry.objects.latest("id").families == [kowalscy.pk]


@pytest.mark.parametrize("mistakes", [False, True])
def test_the_page_costs_few_statements_however_long_the_register(as_maria, maria, mistakes):
    row = checked(clerks_register(with_mistakes=mistakes), by=maria)
    as_maria.get(UPLOAD)
    assert len(page_statements(as_maria, f"{UPLOAD}{row.pk}/")) <= 8


def test_the_step_of_a_new_installation_is_done_with_the_first_family(maria, unassigned_family):
    state = SETUP_STEPS["register"].get_state(maria, None)
    assert (state.done, state.text) == (True, "1\u00a0rodzina")


@pytest.mark.parametrize("username", ["anna", "tomasz", "jan"])
def test_only_the_manager_imports(client, request, maria, username):
    row = checked(workbook(MALINOWSCY), by=maria)
    client.force_login(request.getfixturevalue(username))
    for address in (
        UPLOAD,
        f"{UPLOAD}{row.pk}/",
        f"{UPLOAD}{row.pk}/co-poprawic.xlsx",
        f"{UPLOAD}szablon.xlsx",
    ):
        assert client.get(address).status_code == 403, address
