"""What the overview of a family's file tells: the household, the work, those who work, what needs attention."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from families import sensitive_facts
from families.case_files.family_list.queries import ADDRESS_PARTS, LIVING_HERE, address_json, readable_until
from families.case_files.queries import CaseState
from families.caseload.models import COUNTED_KINDS
from families.choices import CHILDREN, PARENTS, AddressKind, Category, Kinship, Problem
from families.people.identity import age_text
from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Phone
from lubsko_ops.core.dates import age_on
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of, join_list, short_date

ADULT = 18


@dataclass(frozen=True)
class Member:
    """A member of the family on a day, in words; the membership carries the other ``home``."""

    membership: Membership
    on: date

    @property
    def other_home(self) -> str:
        """Where the person lives when that is not here; empty when it is not known."""
        home = self.membership.home
        return Address(**{name: home[name] for name in ADDRESS_PARTS}).place_line if home else ""

    @property
    def withheld_from(self) -> str:
        """Who must not learn that address; empty for nobody."""
        return (self.membership.home or {}).get("withheld_from", "").strip()

    @property
    def kinship(self) -> str:
        """ "syn", "babcia": the word for this person."""
        return Kinship(self.membership.kinship).word(self.person.sex)

    @property
    def person(self):
        return self.membership.person

    @property
    def age(self) -> int | None:
        born_on = self.person.born_on
        return age_on(born_on, self.on) if born_on and born_on <= self.on else None

    @property
    def is_child(self) -> bool:
        """Under eighteen; when the day of birth is not known, as the kinship says."""
        return self.membership.kinship in CHILDREN if self.age is None else self.age < ADULT

    @property
    def living_here(self) -> bool:
        return self.membership.stay in LIVING_HERE

    @property
    def age_words(self) -> str:
        return age_text(self.person.born_on, self.on)

    @property
    def order(self) -> tuple:
        """Those at home first; parents, other adults, children from the eldest."""
        adult_rank = 0 if self.membership.kinship in PARENTS else 1
        born_on = self.person.born_on or date.max
        return (not self.living_here, 2 if self.is_child else adult_rank, born_on, self.person.first_name)


def members_of(family: Family, *, on: date) -> list[Member]:
    """Members on the day who are alive, in the order of the household, with the other homes they have; one
    statement."""
    elsewhere = Address.objects.active_on(on).filter(membership=OuterRef("pk"), kind=AddressKind.RESIDENCE)
    home = Subquery(elsewhere.values(facts=JSONObject(**address_json()))[:1])
    rows = Membership.objects.active_on(on).filter(family=family).select_related("person").annotate(home=home)
    alive = (row for row in rows if row.person.died_on is None or row.person.died_on >= on)
    return sorted((Member(row, on) for row in alive), key=attrgetter("order"))


def problems_category_phones(family: Family, *, user, on: date) -> tuple[list[str], str, list[dict]]:
    """Problems and the category of the day as far as this person may see them, and telephones; one statement."""
    here = OuterRef("pk")
    problems = FamilyProblem.objects.active_on(on).filter(family=here)
    problems = problems.exclude(
        problem__in=sensitive_facts.hidden_values(user, sensitive_facts.SENSITIVE_PROBLEMS)
    )
    category = FamilyCategory.objects.active_on(on).filter(family=here)
    category = category.exclude(category__in=sensitive_facts.hidden_values(user, sensitive_facts.SENSITIVE_CATEGORIES))
    phones = Phone.objects.active_on(on).filter(family=here).order_by("starts_on", "pk")
    whose = JSONObject(number="number", note="note", who="person__first_name")
    found = Family.objects.filter(pk=family.pk).values(
        the_problems=ArraySubquery(problems.order_by("problem").values("problem")),
        the_category=Subquery(category.values("category")[:1]),
        the_phones=ArraySubquery(phones.values(facts=whose)),
    )
    row = found.get()
    labels = [Problem(each).label for each in row["the_problems"]]
    return labels, Category(row["the_category"]).label if row["the_category"] else "", row["the_phones"]


def facts_of(family: Family, standing: CaseState, members: list[Member], *, user) -> list[dict]:
    """W skrócie; one statement (problems, category, telephones)."""
    problems, category, phones = problems_category_phones(family, user=user, on=standing.on)
    may_edit = family.workable and has_permission(user, Permission.FAMILY_EDIT)
    edit = reverse("families:family-edit", args=[family.pk]) if may_edit else ""
    phone = reverse("families:phone-add", args=[family.pk]) if may_edit else ""
    facts = [
        {"term": "W domu", "value": _household([each for each in members if each.living_here])},
        {"term": "Poza domem", "value": _away([each for each in members if not each.living_here])},
        {"term": "Praca od", "value": _work_since(standing)},
        {"term": "Kategoria", "value": category, "url": "" if category else edit},
        {"term": "Problemy", "value": ", ".join(problems), "url": "" if problems else edit},
        {
            "term": "Telefon",
            "value": format_html_join("; ", "{}", ((_phone(phone),) for phone in phones)),
            "url": "" if phones else phone,
        },
    ]
    return [fact for fact in facts if fact["value"] or fact.get("url")]


def _household(members: list[Member]) -> str:
    children = sum(each.is_child for each in members)
    words = []
    if adults := len(members) - children:
        words.append(count_of(adults, "dorosły,dorosłych,dorosłych"))
    if children:
        words.append(count_of(children, "dziecko,dzieci,dzieci"))
    return ", ".join(words) or "nikogo nie wpisano"


def _away(members: list[Member]) -> str:
    return ", ".join(f"{each.person.first_name} ({each.kinship})" for each in members)


def _phone(phone: dict) -> SafeString:
    """ "500 600 700 (Danuta, po 16)": pressed on a phone, the number is called."""
    number = format_html('<a href="{}">{}</a>', Phone(number=phone["number"]).link, phone["number"])
    words = ", ".join(filter(None, (phone["who"], phone["note"])))
    return format_html("{} ({})", number, words) if words else number


def _work_since(standing: CaseState) -> str:
    """ "15.04.2024, 2 lata i 6 mies."; with its last day when the work has ended."""
    if standing.period is None:
        return "praca jeszcze się nie rozpoczęła"
    since, until = standing.period.starts_on, standing.period.ends_on
    if since > standing.on:
        return f"{short_date(since)} (jeszcze się nie rozpoczęła)"
    last = until if until and until < standing.on else standing.on
    length = how_long(since, last)
    return (
        f"{short_date(since)}–{short_date(until)}, {length}"
        if last == until
        else f"{short_date(since)}, {length}"
    )


def how_long(since: date, until: date) -> str:
    """ "2 lata i 6 mies.", "5 mies.", "12 dni": whole years and months, days only in the first month."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    years, months = divmod(months, 12)
    words = [count_of(years, "rok,lata,lat")] if years else []
    if months:
        words.append(f"{months}\u00a0mies.")
    return join_list(words) or count_of((until - since).days + 1, "dzień,dni,dni")


