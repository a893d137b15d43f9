"""Overview of a case file: household, key facts, workers, warnings."""

from datetime import date
from operator import attrgetter

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from families.case_files.family_list.queries import readable_until
from families.case_files.models import CaseSummary
from families.case_files.queries import CaseState
from families.caseload.labels import BASIS_PERMISSION_NOTE, basis_label
from families.caseload.models import COUNTED_KINDS, LegalBasis
from families.caseload.permissions import BASIS_RECORD
from families.caseload.queries import basis_question
from families.choices import PARENTS, AddressKind
from families.people.models import Family, Membership, Person, Phone
from families.people.permissions import FAMILY_EDIT
from families.people.queries import PHONES, HouseholdMember, category_and_problems
from families.permissions import SENSITIVE_BASES, hidden_values
from lubsko_ops.core import clock
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, join_list, short_date


class OverviewMember(HouseholdMember):
    """A member whose ``addresses`` are the residence elsewhere, if recorded."""

    @property
    def other_home(self) -> str:
        """Residence of a member living elsewhere, empty when unknown."""
        return self.addresses[0].short_line if self.addresses else ""

    @property
    def withheld_from(self) -> Person | None:
        """The person that address is withheld from."""
        return self.addresses[0].withheld_from if self.addresses else None

    @property
    def living_here(self) -> bool:
        return self.membership.lives_here

    @property
    def sort_order(self) -> tuple:
        """Those at home first; parents, other adults, children from the eldest."""
        adult_rank = 0 if self.membership.kinship in PARENTS else 1
        born_on = self.person.born_on or date.max
        return (not self.living_here, 2 if self.is_child else adult_rank, born_on, self.person.first_name)


