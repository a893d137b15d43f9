"""The steps of a new installation that concern the centre's data and its norms."""

from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import NormValue, get_centre
from lubsko_ops.centre.norms import NORMS
from lubsko_ops.centre.settings_pages import SetupStep, StepState
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of, join_list

# What papers need, in the genitive after "brakuje".
NEEDED = {
    "name": "nazwy",
    "name_genitive": "nazwy w dopełniaczu",
    "name_locative": "nazwy w miejscowniku",
    "address_line": "adresu",
    "phone": "telefonu",
    "problem_contact": "kontaktu w razie problemów",
}


def get_centre_state(user: User, day: date) -> StepState:
    centre = get_centre()
    if centre is None:
        return StepState(False, "brak danych ośrodka")
    missing = [label for field, label in NEEDED.items() if not getattr(centre, field)]
    return StepState(not missing, f"brakuje {join_list(missing)}" if missing else centre.short_name)


def get_norms_state(user: User, day: date) -> StepState:
    """Done once the centre has decided on each norm, if only by confirming its standard value."""
    decided = set(NormValue.objects.values_list("name", flat=True))
    missing = len(NORMS.keys() - decided)
    if not missing:
        return StepState(True, count_of(len(NORMS), "norma,normy,norm"))
    return StepState(False, f"{count_of(missing, 'norma,normy,norm')} do sprawdzenia")


CENTRE_STEP = SetupStep(
    key="centre",
    title="Dane ośrodka i nagłówek pism",
    why="Każde pismo i każda strona mówi, kto ją wydał. Bez tych danych plan nie nadaje się do podpisu.",
    action="Wpisz dane ośrodka",
    url_name="centre",
    minutes=5,
    done_by=frozenset({Role.MANAGER, Role.ADMIN}),
    get_state=get_centre_state,
)
NORMS_STEP = SetupStep(
    key="norms",
    title="Normy ośrodka",
    why="Z norm liczą się terminy: wizyt, planu, podpisów. Wartości standardowe wystarczy sprawdzić i zatwierdzić.",
    action="Sprawdź i zatwierdź",
    url_name="norms",
    minutes=3,
    done_by=frozenset({Role.MANAGER, Role.ADMIN}),
    get_state=get_norms_state,
)
