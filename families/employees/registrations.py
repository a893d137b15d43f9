"""What this app registers at start-up."""

from families.employees.models import (
    Absence,
    EmployeeDocument,
    EmployeeFile,
    PointConfirmation,
    Training,
)
from families.employees.permissions import EMPLOYEE_FILE
from families.employees.queries import get_assistants, get_file, get_files
from lubsko_ops.accounts.base_views import (
    ACCOUNT_FILE,
    PERSON_PANELS,
    PERSON_TABS,
    STAFF_LISTS,
    PersonTab,
)
from lubsko_ops.accounts.models import Contract
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.centre.settings_pages import SETUP_STEPS, SetupStep, StepState
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import PERMISSIONS, Role, has_permission
from lubsko_ops.core.polish import count_of


def get_panel(request, person) -> Panel | None:
    """On the page of the account, for the manager: what is missing in the assistant's file."""
    is_assistant = any(grant.role == Role.ASSISTANT for grant in person.running_grants)
    if not is_assistant or not has_permission(request.user, EMPLOYEE_FILE):
        return None
    state = get_file(person, on=request.today, assistants={person.pk})
    return Panel("employees/_panel.html", {"state": state, "person": person}, side=True)


def get_contracts_step(user, day) -> StepState:
    """Contracts and confirmed files of the assistants."""
    assistants = get_assistants(on=day)
    if not assistants:
        return StepState(False, "najpierw konta asystentów")
    states = get_files(assistants, on=day)
    covered = Contract.objects.active_on_or_after(day).filter(user__in=assistants)
    without = len(assistants) - covered.values("user").distinct().count()
    waiting = sum(not state.is_confirmed for state in states.values())
    if without:
        return StepState(False, f"bez umowy: {count_of(without, 'asystent,asystentów,asystentów')}")
    if waiting:
        return StepState(False, f"do potwierdzenia: {count_of(waiting, 'teczka,teczki,teczek')}")
    return StepState(
        True, count_of(len(assistants), "teczka potwierdzona,teczki potwierdzone,teczek potwierdzonych")
    )


def get_history_tables() -> list[HistoryTable]:
    """In the history of the account, for the manager alone."""
    names = {
        Contract: "{form}",
        EmployeeFile: "",
        EmployeeDocument: "{kind}",
        PointConfirmation: "{point}",
        Training: "{subject}",
        Absence: "",
    }
    return [
        HistoryTable(
            model, ("user",), name, frozenset({"user"}), permission=EMPLOYEE_FILE, file_kind=ACCOUNT_FILE
        )
        for model, name in names.items()
    ]


def register() -> None:
    for table in get_history_tables():
        HISTORY_TABLES.register(table, order=81)
    PERMISSIONS.register(EMPLOYEE_FILE, order=81)
    PERSON_TABS.register(PersonTab("Teczka", "families:employee-file", EMPLOYEE_FILE), order=20)
    PERSON_PANELS.register(get_panel, order=20)
    STAFF_LISTS.register(PersonTab("Teczki asystentów", "families:employee-files", EMPLOYEE_FILE), order=20)
    SETUP_STEPS.register(
        SetupStep(
            key="contracts",
            title="Umowy i teczki asystentów",
            why="Bez umowy i potwierdzonej teczki nie można przydzielić asystentowi rodziny.",
            action="Uzupełnij teczki",
            url_name="families:employee-files",
            minutes=15,
            done_by=frozenset({Role.MANAGER}),
            get_state=get_contracts_step,
        ),
        order=45,
    )
