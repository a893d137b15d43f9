"""Fixtures of the tests of a project's report."""

import pytest

from lubsko_ops.core.dates import Period
from projects.models import Edition, Survey
from projects.surveys.actions import close_survey
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.projects.money.helpers import make_invoice
from tests.projects.participants.helpers import FIRST
from tests.projects.surveys.helpers import TEXTS, make_survey, question, type_pairs
from tests.reports.project.helpers import make_project


@pytest.fixture
def project(centre_row, kowalscy, nowakowie, tomasz, maria, anna, ewa):
    return make_project(kowalscy, nowakowie, tomasz, maria, anna, ewa)


@pytest.fixture
def full(project, tomasz):
    """The statement of the project with a survey of six pairs and an invoice."""
    questions = [*map(question, TEXTS), question("Znam telefon ośrodka", "yes_no")]
    survey = make_survey(project.edition, tomasz, questions=questions)
    type_pairs(survey, tomasz, 6, before=(2, 3, 2, 3, 2, 3, 0), after=(4, 4, 4, 4, 3, 4, 1))
    close_survey(survey=Survey.objects.get(pk=survey.pk), version=None, by=tomasz)
    make_invoice(project.edition, tomasz)
    return build_project_statement(Edition.objects.get(pk=project.edition.pk), Period(FIRST, TODAY))
