"""The report of a project is frozen by its approval; a late attendance is a difference, then a correction."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.centre.norms import change_norm
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from lubsko_ops.output.issued_papers import get_content, paper_context
from projects.actions import end_edition
from projects.projects_helpers import last_day
from reports.freezing import NOTHING_TO_CORRECT, issues_of, paper_of
from reports.issuing import CHANGED_MEANWHILE, compare_sides, find_differences, fingerprint, frozen_side
from reports.models import IssuedReport
from reports.project.actions import approve_project_report
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import pdf_text, without_spaces
from tests.projects.participants.helpers import FIRST
from tests.sessions.factories import make_attendance
