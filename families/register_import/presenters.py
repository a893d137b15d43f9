"""What the page of an import shows: progress, counts, families, problems by row."""

from dataclasses import dataclass, field

from families.people.models import Family
from families.register_import import storage
from families.register_import.models import ImportState, RegisterImport
from families.register_import.problems import Problem, Report
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of

SHOWN_PROBLEMS = 200
ERRORS, REMARKS = "błąd,błędy,błędów", "uwaga,uwagi,uwag"


@dataclass(frozen=True)
class ProblemRow:
    """A problem with the files of the centre that it names, as links."""

    problem: Problem
    files: list[dict] = field(default_factory=list)


def import_context(row: RegisterImport) -> dict:
    """The context of the page; four statements at most besides the import itself."""
    progress = getattr(row, "progress", None)
    context = {
        "register_import": row,
        "progress": progress,
        "stalled": row.is_running and storage.is_stalled(progress),
        "States": ImportState,
    }
    report = None if row.is_running else storage.load_report(row)
    return context | report_context(report) if report else context


def report_context(report: Report) -> dict:
    errors, remarks = report.errors, report.remarks
    shown = [*errors, *remarks][:SHOWN_PROBLEMS]
    names = _names_of({pk for each in shown for pk in each.files})
    return {
        "counts": [count_of(number, forms) for forms, number in report.counts.items()],
        "families": report.families,
        "problems": [_problem_row(each, names) for each in shown],
        "hidden_problems": len(report.problems) - len(shown),
        "verdict": ", ".join(
            count_of(len(each), forms) for each, forms in ((errors, ERRORS), (remarks, REMARKS)) if each
        ),
        "has_report": True,
    }


def _problem_row(problem: Problem, names: dict[int, str]) -> ProblemRow:
    files = [
        {"name": names[pk], "url": reverse("families:overview", args=[pk])}
        for pk in problem.files
        if pk in names
    ]
    return ProblemRow(problem, files)


def _names_of(families: set[int]) -> dict[int, str]:
    if not families:
        return {}
    names = dict(Family.objects.filter(pk__in=families).values_list("pk", "name"))
    note_shown(names)
    return names
