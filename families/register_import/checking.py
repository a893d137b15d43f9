"""Checks an uploaded register: which rows it would make, and every problem in the way, as a sentence about a cell."""

from collections.abc import Callable

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import Category
from families.people.models import Address, Family, FamilyCategory, Person
from families.people.postal import split_house_and_flat
from families.plans.models import Plan
from families.register_import import cells, people_rows, work_rows
from families.register_import.duplicates import find_duplicates
from families.register_import.problems import PreviewFamily, Report
from families.register_import.reading import RawSheet
from families.register_import.register import FamilyEntry, Register
from families.register_import.staff import Staff, load_contracts, read_region
from families.register_import.tables import Findings, RegisterRow, Table, recognize
from lubsko_ops.accounts.models import Region, User
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold

CATEGORY = cells.words_of(Category)
COUNTED = (
    (Family, "rodzina,rodziny,rodzin"),
    (Person, "osoba,osoby,osób"),
    (WorkPeriod, "okres pracy,okresy pracy,okresów pracy"),
    (LegalBasis, "podstawa,podstawy,podstaw"),
    (Assignment, "przydzielenie asystenta,przydzielenia asystentów,przydzieleń asystentów"),
    (LeadWorkerAssignment, "prowadzenie przez pracownika socjalnego,prowadzenia przez pracowników socjalnych,"
                           "prowadzeń przez pracowników socjalnych"),
    (Plan, "plan na papierze,plany na papierze,planów na papierze"),
)  # fmt: skip


class Checker:
    """One check. ``author``: who imports, for rows that need one; ``today``: read once."""

    def __init__(self, author: User) -> None:
        self.author, self.today = author, clock.today()
        self.findings = Findings()
        self.register = Register()
        self.by_number: dict[str, FamilyEntry] = {}
        self.regions = list(Region.objects.all())
        self.assistants, self.social_workers = Staff.load(Role.ASSISTANT), Staff.load(Role.SOCIAL_WORKER)
        self.contracts = load_contracts()

    def check(self, tables: dict[str, list[Table]]) -> None:
        if not tables["families"]:
            text = "Nie ma arkusza z rodzinami. Bez niego nie wiadomo, czyje są pozostałe wiersze."
            self.findings.about_sheet("Plik", text, "dodaj arkusz Rodziny", is_error=True)
            return
        for key, read in (
            ("families", self.read_family),
            ("people", self.of_family(people_rows.read_person)),
            ("assignments", self.of_family(work_rows.read_assignment)),
            ("bases", self.of_family(work_rows.read_basis)),
            ("plans", self.of_family(work_rows.read_plan)),
        ):
            for table in tables[key]:
                for row in table.rows:
                    read(row)
        if not self.register.entries:
            title = tables["families"][0].title
            text = "W tym arkuszu nie ma ani jednej rodziny."
            self.findings.about_sheet(title, text, "dopisz rodziny", is_error=True)
        for entry in self.register.entries:
            people_rows.finish_people(self, entry)
            work_rows.finish_work(self, entry)
        people_rows.check_repeated_numbers(self)
        work_rows.check_references(self)
        work_rows.check_limits(self)

    def of_family(
        self, read: Callable[["Checker", FamilyEntry, RegisterRow], None]
    ) -> Callable[[RegisterRow], None]:
        """Read a row of another sheet, in the family whose number it has."""

        def read_row(row: RegisterRow) -> None:
            number = self.findings.read(row, "number", cells.read_text)
            if number is None:
                return
            if (entry := self.by_number.get(fold(number))) is None:
                text = f"W arkuszu Rodziny nie ma rodziny o numerze {cells.shown(number)}."
                self.findings.error(row, "number", text, "popraw numer albo dopisz rodzinę")
                return
            row.family = entry.family.name
            read(self, entry, row)

        return read_row

    # ---- the sheet of families -----------------------------------------------------------------------
    def read_family(self, row: RegisterRow) -> None:
        read = self.findings.read
        number = read(row, "number", cells.read_text)
        name = read(row, "name", cells.read_text) or ""
        row.family = name
        starts_on = read(row, "starts_on", cells.read_day)
        entry = FamilyEntry(row, Family(name=name), since=min(starts_on or self.today, self.today))
        if number is not None:
            if other := self.by_number.get(fold(number)):
                text = f"Numer {cells.shown(number)} ma już rodzina z wiersza {other.row.number}."
                self.findings.error(row, "number", text, "nadaj każdej rodzinie inny numer")
                return
            self.by_number[fold(number)] = entry
        self.register.entries.append(entry)
        self.findings.clean(row, entry.family, {"name": "name"})
        entry.family.clean()
        entry.add(row, entry.family)
        self.read_address(entry, row)
        if category := read(
            row, "category", cells.read_choice, CATEGORY, "kategorię z arkusza „Jak wypełnić”"
        ):
            entry.add(row, FamilyCategory(family=entry.family, category=category, starts_on=entry.since))
        for phone in read(row, "phone", cells.read_phones) or []:
            people_rows.add_phone(entry, row, phone)
        work_rows.read_period(self, entry, row, starts_on)
        entry.assessed_on = read(row, "assessed_on", cells.read_day)

    def read_address(self, entry: FamilyEntry, row: RegisterRow) -> None:
        read = self.findings.read
        values = {
            key: read(row, key, cells.read_text) or "" for key in ("street", "house", "flat", "locality")
        }
        postal_code = read(row, "postal_code", cells.read_postal_code) or ""
        region = read(row, "region", read_region, self.regions)
        if not (any(values.values()) or postal_code or region):
            return
        if not values["locality"]:
            if "locality" not in row.broken:
                self.findings.error(row, "locality", "Adres nie ma miejscowości.", "uzupełnij miejscowość")
            return
        if not values["flat"]:
            values["house"], values["flat"] = split_house_and_flat(values["house"])
        entry.address = Address(
            family=entry.family, postal_code=postal_code, region=region, starts_on=entry.since, **values
        )
        self.findings.clean(row, entry.address, {key: key for key in values})
        entry.address.clean()
        entry.add(row, entry.address)

    # ---- what comes out ------------------------------------------------------------------------------
    def report(self) -> Report:
        counts = {forms: number for model, forms in COUNTED if (number := self.register.count(model))}
        families = [self.preview(entry) for entry in self.register.entries]
        return Report(counts, families, self.findings.problems)

    def preview(self, entry: FamilyEntry) -> PreviewFamily:
        period, assistant = entry.period, entry.assistant_on(self.today)
        work = "praca jeszcze się nie zaczęła"
        if period:
            end = f" do {short_date(period.ends_on)}" if period.ends_on else ""
            work = f"od {short_date(period.starts_on)}{end}"
        return PreviewFamily(
            entry.row.number,
            entry.family.name,
            entry.address.line if entry.address else "",
            len(entry.people),
            work,
            str(assistant or ""),
        )


def check_register(
    sheets: list[RawSheet], *, author: User, step: Callable[[str], None] = lambda stage: None
) -> tuple[Register, Report]:
    """The rows the register would make and what the check found. Raises UnreadableFile for another kind of file.

    ``step`` is called with the name of each stage.
    """
    checker = Checker(author)
    step("Sprawdzanie wierszy")
    tables = recognize(sheets, checker.findings)
    checker.check(tables)
    step("Szukanie tych samych osób")
    find_duplicates(checker.register, checker.findings)
    return checker.register, checker.report()
