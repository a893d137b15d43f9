"""Pages of the dictionaries: regions, institutions, places of meetings. One set of views serves all."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from lubsko_ops.accounts.models import Region, RegionGrant
from lubsko_ops.audit.dictionary import DictionaryEntry
from lubsko_ops.centre.dictionaries import actions, forms
from lubsko_ops.centre.dictionaries.models import Institution, MeetingPlace
from lubsko_ops.centre.dictionaries.permissions import DICTIONARY_EDIT
from lubsko_ops.centre.dictionaries.uses import uses_of
from lubsko_ops.centre.settings_pages import SettingsFormView, SettingsPageView
from lubsko_ops.core.forms import BaseModelForm
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import short_date


@dataclass(frozen=True)
class Dictionary:
    """One dictionary: its model, form and words. ``name``: URL name of its list and beginning of the others."""

    name: str
    model: type[DictionaryEntry]
    form_class: type[BaseModelForm]
    template: str
    title: str
    add_label: str
    noun: str  # in titles of forms: "Zamknij rejon"


REGIONS = Dictionary(
    "regions", Region, forms.RegionNameForm, "settings/regions.html", "Rejony", "Dodaj rejon", "rejon"
)
INSTITUTIONS = Dictionary(
    "institutions", Institution, forms.InstitutionForm, "settings/institutions.html", "Instytucje",
    "Dodaj instytucję", "instytucję",
)  # fmt: skip
PLACES = Dictionary(
    "places", MeetingPlace, forms.MeetingPlaceForm, "settings/places.html", "Miejsca spotkań", "Dodaj miejsce",
    "miejsce",
)  # fmt: skip


@dataclass(frozen=True)
class EntryRow:
    """An entry in the list: what rests on it, what may be done with it, and who works in a region today."""

    entry: DictionaryEntry
    is_open: bool
    uses: list[dict]
    links: list[dict]
    social_workers: list[str] = field(default_factory=list)


def social_workers_by_region(day) -> dict[int, list[str]]:
    """Names of those who work in each region on the day."""
    names: dict[int, list[str]] = {}
    for grant in RegionGrant.objects.active_on(day).select_related("user").order_by("user__last_name", "pk"):
        names.setdefault(grant.region_id, []).append(str(grant.user))
    return names


class EntryListView(SettingsPageView):
    """All entries of a dictionary, the open ones first."""

    permission = DICTIONARY_EDIT
    dictionary: Dictionary

    def setup_object(self, dictionary: Dictionary, **kwargs: Any) -> None:
        self.dictionary, self.current_page = dictionary, dictionary.name
        self.template_name = dictionary.template

    def get_context_data(self, **kwargs):
        today, kind = self.request.today, self.dictionary
        uses = uses_of(kind.model, self.request.user)
        names = social_workers_by_region(today) if kind is REGIONS else {}
        rows = [
            EntryRow(
                entry=entry,
                is_open=entry.is_open_on(today),
                uses=[use for use in (each(entry) for each in uses) if use],
                links=self.links(entry),
                social_workers=names.get(entry.pk, []),
            )
            for entry in kind.model.objects.all()
        ]
        return super().get_context_data(
            page_title=kind.title,
            rows=sorted(rows, key=lambda row: not row.is_open),
            open_count=sum(row.is_open for row in rows),
            add_url=reverse(f"{kind.name}-add"),
            **kwargs,
        )

    def links(self, entry: DictionaryEntry) -> list[dict]:
        """What may be done with the entry."""
        ending = ("Otwórz ponownie", "reopen") if entry.closed_from else ("Zamknij", "close")
        return [
            {"label": label, "url": reverse(f"{self.dictionary.name}-{action}", args=[entry.pk])}
            for label, action in (("Zmień", "change"), ending)
        ]


class DictionaryFormView(SettingsFormView):
    """Base of the forms of a dictionary. ``title``: of the page, with the noun and the entry."""

    permission = DICTIONARY_EDIT
    dictionary: Dictionary
    result: Any
    title = ""

    def setup_object(self, dictionary: Dictionary, **kwargs: Any) -> None:
        self.dictionary, self.current_page = dictionary, dictionary.name
        self.page_title = dictionary.add_label


class EntryAddView(DictionaryFormView):
    """A new entry."""

    def get_form_class(self):
        return self.dictionary.form_class

    def perform(self, form):
        return actions.add_entry(entry=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Dodano: {self.result}."


class EntryFormView(DictionaryFormView):
    """Base of the forms about one entry."""

    entry: DictionaryEntry

    def setup_object(self, dictionary: Dictionary, **kwargs: Any) -> None:
        super().setup_object(dictionary)
        entry = dictionary.model.objects.filter(pk=kwargs["pk"]).first()
        if entry is None:
            raise Http404
        self.entry = entry
        self.page_title = self.title.format(noun=dictionary.noun, entry=entry)

    def get_instance(self):
        return self.entry


class EntryChangeView(EntryFormView):
    """Another name or other data of an entry."""

    title = "Zmień {noun}: {entry}"
    template_name = "settings/entry_change.html"

    def get_form_class(self):
        return self.dictionary.form_class

    def get_initial(self):
        return self.entry.entered_values()

    def perform(self, form):
        return actions.change_entry(
            entry=self.entry, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano: {self.result}."


class EntryCloseView(EntryFormView):
    """Close an entry from a day; asks first when something still rests on it."""

    title = "Zamknij {noun}: {entry}"
    form_class = forms.CloseForm
    template_name = "settings/entry_close.html"

    def get_initial(self):
        return {"closed_from": self.request.today}

    def get_confirmations(self, form):
        grants = actions.grants_to_end(self.entry, on=form.cleaned_data["closed_from"])
        sentences = [
            f"{grant.user} ma ten rejon od {short_date(grant.starts_on)}: to przydzielenie skończy się w przeddzień."
            for grant in grants
        ]
        return sentences + [f"W użyciu: {use['text']}. {use['consequence']}" for use in self.uses]

    @property
    def uses(self) -> list[dict]:
        """What rests on the entry today."""
        texts = [use(self.entry) for use in uses_of(type(self.entry), self.request.user)]
        return [use for use in texts if use]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            uses=self.uses,
            grants=actions.grants_to_end(self.entry, on=self.request.today),
            remove_url=reverse(f"{self.dictionary.name}-remove", args=[self.entry.pk]),
            **kwargs,
        )

    def perform(self, form):
        return actions.close_entry(
            entry=self.entry,
            on=form.cleaned_data["closed_from"],
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.result}: zamknięto od {short_date(self.result.closed_from)}."


class EntryReopenView(EntryFormView):
    """Offer a closed entry again."""

    title = "Otwórz ponownie {noun}: {entry}"
    form_class = forms.ReopenForm
    template_name = "settings/entry_reopen.html"

    def perform(self, form):
        why, version = form.cleaned_data["why"], self.opened_version
        return actions.reopen_entry(entry=self.entry, why=why, version=version, by=self.request.user)

    def get_success_message(self):
        return f"Otwarto ponownie: {self.result}."


class EntryRemoveView(EntryFormView):
    """Remove an entry made by mistake, to which nothing refers."""

    title = "Usuń {noun}: {entry}"
    form_class = forms.RemoveForm
    template_name = "settings/entry_remove.html"

    def perform(self, form):
        why, version = form.cleaned_data["why"], self.opened_version
        actions.remove_entry(entry=self.entry, why=why, version=version, by=self.request.user)

    def get_success_message(self):
        return f"Usunięto: {self.entry}."
