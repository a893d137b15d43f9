"""What the dictionaries register at start-up: permission, pages of the settings, steps of a new installation."""

from lubsko_ops.accounts.models import Region
from lubsko_ops.centre.dictionaries.filing import family_work_symbol
from lubsko_ops.centre.dictionaries.permissions import DICTIONARY_EDIT
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SETUP_STEPS, SettingsPage, SetupStep, StepState
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.polish import count_of


def region_state(user, day) -> StepState:
    """How many regions are open."""
    number = Region.objects.open_on(day).count()
    return StepState(done=number > 0, text=count_of(number, "rejon,rejony,rejonów"))


def filing_state(user, day) -> StepState:
    """Whether cases of families can get their references this year."""
    symbol = family_work_symbol(day.year)
    if symbol is None:
        return StepState(done=False, text="brak symbolu do pracy z rodziną")
    return StepState(done=True, text=f"praca z rodziną: {symbol}")


def register() -> None:
    PERMISSIONS.register(DICTIONARY_EDIT, order=85)
    for order, label, url_name in (
        (50, "Rejony", "regions"),
        (60, "Instytucje", "institutions"),
        (61, "Miejsca spotkań", "places"),
        (70, "JRWA", "filing-symbols"),
    ):
        SETTINGS_PAGES.register(SettingsPage(label, url_name, DICTIONARY_EDIT), order=order)
    done_by = frozenset({Role.MANAGER, Role.ADMIN})
    SETUP_STEPS.register(
        SetupStep(
            key="regions",
            title="Rejony",
            why="Rejon przy adresie decyduje, który pracownik socjalny widzi teczkę rodziny.",
            action="Dodaj rejony",
            url_name="regions",
            minutes=5,
            done_by=done_by,
            get_state=region_state,
        ),
        order=40,
    )
    SETUP_STEPS.register(
        SetupStep(
            key="filing",
            title="Symbole JRWA",
            why="Z symbolu i licznika powstaje znak sprawy, który stoi na pismach. Symbol jest w wykazie akt ośrodka.",
            action="Dodaj symbol",
            url_name="filing-symbols",
            minutes=5,
            done_by=done_by,
            get_state=filing_state,
        ),
        order=60,
    )
