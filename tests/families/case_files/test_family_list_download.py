"""The list of families as an XLSX file."""

import re
from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook

from families.case_files.family_list import presenters
from families.case_files.family_list.tabs import TABS
from families.caseload.actions import add_basis, assign_assistant, end_assignment
from families.caseload.models import Assignment
from families.choices import Category, Kinship
from families.people.actions import add_member, set_category
from families.people.address_actions import correct_address
from lubsko_ops.audit.models import AccessLogEntry
from tests.factories import TODAY, WORK_STARTED_ON, create_family_with_work, person_data
from tests.families.caseload.helpers import court_basis
from tests.families.visits.helpers import make_visit


def sheet_of(response):
    return load_workbook(BytesIO(response.content)).active


def test_file_has_the_filtered_rows_and_is_logged(client, maria, anna, kowalscy, nowakowie):
    client.force_login(maria)
    response = client.get("/rodziny/pobierz/", {"asystent": anna.pk})
    assert response["Content-Disposition"] == 'attachment; filename="rodziny-w-toku-2026-10-13.xlsx"'
    rows = [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]
    head, kowalscy_row = rows[0], rows[1]
    line = dict(zip(head, kowalscy_row, strict=True))
    assert (line["Rodzina"], line["Numer sprawy"], line["Status"]) == ("Kowalscy", "2026/001", "aktywna")
    assert (line["Dzieci w domu"], line["Osoby w domu"], line["Asystent"]) == (1, 2, "Anna Sikora")
    assert line["Praca od"].date() == WORK_STARTED_ON
    assert "Wybrane: Asystent: Anna Sikora." in [row[0] for row in rows]
    assert "Nowakowie" not in str(rows)
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]


def test_rows_are_read_in_batches_and_keep_the_order(client, monkeypatch, maria, anna, tomasz, town):
    monkeypatch.setattr("families.case_files.family_list.views.EXPORT_BATCH", 2)
    names = ["Maj", "Adamscy", "Zych", "Kot", "Lis"]
    people = {"assistant": anna, "social_worker": tomasz, "region": town, "by": maria}
    families = [create_family_with_work(name, **people) for name in names]
    client.force_login(maria)
    response = client.get("/rodziny/pobierz/", {"sort": "-nazwa"})
    listed = [row[0].value for row in sheet_of(response).iter_rows(min_row=2)]
    assert listed[: len(names)] == sorted(names, reverse=True)
    assert set(AccessLogEntry.objects.get().families) == {family.pk for family in families}


def test_assistant_gets_own_families_only(client, anna, kowalscy, nowakowie):
    client.force_login(anna)
    rows = [row[0].value for row in sheet_of(client.get("/rodziny/pobierz/")).iter_rows()]
    assert "Kowalscy" in rows
    assert "Nowakowie" not in rows


def test_file_has_no_pesel(client, maria, anna, tomasz, town):
    family = create_family_with_work("Maj", assistant=anna, social_worker=tomasz, region=town, by=maria)
    data = person_data("Jan", "Maj", "male", pesel="88050912353", pesel_missing="")
    add_member(family=family, person=data, kinship=Kinship.FATHER, starts_on=TODAY, by=maria)
    client.force_login(maria)
    cells = [str(cell.value) for row in sheet_of(client.get("/rodziny/pobierz/")).iter_rows() for cell in row]
    assert "Maj" in cells
    assert not [cell for cell in cells if re.search(r"\d{11}", cell)]


def lines_of(response) -> list[dict]:
    """Rows by heading."""
    head, *rows = [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows if row[0] and row[1]]


def test_file_matches_the_page(client, maria, anna, kowalscy):
    """The texts of the list, and the additional columns."""
    row = Assignment.objects.get(period__family=kowalscy)
    end_assignment(assignment=row, on=TODAY - timedelta(days=1), version=None, by=maria)
    assign_assistant(
        period=kowalscy.periods.get(), assistant=anna, starts_on=TODAY, kind="accompanying", by=maria
    )
    client.force_login(maria)
    [line] = lines_of(client.get("/rodziny/pobierz/"))
    assert line["Status"] == "bez asystenta"
    assert line["Adres"] == "ul. Długa 14 m. 2, 68-300 Lubsko"
    assert line["Kategoria"] == "zagrożona umieszczeniem dzieci w pieczy zastępczej"
    assert (line["Asystent"], line["Pracownik socjalny"]) == ("Anna Sikora (towarzyszy)", "Tomasz Lis")
    [line] = lines_of(client.get("/rodziny/pobierz/", {"widok": "bez-asystenta"}))
    assert line["Status"] == "bez asystenta, czeka od 13.10.2026"


def test_file_has_deadlines(client, maria, anna, kowalscy, nowakowie):
    """The next visit is due in two weeks; the plan and the assessment are overdue."""
    make_visit(kowalscy, anna, TODAY, starts_at="08:00", ends_at="09:00")
    client.force_login(maria)
    nearest = [line["Rodzina"] for line in lines_of(client.get("/rodziny/pobierz/"))]
    assert nearest == ["Nowakowie", "Kowalscy"]
    first, second = lines_of(client.get("/rodziny/pobierz/", {"sort": "nazwa"}))
    assert (first["Co trzeba zrobić"], first["Termin"].date()) == (
        "Plan pracy z rodziną",
        date(2026, 4, 3),
    )
    assert (first["Ostatnia wizyta"].date(), second["Ostatnia wizyta"]) == (TODAY, None)
    [line] = lines_of(client.get("/rodziny/pobierz/", {"obowiazek": "visit"}))
    assert (line["Rodzina"], line["Termin"].date()) == ("Kowalscy", date(2026, 10, 27))


def test_two_bases_in_one_cell(client, maria, kowalscy):
    add_basis(period=kowalscy.periods.get(), data=court_basis(TODAY)[0], by=maria)
    client.force_login(maria)
    [line] = lines_of(client.get("/rodziny/pobierz/"))
    assert line["Podstawa"] == "zgoda, zobowiązanie sądu"


def test_file_has_no_withheld_address(client, maria, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    correct_address(address=kowalscy.addresses.get(), version=None, by=maria, withheld_from=father)
    client.force_login(maria)
    response = client.get("/rodziny/pobierz/")
    [line] = lines_of(response)
    assert (line["Adres"], line["Miejscowość"]) == ("nie ujawniać", "nie ujawniać")
    cells = [str(cell.value) for row in sheet_of(response).iter_rows() for cell in row]
    assert not [cell for cell in cells if "Lubsko" in cell or "Długa" in cell]


def test_sensitive_category_is_hidden_without_permission(client, maria, tomasz, kowalscy, monkeypatch):
    set_category(family=kowalscy, category=Category.ZA_ZYCIEM, on=TODAY, by=maria)

    def category_for(user):
        client.force_login(user)
        [line] = lines_of(client.get("/rodziny/pobierz/"))
        return line["Kategoria"]

    assert category_for(tomasz) == Category.ZA_ZYCIEM.label
    monkeypatch.setattr(presenters, "hidden_values", lambda user, table: list(table))
    assert category_for(tomasz) is None


def test_file_and_sheet_are_named_after_the_tab(client, maria, unassigned_family):
    client.force_login(maria)
    response = client.get("/rodziny/pobierz/", {"widok": "nowe"})
    assert 'filename="rodziny-nowe-2026-10-13.xlsx"' in response["Content-Disposition"]
    assert sheet_of(response).title == "Rodziny przed początkiem pracy"
    for view in TABS:
        assert len(view.caption) <= 31, "the name of a sheet is not cut"
