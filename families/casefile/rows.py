"""One line of the list of families, in words, for the page and for the workbook alike."""

from dataclasses import dataclass
from datetime import date

from families.casefile import case_list
from families.dictionaries import AssignmentKind, BasisKind
from families.people.models import Family
from families.sensitive import BASES, hidden_from
from lubsko_ops.polish import list_in_words, short_day


@dataclass(frozen=True)
class Row:
    """A family as the list shows it; ``family`` carries the annotations of ``case_list.with_facts``."""

    family: Family
    user: object
    view: case_list.View
    on: date

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
        ("Asystent", "text", 28),
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
        marks = []
        if self.status in ("nowa", "jeszcze nie rozpoczęta"):
            marks.append({"text": self.status, "kind": "accent"})
        if self.working and not any(each["kind"] in case_list.COUNTING for each in self.family.assistants):
            marks.append({"text": "bez asystenta", "kind": "soon"})
        if self.working and not self.family.basis_kinds:
            marks.append({"text": "bez podstawy", "kind": "late"})
        if not self.family.workable and self.family.last_own_day:
            until = case_list.readable_until(self.family.last_own_day)
            marks.append({"text": f"przekazana, odczyt do {short_day(until)}", "kind": ""})
        return marks

    @property
    def basis(self) -> str:
        hidden = hidden_from(self.user, BASES)
        words = [BasisKind(kind).label for kind in self.family.basis_kinds if kind not in hidden]
        return ", ".join(words) or ("jest" if self.family.basis_kinds else "brak" if self.since else "")

    @property
    def assistant(self) -> str:
        """For the dense page: "A. Sikora"."""
        return self._assistants(lambda each: f"{each['first_name'][:1]}. {each['last_name']}")

    @property
    def cells(self) -> list:
        """The row of the workbook."""
        status = list_in_words(
            [self.status, *(mark["text"] for mark in self.marks if mark["text"] != self.status)]
        )
        return [
            self.name, self.number, status, self.children, self.people, self.since, self.until, self.basis,
            self.region, self.locality, self._assistants(lambda each: f"{each['first_name']} {each['last_name']}"),
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
