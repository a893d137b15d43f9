"""Pages for the manager: pairs of persons alike in the whole centre, and judging one of them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from families.people.duplicates.actions import merge_people, tell_apart
from families.people.duplicates.forms import APART, PairForm
from families.people.duplicates.matching import Pair, pairs, with_rows
from families.people.duplicates.models import DuplicateCandidate
from families.people.identity import mask_pesel
from families.people.models import Person
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold
from lubsko_ops.submissions.base_views import ActionFormView

MOST_SHOWN = 50


def waiting(request) -> Panel | None:
    """On the manager's start page: how many pairs wait. It tells no names."""
    number = (
        DuplicateCandidate.objects.count() if has_permission(request.user, Permission.PEOPLE_MERGE) else 0
    )
    return Panel("families/people/_start.html", {"number": number}, side=True) if number else None


class SamePeople(PageView):
    """Być może ta sama osoba: pairs still to be judged."""

    permission = Permission.PEOPLE_MERGE
    access_area = AccessArea.DUPLICATES
    template_name = "families/people/same_person_list.html"

    def get_context_data(self, **kwargs):
        found = pairs()
        shown = found[:MOST_SHOWN]
        with_rows(shown)
        self.log_access(set().union(*(pair.families for pair in shown)))
        return super().get_context_data(total=len(found), pairs=shown, **kwargs)


class Compare(ActionFormView):
    """Two persons side by side: joined, or told apart for good."""

    permission = Permission.PEOPLE_MERGE
    access_area = AccessArea.DUPLICATES
    form_class = PairForm
    title = "Czy to ta sama osoba?"
    template_name = "families/people/same_person.html"

    def setup_object(self, one, other):
        # The right belongs to the manager alone, whose reach is the whole centre; nobody else learns what exists.
        if not has_permission(self.request.user, self.permission):
            raise PermissionDenied
        people = Person.objects.in_bulk({one, other})
        if len(people) < 2:
            raise Http404
        self.pair = Pair(people[one], people[other])
        with_rows([self.pair])

    def say_what_is_shown(self):
        self.log_access(self.pair.families)

    def form_kwargs(self):
        return {
            "person_a": self.pair.person_a,
            "person_b": self.pair.person_b,
            "same_number": self.pair.same_number,
        }

    def get_context_data(self, **kwargs):
        people = (self.pair.person_a, self.pair.person_b)
        return super().get_context_data(pair=self.pair, people=people, lines=lines_of(*people), **kwargs)

    def act(self, form):
        one, other, by = self.pair.person_a, self.pair.person_b, self.request.user
        decision = form.cleaned_data["decision"]
        if decision == APART:
            tell_apart(person_a=one, person_b=other, by=by)
            return f"Zapisano, że to różne osoby: {one} i {other}."
        keep, drop = (one, other) if decision == str(one.pk) else (other, one)
        return f"Połączono wpisy: {merge_people(keep=keep, drop=drop, by=by)}."

    def done(self, words):
        return reverse("families:same-person-list"), words


def lines_of(one: Person, other: Person) -> list[dict]:
    """What is compared, line by line; ``differ`` where both are known and are not the same."""
    read = {
        "Imię i nazwisko": str,
        "Inna pisownia": lambda person: ", ".join(person.other_spellings),
        "Data urodzenia": lambda person: short_date(person.born_on) if person.born_on else "",
        "Data śmierci": lambda person: short_date(person.died_on) if person.died_on else "",
        "Płeć": Person.get_sex_display,
        "PESEL": lambda person: mask_pesel(person.pesel),
        "Bez numeru PESEL": Person.get_pesel_missing_display,
        "Dokument": lambda person: person.other_document,
    }
    return [
        {"label": label, "person_a": left, "person_b": right, "differ": differ(left, right)}
        for label, value in read.items()
        for left, right in [(value(one), value(other))]
        if left or right
    ]


def differ(left: str, right: str) -> bool:
    return bool(left and right) and fold(left) != fold(right)
