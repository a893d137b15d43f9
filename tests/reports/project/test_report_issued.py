"""The approved report: its page, its paper, the rows that changed, two issues compared."""

from datetime import timedelta

import pytest

from lubsko_ops.core import clock
from reports.models import IssuedReport
from tests.form_client import response_text
from tests.lubsko_ops.output.conftest import pdf_text, without_spaces
from tests.page import Page
from tests.reports.project.report_helpers import (
    COURSE,
    WHY,
    approve,
    end_project,
    make_approved_report,
    present,
    url,
)
from tests.reports.project.test_project_report import late_attendance
from tests.statement_counts import page_statements


@pytest.fixture
def approved(project, tomasz, maria) -> IssuedReport:
    return make_approved_report(project, tomasz, maria)


@pytest.fixture
def corrected(project, tomasz, maria, approved):
    late_attendance(project, tomasz)
    with clock.freeze_time(approved.issued_at + timedelta(hours=1)):
        present(project, tomasz)
        return approve(project, maria, reason=WHY)


# ---- it works ----------------------------------------------------------------------------------------
def test_what_was_approved(as_maria, project, approved):
    text = Page(as_maria.get(url(project, "issued"))).text
    assert "Zatwierdzone: sprawozdanie końcowe 01.10.2026–13.10.2026" in text and "Maria Bocian" in text
    assert "Przygotowano 13.10.2026" in text and "Wszystkie liczby są dziś takie jak w dniu wydania." in text


def test_a_late_attendance_row_by_row(as_tomasz, tomasz, project, approved):
    late_attendance(project, tomasz)
    page = Page(as_tomasz.get(url(project, "issued")))
    assert "3 liczby tego okresu" in page.text.replace("\xa0", " ")
    assert url(project, "issued-figure", "obecnosci") in page.urls and url(project, "present") in page.urls
    rows = response_text(as_tomasz.get(url(project, "issued-figure", "obecnosci")))
    assert "Doszły po wydaniu" in rows and str(project.other.person) in rows


def test_two_issues_are_compared(as_maria, project, corrected):
    page = Page(as_maria.get(f"{url(project, 'issued')}?wydanie=1&z=2"))
    assert f"Powód: {WHY}" in page.text and "Wydanie pierwsze i korekta nr 1" in page.text
    rows = as_maria.get(f"{url(project, 'issued-figure', 'obecnosci')}?wydanie=1&z=2")
    assert "Doszły w późniejszym wydaniu" in response_text(rows)
    assert "Korekta nr 1: zatwierdzenie" in Page(as_maria.get(url(project))).text


def test_the_paper_stays_as_approved(as_maria, tomasz, project, approved):
    paper = as_maria.get(url(project, "issued-pdf"))
    late_attendance(project, tomasz)
    again = as_maria.get(url(project, "issued-pdf"))
    assert paper["Content-Type"] == "application/pdf"
    first, second = (
        b"".join(each.streaming_content) if each.streaming else each.content for each in (paper, again)
    )
    assert first == second and without_spaces(COURSE) in without_spaces(pdf_text(first))


# ---- who may, bad input ------------------------------------------------------------------------------
def test_who_may_not(client, jan, olga, project, approved):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        for name in ("issued", "issued-pdf"):
            assert client.get(url(project, name)).status_code == status, (user, name)


def test_a_reader_is_not_asked_to_correct(client, ewa, tomasz, project, approved):
    late_attendance(project, tomasz)
    client.force_login(ewa)
    assert url(project, "present") not in Page(client.get(url(project, "issued"))).urls


def test_nothing_before_the_approval(as_maria, tomasz, project):
    end_project(project, tomasz)
    for address in (
        url(project, "issued"),
        url(project, "issued-pdf"),
        url(project, "issued-figure", "uczestnicy"),
    ):
        assert as_maria.get(address).status_code == 404, address


@pytest.mark.parametrize("query", ["wydanie=2", "wydanie=x", "z=1", "wydanie=99999999999999999"])
def test_an_issue_it_does_not_have(as_maria, project, approved, query):
    assert as_maria.get(f"{url(project, 'issued')}?{query}").status_code == 404


def test_a_number_it_does_not_have(as_maria, project, approved):
    for key in ("nie-ma", "frekwencja"):
        assert as_maria.get(url(project, "issued-figure", key)).status_code == 404, key


# ---- cost --------------------------------------------------------------------------------------------
def test_statements(as_maria, tomasz, project, approved):
    late_attendance(project, tomasz)
    counted = len(page_statements(as_maria, url(project, "issued")))
    late_attendance_of_others = page_statements(as_maria, url(project, "issued-figure", "obecnosci"))
    assert counted <= 22 and len(late_attendance_of_others) <= 14
