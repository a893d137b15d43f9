"""A closed quarter issued for signature stays as issued; what changes in the files afterwards shows as differences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from families.caseload.actions import hand_over
from families.visits.actions import correct_visit
from families.visits.models import Visit
from lubsko_ops.accounts.models import Contract
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from lubsko_ops.output.issued_papers import render_missing
from lubsko_ops.output.models import IssuedPaper
from reports import issuing
from reports.actions import issue_quarter
from reports.catalogue import movement, visits
from reports.catalogue.quarterly import FIGURES
from reports.figure import Figure
from reports.issuing import counted_in, find_differences, fingerprint
from reports.models import IssuedNumber, IssuedReport
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit, visit_data
from tests.form_client import parse_form, response_text, submit_form
from tests.lubsko_ops.output.conftest import pdf_text, validation_errors, without_spaces
from tests.page import Page
from tests.reports.urls import THIRD, evening, report_url
from tests.statement_counts import page_statements

JULY, LATE_DAY = date(2026, 7, 15), date(2026, 9, 29)
ISSUE, ISSUED, ISSUED_PDF = (report_url(THIRD, name) for name in ("issue", "issued", "issued-pdf"))
FOURTH = Quarter(2026, 4)


@pytest.fixture
def quarter_with_visit(centre_row, kowalscy, nowakowie, anna):
    with evening(JULY):
        make_visit(kowalscy, anna, JULY, ends_at="14:15", areas=["ED"])


def statement_of(quarter=THIRD, assistant=None):
    return build_statement(ReportQuarter(quarter, clock.today()), assistant=assistant)


def issue(by, assistant=None, text="") -> IssuedReport:
    seen = fingerprint(statement_of(assistant=assistant), text)
    return issue_quarter(quarter=THIRD, assistant=assistant, seen=seen, by=by)


def late_visit(family, by):
    """A visit of the closed quarter, entered after it."""
    return make_visit(family, by, LATE_DAY)


def figure_url(figure) -> str:
    return report_url(THIRD, "issued-figure", figure.key)


# ---- it works ----------------------------------------------------------------------------------------
def test_manager_issues_the_closed_quarter(as_maria, maria, quarter_with_visit):
    submit_form(as_maria, report_url(), text="Potrzebna superwizja.")
    page = Page(as_maria.get(report_url()))
    assert ISSUE in page.urls and "Wersja robocza" in page.text

    asked = response_text(as_maria.get(ISSUE))
    for expected in ("Wsparciem objęto 2 rodziny", "Potrzebna superwizja.", "Ruch rodzin:"):
        assert expected in asked, expected
    response = submit_form(as_maria, ISSUE)
    assert (response.status_code, response["Location"]) == (302, ISSUED)

    report = IssuedReport.objects.get()
    assert (report.issued_by, report.issued_on, report.number) == (maria, TODAY, 1)
    assert (report.starts_on, report.ends_on, report.text) == (
        THIRD.start,
        THIRD.end,
        "Potrzebna superwizja.",
    )
    page = Page(as_maria.get(report_url()))
    assert ISSUED in page.urls and ISSUED_PDF in page.urls and ISSUE not in page.urls
    assert "Wersja robocza" not in page.text
    quarters = Page(as_maria.get(reverse("reports:list")))
    assert f"wydane {TODAY:%d.%m.%Y}" in quarters.text and ISSUED_PDF in quarters.urls
    assert report_url(FOURTH, "quarterly-pdf") + "?powstaje=1" in quarters.urls
    assert "Wszystkie liczby są dziś takie jak w dniu wydania." in response_text(as_maria.get(ISSUED))


def test_the_paper_is_kept_and_says_what_it_is(as_maria, maria, quarter_with_visit, kowalscy, anna):
    issue(maria)
    render_missing()
    first = as_maria.get(ISSUED_PDF)
    assert first["Content-Disposition"] == 'inline; filename="sprawozdanie-2026-3-do-podpisu.pdf"'
    for standard in ("pdf/ua-1", "pdf/a-3a"):
        assert validation_errors(first.content, standard) == []
    text = without_spaces(pdf_text(first.content))
    for expected in ("do podpisu, bez korekt", "Maria Bocian, kierownik ośrodka", "Odbyto 1 wizytę"):
        assert without_spaces(expected) in text, expected

    late_visit(kowalscy, anna)
    maria.last_name = "Inna"
    maria.save()
    assert as_maria.get(ISSUED_PDF).content == first.content
    copy = without_spaces(pdf_text(as_maria.get(report_url(THIRD, "quarterly-pdf")).content))
    assert without_spaces(f"robocza; do podpisu wydano {TODAY:%d.%m.%Y} r.") in copy
    assert without_spaces("Odbyto 2 wizyty") in copy


def test_assistant_issues_their_own_report(client, anna, maria, quarter_with_visit, kowalscy):
    client.force_login(anna)
    assert submit_form(client, ISSUE).status_code == 302
    assert IssuedReport.objects.get().assistant == anna
    response = client.get(ISSUED_PDF)
    assert f"sprawozdanie-2026-3-asystent-{anna.pk}-do-podpisu.pdf" in response["Content-Disposition"]

    client.force_login(maria)
    assert client.get(ISSUED, {"asystent": anna.pk}).status_code == 200
    assert client.get(ISSUED).status_code == 404, "the centre's is not issued by that"


# ---- what is kept ------------------------------------------------------------------------------------
def test_every_number_is_kept_with_its_rows(history, maria):
    Contract.objects.filter(user=history.assistants[0]).update(fraction=Decimal("0.75"))  # adds less than one
    with clock.freeze_time(date(2027, 2, 1)):
        for assistant in (None, *history.assistants):
            by = assistant or maria
            statement = build_statement(ReportQuarter(FOURTH, clock.today()), assistant=assistant)
            seen = fingerprint(statement, "")
            report = issue_quarter(quarter=FOURTH, assistant=assistant, seen=seen, by=by)
            stored = {
                (each.figure.key, each.column, each.assistant_id): each.value
                for each in issuing.issued_numbers(report)
            }
            assert stored == {each.key: each.stored_value for each in statement.numbers()}
            period = statement.quarter.period
            for key, counted in counted_in(statement).items():
                figure = FIGURES[key]
                assert isinstance(figure, Figure)
                rows = figure.require_rows(statement.assistant_id)
                listed = rows.list_queryset(period, assistant_id=statement.assistant_id)
                assert set(counted) == set(listed.values_list(rows.id_path, flat=True)), key
                number = IssuedNumber.objects.get(
                    figure__report=report, figure__key=key, column="", assistant=None
                )
                assert set(number.row_ids) == set(counted)
                assert sum(number.amounts or [1] * len(counted)) == number.value
            assert find_differences(report, statement) == []


def test_definitions_are_those_of_the_day(as_maria, maria, quarter_with_visit, monkeypatch):
    issue(maria)
    monkeypatch.setitem(FIGURES, visits.HELD.key, replace(visits.HELD, definition="Zupełnie inaczej."))
    page = response_text(as_maria.get(ISSUED))
    assert "Inaczej zdefiniowane od wydania" in page and visits.HELD.definition in page


def test_a_figure_dropped_since_has_no_link(as_maria, maria, quarter_with_visit, monkeypatch):
    issue(maria)
    monkeypatch.delitem(FIGURES, visits.HELD.key)
    page = Page(as_maria.get(ISSUED))
    assert visits.HELD.title in page.text and figure_url(visits.HELD) not in page.urls


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_issuedreport SET text = 'x'",
        "UPDATE reports_issuedfigure SET name = 'x'",
        "UPDATE reports_issuednumber SET value = 7",
        "DELETE FROM reports_issuedreport",
        "DELETE FROM reports_issuedfigure",
        "DELETE FROM reports_issuednumber",
    ],
)
def test_the_database_refuses_to_change_or_delete_it(maria, quarter_with_visit, statement):
    issue(maria)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        connection.cursor().execute(statement)


# ---- differences -------------------------------------------------------------------------------------
def test_a_late_visit_shows_as_a_difference_down_to_its_row(
    as_maria, maria, anna, quarter_with_visit, kowalscy
):
    issue(maria)
    late_visit(kowalscy, anna)

    page = Page(as_maria.get(ISSUED))
    row = next(each for each in page.rows if "Wizyty odbyte" in each.text and "doszły" not in each.text)
    assert "1 2" in " ".join(row.text.split()) and "1 doszedł" in row.text.replace("\xa0", " ")
    report = Page(as_maria.get(report_url()))
    held = next(each for each in report.rows if each["id"] == f"f-{visits.HELD.key}")
    assert "wydano 1" in held.text.replace("\xa0", " ")

    AccessLogEntry.objects.all().delete()
    rows = response_text(as_maria.get(figure_url(visits.HELD)))
    assert "Doszły po wydaniu" in rows and "29.09.2026" in rows and "15.07.2026" not in rows
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]


def test_a_long_list_of_changed_rows_is_cut_and_says_so(
    as_maria, maria, anna, quarter_with_visit, kowalscy, monkeypatch
):
    issue(maria)
    for day in (JULY.replace(day=20), JULY.replace(day=21), JULY.replace(day=22)):
        make_visit(kowalscy, anna, day)
    monkeypatch.setattr("reports.frozen_views.MAX_ROWS", 1)
    rows = response_text(as_maria.get(figure_url(visits.HELD)))
    assert "22.07.2026" in rows and "21.07.2026" not in rows and "I jeszcze 2 wizyty." in rows


def test_a_longer_visit_changes_the_sum_with_the_same_rows(as_maria, maria, anna, quarter_with_visit):
    issue(maria)
    visit = Visit.objects.get()
    data = visit_data(visit.day, ends_at="15:30", areas=["ED"])
    correct_visit(visit=visit, data=data, version=visit.version, by=anna)
    rows = response_text(as_maria.get(figure_url(visits.HOURS)))
    assert "Liczą się inaczej" in rows and "W dniu wydania" in rows and "45 min" in rows.replace("\xa0", " ")
    assert (
        "Wizyty odbyte"
        not in response_text(as_maria.get(ISSUED)).partition("Co się zmieniło")[2].partition("</section>")[0]
    )


def test_one_visit_in_and_one_out_is_a_difference_though_the_number_is_the_same(
    as_maria, maria, anna, quarter_with_visit, kowalscy
):
    issue(maria)
    late_visit(kowalscy, anna)
    visit = Visit.objects.get(day=JULY)
    data = visit_data(JULY, result="nobody_home", facts="")
    correct_visit(visit=visit, data=data, version=visit.version, by=anna)
    rows = response_text(as_maria.get(figure_url(visits.HELD)))
    assert "Doszły po wydaniu" in rows and "Już się nie liczą" in rows
    assert "1 doszedł, 1 odpadł" in response_text(as_maria.get(ISSUED)).replace("\xa0", " ")


def test_a_hand_over_in_the_quarter_is_no_difference_of_families(maria, quarter_with_visit, kowalscy, ewa):
    """A figure that counts each family once keeps the families, not the row each stands in the list with."""
    report = issue(maria)
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=LATE_DAY, by=maria)
    changed = {(each.figure.key, each.assistant) for each in find_differences(report, statement_of())}
    assert (movement.SUPPORTED.key, None) not in changed
    assert (movement.CLOSING.key, ewa) in changed


def test_the_rows_of_an_assistant_are_their_own(client, anna, ewa, maria, quarter_with_visit, nowakowie):
    """A family that Ewa led before and after counts for Anna by Anna's assignment, and is shown by it."""
    issue(anna, assistant=anna)
    period = nowakowie.periods.get()
    hand_over(period=period, assistant=anna, starts_on=date(2026, 9, 10), by=maria)
    hand_over(period=period, assistant=ewa, starts_on=date(2026, 9, 20), by=maria)
    client.force_login(anna)
    rows = response_text(client.get(figure_url(movement.SUPPORTED)))
    assert "10.09.2026" in rows and "20.09.2026" not in rows


