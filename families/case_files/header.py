"""Header of the case file: the same facts on every page of the file."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.case_files import task_list
from families.case_files.queries import CaseState, get_case_state
from families.caseload.models import COUNTED_KINDS
from families.caseload.permissions import ASSIGN
from families.choices import WorkStatus
from families.people.models import Family
from families.people.permissions import FAMILY_EDIT
from families.permissions import SENSITIVE_BASES, hidden_values
from families.visits.permissions import VISIT_LOG, VISIT_VIEW
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.templatetags.ui import deadline_status, screen_only, tag


@dataclass(frozen=True)
class HeaderButton:
    """A button in the header; ``main``: the filled one."""

    label: str
    url: str
    main: bool = False


def get_header(family: Family, *, user, on: date) -> dict:
    """Number, tags, facts and buttons, and the state of the case for the page."""
    case_state = get_case_state(family, on=on)
    facts = [
        *next_deadline_facts(case_state, user=user, on=on),
        {"term": "Adres", "value": address_text(case_state)},
        {"term": "Podstawa", "value": basis_text(case_state, user), "secondary": True},
        {"term": "Asystent", "value": assistant_text(case_state)},
        {"term": "Pracownik socjalny", "value": social_worker_text(case_state), "secondary": True},
    ]
    buttons = get_buttons(family, case_state, user=user)
    return {
        "number": case_state.number,
        "tags": get_tags(case_state, workable=family.workable),
        "facts": facts,
        "buttons": buttons,
        "menu_buttons": [button for button in buttons if not button.main],  # on phones
        "case_state": case_state,
    }


def next_deadline_facts(case_state: CaseState, *, user, on: date) -> list[dict]:
    """The nearest deadline, for users who may read visits; empty without one."""
    row = task_list.next_deadline(case_state)
    if row is None or not has_permission(user, VISIT_VIEW):
        return []
    status = deadline_status(
        {"today": on}, task_list.short_name(row), row.due_on, soon=task_list.soon_days(row)
    )
    return [{"term": "Najbliższy termin", "value": status}]


def address_text(case_state: CaseState) -> str:
    """Residence of the family; a withheld address is marked and never printed."""
    address = case_state.address
    if address is None:
        return "bez stałego adresu"
    return screen_only(address.short_line, address.withheld_from)


def get_tags(case_state: CaseState, *, workable: bool = True) -> list:
    """Status of the work, and what is unusual about it."""
    tags = [tag(case_state.status.label, "accent" if case_state.period is None else "")]
    if case_state.without_assistant_since:
        tags.append(tag("bez asystenta", "soon"))
    if case_state.without_basis_since:
        tags.append(tag("bez podstawy pracy", "late"))
    if not workable:
        tags.append(tag("tylko do odczytu", "soon"))
    return tags


def get_buttons(family: Family, case_state: CaseState, *, user) -> list[HeaderButton]:
    """Actions the user may take on this family."""
    if not family.workable:
        return []
    has_assistant = any(row.kind in COUNTED_KINDS for row in case_state.assignments)
    planned = case_state.next_leading and not case_state.working
    needs_assistant = not has_assistant and not planned and case_state.status != WorkStatus.ENDED
    candidates = [
        ("Przydziel asystenta", "families:assign", ASSIGN, needs_assistant),
        ("Zapisz wizytę", "families:visit-new", VISIT_LOG, case_state.has_assistant(user)),
        ("Dodaj osobę", "families:person-add", FAMILY_EDIT, True),
        ("Zmień dane rodziny", "families:family-edit", FAMILY_EDIT, True),
    ]
    buttons = []
    for label, name, permission, applicable in candidates:
        if applicable and has_permission(user, permission):
            url = reverse(name, args=[family.pk])
            buttons.append(HeaderButton(label, url, main=permission in (ASSIGN, VISIT_LOG)))
    return buttons


def basis_text(case_state: CaseState, user) -> str:
    """ "zgoda z 15.04.2024"; sensitive bases only for users who may see them."""
    hidden = hidden_values(user, SENSITIVE_BASES)
    by_kind = {}
    for basis in case_state.bases:
        if basis.kind not in hidden:
            by_kind.setdefault(basis.kind, basis)
    texts = [f"{basis.get_kind_display()} z {short_date(basis.starts_on)}" for basis in by_kind.values()]
    return join_list(texts) or ("jest" if case_state.bases else "brak")


def assistant_text(case_state: CaseState) -> str:
    texts = [str(case_state.leading.assistant)] if case_state.leading else []
    texts += [f"{row.assistant} ({row.get_kind_display()})" for row in case_state.helping]
    if case_state.next_leading and not case_state.leading:
        later = case_state.next_leading
        texts.append(f"{later.assistant} od {short_date(later.starts_on)}")
    return join_list(texts) or "nieprzydzielony"


def social_worker_text(case_state: CaseState) -> str:
    region = case_state.address.region if case_state.address else None
    who = str(case_state.lead_worker.social_worker) if case_state.lead_worker else "nie wskazano"
    return f"{who}, {region}" if region else who
