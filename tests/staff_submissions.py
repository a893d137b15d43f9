"""A valid submission of every form about the staff, the settings of the centre, its projects and specialists."""

from tests.families.caseload.form_submissions import REFERENCE_SUBMISSIONS
from tests.families.employees.form_submissions import EMPLOYEE_SUBMISSIONS
from tests.families.register_import.form_submissions import IMPORT_SUBMISSIONS
from tests.families.specialists.form_submissions import SPECIALIST_SUBMISSIONS
from tests.lubsko_ops.accounts.form_submissions import ACCOUNT_SUBMISSIONS
from tests.lubsko_ops.centre.dictionaries.form_submissions import DICTIONARY_SUBMISSIONS
from tests.lubsko_ops.centre.form_submissions import CENTRE_SUBMISSIONS
from tests.lubsko_ops.installation.form_submissions import INSTALLATION_SUBMISSIONS
from tests.projects.consultations.form_submissions import CONSULTATION_SUBMISSIONS
from tests.projects.form_submissions import PROJECT_SUBMISSIONS
from tests.projects.groups.form_submissions import GROUP_SUBMISSIONS
from tests.projects.money.form_submissions import MONEY_SUBMISSIONS
from tests.projects.participants.form_submissions import PARTICIPANT_SUBMISSIONS
from tests.projects.results.form_submissions import RESULT_SUBMISSIONS
from tests.projects.surveys.form_submissions import SURVEY_SUBMISSIONS
from tests.reports.project.form_submissions import PROJECT_REPORT_SUBMISSIONS
from tests.sessions.form_submissions_attendance import ATTENDANCE_SUBMISSIONS
from tests.sessions.form_submissions_calendars import CALENDAR_SUBMISSIONS
from tests.sessions.form_submissions_planning import PLANNING_SUBMISSIONS
from tests.sessions.form_submissions_printouts import PRINTOUTS_SUBMISSIONS
from tests.sessions.running.form_submissions import RUNNING_SUBMISSIONS

STAFF_SUBMISSIONS = [
    *ATTENDANCE_SUBMISSIONS,
    *PRINTOUTS_SUBMISSIONS,
    *PARTICIPANT_SUBMISSIONS,
    *SPECIALIST_SUBMISSIONS,
    *CONSULTATION_SUBMISSIONS,
    *ACCOUNT_SUBMISSIONS,
    *EMPLOYEE_SUBMISSIONS,
    *REFERENCE_SUBMISSIONS,
    *CENTRE_SUBMISSIONS,
    *DICTIONARY_SUBMISSIONS,
    *INSTALLATION_SUBMISSIONS,
    *IMPORT_SUBMISSIONS,
    *PROJECT_SUBMISSIONS,
    *MONEY_SUBMISSIONS,
    *RESULT_SUBMISSIONS,
    *GROUP_SUBMISSIONS,
    *RUNNING_SUBMISSIONS,
    *PLANNING_SUBMISSIONS,
    *CALENDAR_SUBMISSIONS,
    *SURVEY_SUBMISSIONS,
    *PROJECT_REPORT_SUBMISSIONS,
]
