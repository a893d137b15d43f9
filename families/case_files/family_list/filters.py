"""Filters of the list of families. What a person may not see she may not filter by either."""

import django_filters
from django.db.models import Exists, OuterRef

from families.case_files.family_list import due_dates, queries
from families.case_files.family_list.tabs import ListTab
from families.caseload.models import Assignment
from families.choices import AddressKind, BasisKind, Category, DeadlineKind
from families.people.models import Address, Family, FamilyCategory
from families.sensitive_facts import SENSITIVE_CATEGORIES, SENSITIVE_BASES, hidden_values
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role


class FamilyFilter(django_filters.FilterSet):
    """Asystent, podstawa, rejon, kategoria, as of the day of the row; what is due, and by when.

    A surname goes to the search box only.
    """

    asystent = django_filters.ChoiceFilter(label="Asystent", empty_label="wszyscy", method="by_assistant")
    podstawa = django_filters.ChoiceFilter(label="Podstawa", empty_label="każda", method="by_basis")
    obowiazek = django_filters.ChoiceFilter(
        label="Co trzeba zrobić", empty_label="cokolwiek", method="by_duty"
    )
    termin = django_filters.ChoiceFilter(label="Termin", empty_label="każdy", method="by_term")
    rejon = django_filters.ChoiceFilter(label="Rejon", empty_label="wszystkie", method="by_region")
    kategoria = django_filters.ChoiceFilter(label="Kategoria", empty_label="każda", method="by_category")

    class Meta:
        model = Family
        fields: list[str] = []

    def __init__(self, data, *, view: ListTab, choices: dict, without: tuple[str, ...] = (), **kwargs):
        super().__init__(data, **kwargs)
        self.view, self.on, user = view, self.request.today, self.request.user
        for name in without:
            del self.filters[name]
        choices = choices | {
            "obowiazek": DeadlineKind.choices,
            "termin": due_dates.DUE_CHOICES,
            "podstawa": _visible_choices(BasisKind, hidden_values(user, SENSITIVE_BASES)),
            "kategoria": _visible_choices(Category, hidden_values(user, SENSITIVE_CATEGORIES)),
        }
        for name, each in self.filters.items():
            each.extra["choices"] = choices[name]

    def by_assistant(self, families, name, value):
        hers = Assignment.objects.filter(assistant=value)
        families = self._few(families, hers.values("period__family"))
        return families.filter(queries.assigned_to_filter(value, view=self.view, on=self.on))

    def by_basis(self, families, name, value):
        return families.filter(queries.basis_filter(value, view=self.view, on=self.on))

    def by_duty(self, families, name, value):
        return families.filter(due_dates.has_deadline(value))

    def by_term(self, families, name, value):
        """One duty fulfils both: a late assessment is no answer to the question about visits."""
        kind = self.form.cleaned_data.get("obowiazek", "")
        return families.filter(due_dates.due_within(value, on=self.on, kind=kind))

    def by_region(self, families, name, value):
        there = {"kind": AddressKind.RESIDENCE, "region": value}
        families = self._few(families, Address.objects.filter(**there, family__isnull=False).values("family"))
        return families.filter(Exists(self._on_the_day(Address).filter(**there)))

    def by_category(self, families, name, value):
        return families.filter(Exists(self._on_the_day(FamilyCategory).filter(category=value)))

    def _few(self, families, ids):
        """Where every family is within reach, the archive is not asked one by one: it begins with these."""
        everywhere = self.view.ended and Role.MANAGER in self.request.user.roles
        return families.filter(pk_in_array(ids)) if everywhere else families

    def _on_the_day(self, model):
        """Dated rows of the family that hold on the day of the list's row."""
        return model.objects.active_on(queries.reference_day(self.view, self.on)).filter(
            family=OuterRef("pk")
        )


def _visible_choices(choices, hidden: list) -> list[tuple[str, str]]:
    return [(value, label) for value, label in choices.choices if value not in hidden]
