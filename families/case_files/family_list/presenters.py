"""One row of the list of families, as text for the page and for the XLSX file."""

from dataclasses import dataclass
from datetime import date

from families.case_files.family_list import queries
from families.case_files.family_list.tabs import ListTab
from families.caseload.models import COUNTED_KINDS
from families.choices import AssignmentKind, BasisKind, Category, WorkStatus
from families.people.models import Address, Family
from families.permissions import SENSITIVE_BASES, hidden_values
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
class FamilyRow:
    """A family with the annotations of ``queries.with_row_data``."""

    family: Family
    user: object
    tab: ListTab
    on: date
    with_deadlines: bool = False  # also with the annotations of ``queries.with_nearest_deadline``

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
        note_shown([self.family.pk])

    @property
    def pk(self) -> int:
        return self.family.pk

    @property
    def name(self) -> str:
        return self.family.name

    @property
    def number(self) -> str:
        period = self.family.period
        return f"{period['year']}/{period['serial']:03d}" if period else ""

    @property
    def since(self) -> date | None:
        return self._day_of_period("starts_on")

    @property
    def until(self) -> date | None:
        return self._day_of_period("ends_on")

    @property
    def children(self) -> int:
        return (self.family.household or {}).get("children", 0)

    @property
    def people(self) -> int:
        return (self.family.household or {}).get("people", 0)

    @property
    def region(self) -> str:
        return (self.family.residence or {}).get("region") or ""

    @property
    def locality(self) -> str:
        return (self.family.residence or {}).get("locality") or ""

    @property
    def withheld_from(self) -> str:
        """Name of the person the address is withheld from; such an address is never printed or exported."""
        return ((self.family.residence or {}).get("withheld_from") or "").strip()

    @property
    def waiting_text(self) -> str:
        """In a tab of waiting families: since when the family waits."""
        day = getattr(self.family, "waiting_since", None)
        if day is None:
            return ""
        return f"{'czeka od' if self.tab.waiting_for == 'assistant' else 'od'} {short_date(day)}"

    @property
    def own_role(self) -> str:
        """Role of the user in this family, empty when they simply lead it: "zastępujesz do 04.12.2026"."""
        for each in self.family.assistants:
            kind, ends_on = each["kind"], each["ends_on"]
            if each["who"] == self.user.pk and (kind != AssignmentKind.LEADING or ends_on):
                return OWN_ROLE_LABELS[kind] + (
                    f" do {short_date(date.fromisoformat(ends_on))}" if ends_on else ""
                )
        return ""

    @property
    def next_task(self) -> str:
        """The nearest deadline as text, empty without one."""
        return (
            queries.deadline_label(self.family.nearest_deadline["kind"])
            if self.family.nearest_deadline
            else ""
        )

    @property
    def due_on(self) -> date | None:
        nearest = self.family.nearest_deadline
        return date.fromisoformat(nearest["due_on"]) if nearest else None

    @property
    def last_visit_on(self) -> date | None:
        """The last visit held in the current period of work, or in the last one."""
        return self.family.last_visit_on

    @property
    def working(self) -> bool:
        return bool(self.since and self.since <= self.on and (self.until is None or self.on <= self.until))

    @property
    def status(self) -> WorkStatus:
        if not self.since:
            return WorkStatus.NEW
        if self.working:
            return WorkStatus.RUNNING
        return WorkStatus.ENDED if self.since <= self.on else WorkStatus.PLANNED

    @property
    def tags(self) -> list[dict]:
        """What is unusual about the family: texts and kinds of tags."""
        tags = [{"text": self.own_role, "kind": "accent"}] if self.own_role and not self.tab.ended else []
        if self.status in (WorkStatus.NEW, WorkStatus.PLANNED):
            tags.append({"text": self.status.label, "kind": "accent"})
        if self.working and not any(each["kind"] in COUNTED_KINDS for each in self.family.assistants):
            tags.append({"text": "bez asystenta", "kind": "soon"})
        if self.working and not self.family.basis_kinds:
            tags.append({"text": "bez podstawy", "kind": "late"})
        if not self.family.workable and self.family.last_own_day:
            until = queries.readable_until(self.family.last_own_day)
            tags.append({"text": f"przekazana, odczyt do {short_date(until)}", "kind": ""})
        return tags

    @property
    def basis(self) -> str:
        hidden = hidden_values(self.user, SENSITIVE_BASES)
        labels = [BasisKind(kind).label for kind in self.family.basis_kinds if kind not in hidden]
        return ", ".join(labels) or ("jest" if self.family.basis_kinds else "brak" if self.since else "")

    @property
    def assistant(self) -> str:
        """Abbreviated for the page: "A. Sikora"."""
        return self._assistants(lambda each: f"{each['first_name'][:1]}. {each['last_name']}")

    @property
    def export_cells(self) -> list:
        """The row of the XLSX file; a withheld address is left out."""
        status = [tag["text"] for tag in self.tags] or [self.status.label]
        parts = ("street", "house", "flat", "postal_code", "locality")
        address = (
            Address(**{name: self.family.residence[name] for name in parts}).line
            if self.family.residence
            else ""
        )
        category = self.family.category
        return [
            self.name, self.number, ", ".join(filter(None, [*status, self.waiting_text])), self.children, self.people,
            self.since, self.until, self.basis, self.region,
            *((WITHHELD_ADDRESS,) * 2 if self.withheld_from else (self.locality, address)),
            Category(category).label if category else "",
            self._assistants(lambda each: f"{each['first_name']} {each['last_name']}"),
            self.family.social_worker or "",
            *([self.next_task, self.due_on, self.last_visit_on] if self.with_deadlines else []),
        ]  # fmt: skip

    def _assistants(self, name) -> str:
        leading = [name(each) for each in self.family.assistants if each["kind"] == AssignmentKind.LEADING]
        others = [
            f"{name(each)} ({AssignmentKind(each['kind']).label})"
            for each in self.family.assistants
            if each["kind"] != AssignmentKind.LEADING
        ]
        return ", ".join(leading + others)

    def _day_of_period(self, name: str) -> date | None:
        day = (self.family.period or {}).get(name)
        return date.fromisoformat(day) if day else None
