"""Pobierz listę: the workbook holds what the page shows, never a PESEL, and is written down in the register."""

import re
from io import BytesIO

from openpyxl import load_workbook

from families.dictionaries import Kinship
from families.people.actions import add_member
from lubsko_ops.reading import ReadEntry
from tests.stories import BEGUN, DAY, begun_family, somebody


def sheet_of(response):
    return load_workbook(BytesIO(response.content)).active


def test_the_workbook_holds_the_filtered_list_and_is_written_down(client, maria, anna, kowalscy, nowakowie):
    client.force_login(maria)
    response = client.get("/rodziny/pobierz/", {"asystent": anna.pk})
    assert response["Content-Disposition"] == 'attachment; filename="rodziny-2026-10-13.xlsx"'
    rows = [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]
    head, kowalscy_row = rows[0], rows[1]
    line = dict(zip(head, kowalscy_row, strict=True))
    assert (line["Rodzina"], line["Numer sprawy"], line["Status"]) == ("Kowalscy", "2026/001", "aktywna")
    assert (line["Dzieci w domu"], line["Osoby w domu"], line["Asystent"]) == (1, 2, "Anna Sikora")
    assert line["Praca od"].date() == BEGUN
    assert "Wybrane: Asystent: Anna Sikora." in [row[0] for row in rows]
    assert "Nowakowie" not in str(rows)
    assert ReadEntry.objects.get().families == [kowalscy.pk]


def test_the_workbook_of_an_assistant_holds_only_her_families(client, anna, kowalscy, nowakowie):
    client.force_login(anna)
    rows = [row[0].value for row in sheet_of(client.get("/rodziny/pobierz/")).iter_rows()]
    assert "Kowalscy" in rows
    assert "Nowakowie" not in rows


def test_no_pesel_leaves_with_the_workbook(client, maria, anna, tomasz, town):
    family = begun_family("Maj", assistant=anna, social_worker=tomasz, region=town, by=maria)
    data = somebody("Jan", "Maj", "male", pesel="88050912353", pesel_missing="")
    add_member(family=family, data=data, kinship=Kinship.FATHER, starts_on=DAY, by=maria)
    client.force_login(maria)
    cells = [str(cell.value) for row in sheet_of(client.get("/rodziny/pobierz/")).iter_rows() for cell in row]
    assert "Maj" in cells
    assert not [cell for cell in cells if re.search(r"\d{11}", cell)]
