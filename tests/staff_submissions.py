"""A valid submission of every form about the staff and the settings of the centre."""

from tests.families.employees.form_submissions import EMPLOYEE_SUBMISSIONS

STAFF_SUBMISSIONS = [*EMPLOYEE_SUBMISSIONS]
