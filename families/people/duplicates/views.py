"""Pages of the manager: probable duplicates in the whole centre and resolving a pair."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from families.people.duplicates.actions import dismiss_duplicate, merge_people, undo_merge, undo_refusal
from families.people.duplicates.forms import DIFFERENT_PEOPLE, DuplicateResolveForm, MergeUndoForm
from families.people.duplicates.matching import DuplicatePair, attach_memberships, duplicate_pairs
from families.people.duplicates.merge_rules import find_contradictions
from families.people.identity import mask_document, mask_pesel
from families.people.models import Person, PersonMerge
from families.people.permissions import DUPLICATES_AREA, PEOPLE_MERGE
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold
from lubsko_ops.submissions.base_views import ActionFormView

MAX_PAIRS = 50
MAX_MERGES = 20


class DuplicateListView(PageView):
    """Być może ta sama osoba: pairs awaiting a decision."""

    permission = PEOPLE_MERGE
    access_area = DUPLICATES_AREA
    template_name = "people/duplicate_list.html"

    def get_context_data(self, **kwargs):
        pairs = duplicate_pairs()
        listed = pairs[:MAX_PAIRS]
        rows = PersonMerge.objects.filter(undone=False).select_related("kept", "dropped", "entered_by")
        merges = rows.order_by("-entered_at", "-pk")[:MAX_MERGES]
        attach_memberships([*listed, *(DuplicatePair(row.kept, row.dropped) for row in merges)])
        return super().get_context_data(total=len(pairs), pairs=listed, merges=merges, **kwargs)


class DuplicateResolveView(ActionFormView):
    """Two records side by side, to be merged or marked as different people."""

    permission = PEOPLE_MERGE
    access_area = DUPLICATES_AREA
    form_class = DuplicateResolveForm
    page_title = "Czy to ta sama osoba?"
    template_name = "people/duplicate_resolve.html"

    def setup_object(self, person_a, person_b):
        # Checked before the lookup, so that nobody else can tell 404 from 403.
        if not has_permission(self.request.user, self.permission):
            raise PermissionDenied
        people = Person.objects.in_bulk({person_a, person_b})
        if len(people) < 2:
            raise Http404
        self.pair = DuplicatePair(people[person_a], people[person_b])
        attach_memberships([self.pair])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "person_a": self.pair.person_a,
            "person_b": self.pair.person_b,
            "has_same_pesel": self.pair.has_same_pesel,
            "contradictions": find_contradictions(self.pair.person_a, self.pair.person_b),
        }

    def get_context_data(self, **kwargs):
        people = (self.pair.person_a, self.pair.person_b)
        return super().get_context_data(
            pair=self.pair, people=people, rows=comparison_rows(*people), **kwargs
        )

    def perform(self, form):
        person_a, person_b, by = self.pair.person_a, self.pair.person_b, self.request.user
        decision = form.cleaned_data["decision"]
        if decision == DIFFERENT_PEOPLE:
            dismiss_duplicate(person_a=person_a, person_b=person_b, by=by)
            return f"Zapisano, że to różne osoby: {person_a} i {person_b}."
        keep, drop = (person_a, person_b) if decision == str(person_a.pk) else (person_b, person_a)
        merged = merge_people(keep=keep, drop=drop, by=by, decisions=form.decisions)
        return f"Połączono wpisy: {merged}."

    def get_success_url(self):
        return reverse("families:duplicate-list")

    def get_success_message(self):
        return self.result


class MergeUndoView(ActionFormView):
    """Undoing a merge, with its reason; a merge that can no longer be undone says why."""

    permission = PEOPLE_MERGE
    access_area = DUPLICATES_AREA
    form_class = MergeUndoForm
    page_title = "Cofnij połączenie wpisów"
    template_name = "people/merge_undo.html"

    def setup_object(self, merge):
        # Checked before the lookup, so that nobody else can tell 404 from 403.
        if not has_permission(self.request.user, self.permission):
            raise PermissionDenied
        self.merge = get_object_or_404(PersonMerge.objects.select_related("kept", "dropped"), pk=merge)
        attach_memberships([DuplicatePair(self.merge.kept, self.merge.dropped)])

    def get_context_data(self, **kwargs):
        return super().get_context_data(merge=self.merge, refusal=undo_refusal(self.merge), **kwargs)

    def perform(self, form):
        return undo_merge(merge=self.merge, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("families:duplicate-list")

    def get_success_message(self):
        return f"Cofnięto połączenie: {self.merge.kept} i {self.merge.dropped} to znów dwa wpisy."


def comparison_rows(person_a: Person, person_b: Person) -> list[dict]:
    """Compared data by row; ``differ`` where both values are known and unequal."""
    columns = {
        "Imię i nazwisko": str,
        "Inna pisownia": lambda person: ", ".join(person.other_spellings),
        "Data urodzenia": lambda person: str(person.birth or ""),
        "Data śmierci": lambda person: short_date(person.died_on) if person.died_on else "",
        "Płeć": Person.get_sex_display,
        "PESEL": lambda person: mask_pesel(person.pesel),
        "Bez numeru PESEL": Person.get_pesel_missing_display,
        "Dokument": lambda person: mask_document(person.other_document),
    }
    return [
        {"label": label, "person_a": left, "person_b": right, "differ": differ(left, right)}
        for label, value in columns.items()
        for left, right in [(value(person_a), value(person_b))]
        if left or right
    ]


def differ(left: str, right: str) -> bool:
    return bool(left and right) and fold(left) != fold(right)
