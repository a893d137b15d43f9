"""A survey whose results stand in an approved report is not typed again: two results would give one sheet away."""

import pytest
from django.core.exceptions import ValidationError

from projects.models import Survey
from projects.surveys.actions import reopen_survey
from tests.form_client import response_text
from tests.reports.project.report_helpers import make_approved_report


def reopen(survey: Survey, by) -> Survey:
    return reopen_survey(survey=survey, why="brakowało kartki", version=None, by=by)


def test_before_the_report_sheets_are_typed_again(full, tomasz):
    survey = Survey.objects.get(edition=full.edition)
    assert reopen(survey, tomasz).closed_on is None


def test_after_its_approval_they_are_not(full, project, tomasz, maria, as_tomasz):
    make_approved_report(project, tomasz, maria)
    survey = Survey.objects.get(edition=project.edition)
    with pytest.raises(ValidationError, match="w zatwierdzonym sprawozdaniu"):
        reopen(survey, tomasz)
    survey.refresh_from_db()
    assert survey.closed_on is not None
    url = f"/projekty/{project.edition.pk}/ankiety/{survey.pk}/wznow/"
    assert "w zatwierdzonym sprawozdaniu" in response_text(as_tomasz.get(url, follow=True))


def test_a_report_without_its_results_holds_nothing(project, tomasz, maria, request):
    """The report was approved while the sheets were still typed, so it shows nothing of the survey."""
    make_approved_report(project, tomasz, maria)
    full = request.getfixturevalue("full")
    survey = Survey.objects.get(edition=full.edition)
    assert reopen(survey, tomasz).closed_on is None
