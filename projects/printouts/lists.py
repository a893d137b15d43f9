"""Lista uczestników on paper, and the participants as a table for a spreadsheet.

Working prints of the day, not issued papers: nobody signs for what they say. Neither holds facts of health, the reason
of a therapy or why somebody left. Both have only the participants the user may see; of the others, how many they are.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import count_of, short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from projects.choices import AgeUnit, ConsentKind, ParticipationStatus
from projects.models import HOLDING_PLACE, Edition, ParticipantConsent, Participation, ProjectGroup
from projects.participants.people import age_text
from projects.printouts.notice import days_text
from projects.printouts.people import last_consents

TEMPLATE = "print/project/participants.html"
PEOPLE = "osoba,osoby,osób"
WAITING = {
    ParticipationStatus.RESERVE: "lista rezerwowa",
    ParticipationStatus.REPORTED: "zgłoszeni",
}
HIDDEN = "spoza rodzin i grup osoby, która pobrała listę"


# ---- on paper ----------------------------------------------------------------------------------------
def list_html(
    edition: Edition,
    rows: list[Participation],
    *,
    group: ProjectGroup | None,
    hidden: int,
    signatures: bool,
    today: date,
) -> str:
    context = list_context(edition, rows, group=group, hidden=hidden, signatures=signatures, today=today)
    return document_html(TEMPLATE, context | {"centre": get_letterhead()})


def list_context(
    edition: Edition,
    rows: list[Participation],
    *,
    group: ProjectGroup | None,
    hidden: int,
    signatures: bool,
    today: date,
) -> dict[str, Any]:
    """What the list shows: those who hold a place, in the order given; ``hidden``: how many the user does not see."""
    start = (group or edition).starts_on
    return {
        "case_reference": edition.case_reference,
        "title": edition.title,
        "group": group.name if group else "",
        "when": days_text(start, (group or edition).ends_on),
        "place": group.place_text if group else edition.place,
        "as_of": today,
        "age_on": start,
        "rows": [
            {
                "name": name_by_surname(row.person) if row.person else f"rodzina: {row.family}",
                "age": row_age(row, start),
                "child": f"{row.child}, {row_age(row, start, child=True)}".rstrip(", ") if row.child else "",
                "group": str(row.group or ""),
                "status": row.get_status_display(),
            }
            for row in rows
            if row.status in HOLDING_PLACE
        ],
        "signatures": signatures,
        "others": others_text(rows, hidden),
    }


def name_by_surname(person: Person) -> str:
    return f"{person.last_name} {person.first_name}"


def row_age(row: Participation, day: date, *, child: bool = False) -> str:
    """The age at the start; of children of a group that counts in months, in months."""
    person = row.child if child else row.person
    in_months = row.group is not None and row.group.age_unit == AgeUnit.MONTHS
    counted_in_months = in_months and (child or row.child is None)
    unit = AgeUnit.MONTHS if counted_in_months else AgeUnit.YEARS
    return age_text(person, day, unit) if person else ""


def others_text(rows: Iterable[Participation], hidden: int) -> str:
    """Who is not on the list: those who wait, and those whom the user does not see."""
    statuses = [row.status for row in rows]
    numbers = {words: statuses.count(status) for status, words in WAITING.items()} | {HIDDEN: hidden}
    parts = [f"{words} – {count_of(each, PEOPLE)}" for words, each in numbers.items() if each]
    return f"Poza listą: {', '.join(parts)}." if parts else ""


# ---- as a table --------------------------------------------------------------------------------------
COLUMNS = (
    SheetColumn("Nazwisko", width=22),
    SheetColumn("Imię", width=16),
    SheetColumn("Wiek na początku", width=14),
    SheetColumn("Płeć", width=11),
    SheetColumn("W parze z", width=24),
    SheetColumn("Grupa", width=28),
    SheetColumn("Status", width=18),
    SheetColumn("Status od", "date"),
    SheetColumn("Zgłoszono", "date"),
    SheetColumn("Deklaracja", "date", 14),
    SheetColumn("Zgoda opiekuna", "date", 14),
    SheetColumn("Zgoda na wizerunek", "date", 14),
    SheetColumn("Informacja o danych", "date", 14),
    SheetColumn("Rodzina", width=22),
    SheetColumn("Telefon", width=16),
)
CONSENT_COLUMNS = (
    ConsentKind.DECLARATION,
    ConsentKind.GUARDIAN,
    ConsentKind.IMAGE,
    ConsentKind.INFORMATION,
)


def visible_families(rows: Iterable[Participation], user: User, *, on: date) -> set[int]:
    """Ids of the families of the rows whose file the user may open: only these are named."""
    families = {row.family_id for row in rows if row.family_id}
    return set(Family.objects.visible_to(user, on=on).filter(pk__in=families).values_list("pk", flat=True))


def participants_sheet(
    edition: Edition,
    rows: list[Participation],
    *,
    families: set[int],
    hidden: int,
    user: User,
    today: date,
) -> Sheet:
    """One line for each person, a family that takes part as a whole in one; ``families``: ids of those to name."""
    consents = last_consents(edition)
    lines = []
    for row in rows:
        pairs = ((row.person, row.child), (row.child, row.person)) if row.child else ((row.person, None),)
        lines += [_line(row, person, other, consents, families) for person, other in pairs]
    notes = [f"Stan na {short_date(today)}. Listę pobrano z aplikacji: {user}."]
    notes += [f"Poza listą: {HIDDEN} – {count_of(hidden, PEOPLE)}."] if hidden else []
    return Sheet(f"Uczestnicy, {edition}", COLUMNS, lines, notes)


Consents = dict[tuple[int, str], ParticipantConsent]


def _line(
    row: Participation, person: Person | None, other: Person | None, consents: Consents, families: set[int]
) -> list[Any]:
    family = str(row.family) if row.family_id in families else ""
    signed = [consents.get((person.pk, kind)) if person else None for kind in CONSENT_COLUMNS]
    return [
        person.last_name if person else str(row.family),
        person.first_name if person else "cała rodzina",
        row_age(row, (row.group or row.edition).starts_on, child=person is row.child) if person else "",
        person.get_sex_display() if person else "",
        str(other or ""),
        str(row.group or ""),
        row.get_status_display(),
        row.status_on,
        row.reported_on,
        *(consent_cell(each) for each in signed),
        family,
        row.contact_phone,
    ]


def consent_cell(consent: ParticipantConsent | None) -> date | str | None:
    """The day it was signed; of a withdrawn one, the words."""
    if consent is None or consent.withdrawn_on is None:
        return consent and consent.given_on
    return f"cofnięto {short_date(consent.withdrawn_on)}"
