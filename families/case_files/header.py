"""The identity bar: the same facts on every page of a family's file."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.case_files import task_list
from families.case_files.queries import ENDED, CaseState, get_case_state
from families.caseload.models import COUNTED_KINDS
from families.people.models import Family
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.templatetags.ui import deadline_status, screen_only, tag


@dataclass(frozen=True)
class HeaderButton:
    """A deed offered in the bar; ``main`` is the one filled button of the page."""

    label: str
    url: str
    main: bool = False


def get_header(family: Family, *, user, on: date) -> dict:
    """What the bar shows: number, tags, facts, buttons; and the standing itself for the page below."""
    standing = get_case_state(family, on=on)
    facts = [
        *next_deadline_facts(standing, user=user, on=on),
        {"term": "Adres", "value": address_text(standing)},
        {"term": "Podstawa", "value": basis_text(standing, user), "less": True},
        {"term": "Asystent", "value": assistant_text(standing)},
        {"term": "Pracownik socjalny", "value": social_worker_text(standing), "less": True},
    ]
    buttons = get_buttons(family, standing, user=user)
    return {
        "number": standing.number,
        "tags": get_tags(standing, workable=family.workable),
        "facts": facts,
        "buttons": buttons,
        "other_deeds": [
            button for button in buttons if not button.main
        ],  # in a menu where there is little room
        "standing": standing,
    }


def next_deadline_facts(standing: CaseState, *, user, on: date) -> list[dict]:
    """The nearest duty, for those who may read visits; nothing when nothing is due."""
    row = task_list.next_deadline(standing)
    if row is None or not has_permission(user, Permission.VISIT_VIEW):
        return []
    words = deadline_status(
        {"today": on}, task_list.short_name(row), row.due_on, soon=task_list.soon_days(row)
    )
    return [{"term": "Najbliższy termin", "value": words}]


def address_text(standing: CaseState) -> str:
    """Where the family lives; an address withheld from somebody says so and stays off paper."""
    address = standing.address
    if address is None:
        return "bez stałego adresu"
    return screen_only(address.place_line, address.withheld_from)


def get_tags(standing: CaseState, *, workable: bool = True) -> list:
    """The state, and only what is unusual about it."""
    tags = [tag(standing.status, "accent" if standing.period is None else "")]
    if standing.without_assistant_since:
        tags.append(tag("bez asystenta", "soon"))
    if standing.without_basis_since:
        tags.append(tag("bez podstawy pracy", "late"))
    if not workable:
        tags.append(tag("tylko do odczytu", "soon"))
    return tags


def get_buttons(family: Family, standing: CaseState, *, user) -> list[HeaderButton]:
    """Deeds this person may do with this family, the one that is waited for first."""
    if not family.workable:
        return []
    led = any(row.kind in COUNTED_KINDS for row in standing.assignments)
    planned = standing.to_lead and not standing.working
    waiting = not led and not planned and standing.status != ENDED
    offered = [
        ("Przydziel asystenta", "families:assign", Permission.ASSIGN, waiting),
        ("Zapisz wizytę", "families:visit-new", Permission.VISIT_LOG, standing.has_assistant(user)),
        ("Dodaj osobę", "families:person-add", Permission.FAMILY_EDIT, True),
        ("Zmień dane rodziny", "families:family-edit", Permission.FAMILY_EDIT, True),
    ]
    buttons = []
    for label, name, permission, wanted in offered:
        if wanted and has_permission(user, permission):
            url = reverse(name, args=[family.pk])
            buttons.append(
                HeaderButton(label, url, main=permission in (Permission.ASSIGN, Permission.VISIT_LOG))
            )
    return buttons


def basis_text(standing: CaseState, user) -> str:
    """ "zgoda z 15.04.2024"; a basis of a narrower circle only for those who may see it."""
    hidden = hidden_values(user, SENSITIVE_BASES)
    by_kind = {}
    for basis in standing.bases:
        if basis.kind not in hidden:
            by_kind.setdefault(basis.kind, basis)
    words = [f"{basis.get_kind_display()} z {short_date(basis.starts_on)}" for basis in by_kind.values()]
    return join_list(words) or ("jest" if standing.bases else "brak")


def assistant_text(standing: CaseState) -> str:
    words = [str(standing.leading.assistant)] if standing.leading else []
    words += [f"{row.assistant} ({row.get_kind_display()})" for row in standing.helping]
    if standing.to_lead and not standing.leading:
        words.append(f"{standing.to_lead.assistant} od {short_date(standing.to_lead.starts_on)}")
    return join_list(words) or "nieprzydzielony"


def social_worker_text(standing: CaseState) -> str:
    region = standing.address.region if standing.address else None
    who = str(standing.lead.social_worker) if standing.lead else "nie wskazano"
    return f"{who}, {region}" if region else who