# ---- who works with the family, and what needs attention ---------------------------------------------


def workers_of(standing: CaseState) -> dict[str, list[dict]]:
    """Assistants and leading social workers, those of today and those before, newest first."""
    rows = [
        *(
            {"who": row.assistant, "what": row.get_kind_display(), "row": row}
            for row in standing.all_assignments
        ),
        *(
            {"who": row.social_worker, "what": "prowadzi (pracownik socjalny)", "row": row}
            for row in standing.leads
        ),
    ]
    rows.sort(key=lambda each: each["row"].starts_on, reverse=True)
    for each in rows:
        each["days"] = days_of(each["row"])
    return {
        "now": [each for each in rows if each["row"].is_active_on(standing.on)],
        "to_come": [each for each in rows if each["row"].starts_on > standing.on],
        "before": [each for each in rows if each["row"].ends_on and each["row"].ends_on < standing.on],
    }


def days_of(row) -> str:
    """ "od 04.03.2026", "04.03.2026–12.10.2026"."""
    start = short_date(row.starts_on)
    return f"{start}–{short_date(row.ends_on)}" if row.ends_on else f"od {start}"


def warnings_of(family: Family, standing: CaseState, *, user) -> list[dict]:
    """What cannot be passed over on this file today."""
    warnings = []
    if standing.without_basis_since:
        since = short_date(standing.without_basis_since)
        warnings.append(
            {
                "kind": "late",
                "title": f"Bez podstawy pracy od {since}.",
                "text": "Podstawę zapisuje na stronie „Praca” pracownik socjalny albo kierownik.",
            }
        )
    if standing.without_assistant_since:
        warnings.append(
            {
                "kind": "soon",
                "title": f"Bez asystenta od {short_date(standing.without_assistant_since)}.",
                "text": "",
            }
        )
    if not family.workable:
        led = [row for row in standing.all_assignments if row.kind in COUNTED_KINDS and row.ends_on]
        own = [row.ends_on for row in led if row.assistant_id == user.pk]
        until = f" do {short_date(readable_until(max(own)))}" if own else ""
        warnings.append(
            {
                "kind": "soon",
                "title": "Rodzina przekazana.",
                "text": f"Teczkę możesz czytać{until}, bez zmieniania.",
            }
        )
    return warnings
