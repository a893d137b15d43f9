"""Deklaracja uczestnictwa and zgoda opiekuna: forms to sign on paper, blank or with the names of participants.

They are not issued papers: the application prints them empty of decisions, and what counts is the signed sheet, whose
day is entered as a consent. The text on data processing is the centre's own; without one the form has lines for it and
says that the centre completes them with its data protection officer.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from families.people.models import Membership, Person
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.output.documents import document_html
from projects.choices import ConsentKind
from projects.models import ENDED, Edition, Participation
from projects.participants.facts import children_among, consents_in_force
from projects.participants.people import people_of
from projects.participants.rules import missing_papers
from projects.printouts.notice import days_text

TEMPLATE = "print/project/declarations.html"
TO_COMPLETE = (  # of the information on data processing, where the centre has written none
    "Inspektor ochrony danych i kontakt z nim",
    "Podstawa prawna przetwarzania",
    "Komu dane mogą być przekazane",
    "Jak długo są przechowywane",
    "Prawa osoby, której dane dotyczą, i dokąd złożyć skargę",
    "Czy podanie danych jest konieczne",
)
TITLES = {
    ConsentKind.DECLARATION: "Deklaracja uczestnictwa",
    ConsentKind.GUARDIAN: "Zgoda opiekuna na udział dziecka",
}
BATCH = 15  # sheets in one file; each costs about a third of a second

Sheet = dict[str, str]


def declarations_html(edition: Edition, sheets: list[Sheet]) -> str:
    kinds = {sheet["kind"] for sheet in sheets}
    context: dict[str, Any] = {
        "heading": TITLES[kinds.pop()] if len(kinds) == 1 else "Deklaracje i zgody",
        "centre": get_letterhead(),
        "case_reference": edition.case_reference,
        "title": edition.title,
        "when": days_text(edition.starts_on, edition.ends_on),
        "stage": "" if edition.is_approved else "projekt jeszcze niezatwierdzony",
        "sheets": sheets,
        "to_complete": TO_COMPLETE,
        "is_filled": any(sheet["name"] for sheet in sheets),
    }
    return document_html(TEMPLATE, context)


def blank(kind: ConsentKind) -> Sheet:
    return {"kind": kind, "name": "", "child": "", "family": "", "group": "", "phone": ""}


def declaration_of(row: Participation) -> Sheet:
    """The declaration of a participant, of a parent with a child, or of a family."""
    return blank(ConsentKind.DECLARATION) | {
        "name": str(row.person or ""),
        "child": str(row.child or ""),
        "family": "" if row.person else str(row.family),
        "group": str(row.group or ""),
        "phone": row.contact_phone,
    }


def guardian_consent_of(row: Participation, *, on: date) -> Sheet | None:
    """The consent for the child who takes part, alone or with a parent, who is then named; None for an adult."""
    people = people_of([row])
    under_age = children_among(people, on=on)
    child = next((person for person in people if person.pk in under_age), None)
    return _sheet(row, child, ConsentKind.GUARDIAN) if child else None


def _sheet(row: Participation, person: Person, kind: ConsentKind) -> Sheet:
    """What the person of the row, or a guardian for this child, has to sign."""
    if kind == ConsentKind.DECLARATION:
        return declaration_of(row) | ({} if person == row.person else {"name": str(person), "child": ""})
    return blank(kind) | {
        "child": str(person),
        "name": str(row.person) if person == row.child else "",
        "group": str(row.group or ""),
        "phone": row.contact_phone,
    }


def unsigned_sheets(
    edition: Edition, rows: Iterable[Participation], *, on: date
) -> list[tuple[Participation, Sheet]]:
    """What is still to be signed: a declaration of each adult and family, a guardian's consent for each child."""
    rows = [row for row in rows if row.status not in ENDED]
    people = people_of(rows)
    under_age = children_among(people, on=on)
    given = consents_in_force(edition, {person.pk for person in people}, on=on)
    signing = _signing_families(edition, rows, on=on)
    sheets, done = [], set()
    for row in rows:
        for person in people_of([row]):
            kinds = missing_papers(is_child=person.pk in under_age, given=given.get(person.pk, ()))
            if person.pk not in done:
                sheets += [(row, _sheet(row, person, kind)) for kind in kinds]
            done.add(person.pk)
        if row.person is None and row.family_id not in signing:
            sheets.append((row, declaration_of(row)))
    return sheets


def _signing_families(edition: Edition, rows: list[Participation], *, on: date) -> set[int]:
    """Families that take part as a whole and one of whose members signed a declaration."""
    families = {row.family_id for row in rows if row.person is None}
    members = dict(Membership.objects.filter(family__in=families).values_list("person", "family"))
    given = consents_in_force(edition, members, on=on)
    return {members[person] for person, kinds in given.items() if ConsentKind.DECLARATION in kinds}
