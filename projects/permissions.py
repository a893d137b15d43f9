"""What users may do with projects. Everybody who may see projects sees their documents, which hold no
data of families; who sees which participants is decided in projects/scope.py."""

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role, has_permission
from projects.choices import EditionState, StepKind
from projects.models import Edition
from projects.rules import TRANSITIONS, possible_steps

STAFF = {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.SPECIALIST, Role.MANAGER}

PROJECT_VIEW = Permission("project_view", "czytać projekty socjalne", STAFF)
PROJECT_BEGIN = Permission("project_begin", "zaczynać projekty", {Role.SOCIAL_WORKER, Role.MANAGER})
PROJECT_WRITE = Permission("project_write", "pisać projekty, w których jest autorem", STAFF)
PROJECT_APPROVE = Permission(
    "project_approve", "zatwierdzać i rozliczać projekty oraz odstępować od nich", {Role.MANAGER}
)
FAMILY_PROJECTS = Permission(
    "family_projects",
    "czytać udział rodziny w projektach",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER},
)
PARTICIPANT_ENROL = Permission("participant_enrol", "zapisywać uczestników projektów", STAFF)
CONSULTATION_WRITE = Permission("consultation_write", "zapisywać konsultacje", {Role.SPECIALIST})
PRINTOUTS_AREA = AccessArea("participant_papers", "druki uczestników projektu", is_listing=True)

PROJECTS_AREA = AccessArea("projects", "udział w projektach")
PARTICIPANTS_AREA = AccessArea("participants", "uczestnicy projektów")


def may_write(edition: Edition, user: User) -> bool:
    """Whether the user is one of the authors, or a manager."""
    return has_permission(user, PROJECT_APPROVE) or (
        has_permission(user, PROJECT_WRITE) and user.pk in edition.authors
    )


def may_take(step: StepKind, edition: Edition, user: User) -> bool:
    """Whether the user may take the step, apart from the state; an author may also give up what is not approved."""
    early = step == StepKind.WITHDRAW and not edition.is_approved
    if TRANSITIONS[step].by_manager and not early:
        return has_permission(user, PROJECT_APPROVE)
    return may_write(edition, user)


def steps_for(edition: Edition, user: User) -> list[StepKind]:
    """The steps the user may take now."""
    return [step for step in possible_steps(edition.state) if may_take(step, edition, user)]


def may_edit(edition: Edition, user: User) -> bool:
    """Whether the user may change the document now."""
    return edition.state == EditionState.DRAFT and may_write(edition, user)
