"""Sprawy po terminie: the list behind the numbers of overdue deadlines."""

from datetime import date

import django_filters
from django.db.models import QuerySet

from families.case_files.family_list.queries import deadline_label, load_words
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.models import Family
from families.people.permissions import FAMILY_LIST_AREA
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role

# Columns of the table of overdue deadlines.
KIND_COLUMNS = {
    DeadlineKind.DANGER: "Zagrożenie",
    DeadlineKind.BASIS: "Podstawa",
    DeadlineKind.FIRST_VISIT: "Wizyta",
    DeadlineKind.VISIT: "Wizyta",
    DeadlineKind.PLAN: "Plan",
    DeadlineKind.PLAN_FIX: "Plan",
    DeadlineKind.PLAN_CONSULT: "Plan",
    DeadlineKind.PLAN_ACCEPT: "Plan",
    DeadlineKind.PLAN_SIGN: "Plan",
    DeadlineKind.PLAN_REVIEW: "Plan",
    DeadlineKind.ASSESSMENT: "Ocena",
    DeadlineKind.PROJECT_PAPERS: "Projekt",
    DeadlineKind.PROJECT_ABSENCES: "Projekt",
}
COLUMN_CODES = {
    "Zagrożenie": "zagrozenie",
    "Podstawa": "podstawa",
    "Wizyta": "wizyta",
    "Plan": "plan",
    "Ocena": "ocena",
    "Projekt": "projekt",
}
UNASSIGNED_NAME = "Kierownik"  # of deadlines without a responsible user
NOBODY, ASSISTANTS = "kierownik", "asystenci"  # of the filter by person, beside ids


def overdue_url(*, person: int | str | None = "", column: str = "") -> str:
    """The list of overdue deadlines of a user (id; None: nobody; ASSISTANTS) and of a column of the table."""
    code = NOBODY if person is None else person
    query = {"osoba": code, "co": COLUMN_CODES.get(column, "")}
    text = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{reverse('families:overdue')}{'?' if text else ''}{text}"


def overdue_on(day: date) -> QuerySet[Deadline]:
    return Deadline.objects.filter(done_on=None, due_on__lt=day)


class OverdueFilter(django_filters.FilterSet):
    """Responsible user and column of the table."""

    osoba = django_filters.ChoiceFilter(label="Osoba", empty_label="wszyscy", method="by_person")
    co = django_filters.ChoiceFilter(
        label="Co trzeba zrobić",
        empty_label="cokolwiek",
        choices=[(code, column) for column, code in COLUMN_CODES.items()],
        method="by_column",
    )

    class Meta:
        model = Deadline
        fields: list[str] = []

    def __init__(self, data, *, people, **kwargs):
        super().__init__(data, **kwargs)
        self.filters["osoba"].extra["choices"] = people

    def by_person(self, deadlines, name, value):
        if value == NOBODY:
            return deadlines.filter(responsible=None)
        if value == ASSISTANTS:
            assistants = User.objects.holding_role(Role.ASSISTANT, self.request.today)
            return deadlines.filter(responsible__in=assistants.values("pk"))
        return deadlines.filter(responsible=value)

    def by_column(self, deadlines, name, value):
        kinds = [kind for kind, column in KIND_COLUMNS.items() if COLUMN_CODES[column] == value]
        return deadlines.filter(kind__in=kinds)


class OverdueListView(KeysetListView):
    """Overdue deadlines of the families visible to the user, the longest overdue first."""

    permission = VISIT_VIEW
    access_area = FAMILY_LIST_AREA
    template_name = "dashboard/overdue_list.html"
    fragment = "dashboard/_overdue_list_table.html"
    filterset_class = OverdueFilter
    sorts = (Sort("termin", "od najdawniejszego terminu", "od najnowszego terminu", ("due_on",)),)

    def get_queryset(self):
        families = Family.objects.visible_to(self.request.user, on=self.request.today)
        rows = overdue_on(self.request.today).filter(family__in=families.values("pk"))
        return rows.select_related("family", "responsible")

    def get_filterset_kwargs(self):
        words = load_words()
        people = [(str(pk), words.user_name(pk)) for pk in words.users]
        return {"people": [(ASSISTANTS, "wszyscy asystenci"), (NOBODY, UNASSIGNED_NAME), *people]}

    def prepare_rows(self, rows):
        note_shown(row.family_id for row in rows)
        return [
            {
                "deadline": row,
                "name": deadline_label(row.kind),
                "who": row.responsible or UNASSIGNED_NAME,
                "url": reverse("families:overview", args=[row.family_id]),
            }
            for row in rows
        ]
