"""A report of one year counts the invoices up to its end; the last one also those paid after the project."""

from datetime import date

import pytest

from lubsko_ops.core.dates import Period
from projects.models import Edition, Invoice
from reports.project.figures import paid_until
from reports.project.statement import build_project_statement
from tests.projects.money.helpers import make_invoice


@pytest.mark.parametrize(
    ("ends_on", "period_end", "expected"),
    [
        (None, date(2025, 12, 31), date(2025, 12, 31)),
        (date(2026, 6, 30), date(2025, 12, 31), date(2025, 12, 31)),
        (date(2026, 6, 30), date(2026, 6, 29), date(2026, 6, 29)),
        (date(2026, 6, 30), date(2026, 6, 30), None),
        (date(2026, 6, 30), date(2026, 12, 31), None),
    ],
)
def test_the_last_day_that_counts(ends_on, period_end, expected):
    edition = Edition(starts_on=date(2025, 3, 1), ends_on=ends_on)
    assert paid_until(edition, Period(date(2025, 3, 1), period_end)) == expected


def test_an_invoice_of_a_later_day_is_not_in_an_earlier_report(project, tomasz):
    make_invoice(project.edition, tomasz)
    invoice = Invoice.objects.get()
    edition = Edition.objects.get(pk=project.edition.pk)
    first = edition.starts_on
    for last, spent in ((invoice.day, invoice.amount), (first, 0 if invoice.day > first else invoice.amount)):
        statement = build_project_statement(edition, Period(first, last))
        assert statement.value(statement.catalogue["wydano"]) == spent
        assert sum(each.spent for each in statement.positions) == spent
    assert invoice.day > first
