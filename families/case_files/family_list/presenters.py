"""One row of the list of families, as text for the page and for the XLSX file."""

from dataclasses import dataclass
from datetime import date

from families.case_files.family_list import queries
from families.case_files.family_list.queries import Words
from families.case_files.family_list.tabs import WITHOUT_BASIS, ListTab
from families.case_files.models import NEVER, CaseSummary
from families.choices import AssignmentKind, BasisKind, Category, WorkStatus
from families.permissions import SENSITIVE_BASES, SENSITIVE_CATEGORIES, hidden_values
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.polish import short_date

OWN_ROLE_LABELS = {
    AssignmentKind.LEADING: "prowadzisz",
    AssignmentKind.STAND_IN: "zastępujesz",
    AssignmentKind.ACCOMPANYING: "towarzyszysz",
    AssignmentKind.MONITORING: "monitorujesz",
}
WITHHELD_ADDRESS = "nie ujawniać"  # stands in the XLSX file in place of a withheld address


@dataclass(frozen=True)
class FamilyListRow:
    """A summary of ``queries.with_list_data``."""

    summary: CaseSummary
    user: User
    tab: ListTab
    on: date
    words: Words
    with_deadlines: bool = False
    deadline_kind: str = (
        ""  # the row shows the nearest deadline of this kind (``queries.with_deadline_of_kind``)
    )

    COLUMNS = (
        ("Rodzina", "text", 24),
        ("Numer sprawy", "text", 12),
        ("Status", "text", 24),
        ("Dzieci w domu", "integer", 10),
        ("Osoby w domu", "integer", 10),
        ("Praca od", "date", 12),
        ("Praca do", "date", 12),
        ("Podstawa", "text", 24),
        ("Rejon", "text", 18),
        ("Miejscowość", "text", 18),
        ("Adres", "text", 30),
        ("Kategoria", "text", 28),
        ("Asystent", "text", 28),
        ("Pracownik socjalny", "text", 24),
    )
    DEADLINE_COLUMNS = (
        ("Co trzeba zrobić", "text", 28),
        ("Termin", "date", 12),
        ("Ostatnia wizyta", "date", 12),
    )

    def __post_init__(self) -> None:
        note_shown([self.summary.pk])

    @property
    def pk(self) -> int:
        return self.summary.pk

    @property
    def name(self) -> str:
        return self.summary.sort_name

    @property
    def number(self) -> str:
        return self.summary.number

    @property
    def status(self) -> WorkStatus:
        return WorkStatus(self.summary.status)

    @property
    def since(self) -> date | None:
        return self.summary.starts_on if self.summary.period_id else None

    @property
    def until(self) -> date | None:
        return self.summary.ends_on

    @property
    def children(self) -> int:
        return self.summary.children

    @property
    def people(self) -> int:
        return self.summary.people

    @property
    def region(self) -> str:
        return self.words.regions.get(self.summary.region_id, "")

    @property
    def locality(self) -> str:
        return self.summary.address.locality if self.summary.address else ""

    @property
    def withheld_from(self) -> str:
        """Name of the person the address is withheld from; such an address is never printed or exported."""
        names = (self.summary.withheld_first_name, self.summary.withheld_last_name)
        return " ".join(filter(None, names))

    @property
    def waiting_text(self) -> str:
        """In a tab of waiting families: since when the family waits."""
        if not self.tab.waiting_for:
            return ""
        if self.tab == WITHOUT_BASIS:
            return f"od {short_date(self.summary.without_basis_since)}"
        return f"czeka od {short_date(self.summary.waiting_since)}"

    @property
    def own_role(self) -> str:
        """Role of the user in this family, empty when they simply lead it: "zastępujesz do 04.12.2026"."""
        for each in self.summary.assistants:
            kind, ends_on = each["kind"], each["ends_on"]
            if each["user"] == self.user.pk and (kind != AssignmentKind.LEADING or ends_on):
                until = f" do {short_date(date.fromisoformat(ends_on))}" if ends_on else ""
                return OWN_ROLE_LABELS[kind] + until
        return ""

    @property
    def next_task(self) -> str:
        """The nearest deadline as text, empty without one."""
        kind = self.deadline_kind or self.summary.deadline_kind
        return queries.deadline_label(kind) if kind else ""

    @property
    def due_on(self) -> date | None:
        day = self.summary.kind_due_on if self.deadline_kind else self.summary.due_on
        return None if day == NEVER else day

    @property
    def last_visit_on(self) -> date | None:
        """The last visit held in the current period of work, or in the last one."""
        return self.summary.last_visit_on

    @property
    def tags(self) -> list[dict]:
        """What is unusual about the family: texts and kinds of tags."""
        summary = self.summary
        tags = [{"text": self.own_role, "kind": "accent"}] if self.own_role and not self.tab.ended else []
        if self.status in (WorkStatus.NEW, WorkStatus.PLANNED):
            tags.append({"text": self.status.label, "kind": "accent"})
        if summary.running and summary.waiting_since:
            tags.append({"text": "bez asystenta", "kind": "soon"})
        if summary.without_basis_since:
            tags.append({"text": "bez podstawy", "kind": "late"})
        if not summary.workable and summary.last_own_day:
            until = queries.readable_until(summary.last_own_day, on=self.on)
            tags.append({"text": f"przekazana, odczyt do {short_date(until)}", "kind": ""})
        return tags

    @property
    def basis(self) -> str:
        hidden = hidden_values(self.user, SENSITIVE_BASES)
        kinds = self.summary.basis_kinds
        labels = [BasisKind(kind).label for kind in kinds if kind not in hidden]
        return ", ".join(labels) or ("jest" if kinds else "brak" if self.since else "")

    @property
    def category(self) -> str:
        """Empty also when the user may not see it."""
        category = self.summary.category
        hidden = not category or category in hidden_values(self.user, SENSITIVE_CATEGORIES)
        return "" if hidden else Category(category).label

    @property
    def assistant(self) -> str:
        """Abbreviated for the page: "A. Sikora"."""
        return self._assistants(self.words.short_user_name)

    @property
    def export_cells(self) -> list:
        """The row of the XLSX file; a withheld address is left out."""
        status = [tag["text"] for tag in self.tags] or [self.status.label]
        address = self.summary.address
        lines = (address.locality, address.line) if address else ("", "")
        worker = self.summary.social_worker_id
        return [
            self.name, self.number, ", ".join(filter(None, [*status, self.waiting_text])), self.children, self.people,
            self.since, self.until, self.basis, self.region,
            *((WITHHELD_ADDRESS,) * 2 if self.withheld_from else lines),
            self.category,
            self._assistants(self.words.user_name),
            self.words.user_name(worker) if worker else "",
            *([self.next_task, self.due_on, self.last_visit_on] if self.with_deadlines else []),
        ]  # fmt: skip

    def _assistants(self, name) -> str:
        leading, others = [], []
        for each in self.summary.assistants:
            text = name(each["user"])
            if each["kind"] == AssignmentKind.LEADING:
                leading.append(text)
            else:
                others.append(f"{text} ({AssignmentKind(each['kind']).label})")
        return ", ".join(leading + others)