def test_conclusions_written_otherwise_later_are_said(as_maria, maria, quarter_with_visit):
    issue(maria)
    submit_form(as_maria, report_url(), text="Dopisano później.")
    assert "Wnioski i potrzeby napisano od tego dnia inaczej" in response_text(as_maria.get(ISSUED))


# ---- stranger, wrong role, closed case, bad input ----------------------------------------------------
def test_only_the_author_of_the_conclusions_issues(client, anna, tomasz, jan, maria, quarter_with_visit):
    for user, query in (
        (tomasz, {}),
        (jan, {}),
        (maria, {"asystent": anna.pk}),
        (anna, {"asystent": maria.pk}),
    ):
        client.force_login(user)
        assert client.get(ISSUE, query).status_code == 403
        assert client.post(ISSUE + (f"?asystent={query['asystent']}" if query else "")).status_code == 403
    assert not IssuedReport.objects.exists()


def test_a_running_quarter_is_not_issued(as_maria, maria, quarter_with_visit):
    assert as_maria.get(report_url(FOURTH, "issue")).status_code == 404
    assert report_url(FOURTH, "issue") not in Page(as_maria.get(report_url(FOURTH))).urls
    form = parse_form(as_maria.get(ISSUE).content.decode())
    response = as_maria.post(report_url(FOURTH, "issue"), form)
    assert response.status_code == 422 and "Kwartał jeszcze trwa" in response_text(response)


