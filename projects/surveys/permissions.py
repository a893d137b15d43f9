"""Who may do what with the surveys of a project.

Who writes the project, leads one of its groups or manages the centre asks the questions and types the sheets. All
others who see the project see results, once the typing has ended.
"""

from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import has_permission
from projects.models import Edition, Survey
from projects.permissions import PROJECT_WRITE, may_write
from projects.scope import runs_participants
from projects.surveys.rules import LOCKED_STATES

NOT_RUNNING = "Ankiety układają i kartki wpisują autorzy projektu, prowadzący grupy i kierownik."


def runs_surveys(edition: Edition, user: User, *, on: date, leads: bool | None = None) -> bool:
    """Whether the user asks the questions and types the sheets; the state of the project is not considered.

    ``leads``: whether the user leads a group of the project, where that was read with the survey.
    """
    if not has_permission(user, PROJECT_WRITE):
        return False
    if leads is None:
        return runs_participants(edition, user, on=on)
    return leads or may_write(edition, user)


def shows_results(survey: Survey) -> bool:
    """Whether everybody who sees the project sees the results.

    Before the typing has ended, two looks with one sheet between them would show the answers on it.
    """
    return survey.closed_on is not None or survey.edition.state in LOCKED_STATES
