"""A correction (korekta) is a new issue that says why and what changed; two issues are compared number by number."""

import pytest
from django.urls import reverse

from lubsko_ops.output.issued_papers import paper_context, render_missing
from lubsko_ops.output.models import IssuedPaper
from reports.actions import issue_quarter
from reports.catalogue import visits
from reports.freezing import NOTHING_TO_CORRECT
from reports.issuing import compare_sides, fingerprint, frozen_side
from reports.models import IssuedReport
from tests.families.visits.helpers import make_visit
from tests.form_client import parse_form, response_text, submit_form
from tests.lubsko_ops.output.conftest import pdf_text, without_spaces
from tests.page import Page
from tests.reports.test_issue import (
    ISSUED,
    ISSUED_PDF,
    JULY,
    LATE_DAY,
    figure_url,
    issue,
    late_visit,
    statement_of,
)
from tests.reports.urls import THIRD, evening, report_url
from tests.statement_counts import page_statements

CORRECT, COMPARE = report_url(THIRD, "correct"), f"{ISSUED}?wydanie=1&z=2"
WHY = "Dopisano wizytę z 29 września."


@pytest.fixture
def issued_quarter(centre_row, kowalscy, nowakowie, anna, maria):
    with evening(JULY):
        make_visit(kowalscy, anna, JULY, ends_at="14:15", areas=["ED"])
    return issue(maria)


def correct(by, reason=WHY) -> IssuedReport:
    return issue_quarter(
        quarter=THIRD, assistant=None, seen=fingerprint(statement_of(), ""), reason=reason, by=by
    )


# ---- it works ----------------------------------------------------------------------------------------
def test_a_late_visit_then_a_correction(as_maria, maria, anna, issued_quarter, kowalscy):
    assert CORRECT not in Page(as_maria.get(ISSUED)).urls, "nothing to correct yet"
    late_visit(kowalscy, anna)
    assert CORRECT in Page(as_maria.get(ISSUED)).urls

    asked = response_text(as_maria.get(CORRECT)).replace("\xa0", " ")
    assert "Wydaj korektę nr 1" in asked and "Co zmieni korekta" in asked and "Odbyto 2 wizyty" in asked
    response = submit_form(as_maria, CORRECT, reason=WHY)
    assert (response.status_code, response["Location"]) == (302, ISSUED)

    first, second = IssuedReport.objects.order_by("number")
    assert (second.number, second.correction, second.reason, second.issued_by) == (2, 1, WHY, maria)
    assert (second.prepared_by, second.prepared_at) == (maria, second.issued_at)
    assert first == issued_quarter and not first.reason
    changed = {each.figure.key for each in compare_sides(frozen_side(first), frozen_side(second))}
    assert visits.HELD.key in changed

    page = Page(as_maria.get(ISSUED))
    assert "Wszystkie liczby są dziś takie jak w dniu wydania." in page.text and WHY in page.text
    assert COMPARE in page.urls and CORRECT not in page.urls
    assert "korekta nr 1" in response_text(as_maria.get(reverse("reports:list"))).replace("\n", " ")


def test_the_paper_says_what_and_why(as_maria, maria, anna, issued_quarter, kowalscy):
    late_visit(kowalscy, anna)
    second = correct(maria)
    render_missing()
    response = as_maria.get(ISSUED_PDF)
    assert "sprawozdanie-2026-3-korekta-1.pdf" in response["Content-Disposition"]
    text = without_spaces(pdf_text(response.content))
    for expected in (
        "Korekta nr 1",
        "korekta nr 1",
        WHY,
        "Zastępuje wydanie pierwsze",
        "Wizyty odbyte: było 1, jest 2",
    ):
        assert without_spaces(expected) in text, expected
    first = as_maria.get(f"{ISSUED_PDF}?wydanie=1")
    assert "do-podpisu" in first["Content-Disposition"]
    assert without_spaces("Korekta nr") not in without_spaces(pdf_text(first.content))
    stored = paper_context(IssuedPaper.objects.get(subject_id=second.pk))
    assert stored["correction"]["reason"] == WHY