def test_numbers_that_changed_meanwhile_are_shown_and_asked_again(
    as_maria, quarter_with_visit, kowalscy, anna
):
    form = parse_form(as_maria.get(ISSUE).content.decode())
    late_visit(kowalscy, anna)
    refused = as_maria.post(ISSUE, form)
    text = response_text(refused)
    assert refused.status_code == 422 and "Liczby zmieniły się, odkąd otwarto tę stronę" in text
    assert "Odbyto 2 wizyty" in text.replace("\xa0", " ")
    assert not IssuedReport.objects.exists() and not IssuedPaper.objects.exists()
    again = parse_form(refused.content.decode())
    assert as_maria.post(ISSUE, again).status_code == 302


@pytest.mark.parametrize("seen", ["", "x" * 64, "x" * 65, "\x00"])
def test_a_form_without_what_was_seen_is_refused(as_maria, quarter_with_visit, seen):
    assert submit_form(as_maria, ISSUE, _seen=seen).status_code == 422
    assert not IssuedReport.objects.exists()


def test_it_is_issued_once(as_maria, maria, quarter_with_visit):
    form = parse_form(as_maria.get(ISSUE).content.decode())
    issue(maria)
    response = as_maria.post(ISSUE, form)
    assert response.status_code == 422 and "wydano już" in response_text(response)
    assert as_maria.get(ISSUE)["Location"] == ISSUED
    assert IssuedReport.objects.count() == 1


