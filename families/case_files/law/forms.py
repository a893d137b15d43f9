"""Forms of a citation that the centre adds."""

import re

from django import forms
from django.core.exceptions import ValidationError

from families import law
from lubsko_ops.centre.models import ActCitation
from lubsko_ops.core import clock
from lubsko_ops.core.forms import BaseForm, BaseModelForm, DayField, ModelFormMeta

FIRST_YEAR = 1918  # of the journal of laws
REFERENCE = r"Dz\. ?U\.(?: z)? (\d{4})(?: r\.)?(?:,? Nr (\d{1,3}),?)? poz\. ?([1-9]\d{0,4})"
JOURNAL = re.compile(
    rf"(?P<consolidated>t\. ?j\. |tekst jedn(?:olity|\.):? )?{REFERENCE}(?:,? zm\. {REFERENCE})?"
    r"(?P<amended>,? ze zm\.)?",
    re.IGNORECASE,
)
EXAMPLE = "t.j. Dz.U. 2026 poz. 980"


def clean_journal(text: str) -> str:
    """The reference in one spelling: "t.j. Dz.U. 2026 poz. 980". Raises ValidationError with an example."""
    match = JOURNAL.fullmatch(" ".join(text.split()).rstrip(",;"))
    if match is None:
        raise ValidationError(f"Wpisz rok i pozycję Dziennika Ustaw, np. „{EXAMPLE}”.")
    first, amending = match.groups()[1:4], match.groups()[4:7]
    for year in (first[0], amending[0]):
        if year and not FIRST_YEAR <= int(year) <= clock.today().year:
            raise ValidationError(f"Sprawdź rok: Dziennika Ustaw z {year} r. nie ma.")
    prefix = "t.j. " if match["consolidated"] else ""
    change = f", zm. {_reference(*amending)}" if amending[0] else ""
    return f"{prefix}{_reference(*first)}{change}{', ze zm.' if match['amended'] else ''}"


def _reference(year: str, number: str | None, position: str) -> str:
    return f"Dz.U. {year}{f' Nr {number}' if number else ''} poz. {position}"


def published_in(journal: str) -> int:
    """The latest year that the reference names."""
    return max(int(year) for year in re.findall(r"Dz\.U\. (\d{4})", journal))


class CitationForm(BaseModelForm):
    """Where an act is published, and from which day papers cite it so."""

    error_title = "Miejsca publikacji nie zapisano."
    submit_label = "Zapisz miejsce publikacji"

    class Meta(ModelFormMeta):
        model = ActCitation
        exclude = ActCitation.set_by_actions
        field_classes = {"starts_on": DayField}
        labels = {
            "journal": "Miejsce publikacji",
            "starts_on": "Na pismach od dnia",
            "source": "Gdzie to sprawdzono",
        }
        help_texts = {
            "journal": f"Rok i pozycja Dziennika Ustaw, np. „{EXAMPLE}”.",
            "starts_on": "Dzień ogłoszenia albo późniejszy. Pisma z dni wcześniejszych zostają bez zmian.",
            "source": "Np. „isap.sejm.gov.pl, 12.10.2026”.",
        }

    def clean_journal(self):
        return clean_journal(self.cleaned_data["journal"])

    def clean(self):
        cleaned = super().clean()
        journal, day = self.cleaned_data.get("journal"), self.cleaned_data.get("starts_on")
        if journal and day and published_in(journal) > day.year:
            self.add_error(
                "starts_on", f"Tekst z {published_in(journal)} r. nie mógł być przywołany w {day.year} r."
            )
        return cleaned


class CitationAddForm(CitationForm):
    """The act too."""

    act = forms.ChoiceField(
        label="Akt",
        choices=lambda: [("", "wybierz"), *((act.short, act.short) for act in law.CITATIONS.values())],
    )

    def layout(self):
        return ["act", "journal", "starts_on", "source"]


class CitationEditForm(CitationForm):
    """With the reason of the correction."""

    submit_label = "Popraw miejsce publikacji"

    why = forms.CharField(label="Dlaczego poprawiasz", max_length=300)


class CitationWithdrawForm(BaseForm):
    """The reason for withdrawing a citation."""

    error_title = "Miejsca publikacji nie wycofano."
    submit_label = "Wycofaj"

    why = forms.CharField(label="Dlaczego", max_length=300)
