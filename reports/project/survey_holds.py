"""Results of a survey in an approved report stay as they are."""

from projects.choices import SurveyKind
from projects.models import Survey
from reports.models import IssuedNumber
from reports.project.given import ANSWERS, ONLY
from reports.project.kind import PROJECT

IN_REPORT = (
    "Wyniki tej ankiety są w zatwierdzonym sprawozdaniu. Z różnicy między nim a nowymi wynikami można by odczytać "
    "odpowiedzi na jednej kartce, dlatego kartek już się nie dopisuje ani nie poprawia."
)


def approved_results(survey: Survey) -> str:
    """Why the survey is not typed again: an approved report shows its results; "" while none does. One statement."""
    shown = IssuedNumber.objects.filter(
        figure__report__kind=PROJECT,
        figure__report__edition=survey.edition_id,
        figure__key__startswith=ANSWERS,
        value__isnull=False,
    )
    satisfaction = f"{ANSWERS}{ONLY}-"
    if survey.kind == SurveyKind.SATISFACTION:
        shown = shown.filter(figure__key__startswith=satisfaction)
    else:
        shown = shown.exclude(figure__key__startswith=satisfaction)
    return IN_REPORT if shown.exists() else ""
