"""What the page of an import shows: progress, counts, families, problems by row."""

from dataclasses import dataclass, field, replace

from families.people.models import Family
from families.register_import import storage
from families.register_import.models import ImportState, RegisterImport
from families.register_import.problems import WHOLE_FILE, RegisterProblem, Report
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of

SHOWN_PROBLEMS = 200
SHOWN_ROWS = 5
ERRORS, REMARKS = "błąd,błędy,błędów", "uwaga,uwagi,uwag"


@dataclass(frozen=True)
class ProblemRow:
    """A problem, or the same one of several rows. ``rows``: their numbers; ``files``: links to the files it names."""

    problem: RegisterProblem
    rows: list[int]
    files: list[dict] = field(default_factory=list)

    @property
    def place(self) -> str:
        """ "Osoby, wiersz 14", "Plany, 8 wierszy: 2, 3, 4, 5, 6 …"."""
        if not self.problem.row:
            return self.problem.sheet
        if len(self.rows) == 1:
            return f"{self.problem.sheet}, wiersz\u00a0{self.rows[0]}"
        numbers = ", ".join(map(str, self.rows[:SHOWN_ROWS])) + (" …" if len(self.rows) > SHOWN_ROWS else "")
        return f"{self.problem.sheet}, {count_of(len(self.rows), 'wiersz,wiersze,wierszy')}: {numbers}"


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
    groups = _group([*errors, *remarks])
    shown = groups[:SHOWN_PROBLEMS]
    names = _names_of({pk for each in shown for pk in each[0].files})
    return {
        "counts": [count_of(number, forms) for forms, number in report.counts.items()],
        "families": report.families,
        "problems": [_problem_row(each, names) for each in shown],
        "hidden_problems": len(groups) - len(shown),
        "verdict": ", ".join(
            count_of(len(each), forms) for each, forms in ((errors, ERRORS), (remarks, REMARKS)) if each
        ),
        "has_report": True,
        "has_sheets": any(each.sheet != WHOLE_FILE for each in report.problems),  # a file that could be read
    }


def _group(problems: list[RegisterProblem]) -> list[list[RegisterProblem]]:
    """The problems, of which those with the same words about the same column of a sheet are one."""
    groups: dict[tuple, list[RegisterProblem]] = {}
    for each in problems:
        key = (each.sheet, each.column, each.text, each.todo, each.is_error, *each.files)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _problem_row(group: list[RegisterProblem], names: dict[int, str]) -> ProblemRow:
    problem, rows = group[0], [each.row for each in group]
    files = [
        {"name": names[pk], "url": reverse("families:overview", args=[pk])}
        for pk in problem.files
        if pk in names
    ]
    return ProblemRow(problem if len(group) == 1 else replace(problem, family=""), rows, files)


def _names_of(families: set[int]) -> dict[int, str]:
    if not families:
        return {}
    names = dict(Family.objects.filter(pk__in=families).values_list("pk", "name"))
    note_shown(names)
    return names
