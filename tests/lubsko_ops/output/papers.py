"""A paper of a kind that only the tests know."""

from datetime import date

from lubsko_ops.output.issued_papers import PaperKind, issue_paper
from lubsko_ops.output.models import IssuedPaper

KIND = PaperKind("sample", "Wydruk próbny", "print/document.html")
CONTEXT = {"case_reference": "OPS.2026/001", "locality": "Lubsko", "dated": date(2026, 10, 12)}


def issue(by, *, subject=71, number="2026/001", context=CONTEXT) -> IssuedPaper:
    return issue_paper(
        kind=KIND, file=("family", 125), subject=("plan", subject), number=number, context=context, by=by
    )