def test_two_issues_are_compared_down_to_the_rows(as_maria, maria, anna, issued_quarter, kowalscy):
    late_visit(kowalscy, anna)
    correct(maria)
    make_visit(kowalscy, anna, LATE_DAY.replace(day=30))  # entered after both

    page = Page(as_maria.get(COMPARE))
    held = next(row for row in page.rows if "Wizyty odbyte" in row.text)
    assert "1 2" in " ".join(held.text.split())
    rows = response_text(as_maria.get(figure_url(visits.HELD) + "?wydanie=1&z=2"))
    assert "Doszły w późniejszym wydaniu" in rows and "29.09.2026" in rows and "30.09.2026" not in rows
    first = Page(as_maria.get(f"{ISSUED}?wydanie=1"))
    held = next(row for row in first.rows if "Wizyty odbyte" in row.text)
    assert "1 3" in " ".join(held.text.split()), "the first issue beside today"
    assert CORRECT not in first.urls, "only the last issue is corrected"


def test_a_correction_of_the_text_alone(as_maria, maria, issued_quarter):
    submit_form(as_maria, report_url(), text="Potrzebna superwizja.")
    assert submit_form(as_maria, CORRECT, reason="Dopisano wnioski.").status_code == 302
    page = Page(as_maria.get(COMPARE))
    assert "Oba wydania mają te same liczby i wpisy." in page.text
    assert "Tekst sprawozdania jest w korekcie inny." in page.text and "Potrzebna superwizja." in page.text


def test_an_assistant_corrects_their_own(client, anna, centre_row, kowalscy):
    issue(anna, assistant=anna)
    late_visit(kowalscy, anna)
    client.force_login(anna)
    assert submit_form(client, CORRECT, reason=WHY).status_code == 302
    assert IssuedReport.objects.filter(assistant=anna).count() == 2


# ---- stranger, wrong role, bad input -----------------------------------------------------------------
def test_only_the_author_corrects(client, tomasz, jan, anna, issued_quarter):
    for user in (tomasz, jan):
        client.force_login(user)
        assert client.get(CORRECT).status_code == 403 and client.post(CORRECT).status_code == 403
    client.force_login(anna)  # leads to her own, which is not issued
    assert client.get(CORRECT)["Location"] == report_url(THIRD, "issue")
    assert IssuedReport.objects.count() == 1


def test_nothing_to_correct(as_maria, maria, anna, issued_quarter, kowalscy):
    assert as_maria.get(CORRECT)["Location"] == ISSUED
    late_visit(kowalscy, anna)
    form = parse_form(as_maria.get(CORRECT).content.decode())
    correct(maria)  # meanwhile, in another window
    response = as_maria.post(CORRECT, form | {"reason": WHY})
    assert response.status_code == 422 and NOTHING_TO_CORRECT in response_text(response)
    assert IssuedReport.objects.count() == 2


def test_a_correction_before_the_first_issue(as_maria, maria, centre_row, kowalscy):
    assert as_maria.get(CORRECT)["Location"] == report_url(THIRD, "issue")
    form = parse_form(as_maria.get(report_url(THIRD, "issue")).content.decode())
    response = as_maria.post(CORRECT, form | {"reason": WHY})
    assert response.status_code == 422 and "jeszcze nie wydano" in response_text(response)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_correction_says_why(as_maria, maria, anna, issued_quarter, kowalscy, reason):
    late_visit(kowalscy, anna)
    response = submit_form(as_maria, CORRECT, reason=reason)
    assert response.status_code == 422 and IssuedReport.objects.count() == 1


def test_numbers_that_changed_meanwhile(as_maria, maria, anna, issued_quarter, kowalscy):
    late_visit(kowalscy, anna)
    form = parse_form(as_maria.get(CORRECT).content.decode())
    make_visit(kowalscy, anna, LATE_DAY.replace(day=30))
    response = as_maria.post(CORRECT, form | {"reason": WHY})
    assert response.status_code == 422 and "Liczby zmieniły się" in response_text(response)
    assert WHY in response.content.decode(), "what was typed is kept"


@pytest.mark.parametrize(
    "query", ["wydanie=2", "wydanie=0", "wydanie=x", "wydanie=1&z=1", "z=9", "wydanie=99999999999999999999"]
)
def test_an_issue_that_is_not_there(as_maria, issued_quarter, query):
    for url in (ISSUED, figure_url(visits.HELD)):
        assert as_maria.get(f"{url}?{query}").status_code == 404, url


# ---- cost --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "ceiling"), [(COMPARE, 10), (figure_url(visits.HELD) + "?wydanie=1&z=2", 9), (CORRECT, 28)]
)
def test_statements(as_maria, maria, issued_quarter, kowalscy, anna, url, ceiling):
    late_visit(kowalscy, anna)
    correct(maria)
    make_visit(kowalscy, anna, LATE_DAY.replace(day=30))
    assert len(page_statements(as_maria, url)) <= ceiling
