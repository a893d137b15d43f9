"""The steps of a new installation that are about accounts."""

from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.centre.settings_pages import SetupStep, StepState
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of, join_list

BOTH = frozenset({Role.MANAGER, Role.ADMIN})


def _holders(role: Role, day):
    grants = RoleGrant.objects.active_on_or_after(day).filter(role=role)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def manager_state(user, day) -> StepState:
    """Whether there is a manager who has logged in."""
    managers = list(_holders(Role.MANAGER, day).order_by("last_name", "first_name", "pk"))
    if not managers:
        return StepState(False, "nie ma kierownika")
    if not any(each.last_login for each in managers):
        return StepState(False, "czeka na pierwsze logowanie", waiting=True)
    return StepState(True, join_list(str(each) for each in managers))


def staff_state(user, day) -> StepState:
    """How many of those who work with families have an account."""
    number = _holders(Role.ASSISTANT, day).count()
    workers = _holders(Role.SOCIAL_WORKER, day).count()
    text = (
        f"{count_of(number, 'asystent,asystentów,asystentów')}, "
        f"{count_of(workers, 'pracownik socjalny,pracowników socjalnych,pracowników socjalnych')}"
    )
    return StepState(number > 0 and workers > 0, text)


MANAGER_STEP = SetupStep(
    key="manager",
    title="Konto kierownika",
    why="Kierownik przydziela rodziny, akceptuje plany i wczytuje rejestr. Bez niego praca się nie zacznie.",
    action="Dodaj konto kierownika",
    url_name="staff",
    minutes=5,
    done_by=BOTH,
    get_state=manager_state,
)
STAFF_STEP = SetupStep(
    key="accounts",
    title="Konta pracowników",
    why="Asystenci, pracownicy socjalni i specjaliści. Każdy dostaje kartę z zaproszeniem i sam ustawia hasło.",
    action="Dodaj konta",
    url_name="staff",
    minutes=10,
    done_by=BOTH,
    get_state=staff_state,
)
