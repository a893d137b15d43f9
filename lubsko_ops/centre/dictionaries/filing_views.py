"""Pages of the symbols of the filing plan (JRWA) and of their counters."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lubsko_ops.centre.dictionaries import actions, filing, forms
from lubsko_ops.centre.dictionaries.choices import CounterKind, FilingPurpose
from lubsko_ops.centre.dictionaries.models import FilingSymbol, SymbolCounter
from lubsko_ops.centre.dictionaries.permissions import DICTIONARY_EDIT
from lubsko_ops.centre.settings_pages import SettingsFormView, SettingsPageView
from lubsko_ops.core.links import reverse

LAST_YEAR = 2100


@dataclass(frozen=True)
class SymbolRow:
    """A symbol in the list, with the last number of this year and what may be done with it."""

    symbol: FilingSymbol
    is_valid: bool
    last: int
    links: list[dict]

    @property
    def is_family_work(self) -> bool:
        return self.is_valid and self.symbol.purpose == FilingPurpose.FAMILY_WORK


class FilingSymbolsView(SettingsPageView):
    """JRWA: the symbols with their years, and the counters of this year."""

    permission = DICTIONARY_EDIT
    current_page = "filing-symbols"
    template_name = "settings/filing_symbols.html"

    def get_context_data(self, **kwargs):
        year = self.request.today.year
        counters = SymbolCounter.objects.filter(year=year, kind=CounterKind.CASES)
        last = dict(counters.values_list("symbol", "last"))
        rows = [
            SymbolRow(symbol, symbol.is_valid_in(year), last.get(symbol.pk, 0), self.links(symbol, year))
            for symbol in FilingSymbol.objects.all()
        ]
        return super().get_context_data(
            page_title="Wykaz akt (JRWA)",
            rows=sorted(rows, key=lambda row: not row.is_valid),
            family_work=next((row for row in rows if row.is_family_work), None),
            year=year,
            **kwargs,
        )

    def links(self, symbol: FilingSymbol, year: int) -> list[dict]:
        """What may be done with the symbol."""
        links = [("Zmień", "filing-symbol-change", [symbol.pk])]
        if symbol.is_valid_in(year) and not symbol.numbered_elsewhere:
            links.append(("Licznik", "symbol-counter", [symbol.pk, year]))
        return [{"label": label, "url": reverse(name, args=args)} for label, name, args in links]


class SymbolFormView(SettingsFormView):
    """Base of the forms about one symbol. ``title``: of the page, with the symbol."""

    permission = DICTIONARY_EDIT
    current_page = "filing-symbols"
    symbol: FilingSymbol
    result: Any
    title = ""

    def setup_object(self, **kwargs: Any) -> None:
        symbol = FilingSymbol.objects.filter(pk=kwargs["pk"]).first()
        if symbol is None:
            raise Http404
        self.symbol = symbol
        self.page_title = self.title.format(symbol=symbol)

    def get_instance(self):
        return self.symbol

    def get_context_data(self, **kwargs):
        return super().get_context_data(symbol=self.symbol, **kwargs)


class SymbolAddView(SettingsFormView):
    """A new symbol."""

    permission = DICTIONARY_EDIT
    current_page = "filing-symbols"
    result: Any
    form_class = forms.FilingSymbolForm
    template_name = "settings/filing_symbol.html"
    page_title = "Dodaj symbol JRWA"

    def get_initial(self):
        purpose = "" if filing.family_work_symbol(self.request.today.year) else FilingPurpose.FAMILY_WORK
        return {"year_from": self.request.today.year, "purpose": purpose}

    def perform(self, form):
        return actions.add_entry(entry=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Zapisano symbol {self.result}: {self.result.title}."


class SymbolChangeView(SymbolFormView):
    """Another title, category or years of a symbol."""

    form_class = forms.FilingSymbolForm
    template_name = "settings/filing_symbol.html"
    title = "Zmień symbol {symbol}"

    def get_initial(self):
        return self.symbol.entered_values()

    def perform(self, form):
        return filing.change_symbol(
            symbol=self.symbol, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano symbol {self.result}: {self.result.title}."


class SymbolRemoveView(SymbolFormView):
    """Remove a symbol entered by mistake, from which no number was given."""

    form_class = forms.RemoveForm
    template_name = "settings/entry_remove.html"
    title = "Usuń symbol {symbol}"

    def perform(self, form):
        why, version = form.cleaned_data["why"], self.opened_version
        actions.remove_entry(entry=self.symbol, why=why, version=version, by=self.request.user)

    def get_success_message(self):
        return f"Usunięto symbol {self.symbol}."


class CounterView(SymbolFormView):
    """The counter of a symbol in a year: its last number, typed by the centre."""

    form_class = forms.CounterForm
    template_name = "settings/symbol_counter.html"

    def setup_object(self, **kwargs: Any) -> None:
        super().setup_object(**kwargs)
        year = self.year = kwargs["year"]
        self.page_title = f"Licznik {self.symbol} w {year} roku"
        if year > LAST_YEAR or not self.symbol.is_valid_in(year) or self.symbol.numbered_elsewhere:
            raise Http404
        rows = SymbolCounter.objects.filter(symbol=self.symbol, year=year, kind=CounterKind.CASES)
        self.counter = rows.first()

    def get_instance(self):
        return self.counter

    def get_initial(self):
        return {"last": self.counter.last if self.counter else None}

    def get_context_data(self, **kwargs):
        this_year = self.request.today.year
        years = [
            {
                "label": str(year),
                "url": reverse("symbol-counter", args=[self.symbol.pk, year]),
                "current": year == self.year,
            }
            for year in range(this_year - 3, this_year + 2)
            if self.symbol.is_valid_in(year)
        ]
        return super().get_context_data(counter=self.counter, years=years, **kwargs)

    def perform(self, form):
        return filing.set_counter(
            symbol=self.symbol,
            year=self.year,
            last=form.cleaned_data["last"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        following = self.symbol.reference(self.result.last + 1, self.year)
        return f"Zapisano licznik. Następny znak sprawy: {following}."
