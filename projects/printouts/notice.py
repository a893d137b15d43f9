"""Ogłoszenie o naborze: one page for the notice board.

Printed as of today and not kept: nobody approves or signs it, the approval and the karta projektu do that. It names
nobody; the telephones are those the authors wrote for it.
"""

import re
from datetime import date
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import count_of, long_date
from lubsko_ops.output.documents import document_html
from projects.choices import ActivityKind, EditionState, Takes
from projects.document import load_document
from projects.models import Edition, ProjectGroup
from projects.papers import ages_text, load_groups

TEMPLATE = "print/project/notice.html"
LARGE_TYPE_LINES, LINE_LENGTH = 14, 66  # the texts and telephones that fit on one page in large type
SEPARATORS = re.compile(r"[,;\n]| lub | albo ")  # between telephones
NOT_OFFERED = (ActivityKind.EVENT, ActivityKind.FAMILY_WORK)  # nobody enrols for them
PLACES = {
    Takes.PAIRS: "miejsce dla rodzica z dzieckiem,miejsca dla rodziców z dziećmi,miejsc dla rodziców z dziećmi",
    Takes.FAMILIES: "miejsce dla rodziny,miejsca dla rodzin,miejsc dla rodzin",
}
PLACE_FORMS = "miejsce,miejsca,miejsc"


def notice_html(edition: Edition) -> str:
    return document_html(TEMPLATE, notice_context(edition) | {"centre": get_letterhead()})


def notice_context(edition: Edition) -> dict[str, Any]:
    """What the notice says, as plain values."""
    document = load_document(edition)
    criteria = [row.line for row in document["criteria"] if row.text]
    groups = [group_text(group) for group in load_groups(edition) if group.kind not in NOT_OFFERED]
    planned = [(row.name, "") for row in document["actions"] if row.name and row.kind not in NOT_OFFERED]
    telephones = [part.strip() for part in SEPARATORS.split(edition.telephones) if part.strip()]
    texts = [edition.target_group, edition.criteria, edition.schedule, edition.recruitment, *criteria]
    texts += [f"{name}{text}" for name, text in groups or planned]
    return {
        "stage": notice_stage(edition),
        "case_reference": edition.case_reference,
        "title": edition.title,
        "target_group": edition.target_group,
        "criteria": criteria,
        "criteria_text": edition.criteria,
        "when": days_text(edition.starts_on, edition.ends_on),
        "schedule": edition.schedule,
        "place": edition.place,
        "places": count_of(edition.places, PLACE_FORMS) if edition.places else "",
        "programme": groups or planned,
        "enrolment": enrolment_text(edition),
        "recruitment": edition.recruitment,
        "telephones": telephones,
        "is_long": sum(count_lines(text) for text in texts) + len(telephones) > LARGE_TYPE_LINES,
    }


def count_lines(text: str) -> int:
    return sum(1 + len(line) // LINE_LENGTH for line in text.splitlines())


def notice_stage(edition: Edition) -> str:
    """Why the notice is not for the board; empty for an approved project."""
    if edition.state == EditionState.WITHDRAWN:
        return "od projektu odstąpiono, nie wywieszać"
    return "" if edition.is_approved else "projekt jeszcze niezatwierdzony, nie wywieszać"


def days_text(first: date | None, last: date | None) -> str:
    """ "od 2 listopada 2026 r. do 31 grudnia 2026 r."; either may be missing."""
    return " ".join(f"{word} {long_date(day)}" for word, day in (("od", first), ("do", last)) if day)


def enrolment_text(edition: Edition) -> str:
    return days_text(edition.recruits_from, edition.recruits_to)


def group_text(group: ProjectGroup) -> tuple[str, str]:
    """The name of a group, and what it is, for whom and where."""
    parts = [group.get_kind_display(), ages_text(group), group.place_text]
    parts += [count_of(group.meetings, "spotkanie,spotkania,spotkań")] if group.meetings else []
    parts += [count_of(group.capacity, PLACES.get(Takes(group.takes), PLACE_FORMS))] if group.capacity else []
    return group.name, ", ".join(part for part in parts if part)
