"""One line of the list of families, in words, for the page and for the workbook alike."""

from dataclasses import dataclass
from datetime import date

from families.case_files.family_list import due_dates, queries
from families.case_files.family_list.tabs import ListTab
from families.caseload.models import COUNTED_KINDS
from families.choices import AssignmentKind, BasisKind, Category
from families.people.models import Address, Family
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.polish import short_date

OWN_ROLE_LABELS = {
    AssignmentKind.LEADING: "prowadzisz",
    AssignmentKind.STAND_IN: "zastępujesz",
    AssignmentKind.ACCOMPANYING: "towarzyszysz",
    AssignmentKind.MONITORING: "monitorujesz",
}
WITHHELD_ADDRESS = "nie ujawniać"  # what the workbook says in the place of a withheld address


@dataclass(frozen=True)
class FamilyRow:
    """A family as the list shows it; ``family`` carries the annotations of ``case_list.with_facts``."""

    family: Family
    user: object
    view: ListTab
    on: date
    with_duties: bool = False  # the family carries the annotations of ``due.with_duty`` as well

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
    DUE_COLUMNS = (
        ("Co trzeba zrobić", "text", 28),
        ("Termin", "date", 12),
        ("Ostatnia wizyta", "date", 12),
    )

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
        return (self.family.place or {}).get("region") or ""

    @property
    def locality(self) -> str:
        return (self.family.place or {}).get("locality") or ""

    @property
    def withheld_from(self) -> str:
        """Who must not learn the address: it stands on no paper and in no workbook."""
        return ((self.family.place or {}).get("withheld_from") or "").strip()

    @property
    def waits(self) -> str:
        """In a view of those who wait: since when."""
        day = getattr(self.family, "waits_key", None)
        if day is None:
            return ""
        return f"{'czeka od' if self.view.since == 'assistant' else 'od'} {short_date(day)}"

    @property
    def my_part(self) -> str:
        """What the reader does in this family, unless she simply leads it: "zastępujesz do 04.12.2026"."""
        for each in self.family.assistants:
            kind, ends_on = each["kind"], each["ends_on"]
            if each["who"] == self.user.pk and (kind != AssignmentKind.LEADING or ends_on):
                return OWN_ROLE_LABELS[kind] + (
                    f" do {short_date(date.fromisoformat(ends_on))}" if ends_on else ""
                )
        return ""

    @property
    def to_do(self) -> str:
        """The nearest duty in words, empty when nothing is due."""
        return due_dates.deadline_label(self.family.nearest["kind"]) if self.family.nearest else ""

    @property
    def due_on(self) -> date | None:
        return date.fromisoformat(self.family.nearest["due_on"]) if self.family.nearest else None

    @property
    def last_visit_on(self) -> date | None:
        """The last visit held in the present work, or in the last one."""
        return self.family.last_visit_on

    @property
    def working(self) -> bool:
        return bool(self.since and self.since <= self.on and (self.until is None or self.on <= self.until))

    @property
    def status(self) -> str:
        """The state of the work in one word."""
        if not self.since:
            return "nowa"
        if self.working:
            return "aktywna"
        return "zakończona" if self.since <= self.on else "jeszcze nie rozpoczęta"

    @property
    def marks(self) -> list[dict]:
        """What is unusual about the family: words and the kind of tag."""
        marks = [{"text": self.my_part, "kind": "accent"}] if self.my_part and not self.view.ended else []
        if self.status in ("nowa", "jeszcze nie rozpoczęta"):
            marks.append({"text": self.status, "kind": "accent"})
        if self.working and not any(each["kind"] in COUNTED_KINDS for each in self.family.assistants):
            marks.append({"text": "bez asystenta", "kind": "soon"})
        if self.working and not self.family.basis_kinds:
            marks.append({"text": "bez podstawy", "kind": "late"})
        if not self.family.workable and self.family.last_own_day:
            until = queries.readable_until(self.family.last_own_day)
            marks.append({"text": f"przekazana, odczyt do {short_date(until)}", "kind": ""})
        return marks

    @property
    def basis(self) -> str:
        hidden = hidden_values(self.user, SENSITIVE_BASES)
        words = [BasisKind(kind).label for kind in self.family.basis_kinds if kind not in hidden]
        return ", ".join(words) or ("jest" if self.family.basis_kinds else "brak" if self.since else "")

    @property
    def assistant(self) -> str:
        """For the dense page: "A. Sikora"."""
        return self._assistants(lambda each: f"{each['first_name'][:1]}. {each['last_name']}")

    @property
    def cells(self) -> list:
        """The row of the workbook, in the words of the page. No address withheld from somebody leaves with it."""
        status = [mark["text"] for mark in self.marks] or [self.status]
        parts = ("street", "house", "flat", "postal_code", "locality")
        address = (
            Address(**{name: self.family.place[name] for name in parts}).line if self.family.place else ""
        )
        category = self.family.category
        return [
            self.name, self.number, ", ".join(filter(None, [*status, self.waits])), self.children, self.people,
            self.since, self.until, self.basis, self.region,
            WITHHELD_ADDRESS if self.withheld_from else self.locality, WITHHELD_ADDRESS if self.withheld_from else address,
            Category(category).label if category else "",
            self._assistants(lambda each: f"{each['first_name']} {each['last_name']}"),
            self.family.social_worker or "",
            *([self.to_do, self.due_on, self.last_visit_on] if self.with_duties else []),
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
