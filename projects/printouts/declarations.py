"""Deklaracja uczestnictwa and zgoda opiekuna: forms to sign on paper, blank or with the names of participants.

They are not issued papers: the application prints them empty of decisions, and what counts is the signed sheet, whose
day is entered as a consent. The text on data processing is the centre's own; without one the form has lines for it and
says that the centre completes them with its data protection officer.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.output.documents import document_html
from projects.choices import ConsentKind
from projects.models import ENDED, Edition, Participation
from projects.printouts.notice import days_text
from projects.printouts.people import Consents, minors, people_of

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
BATCH = 25  # sheets in one file; each costs about a third of a second

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
    child = child_in(row, minors(people_of([row]), on=on))
    return _guardian_sheet(row, child) if child else None


def child_in(row: Participation, under_age: set[int]):
    """The child of the row: of a pair, or a participant under age."""
    if row.child:
        return row.child
    return row.person if row.person_id in under_age else None


def _guardian_sheet(row: Participation, child) -> Sheet:
    return blank(ConsentKind.GUARDIAN) | {
        "child": str(child),
        "name": str(row.person) if row.child else "",
        "group": str(row.group or ""),
        "phone": row.contact_phone,
    }


def unsigned_sheets(
    edition: Edition, rows: Iterable[Participation], *, on: date
) -> list[tuple[Participation, Sheet]]:
    """What is still to be signed: a declaration of each adult and family, a guardian's consent for each child."""
    consents = Consents(edition)
    rows = [row for row in rows if row.status not in ENDED]
    under_age = minors(people_of(rows), on=on)
    sheets, done = [], set()
    for row in rows:
        child = child_in(row, under_age)
        if child and not consents.holds(child.pk, ConsentKind.GUARDIAN) and child.pk not in done:
            sheets.append((row, _guardian_sheet(row, child)))
            done.add(child.pk)
        signer = row.person if row.person != child else None
        if signer and not consents.holds(signer.pk, ConsentKind.DECLARATION) and signer.pk not in done:
            sheets.append((row, declaration_of(row)))
            done.add(signer.pk)
        if row.person is None and row.family_id not in consents.signing_families:
            sheets.append((row, declaration_of(row)))
    return sheets