def test_two_at_once_issue_it_once(as_maria, maria, quarter_with_visit, monkeypatch):
    form = parse_form(as_maria.get(ISSUE).content.decode())
    issue(maria)
    monkeypatch.setattr("reports.freezing.latest_issue", lambda report: None)  # not yet visible
    response = as_maria.post(ISSUE, form)
    assert response.status_code == 422 and "Ktoś właśnie wydał to sprawozdanie" in response_text(response)
    assert (IssuedReport.objects.count(), IssuedPaper.objects.count()) == (1, 1)


def test_rows_that_are_not_those_of_the_numbers_are_refused(as_maria, quarter_with_visit, monkeypatch):
    """Somebody saved a visit after the numbers were computed and before their rows were read."""
    form = parse_form(as_maria.get(ISSUE).content.decode())
    monkeypatch.setattr(issuing, "counted_ids", lambda requests, **kwargs: {})
    response = as_maria.post(ISSUE, form)
    assert response.status_code == 422 and "Liczby zmieniły się" in response_text(response)
    assert not IssuedReport.objects.exists()


def test_nothing_is_shown_before_it_is_issued(as_maria, quarter_with_visit):
    for url in (ISSUED, ISSUED_PDF, figure_url(visits.HELD)):
        assert as_maria.get(url).status_code == 404, url


def test_an_erased_paper_is_not_found(as_maria, maria, quarter_with_visit):
    issue(maria)
    IssuedPaper.objects.all().delete()
    assert as_maria.get(ISSUED_PDF).status_code == 404 and as_maria.get(ISSUED).status_code == 200


def test_rows_out_of_scope_are_masked(client, anna, ewa, maria, quarter_with_visit, kowalscy):
    issue(anna, assistant=anna)
    late_visit(kowalscy, anna)
    with clock.freeze_time(TODAY):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    with clock.freeze_time(date(2027, 1, 15)):  # past the thirty days of reading after a hand-over
        client.force_login(anna)
        rows = response_text(client.get(figure_url(visits.HELD)))
    assert "nie masz dostępu" in rows and "Kowalscy" not in rows


# ---- cost --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "ceiling"), [(report_url(), 14), (ISSUED, 24), (figure_url(visits.HELD), 10)]
)
def test_statements(as_maria, maria, quarter_with_visit, kowalscy, anna, url, ceiling):
    issue(maria)
    late_visit(kowalscy, anna)
    assert len(page_statements(as_maria, url)) <= ceiling
