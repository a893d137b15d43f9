"""What this app registers at start-up."""

from datetime import date

from families.people.models import Family
from families.register_import.actions import CHECK_JOB, IMPORT_JOB
from families.register_import.permissions import IMPORT_AREA, REGISTER_IMPORT
from families.register_import.running import clean_up, run_check, run_import
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SETUP_STEPS, SettingsPage, SetupStep, StepState
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.polish import count_of
from lubsko_ops.jobs.background import BACKGROUND_JOBS, BackgroundJob
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def families_state(user, day: date) -> StepState:
    """Done as soon as there is one family: imported, or entered by hand. How many, an administrator does not see."""
    if Role.MANAGER not in user.roles:
        done = Family.objects.exists()
        return StepState(done, "zrobione" if done else "do zrobienia")
    number = Family.objects.count()
    return StepState(number > 0, count_of(number, "rodzina,rodziny,rodzin"))


def register() -> None:
    PERMISSIONS.register(REGISTER_IMPORT, order=75)
    ACCESS_AREAS.register(IMPORT_AREA)
    BACKGROUND_JOBS.register(BackgroundJob(CHECK_JOB, run_check))
    BACKGROUND_JOBS.register(BackgroundJob(IMPORT_JOB, run_import))
    JOBS.register(NightlyJob("register_imports", clean_up, "usuwanie przesłanych arkuszy"))
    SETTINGS_PAGES.register(SettingsPage("Wczytanie rejestru", "register-import", REGISTER_IMPORT), order=80)
    SETUP_STEPS.register(
        SetupStep(
            key="register",
            title="Rodziny",
            why="Dopóki rodzin tu nie ma, nikt nie zapisze wizyty ani nie zobaczy terminów. Rejestr z arkusza "
            "wczyta kierownik.",
            action="Wczytaj arkusz",
            url_name="register-import",
            minutes=30,
            done_by=frozenset({Role.MANAGER}),
            get_state=families_state,
        ),
        order=80,
    )