def _members(family: int, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.members_on(on).filter(family=family)
    own = Q(addresses__kind=AddressKind.RESIDENCE, addresses__starts_on__lte=on)
    not_ended = Q(addresses__ends_on=None) | Q(addresses__ends_on__gte=on)
    home = FilteredRelation("addresses", condition=own & not_ended)  # one at a time, at most
    return rows.annotate(home=home).select_related("person", "home__withheld_from")


MEMBERS = CompiledQuery(_members, family=-1, on=date.min)


def get_members(family: Family, *, on: date) -> list[OverviewMember]:
    """Living members on the day in household order, with homes elsewhere. One statement."""
    rows = MEMBERS.all(family=family.pk, on=on)
    homes = {row.pk: [row.home] for row in rows if hasattr(row, "home")}
    members = [OverviewMember(row, on, homes.get(row.pk, [])) for row in rows]
    return sorted(members, key=attrgetter("sort_order"))


def key_facts(family: Family, case_state: CaseState, members: list[OverviewMember], *, user) -> list[dict]:
    """Facts of "W skrócie"; two statements (problems and category, phones)."""
    category, problems = category_and_problems(family, user=user, on=case_state.on)
    phones = [phone for phone in PHONES.all(family=family.pk) if phone.is_active_on(case_state.on)]
    may_edit = family.workable and has_permission(user, FAMILY_EDIT)
    edit = reverse("families:family-edit", args=[family.pk]) if may_edit else ""
    phone = reverse("families:phone-add", args=[family.pk]) if may_edit else ""
    facts = [
        {"term": "W domu", "value": _household_text([each for each in members if each.living_here])},
        {"term": "Poza domem", "value": _away_text([each for each in members if not each.living_here])},
        {"term": "Praca od", "value": _work_text(case_state)},
        {"term": "Kategoria", "value": str(category or ""), "url": "" if category else edit},
        {
            "term": "Problemy",
            "value": ", ".join(sorted(map(str, problems), key=sort_key)),
            "url": "" if problems else edit,
        },
        {
            "term": "Telefon",
            "value": format_html_join("; ", "{}", ((_phone_link(phone),) for phone in reversed(phones))),
            "url": "" if phones else phone,
        },
    ]
    return [fact for fact in facts if fact["value"] or fact.get("url")]


def _household_text(members: list[OverviewMember]) -> str:
    children = sum(each.is_child for each in members)
    words = []
    if adults := len(members) - children:
        words.append(count_of(adults, "dorosły,dorosłych,dorosłych"))
    if children:
        words.append(count_of(children, "dziecko,dzieci,dzieci"))
    return ", ".join(words) or "nikogo nie wpisano"


def _away_text(members: list[OverviewMember]) -> str:
    return ", ".join(f"{each.person.first_name} ({each.kinship})" for each in members)


def _phone_link(phone: Phone) -> SafeString:
    """ "500 600 700 (Danuta, po 16)" with a tel: link."""
    number = format_html('<a href="{}">{}</a>', phone.link, phone.number)
    words = ", ".join(filter(None, (phone.person and phone.person.first_name, phone.note)))
    return format_html("{} ({})", number, words) if words else number


def _work_text(case_state: CaseState) -> str:
    """ "15.04.2024, 2 lata i 6 mies."; with the last day when the work has ended."""
    if case_state.period is None:
        return "praca jeszcze się nie rozpoczęła"
    since, until = case_state.period.starts_on, case_state.period.ends_on
    if since > case_state.on:
        return f"{short_date(since)} (jeszcze się nie rozpoczęła)"
    last = until if until and until < case_state.on else case_state.on
    length = duration_text(since, last)
    return (
        f"{short_date(since)}–{short_date(until)}, {length}"
        if last == until
        else f"{short_date(since)}, {length}"
    )


def duration_text(since: date, until: date) -> str:
    """ "2 lata i 6 mies.", "5 mies.", "12 dni": days only within the first month."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    years, months = divmod(months, 12)
    words = [count_of(years, "rok,lata,lat")] if years else []
    if months:
        words.append(f"{months}\u00a0mies.")
    return join_list(words) or count_of((until - since).days + 1, "dzień,dni,dni")


# ---- workers and warnings ---------------------------------------------


def get_workers(case_state: CaseState) -> dict[str, list[dict]]:
    """Assistants and lead social workers: now, planned and before, newest first."""
    rows = [
        *(
            {"name": row.assistant, "role": row.get_kind_display(), "row": row}
            for row in case_state.all_assignments
        ),
        *(
            {"name": row.social_worker, "role": "prowadzi (pracownik socjalny)", "row": row}
            for row in case_state.leads
        ),
    ]
    rows.sort(key=lambda each: each["row"].starts_on, reverse=True)
    for each in rows:
        each["days"] = date_range_text(each["row"])
    return {
        "now": [each for each in rows if each["row"].is_active_on(case_state.on)],
        "planned": [each for each in rows if each["row"].starts_on > case_state.on],
        "before": [each for each in rows if each["row"].ends_on and each["row"].ends_on < case_state.on],
    }


def date_range_text(row) -> str:
    """ "od 04.03.2026", "04.03.2026–12.10.2026"."""
    start = short_date(row.starts_on)
    return f"{start}–{short_date(row.ends_on)}" if row.ends_on else f"od {start}"


def has_basis_question(summary: CaseSummary, members: dict[int, Membership], *, on: date) -> bool:
    """Whether one of the bases of the day is to be asked about, from the summary: most files have none."""
    for entry in summary.bases:
        person, since = entry.get("person"), date.fromisoformat(entry["starts_on"])
        if person and (member := members.get(person)):
            basis = LegalBasis(kind=entry["kind"], starts_on=since, person_id=person)
            if basis_question(basis, member, on=on):
                return True
        # A former member, or a summary written before it held the person.
        elif person or "person" not in entry:
            return True
    return False


def basis_warnings(
    family: Family, summary: CaseSummary, case_state: CaseState, members: list[OverviewMember], *, user
) -> list[dict]:
    """Bases that the user may see and that rest on a person who moved out or is no adult, with the way to a new one."""
    by_person = {each.person.pk: each.membership for each in members}
    if not has_basis_question(summary, by_person, on=case_state.on):
        return []
    records = family.workable and has_permission(user, BASIS_RECORD)
    hidden = hidden_values(user, SENSITIVE_BASES)
    warnings = []
    for row in case_state.bases:
        question = basis_question(row, by_person.get(row.person_id), on=case_state.on)
        if question and row.kind not in hidden:
            warnings.append(
                {
                    "kind": "soon",
                    "title": f"Sprawdź podstawę pracy: {basis_label(row)}.",
                    "text": question if records else f"{question} {BASIS_PERMISSION_NOTE}",
                    "url": reverse("families:basis-add", args=[family.pk]) if records else "",
                    "label": "Dodaj podstawę",
                }
            )
    return warnings


def get_warnings(
    family: Family, summary: CaseSummary, case_state: CaseState, members: list[OverviewMember], *, user
) -> list[dict]:
    """Notices at the top of the overview."""
    warnings = basis_warnings(family, summary, case_state, members, user=user)
    if summary.without_basis_since:
        since = short_date(summary.without_basis_since)
        warnings.append(
            {
                "kind": "late",
                "title": f"Bez podstawy pracy od {since}.",
                "text": "Podstawę zapisuje na stronie „Prowadzenie” pracownik socjalny albo kierownik.",
            }
        )
    if summary.running and summary.waiting_since:
        warnings.append(
            {
                "kind": "soon",
                "title": f"Bez asystenta od {short_date(summary.waiting_since)}.",
                "text": "",
            }
        )
    if not family.workable:
        led = [row for row in case_state.all_assignments if row.kind in COUNTED_KINDS and row.ends_on]
        own = [row.ends_on for row in led if row.assistant_id == user.pk]
        until = f" do {short_date(readable_until(max(own), on=clock.today()))}" if own else ""
        warnings.append(
            {
                "kind": "soon",
                "title": "Rodzina przekazana.",
                "text": f"Teczkę możesz czytać{until}, bez zmieniania.",
            }
        )
    return warnings
