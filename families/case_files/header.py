"""Header of the case file: the same facts on every page of the file, from its stored summary."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from families.case_files import task_list
from families.case_files.models import CaseSummary
from families.case_files.queries import LazyCaseState
from families.case_files.summary_facts import compute_summaries
from families.caseload.models import COUNTED_KINDS, Assignment
from families.caseload.permissions import ASSIGN
from families.choices import AssignmentKind, BasisKind, WorkStatus
from families.people.models import Family
from families.people.permissions import FAMILY_EDIT
from families.permissions import SENSITIVE_BASES, hidden_values
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP, VISIT_LOG, VISIT_VIEW
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.templatetags.ui import deadline_status, screen_only, tag


@dataclass(frozen=True)
class HeaderButton:
    """A button in the header; ``main``: the filled one."""

    label: str
    url: str
    main: bool = False


@dataclass(frozen=True)
class HeaderData:
    """What the header shows: of ended work as of its last day."""

    summary: CaseSummary
    helping: list[str]  # "Ewa Czyż (zastępstwo)"
    next_leading: Assignment | None  # with no leading assistant on the day


def families_with_summary() -> QuerySet[Family]:
    """Families with what the header reads of their summaries."""
    shown = ("leading", "social_worker", "region", "address__withheld_from", "phone__person")
    return Family.objects.select_related(*(f"summary__{name}" for name in shown))


def get_header(family: Family, *, user, on: date) -> dict:
    """Number, tags, facts and buttons, from the summary of the family; no statement, as a rule.

    ``case_state``: the state of the case, read by pages that need more.
    """
    data = _get_data(family, on=on)
    summary = data.summary
    facts = [
        *next_deadline_facts(summary, user=user, on=on),
        {"term": "Adres", "value": address_text(summary)},
        *phone_facts(summary),
        {"term": "Podstawa", "value": basis_text(summary, user), "secondary": True},
        {"term": "Asystent", "value": assistant_text(data)},
        {"term": "Pracownik socjalny", "value": social_worker_text(summary), "secondary": True},
    ]
    buttons = get_buttons(family, summary, user=user)
    return {
        "number": summary.number,
        "tags": get_tags(summary, workable=family.workable),
        "facts": facts,
        "buttons": buttons,
        "menu_buttons": [button for button in buttons if not button.main],  # on phones
        "summary": summary,
        "case_state": LazyCaseState(family.pk, on=on),
    }


def get_summary(family: Family, *, on: date) -> CaseSummary:
    """The stored summary, or computed when it does not show the day."""
    summary = getattr(family, "summary", None)  # none while a loader makes the family
    if summary is None or summary.is_due(on):
        summary = family.summary = compute_summaries([family.pk], on=on)[0]
    return summary


def _get_data(family: Family, *, on: date) -> HeaderData:
    summary = get_summary(family, on=on)
    helping = [each for each in summary.assistants if each["kind"] != AssignmentKind.LEADING]
    names = User.objects.in_bulk([each["user"] for each in helping]) if helping else {}
    later = Assignment.objects.filter(period__family=family, kind=AssignmentKind.LEADING, starts_on__gt=on)
    planned = summary.leading_planned and (summary.ended or not summary.leading_id)
    return HeaderData(
        summary,
        [f"{names[each['user']]} ({AssignmentKind(each['kind']).label})" for each in helping],
        later.select_related("assistant").order_by("starts_on", "pk").first() if planned else None,
    )


def next_deadline_facts(summary: CaseSummary, *, user, on: date) -> list[dict]:
    """The nearest deadline, for users who may read visits; empty without one."""
    if not summary.deadline_kind or not has_permission(user, VISIT_VIEW):
        return []
    name, soon = task_list.short_name(summary.deadline_kind), task_list.soon_days(summary.deadline_kind)
    status = deadline_status({"today": on}, name, summary.due_on, soon=soon)
    return [{"term": "Najbliższy termin", "value": status}]


def address_text(summary: CaseSummary) -> str:
    """Residence of the family; a withheld address is marked and never printed.

    On phones with a link to the map that the phone itself has (``geo:``): a link to a map on the web would tell its
    owner which addresses the centre visits. A withheld address has none.
    """
    address = summary.address
    if address is None:
        return "bez stałego adresu"
    if address.withheld_from_id:
        return screen_only(address.short_line, address.withheld_from)
    link = f"geo:0,0?q={quote(address.line)}"
    return format_html(
        '{} <a class="tap phone-only d-print-none" href="{}">Mapa</a>', address.short_line, link
    )


def phone_facts(summary: CaseSummary) -> list[dict]:
    """On phones: the number to call and whose it is; empty without one."""
    if (phone := summary.phone) is None:
        return []
    owner = phone.person.first_name if phone.person else ""
    note = ", ".join(filter(None, (owner, phone.note)))
    link = format_html('<a class="tap nowrap" href="{}">{}</a>', phone.link, phone.number)
    value = format_html('{} <span class="note">{}</span>', link, note) if note else link
    return [{"term": "Telefon", "value": value, "only_on_phones": True}]


def get_alerts(family: Family, *, user, on: date) -> list[SafeString]:
    """Open dangers of the children, for every page of the file and the form of a visit; no statement, as a rule."""
    if not has_permission(user, VISIT_VIEW):
        return []
    summary = get_summary(family, on=on)
    return [
        render_to_string("case_files/_danger.html", _danger(each, family, user)) for each in summary.concerns
    ]


def _danger(concern: dict, family: Family, user) -> dict:
    """The context of the sentence about an open concern of the summary."""
    noted, summary = concern["acknowledged"], family.summary
    may_follow = family.workable and has_permission(user, SAFEGUARDING_FOLLOW_UP)
    to_acknowledge = may_follow and should_acknowledge(noted, summary, user=user)
    name = "safeguarding-acknowledge" if to_acknowledge else "safeguarding-concern" if may_follow else "visit"
    row = concern["concern" if may_follow else "visit"]
    return {
        "day": date.fromisoformat(concern["day"]),
        "acknowledged": acknowledged_text(noted, summary),
        "to_acknowledge": to_acknowledge,
        "url": reverse(f"families:{name}", args=[family.pk, row]),
    }


def should_acknowledge(noted: list[dict], summary: CaseSummary, *, user) -> bool:
    """Whether the user is the manager or the social worker who leads the case, and has not taken note yet."""
    if user.pk in {each["user"] for each in noted}:
        return False
    leads = Role.SOCIAL_WORKER in user.roles and summary.social_worker_id == user.pk
    return leads or Role.MANAGER in user.roles


def acknowledged_text(noted: list[dict], summary: CaseSummary) -> str:
    """ "kierownik 13.10.2026, 12:00; pracownik socjalny jeszcze nie"."""
    first: dict[str, str] = {}
    for each in noted:
        at = datetime.fromisoformat(each["at"]).astimezone(clock.WARSAW)
        for role in each["roles"]:
            first.setdefault(role, f"{at:%d.%m.%Y, %H:%M}")
    expected = [Role.MANAGER] + ([Role.SOCIAL_WORKER] if summary.social_worker_id else [])
    roles = [*expected, *(role for role in first if role not in expected)]
    return "; ".join(f"{Role(role).label} {first.get(role, 'jeszcze nie')}" for role in roles)


def get_tags(summary: CaseSummary, *, workable: bool = True) -> list:
    """Status of the work, and what is unusual about it."""
    status = WorkStatus(summary.status)
    tags = [tag(status.label, "accent" if status == WorkStatus.NEW else "")]
    if summary.running and summary.waiting_since:
        tags.append(tag("bez asystenta", "soon"))
    if summary.without_basis_since:
        tags.append(tag("bez podstawy pracy", "late"))
    if not workable:
        tags.append(tag("tylko do odczytu", "soon"))
    return tags


def get_buttons(family: Family, summary: CaseSummary, *, user) -> list[HeaderButton]:
    """Actions the user may take on this family."""
    if not family.workable:
        return []
    has_assistant = any(each["kind"] in COUNTED_KINDS for each in summary.assistants)
    planned = summary.leading_planned and not summary.running
    is_own = summary.running and any(each["user"] == user.pk for each in summary.assistants)
    candidates = [
        (
            "Przydziel asystenta",
            "families:assign",
            ASSIGN,
            not (has_assistant or planned or summary.ended),
        ),
        ("Zapisz wizytę", "families:visit-new", VISIT_LOG, is_own),
        ("Dodaj osobę", "families:person-add", FAMILY_EDIT, True),
        ("Zmień dane rodziny", "families:family-edit", FAMILY_EDIT, True),
    ]
    buttons = []
    for label, name, permission, applicable in candidates:
        if applicable and has_permission(user, permission):
            url = reverse(name, args=[family.pk])
            buttons.append(HeaderButton(label, url, main=permission in (ASSIGN, VISIT_LOG)))
    return buttons


def basis_text(summary: CaseSummary, user) -> str:
    """ "zgoda z 15.04.2024"; sensitive bases only for users who may see them."""
    hidden = hidden_values(user, SENSITIVE_BASES)
    first_days: dict[str, date] = {}
    for basis in summary.bases:
        if basis["kind"] not in hidden:
            first_days.setdefault(basis["kind"], date.fromisoformat(basis["starts_on"]))
    texts = [f"{BasisKind(kind).label} z {short_date(day)}" for kind, day in first_days.items()]
    return join_list(texts) or ("jest" if summary.bases else "brak")


def assistant_text(data: HeaderData) -> str:
    """ "Anna Sikora, Ewa Czyż (zastępstwo)"; who begins later; of ended work "Anna Sikora, do 30.06.2026"."""
    leading, later = data.summary.leading, data.next_leading
    text = join_list([*([str(leading)] if leading else []), *data.helping])
    if text and data.summary.ended:
        text += f", do {short_date(data.summary.ends_on)}"
    if later:
        begins = f"{later.assistant} od {short_date(later.starts_on)}"
        return f"{text}; {begins}" if text else begins
    return text or "nieprzydzielony"


def get_assistants_text(family: Family, *, on: date) -> str:
    """Who works with the family on the day, as in the header."""
    return assistant_text(_get_data(family, on=on))


def social_worker_text(summary: CaseSummary) -> str:
    who = str(summary.social_worker) if summary.social_worker else "nie wskazano"
    return f"{who}, {summary.region}" if summary.region else who
