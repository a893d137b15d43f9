"""The document of a project: its rows by kind, its twelve parts, and what is still missing in each."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from projects import models
from projects.choices import CriterionCheck
from projects.models import DocumentRow, Edition
from projects.rules import ages_refusal, line_refusal

# Name of the rows (of the formset, too) and their model, in the order of the document.
ROW_MODELS: dict[str, type[DocumentRow]] = {
    "criteria": models.Criterion,
    "goals": models.SpecificGoal,
    "actions": models.PlannedAction,
    "staff": models.StaffMember,
    "partners": models.Partner,
    "budget": models.BudgetLine,
    "risks": models.Risk,
}
MAX_ROWS = 60


@dataclass(frozen=True)
class ProjectData:
    """A document as entered or as stored: the edition with its texts, and the filled rows in order by their name."""

    edition: Edition
    rows: dict[str, list] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list:
        return self.rows.get(name, [])


@dataclass(frozen=True)
class DocumentPart:
    """One of the twelve parts: what is missing, and whether nothing is written in it yet."""

    number: int
    title: str
    missing: list[str]
    is_empty: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.is_empty

    @property
    def anchor(self) -> str:
        return f"cz{self.number}"


def load_document(edition: Edition, *, without: Collection[str] = ()) -> ProjectData:
    """The stored document; one statement for each kind of rows, none for those of the names ``without``."""
    names = {name: model for name, model in ROW_MODELS.items() if name not in without}
    rows = {name: model.objects.filter(edition=edition) for name, model in names.items()}
    if "staff" in rows:
        rows["staff"] = rows["staff"].select_related("user")
    if "budget" in rows:
        rows["budget"] = rows["budget"].with_sums()
    return ProjectData(edition, {name: list(each) for name, each in rows.items()})


# ---- parts -------------------------------------------------------------------------------------------
def _texts(**sentences: str) -> Callable[[ProjectData], Iterator[str]]:
    """What is missing where these fields of the edition are empty."""

    def missing(document: ProjectData) -> Iterator[str]:
        return (text for name, text in sentences.items() if not getattr(document.edition, name))

    return missing


def _nothing(document: ProjectData) -> Iterator[str]:
    return iter(())


def _missing_target_group(document: ProjectData) -> Iterator[str]:
    """Criteria may be left out; one that is there says what it asks."""
    if not document.edition.target_group:
        yield "Nie opisano grupy docelowej."
    for number, row in enumerate(document["criteria"], start=1):
        if not row.text:
            yield f"Kryterium {number} nie ma treści."
        if row.check_by == CriterionCheck.AGE and row.age_from is None and row.age_to is None:
            yield f"Kryterium {number} nie ma wieku."


def _missing_goals(document: ProjectData) -> Iterator[str]:
    if not document.edition.main_goal:
        yield "Nie ma celu głównego."
    if not document["goals"]:
        yield "Nie ma żadnego celu szczegółowego."
    for number, goal in enumerate(document["goals"], start=1):
        needed = {
            "goal": "treści",
            "indicator": "wskaźnika",
            "source": "źródła weryfikacji",
            "unit": "jednostki",
        }
        lacking = [label for name, label in needed.items() if not getattr(goal, name)]
        lacking += ["wartości docelowej"] if goal.target is None else []
        if lacking:
            yield f"Cel {number} nie ma {', '.join(lacking)}."


def _missing_actions(document: ProjectData) -> Iterator[str]:
    if not document["actions"]:
        yield "Nie ma żadnego działania."
    for number, row in enumerate(document["actions"], start=1):
        if not row.name or not row.kind:
            yield f"Działanie {number} nie ma nazwy albo rodzaju."
        if not row.goals:
            yield f"Działanie {number} nie służy żadnemu celowi."


def _missing_money(document: ProjectData) -> Iterator[str]:
    for number, row in enumerate(document["budget"], start=1):
        if not row.name or not row.planned:
            yield f"Pozycja {number} budżetu nie ma nazwy albo kwoty."
        if not row.source:
            yield f"Pozycja {number} budżetu nie ma źródła pieniędzy."


@dataclass(frozen=True)
class _PartSpec:
    title: str
    fields: tuple[str, ...]
    rows: tuple[str, ...] = ()
    missing: Callable[[ProjectData], Iterator[str]] = _nothing


PARTS = (
    _PartSpec(
        "Strona tytułowa",
        ("title", "place", "realisers"),
        missing=_texts(place="Nie wpisano miejsca.", realisers="Nie wpisano, kto realizuje projekt."),
    ),
    _PartSpec(
        "Diagnoza",
        ("problem", "scale", "causes", "effects", "sources", "justification"),
        missing=_texts(problem="Nie opisano problemu.", justification="Nie ma uzasadnienia."),
    ),
    _PartSpec(
        "Grupa docelowa i nabór",
        (
            *("target_group", "criteria", "places", "recruitment", "recruits_from", "recruits_to"),
            "telephones",
        ),
        ("criteria",),
        _missing_target_group,
    ),
    _PartSpec("Cele i wskaźniki", ("main_goal",), ("goals",), _missing_goals),
    _PartSpec("Działania", (), ("actions",), _missing_actions),
    _PartSpec("Harmonogram", ("schedule",), missing=_texts(schedule="Harmonogram jest pusty.")),
    _PartSpec("Ludzie, zasoby, partnerzy", ("resources",), ("staff", "partners")),
    _PartSpec("Budżet", (), ("budget",), _missing_money),
    _PartSpec("Ryzyka", (), ("risks",)),
    _PartSpec("Rezultaty", ("expected_results",)),
    _PartSpec("Monitoring i ewaluacja", ("monitoring",)),
    _PartSpec("Załączniki", ("attachments",)),
)


def document_parts(document: ProjectData) -> list[DocumentPart]:
    """The twelve parts as far as they are written; parts 7 to 12 may stay empty."""
    return [
        DocumentPart(
            number,
            spec.title,
            list(spec.missing(document)),
            not any(getattr(document.edition, name) for name in spec.fields)
            and not any(document[name] for name in spec.rows),
        )
        for number, spec in enumerate(PARTS, start=1)
    ]


def check_complete(document: ProjectData) -> None:
    """Raise ValidationError with everything that is missing for the approval."""
    if missing := [sentence for part in document_parts(document) for sentence in part.missing]:
        raise ValidationError(missing)


def check_rows(document: ProjectData) -> None:
    """Raise ValidationError for rows that contradict each other or themselves, in a draft, too."""
    refusals = []
    for number, row in enumerate(document["criteria"], start=1):
        if refusal := ages_refusal(row.age_from, row.age_to):
            refusals.append(f"Kryterium {number}: {refusal}")
    for number, goal in enumerate(document["goals"], start=1):
        if goal.target is not None and not goal.unit:
            refusals.append(f"Cel {number}: wartość docelowa potrzebuje jednostki, np. osób albo punktów.")
    for number, row in enumerate(document["actions"], start=1):
        if unknown := [each for each in row.goals if not 1 <= each <= len(document["goals"])]:
            refusals.append(f"Działanie {number}: nie ma celu {', '.join(str(each) for each in unknown)}.")
    for number, row in enumerate(document["budget"], start=1):
        if refusal := line_refusal(row.amount, row.price):
            refusals.append(f"Pozycja {number} budżetu: {refusal}")
    if refusals:
        raise ValidationError(refusals)
